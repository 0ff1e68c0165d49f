from __future__ import annotations

from dataclasses import replace

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.additional_staff import AdditionalStaff
from stcsim.scenario.arms import ResolvedArm
from stcsim.study.comparing import Study, run_study
from stcsim.study.design import Design, with_baseline
from stcsim.study.equal_cost import Rival, in_force_years, staff_arm
from tests.study.studies import study_design, study_scenario

SPEC = study_scenario(counted=26)


def arm(name: str, mechanism: str, **options: object) -> ResolvedArm:
    return ResolvedArm(name, name.title(), (MECHANISMS[mechanism](**options),))


LATE = arm("late", "post_shipment_checks", start=5, end=18, lead_time=4)
INERT = arm("inert", "frontline_channel", coverage=0.0)
STAFF = arm("staff", "additional_staff")
TRAINING = arm("training", "training_programme", lead_time=0)


@pytest.fixture(scope="module")
def study() -> Study:
    arms = with_baseline([LATE, INERT, STAFF, TRAINING])
    return run_study(Design(SPEC, arms, replications=3, worlds=2), equal_cost=True, jobs=1)


def test_a_rival_costs_what_its_arm_costs_in_every_world(study: Study) -> None:
    runs = study.tables.runs.set_index(["arm", "world", "replication"])["total_cost"]
    apart = (runs - runs["baseline"]).groupby(["arm", "world"]).mean()
    for name in ("late", "training"):
        for world in range(3):
            assert apart[f"{name}~staff", world] == pytest.approx(apart[name, world], rel=0.02)
            assert apart[name, world] > 10
    expected = {(name, world) for name in ("late", "training") for world in range(3)}
    assert {(r.arm, r.world) for r in study.rivals} == expected
    for r in study.rivals:
        assert r.target == pytest.approx(apart[r.arm, r.world])
        assert r.realised == pytest.approx(apart[r.name, r.world])


def test_arms_that_cost_nothing_or_are_staff_have_no_rival(study: Study) -> None:
    names = [a.name for a in study.arms]
    assert names == ["baseline", "late", "late~staff", "inert", "staff", "training", "training~staff"]
    assert any("inert: costs nothing more" in note for note in study.notes)
    assert not any("staff:" in note for note in study.notes)


def test_a_rival_spends_from_the_start_to_the_end_of_its_arm() -> None:
    (staff,) = staff_arm(Rival("late", 0, 100.0, 200.0), {"late": LATE}).mechanisms
    assert isinstance(staff, AdditionalStaff)
    assert (staff.start, staff.end, staff.thousand_usd_per_year) == (5, 18, 200.0)
    assert in_force_years(LATE, SPEC) == 0.25
    both = ResolvedArm("both", "", (*LATE.mechanisms, *TRAINING.mechanisms))
    (staff,) = staff_arm(Rival("both", 0, 1.0, 1.0), {"both": both}).mechanisms
    assert (staff.start, staff.end) == (0, None)


def test_a_budget_that_equals_the_default_is_not_drawn_anew_in_a_world() -> None:
    default = AdditionalStaff().thousand_usd_per_year
    (staff,) = staff_arm(Rival("late", 1, 250.0, default), {"late": LATE}).mechanisms
    assert isinstance(staff, AdditionalStaff)
    assert staff.thousand_usd_per_year != default
    assert staff.thousand_usd_per_year == pytest.approx(default)


def test_a_rival_that_misses_is_set_right_in_proportion() -> None:
    rival = Rival("late", 0, target=100.0, budget=50.0, realised=80.0)
    assert not rival.matches
    assert rival.corrected().budget == 62.5
    assert replace(rival, realised=100.5).matches


def test_without_asking_no_arm_is_added() -> None:
    found = run_study(study_design("channel"), jobs=1)
    assert set(found.tables.runs["arm"]) == {"baseline", "channel"}
    assert found.rivals == ()
