"""Hours and money add up; every potential attempt ends in one fate; a week is a week whatever the step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES, ORIGINS
from stcsim.engine.engine import Engine
from stcsim.ledger import HOUR_REASONS
from stcsim.state.state import State
from tests.properties.laws import broken_laws
from tests.regions import everything, small_region, warmed

Seed = Callable[[str], int]
SPEC = small_region(counted=52)
OWN_STEP = [HOUR_REASONS.index(r) for r in ("meetings", "duties")]
NEXT_STEP = [HOUR_REASONS.index(r) for r in ("exchange", "checks", "vetting")]


@pytest.fixture(scope="module")
def seeds(seed_of: Seed) -> tuple[int, ...]:
    return tuple(seed_of(f"conservation/{i}") for i in range(2))


def branched(seeds: tuple[int, ...]) -> Engine:
    return warmed(SPEC, seeds).branch([0, 1, 0, 1], [(), (), everything(), everything()])


@pytest.fixture(scope="module")
def finished(seeds: tuple[int, ...]) -> State:
    return branched(seeds).finish().state


def test_laws_hold_at_every_step_of_the_small_region(seeds: tuple[int, ...]) -> None:
    engine = branched(seeds)
    while engine.counted_week < 52:
        engine.step()
        assert broken_laws(engine.state, engine.spec) == []


def test_hours_in_the_ledger_are_those_that_were_not_there_for_anything_else(seeds: tuple[int, ...]) -> None:
    """Meetings and duties are taken from the step they fall in, exchanges, checks and teaching from the next.

    The rest of what is taken are courses and assessments, spread over their quarter.
    """
    engine = branched(seeds)
    state, holders = engine.state, engine.state.holders
    dt = engine.days / 364
    booked = np.zeros_like(state.ledger.hours)
    owed = holders.hours_before.copy()
    while engine.counted_week < 52:
        engine.step()
        now = state.ledger.hours - booked
        booked = state.ledger.hours.copy()
        taken = holders.hours * dt
        # own trainers teach as a duty whose hours are missed in the next step
        taught = holders.trainers.sum(axis=1) * state.at(holders).trainers.hours * dt
        assert taken == pytest.approx(now[:, OWN_STEP].sum(axis=1) - taught + owed, abs=1e-9)
        owed = now[:, NEXT_STEP].sum(axis=1) + holders.course_hours * dt + taught
        assert owed == pytest.approx(holders.hours_before, abs=1e-9)


def test_availability_is_what_hours_leave(seeds: tuple[int, ...]) -> None:
    engine = branched(seeds)
    state = engine.state
    h = state.holders
    for _ in range(20):
        engine.step()
        staff = h.staff + sum(
            getattr(h, f"added_{r}")
            for r in ("inspectors", "officers", "investigators", "analysts", "liaison")
        )
        left = 1 - h.hours / (state.values.runs[0].coordination.hours_per_fte * np.maximum(staff, 0.5))
        assert h.available == pytest.approx(np.clip(left, 0.05, 1.0))
        assert (h.available < 1).any()


def test_hours_of_coordinating_are_the_sum_over_bodies_and_reasons(finished: State) -> None:
    state = finished
    by_run = state.ledger.hours.reshape(state.runs, -1).sum(axis=1)
    assert state.ledger.total("coordination_hours") == pytest.approx(by_run)
    assert (by_run[2:] > by_run[:2]).all()


def test_every_potential_attempt_ends_in_one_fate_or_is_on_its_way(
    seeds: tuple[int, ...], finished: State
) -> None:
    before = branched(seeds).state.networks.attempts.reshape(4, -1).sum(axis=1)
    state = finished
    ours = state.cases.col("origin") == ORIGINS.index("adversary")
    run, fate = state.cases.col("run")[ours], state.cases.col("fate")[ours]
    each = np.zeros((4, len(FATES)), dtype=np.int64)
    np.add.at(each, (run, fate), 1)
    attempts = state.networks.attempts.reshape(4, -1).sum(axis=1)
    assert (each.sum(axis=1) == attempts).all()
    assert (state.ledger.total("potential_attempts") == attempts - before).all()
    assert (attempts[:2] == attempts[2:]).all()
    assert (each[:, FATES.index("in_process")] < 0.1 * attempts).all()
    assert (each > 0).sum() > 24, "most fates occur in most runs"


def test_money_of_donors_is_what_activities_and_arrangements_cost(finished: State) -> None:
    """In the baseline nothing is arranged, so what donors pay is what is delivered in the counted time."""
    state = finished
    a = state.activities
    counted = (a.col("donor") >= 0) & (a.col("day") >= SPEC.time.warm_up_weeks * 7)
    paid = np.bincount(a.col("run")[counted], weights=a.col("cost")[counted], minlength=4)
    assert state.ledger.total("cost_donor")[:2] == pytest.approx(paid[:2])
    assert (state.ledger.total("cost_donor")[2:] > paid[2:]).all()
    assert (state.ledger.total("cost_national")[:2] == 0).all()
    budget = sum(d.budget for d in SPEC.donors)
    assert (paid[:2] > 0.5 * budget).all()
    assert (paid[:2] < 1.5 * budget).all()
