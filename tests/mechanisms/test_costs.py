"""What mechanisms cost, against each other and by the form of governance."""

from __future__ import annotations

import pytest

from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.coordinating_entity import CoordinatingEntity
from stcsim.mechanisms.industry_outreach import IndustryOutreach
from stcsim.mechanisms.interagency_working_group import InteragencyWorkingGroup
from stcsim.mechanisms.placebo_meetings import PlaceboMeetings
from stcsim.mechanisms.training_programme import TrainingProgramme
from stcsim.structure.arrangements import Post, Programme, merge, only
from tests.mechanisms.accounts import cost_a_year, hours_a_year, money_a_year
from tests.mechanisms.views import rich_view

VIEW = rich_view()
AID = 178_000.0 / 36
"""Thousand USD that a country got for radiation detection, all years together (GAO-06-311)."""


@pytest.mark.parametrize("name", MECHANISMS)
def test_costs_are_tens_to_hundreds_of_thousands_a_year_and_country(name: str) -> None:
    cost = cost_a_year(merge(MECHANISMS[name]().arrange(VIEW))) / len(VIEW.countries)
    assert 10.0 < cost < (500.0 if name == "equipment_donation" else 400.0)


def test_equipment_costs_what_aid_with_radiation_detection_did() -> None:
    """Fiscal years 1994 to 2005 are eleven to twelve, depending on what is begun and ended when."""
    cost = money_a_year(merge(MECHANISMS["equipment_donation"]().arrange(VIEW))) / len(VIEW.countries)
    assert AID / 12 < cost < AID / 11


def test_meetings_about_nothing_take_the_hours_of_meetings_about_something() -> None:
    assert hours_a_year(PlaceboMeetings().arrange(VIEW)) == hours_a_year(
        InteragencyWorkingGroup().arrange(VIEW)
    )
    assert PlaceboMeetings().lead_time == InteragencyWorkingGroup().lead_time


def test_shared_governance_costs_more_than_a_lead_in_a_group_of_this_size() -> None:
    """With eight members the links add 1 + .15 * 7 / 2 = 1.525 times the hours, a lead 1.15 times."""
    shared = InteragencyWorkingGroup(form="shared", secretariat_hours=0.0, countries=("A",))
    lead = InteragencyWorkingGroup(form="lead", secretariat_hours=0.0, countries=("A",))
    ratio = hours_a_year(shared.arrange(VIEW)) / hours_a_year(lead.arrange(VIEW))
    assert ratio == pytest.approx(1.525 / 1.15)


def test_the_secretariat_is_borne_once_whoever_bears_it() -> None:
    def secretariat(form: str) -> float:
        kinds = {"form": form, "countries": ("A",)}
        with_, without = (
            hours_a_year(InteragencyWorkingGroup(**kinds, secretariat_hours=h).arrange(VIEW))
            for h in (240.0, 0.0)
        )
        return with_ - without

    assert secretariat("lead") == pytest.approx(secretariat("shared")) == pytest.approx(240.0)


def test_liaison_officers_cost_what_staff_costs_in_the_country() -> None:
    entity = CoordinatingEntity(liaison_staff=2.0)
    per_country = {
        c.id: money_a_year(entity.model_copy(update={"countries": (c.id,)}).arrange(VIEW))
        for c in VIEW.countries
    }
    assert per_country == {"A": 120.0, "B": 60.0, "C": 30.0}
    assert all(p.staff == 2.0 and p.role == "liaison" for p in only(Post, entity.arrange(VIEW)))


@pytest.mark.parametrize("mechanism", [TrainingProgramme(), IndustryOutreach()], ids=lambda m: m.name)
def test_partial_coverage_gives_those_reached_what_full_coverage_gives_them(
    mechanism: TrainingProgramme | IndustryOutreach,
) -> None:
    """Events per target do not rise when fewer are reached."""
    size = {g.id: float(g.count) for g in VIEW.firm_groups} | {h.id: 1.0 for h in VIEW.holders}

    def dose(coverage: float) -> dict[str, float]:
        found = only(Programme, mechanism.model_copy(update={"coverage": coverage}).arrange(VIEW))
        return {t: p.events_per_year / sum(size[x] for x in p.targets) for p in found for t in p.targets}

    whole, half = dose(1.0), dose(0.5)
    assert 0 < len(half) < len(whole)
    for target, rate in half.items():
        assert rate == pytest.approx(whole[target])
