"""What options need, from when they are in force, and from when they show."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from stcsim.analysis.onset import onset
from stcsim.outcomes.series import SERIES, YEAR_MONTHS
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import number
from stcsim.report.brief.inputs import BriefInputs, Need
from stcsim.report.brief.options import first_outcome
from stcsim.report.brief.words import months


def needs_line(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say what each option needs before it can begin."""
    parts = []
    for arm in own:
        told = list(dict.fromkeys(_need(n) for n in inputs.needs.get(arm, ())))
        if told:
            parts.append(f"{inputs.effects.label(arm)}: {'; '.join(told)}.")
    return tuple(parts) or ("Not known: the options were made by a program.",)


def _need(need: Need) -> str:
    return f"{need.prerequisite} (MISSING: {need.missing})" if need.missing else need.prerequisite


def timing_line(inputs: BriefInputs, own: Sequence[str]) -> tuple[str, ...]:
    """Say when an option is in force and from when it shows in the first outcome."""
    outcome = first_outcome(inputs.effects)
    parts = []
    for arm in own:
        said = "; ".join(s for s in (_force(inputs, arm), _shows(inputs, arm, outcome)) if s)
        if said:
            parts.append(f"{inputs.effects.label(arm)}: {said}.")
    return tuple(parts) or ("Not kept in this folder.",)


def _force(inputs: BriefInputs, arm: str) -> str:
    needs = inputs.needs.get(arm, ())
    if not needs:
        return ""
    weeks = [n.start + n.lead_time for n in needs]
    first, last = months(min(weeks)), months(max(weeks))
    when = f"in force after {last}" if first == last else f"in force between {first} and {last}"
    effects = inputs.effects
    if "consensus_weeks" in effects.infos:
        waited = effects.get(arm, "consensus_weeks").level
        if math.isfinite(waited) and waited >= 1:
            when += f", {months(waited)} more to agree"
    return when


def _shows(inputs: BriefInputs, arm: str, outcome: str) -> str:
    """Return from which month on the outcome differs for good under default assumptions.

    Nothing is said where no direction of the whole change may be named.
    """
    drawn = SERIES.get(outcome)
    if not inputs.effects.get(arm, outcome).clear:
        return ""
    under = " under default assumptions" if inputs.effects.worlds else ""
    series = inputs.series
    if series.empty or drawn is None:
        return ""
    own = series[(series["name"] == outcome) & (series["world"] == 0) & series["arm"].isin([arm, BASELINE])]
    if own.empty:
        return ""
    table = own.pivot_table(index="replication", columns=["arm", "month"], values="value", dropna=False)
    if not {arm, BASELINE} <= set(table.columns.get_level_values("arm")):
        return ""
    apart = table[arm].to_numpy(dtype=np.float64) - table[BASELINE].to_numpy(dtype=np.float64)
    month = onset(apart, flow=drawn.unit.endswith("a month"))
    if month is None:
        years = number(round(len(table[arm].columns) / YEAR_MONTHS, 1), 2)
        return f"does not show for sure within {years} years{under}, month by month"
    return f"shows from month {round((month + 1) * 12 / YEAR_MONTHS)} on{under}"
