"""Donors commit: by score, within money, experts and absorption, in turn or blind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.modality import MODALITIES
from stcsim.parameters import Parameters
from stcsim.processes.audiences import ACTIVITIES
from stcsim.processes.modalities import WAY, factors, loads
from stcsim.processes.planning import commit, turns

P = Parameters()
NAMES = [a.name for a in CATALOGUE]
M = 2 * ACTIVITIES
"""Options of two countries."""
FULL = np.ones((1, len(MODALITIES)))
"""Every activity is a full one."""


def plan(
    score: Any,
    *,
    money: Any = 1e6,
    experts: Any = 100.0,
    room: Any = 1e6,
    sees: bool = False,
    cost: Any = 1.0,
    kinds: Any = None,
    order: Any = None,
    weight: Any = FULL,
) -> Any:
    """Plan in one run with as many donors as `score` has rows."""
    score = np.asarray(score, dtype=np.float64)
    donors = len(score)
    spread = np.tile([1.0, 0.0, 0.0, 0.0], (1, M, 1)) if kinds is None else kinds
    return commit(
        score,
        np.broadcast_to(np.asarray(cost, dtype=np.float64), (1, M)),
        spread,
        np.broadcast_to(np.asarray(money, dtype=np.float64), (donors,)),
        np.broadcast_to(np.asarray(experts, dtype=np.float64), (donors,)),
        np.broadcast_to(np.asarray(room, dtype=np.float64), (1, 2)),
        weight,
        np.full(donors, sees),
        turns(np.zeros(donors, dtype=np.bool_), 1) if order is None else np.array([order]),
    )


def wanting(**by_donor: dict[int, float]) -> Any:
    score = np.zeros((len(by_donor), M))
    for row, wants in zip(score, by_donor.values(), strict=True):
        for option, value in wants.items():
            row[option] = value
    return score


def test_nothing_is_taken_that_is_not_wanted() -> None:
    assert not plan(np.zeros((3, M))).any()


def test_the_most_wanted_come_first_and_money_limits() -> None:
    taken = plan(wanting(a={3: 0.2, 7: 0.9, 9: 0.5}), money=2.0)
    assert np.flatnonzero(taken[0]).tolist() == [7, 9]


def test_what_cannot_be_paid_is_passed_over() -> None:
    cost = np.ones(M)
    cost[7] = 50.0
    taken = plan(wanting(a={3: 0.2, 7: 0.9, 9: 0.5}), money=2.0, cost=cost)
    assert np.flatnonzero(taken[0]).tolist() == [3, 9]


def test_experts_limit() -> None:
    taken = plan(wanting(a={3: 0.2, 7: 0.9, 9: 0.5}), experts=1.9)
    assert np.flatnonzero(taken[0]).tolist() == [7]


def test_blind_donors_collide_and_a_group_does_not() -> None:
    both = wanting(a={3: 0.9, 7: 0.8}, b={3: 0.9, 7: 0.8})
    blind, seeing = plan(both, money=1.0), plan(both, money=1.0, sees=True)
    assert [np.flatnonzero(t).tolist() for t in blind] == [[3], [3]]
    assert [np.flatnonzero(t).tolist() for t in seeing] == [[3], [7]]


def test_who_chairs_chooses_first() -> None:
    assert turns(np.array([False, False, True]), 1).tolist() == [[2, 0, 1]]
    both = wanting(a={3: 0.9, 7: 0.8}, b={3: 0.9, 7: 0.8})
    taken = plan(both, money=1.0, sees=True, order=[1, 0])
    assert [np.flatnonzero(t).tolist() for t in taken] == [[7], [3]]


def test_a_full_country_is_passed_over_for_one_with_room() -> None:
    near = {3: 0.9, 4: 0.8, ACTIVITIES + 3: 0.5}
    assert np.flatnonzero(plan(wanting(a=near), money=2.0)[0]).tolist() == [3, 4]
    crowded = plan(wanting(a=near), money=2.0, room=1.0)
    assert np.flatnonzero(crowded[0]).tolist() == [3, ACTIVITIES + 3]


def test_a_light_activity_leaves_room_for_others() -> None:
    """A course after a full activity is worth half, after one of an eighth all but a ninth."""
    webinar, course = NAMES.index("targeting_webinar"), NAMES.index("regulatory_drafting_workshop")
    light = FULL.copy()
    light[0, MODALITIES.index("webinar")] = 0.125
    abroad = ACTIVITIES + course

    def second(elsewhere: float, weight: Any) -> list[int]:
        wants = wanting(a={webinar: 1.0, course: 0.9, abroad: elsewhere})
        return [int(i) for i in np.flatnonzero(plan(wants, money=2.0, room=1.0, weight=weight)[0])]

    assert second(0.46, FULL) == sorted([webinar, abroad])
    assert second(0.46, light) == sorted([webinar, course])
    # 0.9 of which 1 in 1.125 can be absorbed is 0.8
    assert second(0.79, light) == sorted([webinar, course])
    assert second(0.81, light) == sorted([webinar, abroad])


def test_planners_count_load_as_delivery_does() -> None:
    found = loads(P, 2)
    assert found.shape == (2, len(MODALITIES))
    for a, name in enumerate(WAY):
        assert found[:, name] == pytest.approx(min(1.0, float(factors(P, np.array([a]), "dose")[0])))


def test_only_a_group_knows_of_the_load_of_others() -> None:
    two = wanting(a={3: 0.9}, b={4: 0.8, ACTIVITIES + 3: 0.5})
    blind = plan(two, money=1.0, room=1.0)
    seeing = plan(two, money=1.0, room=1.0, sees=True)
    assert np.flatnonzero(blind[1]).tolist() == [4]
    assert np.flatnonzero(seeing[1]).tolist() == [ACTIVITIES + 3]


@given(st.data())
def test_plans_keep_to_money_and_experts_and_a_group_never_collides(data: st.DataObject) -> None:
    seed = data.draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    donors = data.draw(st.integers(1, 4))
    score = rng.uniform(-0.5, 1, (donors, M)).clip(0)
    cost = rng.uniform(0.5, 3, M)
    money, experts = rng.uniform(0, 12, donors), rng.uniform(0, 9, donors)
    sees = data.draw(st.booleans())
    taken = plan(score, money=money, experts=experts, room=2.0, sees=sees, cost=cost)
    assert ((taken * cost).sum(axis=1) <= money + 1e-9).all()
    assert (taken.sum(axis=1) <= experts).all()
    assert not (taken & (score <= 0)).any()
    if sees:
        assert taken.sum(axis=0).max() <= 1


def test_runs_plan_apart() -> None:
    rng = np.random.default_rng(1)
    score = rng.uniform(0, 1, (6, M))
    sees = np.array([True, True, True, False, False, False])
    spread = np.tile([0.5, 0.5, 0.0, 0.0], (2, M, 1))
    cost, room = np.ones((2, M)), np.full((2, 2), 3.0)
    money, experts = np.full(6, 5.0), np.full(6, 4.0)
    order = turns(np.zeros(6, dtype=np.bool_), 2)
    weight = np.repeat(FULL, 2, axis=0)
    together = commit(score, cost, spread, money, experts, room, weight, sees, order)
    for r in (0, 1):
        part = slice(3 * r, 3 * r + 3)
        alone = commit(
            score[part],
            cost[:1],
            spread[:1],
            money[part],
            experts[part],
            room[:1],
            FULL,
            sees[part],
            order[:1],
        )
        assert np.array_equal(together[part], alone)
    assert together.sum(axis=1) == pytest.approx(4)
