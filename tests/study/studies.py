"""A quick region with arms, as a scenario and as a file; results as plain numbers to be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from stcsim.scenario.arms import resolve_arms
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.design import Design, with_baseline
from stcsim.study.specs import RunResult
from tests.regions import Raw, raw_region, spec_of

ARMS: list[dict[str, Any]] = [
    {
        "name": "channel",
        "label": "Channel",
        "mechanisms": {"frontline_channel": {"lead_time": 0, "mean_delay_days": 1.0}},
    },
    {
        "name": "late_group",
        "mechanisms": {"interagency_working_group": {"start": 10, "lead_time": 2, "form": "shared"}},
    },
]


def raw_study(warm_up: int = 2, counted: int = 14) -> Raw:
    """Return the region as a file would say it, short, with two arms."""
    return {**raw_region(warm_up, counted), "format": 1, "arms": ARMS}


def study_scenario(warm_up: int = 2, counted: int = 14) -> ScenarioSpec:
    """Return the region as a scenario."""
    return spec_of(raw_study(warm_up, counted))


def write_study(folder: Path, **options: Any) -> Path:
    """Write the region as a scenario file."""
    path = folder / "small_region.yaml"
    path.write_text(json.dumps(raw_study(**options)), encoding="utf-8")
    return path


def study_design(*arms: str, scenario: ScenarioSpec | None = None, **options: Any) -> Design:
    """Return a design with arms by name; two replications unless something else is said."""
    spec = scenario or study_scenario()
    chosen = with_baseline(resolve_arms(arms or [a["name"] for a in ARMS], spec))
    return Design(spec, chosen, **{"replications": 2, **options})


def numbers(result: RunResult) -> tuple[Any, ...]:
    """Return everything that a result holds, to be compared bit for bit."""
    outcomes = {name: np.float64(value).tobytes() for name, value in result.outcomes.items()}
    series = {name: values.tobytes() for name, values in result.series.items()}
    return (
        result.arm,
        result.world,
        result.replication,
        result.seed,
        result.key,
        outcomes,
        series,
        result.bodies,
    )
