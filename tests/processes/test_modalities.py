"""Modality, mode and level: who is reached by what, at which dose, and who meets there."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.actors.activity import ACTIVITY, CATALOGUE
from stcsim.actors.modality import MODALITIES
from stcsim.actors.vocabulary import COMPETENCES
from stcsim.parameters import Parameters
from stcsim.processes.audiences import ACTIVITIES, DISTRICTS, audiences, people
from stcsim.processes.delivery import meeting_rates, of_plans, of_programmes
from stcsim.processes.modalities import factors
from stcsim.processes.planning import commit, turns
from tests.processes.capacity_region import NAMES, programme, region, weeks

P = Parameters().modalities


def test_factors_are_those_of_the_modality() -> None:
    p = Parameters()
    index = np.array([NAMES.index(n) for n in ("licensing_officer_course", "licensing_webinar")])
    assert factors(p, index, "dose").tolist() == [1.0, P.webinar_dose]
    assert factors(p, index, "cost").tolist() == [1.0, P.online_cost]
    assert factors(p, index, "seats").tolist() == [1.0, P.online_seats]
    assert factors(p, index, "ties").tolist() == [P.event_ties, P.online_ties]


def test_a_mode_reaches_posts_of_that_kind_alone() -> None:
    state = region()
    offered = audiences(state, people(state))
    for name, kinds in (("air_cargo_targeting_course", {"air"}), ("road_freight_targeting_course", {"land"})):
        mine = offered.activity == NAMES.index(name)
        reached = {state.roles[state.holders.role[h]] for h in offered.holder[mine]}
        assert reached == kinds
    assert not (offered.activity == NAMES.index("rail_freight_targeting_course")).any()


def test_a_local_activity_goes_round_all_in_as_many_quarters_as_there_are_districts() -> None:
    state = region()
    size = people(state)
    a = NAMES.index("mobile_training_team")
    seen = [set(o.holder[o.activity == a]) for o in (audiences(state, size, q) for q in range(DISTRICTS))]
    posts = {h for h in range(state.holders.n) if state.holders.kind[h] == 2}
    assert set.union(*seen) == posts
    assert sum(len(s) for s in seen) == len(posts)
    assert max(len(s) for s in seen) < len(posts)


def test_a_regional_event_is_attended_from_all_countries_that_its_donor_works_in() -> None:
    state = region(donors=2)
    state.holders.recognises[:] = True
    state.donors.works_in[1] = [True, False]
    size = people(state)
    offered = audiences(state, size)
    a = NAMES.index("regional_licensing_seminar")
    taken = np.zeros((2, 2 * ACTIVITIES), dtype=np.bool_)
    taken[:, a] = True
    given = of_plans(state, offered, taken, size)
    assert np.bincount(given.donor).tolist() == [2, 1]
    shared = given.donor == 0
    assert given.home[shared] == pytest.approx([0.5, 0.5])
    cost = Parameters().donors.event_cost * ACTIVITY["regional_licensing_seminar"].cost_factor
    assert given.cost[shared].sum() == pytest.approx(cost)
    assert given.cost[~shared].sum() == pytest.approx(cost)
    met = meeting_rates(state, given, size[given.holder] * given.share)
    u, v = given.holder[shared]
    assert met[u, v] == met[v, u] == pytest.approx(4 * P.event_ties)
    assert np.count_nonzero(met) == 2


def test_nobody_plans_a_regional_event_twice() -> None:
    m = 2 * ACTIVITIES
    a = NAMES.index("regional_licensing_seminar")
    score = np.zeros((2, m))
    score[:, [a, ACTIVITIES + a]] = 1.0
    ones = np.ones((1, m, 4))
    taken = commit(
        score,
        np.ones((1, m)),
        ones,
        np.full(2, 100.0),
        np.full(2, 10.0),
        np.full((1, 2), 3.0),
        np.ones((1, len(MODALITIES))),
        np.array([True, True]),
        turns(np.zeros(2, dtype=np.bool_), 1),
    )
    assert taken.sum() == 1


def test_online_is_a_lower_dose_for_more_people_and_less_of_it_is_captured() -> None:
    """Over one quarter without losses: dose times seats, and the share captured times the factor."""
    reached = {}
    for name in ("frontline_enforcement_course", "identification_e_learning"):
        state = region(donors=0)
        posts = [h for h in range(state.holders.n) if state.holders.kind[h] == 2]
        programme(state, name, posts, 4.0)
        state.holders.academy[:] = 0.0
        size = people(state)
        given = of_programmes(state, size)
        k = COMPETENCES.index("commodity_identification")
        weeks(state, 1)
        dose = state.holders.dose[posts[0], k, 2]
        kept = dose + state.holders.capture_shift[posts[0], k, 2]
        reached[name] = (given.share[0], kept / dose, given.cost.sum())
    course, online = reached["frontline_enforcement_course"], reached["identification_e_learning"]
    assert online[0] > course[0]
    assert online[2] < course[2]
    assert course[1] == 1.0
    assert online[1] == pytest.approx(P.online_capture)


def test_posts_of_one_country_make_no_ties_and_bodies_do() -> None:
    state = region(donors=0)
    holders = state.holders
    posts = [h for h in range(holders.n) if holders.kind[h] == 2 and holders.country[h] == 0]
    customs = holders.ids.index("A/customs_headquarters")
    police = holders.ids.index("A/law_enforcement")
    programme(state, "frontline_enforcement_course", [*posts, customs], 4.0)
    programme(state, "coordination_webinar", [customs, police], 4.0, group=1)
    weeks(state, 1)
    assert not holders.met[np.ix_(posts, posts)].any()
    assert holders.met[customs, police] == holders.met[police, customs] == pytest.approx(4 * P.online_ties)
    assert sum(a.modality == "webinar" for a in CATALOGUE) >= 5
