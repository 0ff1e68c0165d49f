"""Checks of what a scenario file says and what its weights and parameters move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from stcsim.engine.engine import Engine
from stcsim.outcomes.matrix import CAVEAT
from stcsim.outcomes.registry import INFOS, compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.readiness import ReadinessSpec
from tests.evidence.checking import FEW, Checked, check, outcomes_of
from tests.evidence.rows import REGION, mechanism, specification
from tests.evidence.running import units
from tests.evidence.storing import ROOT

INDEX = "stat_readiness_index"
RIVER = Path("scenarios") / "golden_triangle.yaml"
SWITCH = "shares_data_on_nationals"
"""The one thing in which the states on the river differ: chosen, as the file says."""


@check
def readiness_index(offset: int) -> Checked:
    """Weights in the scenario move the index and no other outcome; it is labelled an index of measures."""
    spec = specification(REGION, ())
    state = Engine.begin(spec, [units([0], 1, offset)[0].seed]).warm().finish().state
    weights = [ReadinessSpec(), ReadinessSpec(legislation=1e6), ReadinessSpec(enforcement=0.0)]
    found = [compute(Tables.of(spec.model_copy(update={"readiness": w}), state)) for w in weights]
    moved = {
        name
        for other in found[1:]
        for name, value in other.items()
        if not np.array_equal(value, found[0][name], equal_nan=True)
    }
    index = [float(f[INDEX][0]) for f in found]
    labelled = "measures in place" in INFOS[INDEX].label and "no measure of compliance" in CAVEAT
    told = f"{index[0]:.0f} of 100 by the weights of the file, {index[1]:.0f} by laws alone; "
    told += f"weights move {len(moved)} outcome"
    bounded = all(0 <= i <= 100 for i in index)
    return index[0], moved == {INDEX} and labelled and bounded, told


def _numbers(value: Any, path: str = "") -> dict[str, float]:
    """Return every number that a part of a scenario holds, by its path."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return {}
    if isinstance(value, int | float):
        return {path: float(value)}
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return {k: v for key, part in items for k, v in _numbers(part, f"{path}.{key}").items()}


@check
def golden_triangle_is_public_structure(offset: int) -> Checked:
    """Its states have invented names and the same numbers; they differ in one switch of the law alone."""
    del offset
    text = (ROOT / RIVER).read_text(encoding="utf-8")
    opening = text[: text.index("format:")]
    disclaims = "What this is not" in opening and "every assumed figure is the same" in opening
    spec = specification(str(ROOT / RIVER), ())
    states = [c.model_dump(mode="json") for c in spec.countries]
    numbers = [_numbers(s) for s in states]
    same = all(n == numbers[0] for n in numbers)
    laws = [{k: v for k, v in s["law"].items() if k != SWITCH} for s in states]
    alike = all(law == laws[0] for law in laws) and len({s["law"][SWITCH] for s in states}) == 2
    names = {w for s in states for w in f"{s['id']} {s['name']}".lower().split()}
    invented = not names & {"lao", "laos", "myanmar", "burma", "thailand", "mekong", "pdr"}
    insiders = max(s["vulnerability"]["insider_share"] for s in states)
    passed = disclaims and same and alike and invented and len(states) == 3 and insiders == 0
    told = f"{len(numbers[0])} numbers, the same for all three states; one switch of the law differs"
    return float(len(numbers[0])), passed, told if same and alike else "the states differ"


RATES = (0.05, 0.2, 0.6, 1.5, 3.0, 10.0)
"""Background rates of capture over which the boundary is looked for, 1/yr; the register allows 0 to 10."""


@check
def capture_boundary(offset: int) -> Checked:
    """Captured capacity that a plan adds for its money, against that of more courses, over rates of capture.

    Interpolated on the logarithm of the rate. At low rates a plan is worth more; the boundary is where the
    two are worth the same.
    """
    course = mechanism("training_programme", {"end": 52})
    more = mechanism("training_programme", {"end": 52, "events_per_year": 4.0})
    plan = mechanism("capacity_capture", {})
    ahead = []
    for rate in RATES:
        spec = specification(REGION, (f"parameters.capacity.capture_rate={rate}",))
        none, courses, planned = outcomes_of(spec, [(course,), (more,), (course, plan)], FEW, offset)
        worth = [
            float((f["captured_capacity"] - none["captured_capacity"]).mean())
            / float((f["total_cost"] - none["total_cost"]).mean())
            for f in (planned, courses)
        ]
        ahead.append((worth[0] - worth[1]) / max(abs(w) for w in worth))
    for i in range(1, len(RATES)):
        if ahead[i - 1] > 0 >= ahead[i]:
            part = ahead[i - 1] / (ahead[i - 1] - ahead[i])
            at = float(np.exp((1 - part) * np.log(RATES[i - 1]) + part * np.log(RATES[i])))
            return at, True, f"the two are worth the same at {at:.2g} a year; below it the plan is worth more"
    better = "the plan" if ahead[0] > 0 else "more training"
    side = RATES[-1] if ahead[0] > 0 else RATES[0]
    told = f"{better} is worth more for its money at every rate from {RATES[0]:g} to {RATES[-1]:g} a year"
    return side, ahead[0] > 0, told
