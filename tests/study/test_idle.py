"""What does nothing is said, and what is said does nothing."""

from __future__ import annotations

from typing import Any

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.idle import idle_mechanisms
from stcsim.study.specs import RunSpec, run_one
from tests.regions import raw_region, spec_of
from tests.study.studies import study_scenario


def arm(name: str, **options: Any) -> ResolvedArm:
    return ResolvedArm("it", "It", (MECHANISMS[name](**{"lead_time": 0, **options}),))


def alone() -> ScenarioSpec:
    """One country without donors."""
    raw = raw_region(2, 14)
    countries = [c for c in raw["countries"] if c["id"] == "A"]
    return spec_of({**raw, "countries": countries, "donors": [], "networks": [], "channels": []})


@pytest.mark.parametrize("name", MECHANISMS)
def test_nothing_is_said_of_what_works(name: str) -> None:
    assert idle_mechanisms(study_scenario(), [arm(name), ResolvedArm("baseline", "Baseline")]) == ()


@pytest.mark.parametrize("name", ["information_sharing_agreement", "donor_coordination"])
def test_a_prerequisite_that_is_not_met_is_said_in_words(name: str) -> None:
    (line,) = idle_mechanisms(alone(), [arm(name)])
    assert line == f"arm 'it': {name} is never in force: it needs {MECHANISMS[name].prerequisites}"


def test_coverage_that_reaches_nobody() -> None:
    (line,) = idle_mechanisms(study_scenario(), [arm("frontline_channel", coverage=1e-9)])
    assert line.startswith("arm 'it': frontline_channel reaches nobody at coverage 1e-09")


def test_what_arranges_nothing() -> None:
    (line,) = idle_mechanisms(
        study_scenario(), [arm("post_shipment_checks", per_year=0.0, consequence=False)]
    )
    assert line == "arm 'it': post_shipment_checks arranges nothing with these values"


def test_what_comes_after_the_end() -> None:
    (line,) = idle_mechanisms(study_scenario(), [arm("frontline_channel", start=20)])
    assert "week 20" in line
    assert "after the last of 14 weeks" in line


@pytest.mark.parametrize(
    "idle", [arm("frontline_channel", coverage=1e-9), arm("frontline_channel", start=20)], ids=str
)
def test_what_is_said_to_do_nothing_does_nothing(idle: ResolvedArm) -> None:
    scenario = study_scenario()
    chosen, baseline = (
        run_one(RunSpec(scenario, a, 5)).outcomes for a in (idle, ResolvedArm("baseline", "Baseline"))
    )
    assert dict(chosen) == pytest.approx(dict(baseline), nan_ok=True, abs=0)
