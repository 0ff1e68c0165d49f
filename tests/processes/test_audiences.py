"""Who can come to an activity, and how far its seats go."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import COMPETENCES
from stcsim.processes.audiences import (
    ACTIVITIES,
    TAUGHT,
    TAUGHT_BY,
    WEIGHT,
    audiences,
    known_to_hosts,
    people,
    share_of_unit,
)
from stcsim.state import State
from tests.processes.capacity_region import NAMES, region


def rows(state: State, *ids: str) -> list[int]:
    return [state.holders.ids.index(i) for i in ids]


def everybody_known(state: State) -> State:
    state.holders.recognises[:] = True
    return state


def who(state: State, activity: str, home: int = 0) -> set[str]:
    offered = audiences(state, people(state))
    mine = offered.option == home * ACTIVITIES + NAMES.index(activity)
    return {state.holders.ids[h] for h in offered.holder[mine]}


def test_what_is_taught_follows_the_catalogue() -> None:
    for activity, competence, weight in zip(TAUGHT_BY, TAUGHT, WEIGHT, strict=True):
        entry = CATALOGUE[activity]
        assert COMPETENCES[competence] in entry.competences
        assert weight * len(entry.competences) == pytest.approx(entry.components)
    assert len(TAUGHT) == sum(len(a.competences) for a in CATALOGUE)


def test_posts_stretches_and_agencies_come_to_what_suits_them() -> None:
    state = everybody_known(region())
    posts = {"A/air_1", "A/air_2", "A/air_3", "A/land_1", "A/land_2", "A/land_3", "A/land_4"}
    assert who(state, "commodity_identification_training") == posts | {"A/customs_headquarters"}
    assert who(state, "inspection_techniques_course") == posts | {"A/border_guard", "A/green"}
    assert who(state, "licensing_officer_course") == {"A/licensing_authority"}
    assert who(state, "licensing_officer_course", home=1) == {"B/licensing_authority"}
    assert who(state, "meeting_without_content") == set()
    assert who(state, "firm_outreach_seminar") == set()


def test_nobody_invites_whom_no_host_recognises() -> None:
    state = region()
    n = state.holders.n
    state.holders.recognises[:] = np.eye(n, dtype=np.bool_)
    (police, authority, post) = rows(state, "A/law_enforcement", "A/licensing_authority", "A/air_1")
    known = known_to_hosts(state)
    assert known[authority]
    assert known[post]
    assert not known[police]
    state.holders.recognises[police, :] = True
    assert not known_to_hosts(state)[police]
    state.holders.recognises[authority, police] = True
    assert known_to_hosts(state)[police]
    (abroad,) = rows(state, "B/law_enforcement")
    state.holders.recognises[authority, abroad] = True
    assert not known_to_hosts(state)[abroad]


def test_hosts_of_one_run_know_nobody_in_another() -> None:
    state = region((1, 2))
    n = state.holders.n
    state.holders.recognises[:] = np.tile(np.eye(n, dtype=np.bool_), (2, 1))
    (police, authority) = rows(state, "A/law_enforcement", "A/licensing_authority")
    state.holders.recognises[n + authority, police] = True
    known = known_to_hosts(state)
    assert known[n + police]
    assert not known[police]


def test_bodies_without_staff_do_not_come() -> None:
    state = everybody_known(region())
    state.holders.staff[rows(state, "A/air_1")] = 0.0
    assert "A/air_1" not in who(state, "inspection_techniques_course")


def test_one_event_serves_about_four_units_of_six() -> None:
    def share(units: int) -> Any:
        return share_of_unit(np.array([False]), 27.0, np.array([6.0 * units]), np.array([1.0 * units]))[0]

    assert [share(u) for u in (1, 4)] == [1.0, 1.0]
    assert share(9) == pytest.approx(0.5)
    assert share(0) == 0.0


def test_one_set_of_equipment_equips_one_post() -> None:
    sets = share_of_unit(np.array([True]), 27.0, np.array([30.0]), np.array([5.0]))
    assert sets == pytest.approx([0.2])


def test_people_of_a_unit_are_its_staff_up_to_those_who_do_strategic_trade() -> None:
    state = region()
    found = people(state)
    assert found[rows(state, "A/air_1")] == 6.0
    assert found[rows(state, "A/land_1")] == 5.0
    assert found[rows(state, "A/green")] == 4.0
