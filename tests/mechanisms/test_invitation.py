"""Nobody invites, connects or trains whom it does not recognise; mapping widens what others reach."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.ecosystem_mapping import EcosystemMapping
from stcsim.mechanisms.equipment_donation import EquipmentDonation
from stcsim.mechanisms.invitation import convenor, invited, payer_of, reached
from stcsim.mechanisms.public_private_partnership import PublicPrivatePartnership
from stcsim.mechanisms.training_programme import TrainingProgramme
from stcsim.structure.arrangements import Channel, Convening, Programme, Recognition, only
from stcsim.structure.view import View
from tests.mechanisms.views import rich_view, strangers

VIEW = rich_view()
MEETINGS = ("interagency_working_group", "leadership_engagement", "placebo_meetings")


def mapped(view: View) -> View:
    """The view after an ecosystem mapping has had its effect."""
    learnt = {(a.observer, a.observed) for a in only(Recognition, EcosystemMapping().arrange(view))}
    return replace(view, recognised=view.recognised | learnt)


@pytest.mark.parametrize("name", [*MEETINGS, "coordinating_entity"])
def test_among_strangers_nobody_is_invited_and_nothing_is_borne(name: str) -> None:
    mechanism = MECHANISMS[name]()
    assert list(mechanism.arrange(strangers(VIEW))) == []
    assert mechanism.unmet(strangers(VIEW)) == (mechanism.prerequisites,)


EVERYBODY: dict[str, Any] = {"members": ("regulator", "defence", "prosecutor", "customs_headquarters")}


@pytest.mark.parametrize("name", ["interagency_working_group", "placebo_meetings", "coordinating_entity"])
def test_the_unrecognised_are_left_out_until_they_are_mapped(name: str) -> None:
    mechanism = MECHANISMS[name](**EVERYBODY)

    def taking_part(view: View) -> set[str]:
        meetings = only(Convening, mechanism.arrange(view))
        return {m for c in meetings for m in c.members} | {
            c.target for c in only(Channel, mechanism.arrange(view))
        }

    before, after = taking_part(VIEW), taking_part(mapped(VIEW))
    assert "A/prosecutor" in before
    assert not {"A/regulator", "A/defence"} & before
    assert {"A/regulator", "A/defence"} <= after
    assert before < after


def test_who_trains_knows_its_posts_and_only_some_bodies() -> None:
    host = "A/customs_headquarters"
    found = {h.id for h in reached(VIEW, host, ("post", "regulator", "technical_authority"))}
    assert found == {"A/air", "A/land", "A/sea_1", "A/sea_2", "A/technical_authority"}
    assert {h.id for h in reached(strangers(VIEW), host, ("post", "defence"))} == found - {
        "A/technical_authority"
    }


def test_the_host_takes_part_even_when_not_listed() -> None:
    assert invited(VIEW, "A/foreign_affairs", ("prosecutor",)) == ("A/foreign_affairs", "A/prosecutor")


def test_another_body_convenes_where_the_usual_one_is_missing() -> None:
    assert convenor(VIEW, "A", "licensing_authority") == "A/licensing_authority"
    assert convenor(VIEW, "C", "licensing_authority") == "C/trade_ministry"
    assert convenor(VIEW, "B", "prosecutor") == "B/prosecutor"


def test_the_country_pays_where_no_donor_works() -> None:
    assert payer_of(VIEW, "A", "donor") == "donor_1"
    assert payer_of(VIEW, "C", "donor") == "donor_2"
    assert payer_of(VIEW, "A", "country") == "A"
    assert payer_of(replace(VIEW, donors=()), "A", "donor") == "A"


def test_mapping_recognises_within_across_and_abroad_as_asked() -> None:
    def pairs(**options: bool) -> set[tuple[str, str]]:
        found = only(Recognition, EcosystemMapping(**options).arrange(VIEW))
        return {(a.observer, a.observed) for a in found}

    assert ("A/regulator", "A/civil_society") in pairs()
    assert ("A/regulator", "B/regulator") in pairs()
    assert ("A/regulator", "B/prosecutor") not in pairs()
    assert ("A/regulator", "intl/regional_centre") in pairs()
    assert ("A/regulator", "B/regulator") not in pairs(across_borders=False)
    assert not any("civil_society" in b or "intl" in b for _, b in pairs(partners=False))


def test_training_goes_to_whom_the_activity_suits() -> None:
    (programme,) = only(Programme, TrainingProgramme(countries=("A",), roles=("post",)).arrange(VIEW))
    assert programme.targets == ("A/air", "A/land", "A/sea_1", "A/sea_2")
    # A course for licensing officers suits no post.
    nobody = TrainingProgramme(countries=("A",), roles=("post",), activities=("licensing_officer_course",))
    assert list(nobody.arrange(VIEW)) == []
    assert nobody.unmet(VIEW)


@pytest.mark.parametrize("kind", [TrainingProgramme, PublicPrivatePartnership])
@pytest.mark.parametrize("name", ["firm_outreach_seminar", "meeting_without_content", "no_such_course"])
def test_an_activity_that_trains_nobody_is_refused(kind: type[Mechanism], name: str) -> None:
    with pytest.raises(ValueError, match=r"is no activity that trains; .*see: stcsim list activities"):
        kind(activities=(name,))


@pytest.mark.parametrize(
    ("kind", "field", "wrong", "near"),
    [
        (TrainingProgramme, "activities", "frontline_enforcement_cours", "frontline_enforcement_course"),
        (
            PublicPrivatePartnership,
            "activities",
            "comodity_identification_training",
            "commodity_identification_training",
        ),
        (EquipmentDonation, "equipment", "detection_equipmnt", "detection_equipment"),
    ],
)
def test_a_name_that_is_mistyped_gets_the_nearest_and_no_list(
    kind: type[Mechanism], field: str, wrong: str, near: str
) -> None:
    with pytest.raises(ValueError, match=f"'{wrong}' is no .*; near is '{near}'; see: ") as caught:
        kind(**{field: (wrong,)})
    assert len(str(caught.value)) < 500


def test_what_is_like_nothing_is_told_where_to_look() -> None:
    with pytest.raises(ValueError, match="'zzz' is no equipment; see: stcsim list activities"):
        EquipmentDonation(equipment=("zzz",))
