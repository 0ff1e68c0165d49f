"""From events to doses, costs and hours."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.actors.activity import ACTIVITY
from stcsim.actors.vocabulary import COMPETENCES
from stcsim.processes.audiences import people
from stcsim.processes.delivery import absorbed, collided, dose_rates, of_programmes
from stcsim.processes.donors import step_donors
from stcsim.processes.kinetics import TOOLS
from stcsim.state import State, When
from tests.processes.capacity_region import DRAWS, NAMES, programme, region

GAIN = 0.6


def rows(state: State, *ids: str) -> list[int]:
    return [state.holders.ids.index(i) for i in ids]


def rate(state: State, holder: str, competence: str) -> Any:
    return state.holders.dose[rows(state, holder)[0], COMPETENCES.index(competence)]


def one_quarter(state: State, day: int = 0) -> State:
    step_donors(state, DRAWS, When(day, 7, 0))
    return state


def test_an_event_a_year_at_one_body_gives_its_dose() -> None:
    state = region(donors=0)
    programme(state, "licensing_officer_course", rows(state, "A/licensing_authority"), 1.0)
    one_quarter(state)
    weights = np.array(ACTIVITY["licensing_officer_course"].components)
    assert rate(state, "A/licensing_authority", "licensing_review") == pytest.approx(GAIN * weights)
    assert np.count_nonzero(state.holders.dose) == np.count_nonzero(weights)


def test_a_course_on_three_competences_shares_its_dose_out() -> None:
    state = region(donors=0)
    programme(state, "frontline_enforcement_course", rows(state, "A/air_1"), 2.0)
    one_quarter(state)
    for competence in ACTIVITY["frontline_enforcement_course"].competences:
        expected = np.array(ACTIVITY["frontline_enforcement_course"].components) * GAIN * 2 / 3
        assert rate(state, "A/air_1", competence) == pytest.approx(expected)


def test_seats_are_shared_by_all_whom_a_programme_names() -> None:
    state = region(donors=0)
    posts = [i for i, k in enumerate(state.holders.kind) if k == 2]
    programme(state, "inspection_techniques_course", posts, 1.0)
    one_quarter(state)
    total = people(state)[posts].sum()
    assert total > 27
    assert rate(state, "A/land_2", "inspection")[0] == pytest.approx(GAIN * 27 / total)


def test_what_does_not_suit_teaches_half() -> None:
    state = region(donors=0)
    programme(state, "investigation_course", rows(state, "A/law_enforcement"), 1.0, group=0)
    programme(state, "prosecutor_seminar", rows(state, "A/trade_ministry"), 1.0, group=1)
    one_quarter(state)
    assert rate(state, "A/law_enforcement", "investigation")[0] == pytest.approx(GAIN)
    assert rate(state, "A/trade_ministry", "legal_framework")[0] == pytest.approx(GAIN / 2 / 2)


def test_equipment_brings_tools_to_one_post_an_event() -> None:
    state = region(donors=0)
    programme(state, "detection_equipment", rows(state, "A/air_1", "A/air_2"), 2.0)
    one_quarter(state)
    assert rate(state, "A/air_1", "inspection")[TOOLS] == pytest.approx(GAIN)
    assert state.ledger.total("cost_national") == pytest.approx([2 / 4 * 150.0])


def test_too_many_activities_dilute_each_other() -> None:
    state = region(donors=0)
    for group in range(6):
        programme(state, "investigation_course", rows(state, "A/law_enforcement"), 4.0, group=group)
    given = of_programmes(state, people(state))
    assert absorbed(state, given) == pytest.approx(np.full(6, 0.5))
    programme(state, "inspection_techniques_course", rows(state, "A/air_1"), 4.0, group=6)
    programme(state, "investigation_course", rows(state, "B/law_enforcement"), 4.0, group=7)
    given = of_programmes(state, people(state))
    assert absorbed(state, given) == pytest.approx(np.array([0.5] * 6 + [1.0, 1.0]))
    assert dose_rates(state, given, absorbed(state, given))[0].sum() > 0


def test_an_event_shared_by_two_countries_loads_each_with_its_part() -> None:
    state = region(donors=0)
    both = rows(state, "A/law_enforcement", "B/law_enforcement")
    for group in range(6):
        programme(state, "investigation_course", both, 4.0, group=group)
    assert absorbed(state, of_programmes(state, people(state))) == pytest.approx(np.ones(12))


def test_costs_are_those_of_the_events_and_go_to_who_pays() -> None:
    state = region(donors=2)
    state.donors.budget[:] = 0.0
    posts = [i for i, k in enumerate(state.holders.kind) if k == 2]
    programme(state, "inspection_techniques_course", posts, 3.0, donor=1, group=0)
    programme(state, "identification_procedures", posts[:3], 2.0, group=1)
    one_quarter(state)
    assert state.ledger.total("cost_donor") == pytest.approx([3 / 4 * 100.0])
    assert state.ledger.total("cost_national") == pytest.approx([2 / 4 * 0.8 * 100.0])
    assert state.activities.col("cost").sum() == pytest.approx(3 / 4 * 100.0 + 2 / 4 * 80.0)
    assert state.donors.balance == pytest.approx([0.0, 0.0])


def test_participants_spend_the_hours_of_the_course() -> None:
    state = region(donors=0)
    programme(state, "licensing_officer_course", rows(state, "A/licensing_authority"), 2.0)
    one_quarter(state)
    row = rows(state, "A/licensing_authority")[0]
    assert state.holders.course_hours[row] == pytest.approx(2 * 6 * 40)
    assert state.activities.col("people") == pytest.approx([0.5 * 6])
    assert np.count_nonzero(state.holders.course_hours) == 1


def test_a_meeting_without_content_costs_and_teaches_nothing() -> None:
    state = region(donors=0)
    programme(state, "meeting_without_content", rows(state, "A/air_1", "A/air_2"), 4.0)
    one_quarter(state)
    assert not state.holders.dose.any()
    assert state.holders.course_hours.sum() > 0
    assert state.ledger.total("cost_national") == pytest.approx([50.0])


def test_a_programme_that_ends_leaves_no_dose() -> None:
    state = region(donors=0)
    programme(state, "licensing_officer_course", rows(state, "A/licensing_authority"), 2.0)
    one_quarter(state)
    state.compiled.programme_events[:] = 0.0
    step_donors(state, DRAWS, When(7, 7, 0))
    assert state.holders.dose.any()
    one_quarter(state, day=91)
    assert not state.holders.dose.any()


def test_a_collision_is_another_donor_with_the_same_activity_at_the_same_body() -> None:
    state = region(donors=3)
    state.donors.budget[:] = 0.0
    police = rows(state, "A/law_enforcement")
    for group, (activity, holders, donor) in enumerate(
        [
            ("investigation_course", police, 0),
            ("investigation_course", police, 1),
            ("investigation_course", rows(state, "B/law_enforcement"), 2),
            ("forensic_tools", police, 2),
            ("forensic_tools", police, 2),
            ("prosecutor_seminar", police, -1),
            ("investigation_course", police, -1),
        ]
    ):
        programme(state, activity, holders, 1.0, donor=donor, group=group)
    given = of_programmes(state, people(state))
    assert [NAMES[a] for a in given.activity][:2] == ["investigation_course"] * 2
    assert collided(given).tolist() == [True, True, False, False, False, False, True]


def test_the_warm_up_is_not_counted() -> None:
    state = region(donors=1)
    step_donors(state, DRAWS, When(0, 7, 728))
    assert state.ledger.total("cost_donor") == pytest.approx([0.0])
    assert state.activities.count > 0
