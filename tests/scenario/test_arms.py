"""Arms by name: the file's, mechanisms with their defaults, and sums of both."""

from __future__ import annotations

import json

import pytest

from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.interagency_working_group import InteragencyWorkingGroup
from stcsim.mechanisms.legal_clearance import LegalClearance
from stcsim.scenario.arms import arm_names, resolve_arms
from stcsim.scenario.spec import ScenarioSpec

SPEC = ScenarioSpec.model_validate_json(
    json.dumps(
        {
            "name": "two",
            "countries": [{"id": "A"}, {"id": "B"}],
            "arms": [
                {
                    "name": "meet",
                    "label": "Meet often",
                    "mechanisms": {"interagency_working_group": {"per_year": 52}},
                },
                {"name": "legal_clearance", "mechanisms": {"legal_clearance": [{"countries": ["A"]}]}},
            ],
        }
    )
)


def problems(*names: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        resolve_arms(names, SPEC)
    return [str(p) for p in caught.value.problems]


def test_names_of_the_file_and_the_baseline() -> None:
    assert arm_names(SPEC) == ("baseline", "meet", "legal_clearance")
    baseline, meet, clear = resolve_arms(arm_names(SPEC), SPEC)
    assert baseline.mechanisms == ()
    assert (meet.name, meet.label, meet.mechanisms) == (
        "meet",
        "Meet often",
        (InteragencyWorkingGroup(per_year=52.0),),
    )
    assert clear.label == "legal_clearance"


def test_an_arm_of_the_file_hides_the_mechanism_it_is_called_after() -> None:
    (clear,) = resolve_arms(["legal_clearance"], SPEC)
    assert clear.mechanisms == (LegalClearance(countries=("A",)),)


def test_a_mechanism_has_its_defaults() -> None:
    for name in MECHANISMS:
        if name != "legal_clearance":
            (arm,) = resolve_arms([name], SPEC)
            assert arm.mechanisms == (MECHANISMS[name](),)
            assert arm.label == MECHANISMS[name].title


def test_sums_mix_arms_and_mechanisms() -> None:
    (arm,) = resolve_arms(["meet + frontline_channel"], SPEC)
    assert arm.name == "meet+frontline_channel"
    assert arm.label == "Meet often + Channel between the frontline and the centre"
    assert [m.name for m in arm.mechanisms] == ["interagency_working_group", "frontline_channel"]


def test_arms_stand_in_the_order_given() -> None:
    assert [a.name for a in resolve_arms(["meet", "baseline"], SPEC)] == ["meet", "baseline"]
    assert resolve_arms([], SPEC) == ()


def test_an_arm_twice_is_refused() -> None:
    assert problems("meet", "baseline", " meet ", "meet") == ["arms: 'meet' is named twice. Name it once."]


def test_a_sum_in_another_order_is_the_same_arm() -> None:
    assert problems("meet+frontline_channel", "baseline", "frontline_channel + meet") == [
        "arms: 'frontline_channel+meet' is the same as 'meet+frontline_channel'. Name it once."
    ]
    arms = resolve_arms(["meet+frontline_channel", "meet+additional_staff", "meet"], SPEC)
    assert len(arms) == 3


def test_every_unknown_name_is_reported_with_the_nearest() -> None:
    found = problems("frontline_chanel", "meet", "met+additional_staf")
    assert len(found) == 3
    assert (
        "'frontline_chanel' is no arm of this scenario and no mechanism. Did you mean 'frontline_channel'?"
        in found[0]
    )
    assert "Did you mean 'meet'?" in found[1]
    assert "Did you mean 'additional_staff'?" in found[2]


def test_a_name_like_nothing_gets_the_list_and_is_cut() -> None:
    (found,) = problems("z" * 500)
    assert "frontline_channel" in found
    assert "z" * 81 not in found


@pytest.mark.parametrize("name", ["", "meet+", "+", "meet++frontline_channel"])
def test_a_missing_name_is_said(name: str) -> None:
    assert any("a name is missing" in p for p in problems(name))


def test_a_part_twice_and_the_baseline_in_a_sum_are_errors() -> None:
    assert "names a part twice" in problems("meet+meet")[0]
    assert "Leave 'baseline' out" in problems("baseline+meet")[0]
