"""End-use checks: how well they are chosen, what they stop, what they only make known, what they cost."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.draws import Draws
from stcsim.processes.checks import chance_checked, share_checked, step_checks
from stcsim.processes.screening import step_screening
from stcsim.state.events import STAGES
from stcsim.state.state import State
from tests.processes.screening_state import PostSpec, region, ship, week, with_parameters

DRAWS = Draws()
Seed = Callable[[str], int]
PORT = (PostSpec("port", traffic=0.0, inspectors=0.0),)
N = 20_000
SEPARATION = 0.3 + 1.5 * 0.45


def deliveries(state: State, way: str = "after_delivery") -> np.ndarray:
    rows = ship(state, [f"delivery/{i}" for i in range(N)], 0, due=1.0, way=WAYS.index(way), licensed=True)
    step_screening(state, DRAWS, week(0))
    return rows


def test_targeted_checks_find_bad_end_users_more_often_than_their_share() -> None:
    share = np.array([0.0, 0.016, 0.2, 1.0])
    got = chance_checked(share, np.full(4, SEPARATION))
    assert got[0] == 0
    assert got[3] == 1
    assert got[1:3] == pytest.approx(1 - ndtr(ndtri(1 - share[1:3]) - SEPARATION))
    assert chance_checked(share, np.zeros(4)) == pytest.approx(share)
    assert share_checked(np.array([5.0, 5.0, 0.0]), np.array([100.0, 0.0, 0.0])) == pytest.approx(
        [0.05, 1, 0]
    )


@pytest.mark.parametrize("a_year", [0.0, 200.0])
def test_a_check_before_the_licence_stops_or_lets_it_be_issued(a_year: float, seed_of: Seed) -> None:
    """Within .012 at 95%; the standard error of 20,000 is at most .0032."""
    state = region(PORT, seeds=(seed_of(f"prelicence/{a_year}"),))
    state.compiled.prelicence[:] = a_year
    rows = ship(
        state,
        [f"application/{i}" for i in range(N)],
        0,
        due=3.5,
        stage=STAGES.index("prelicence"),
        way=WAYS.index("deceive_licensing"),
    )
    step_checks(state, DRAWS, week(0))
    stopped = state.cases.fate[rows] == FATES.index("stopped_prelicence")
    want = 0.5 * float(ndtr(SEPARATION + ndtri(0.2))) if a_year else 0.0
    assert abs(stopped.mean() - want) + 1.645 * math.sqrt(want * (1 - want) / N) < 0.012
    assert (state.cases.fate_day[rows][stopped] == 3.5).all()
    on = rows[~stopped]
    assert state.cases.licensed[on].all()
    assert (state.cases.stage[on] == STAGES.index("border")).all()
    assert state.ledger.total("checks_unfavourable") == stopped.sum()


@pytest.mark.parametrize("days", [7, 1])
@pytest.mark.parametrize("way", ["after_delivery", "deceive_licensing"])
def test_a_check_after_delivery_makes_known_and_stops_nothing(way: str, days: int, seed_of: Seed) -> None:
    """Within .012 at 95%, each at most once and within a year of delivery; every transfer is completed."""
    state = region(PORT, seeds=(seed_of("post-shipment"),))
    state.compiled.postshipment[:] = 184.0
    rows = deliveries(state, way)
    for w in range(1, 156 if days == 7 else 20):
        for day in range(0, 7, days):
            when = week(w, days, day)
            step_checks(state, DRAWS, when)
            known = state.cases.col("discovered")
            assert (np.isinf(known) | (known < when.end)).all()
    found = np.flatnonzero(np.isfinite(state.cases.col("discovered")))
    assert len(found) == state.ledger.total("checks_unfavourable")
    assert ((state.cases.discovered[found] >= 14.0) & (state.cases.discovered[found] <= 371.0)).all()
    if days == 7:
        assert (state.cases.fate[rows] == FATES.index("completed")).all()
        want = 0.5 * float(ndtr(SEPARATION + ndtri(0.2)))
        assert abs(len(found) / N - want) + 1.645 * 0.0032 < 0.012
    else:
        weekly = region(PORT, seeds=(seed_of("post-shipment"),))
        weekly.compiled.postshipment[:] = 184.0
        deliveries(weekly, way)
        for w in range(1, 20):
            step_checks(weekly, DRAWS, week(w))
        assert np.array_equal(weekly.cases.discovered, state.cases.discovered)
        assert np.array_equal(weekly.cases.fate_day, state.cases.fate_day, equal_nan=True)


def test_unlicensed_transfers_are_never_checked() -> None:
    state = region(PORT, parameters=with_parameters(checks={"coverage": 1.0, "hit_share": 1.0}))
    ship(state, [str(i) for i in range(50)], 0, due=1.0)
    step_screening(state, DRAWS, week(0))
    for w in range(1, 60):
        step_checks(state, DRAWS, week(w))
    assert np.isinf(state.cases.col("discovered")).all()


def test_checks_cost_hours_of_the_licensing_authority() -> None:
    """1,000 licences at the register's coverage, 50 and 20 checks arranged, nine tenths of the working time
    left."""
    state = region(PORT)
    state.holders.available[:] = 0.9
    state.compiled.postshipment[:], state.compiled.prelicence[:] = 50.0, 20.0
    state.compiled.prelicence_hours[:] = 10.0
    for w in range(52):
        step_checks(state, DRAWS, week(w))
    hours = 0.9 * (66.0 * 40.0 + 20.0 * 10.0)
    authority = int(state.countries.authority[0])
    assert state.ledger.total("checks_done")[0] == pytest.approx(0.9 * 86)
    assert state.ledger.hours[authority].sum() == pytest.approx(hours)
    assert state.holders.hours_before[authority] == pytest.approx(hours)
    assert state.ledger.hours.sum() == pytest.approx(hours)


def test_no_authority_no_checks() -> None:
    state = region(PORT, parameters=with_parameters(checks={"coverage": 1.0, "hit_share": 1.0}))
    state.countries.authority[:] = -1
    state.compiled.postshipment[:] = 1000.0
    deliveries(state)
    for w in range(1, 60):
        step_checks(state, DRAWS, week(w))
    assert np.isinf(state.cases.col("discovered")).all()
    assert state.ledger.hours.sum() == 0
    assert state.ledger.total("checks_done") == 0
