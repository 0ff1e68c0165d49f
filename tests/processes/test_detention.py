"""Doubt and detention: the clock, the answer, and the stock of what is held."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr

from stcsim.actors.vocabulary import FATES, WAYS
from stcsim.draws import Draws
from stcsim.processes.detention import answer_days, clock_days, hold, mean_hold, step_detention
from stcsim.processes.screening import step_screening
from stcsim.state.events import STAGES
from stcsim.state.state import State
from tests.processes.screening_state import PostSpec, region, set_law, ship, week, with_parameters

DRAWS = Draws()
Seed = Callable[[str], int]
PORT = (PostSpec("port", traffic=0.0, inspectors=0.0),)
N = 20_000


def held(seed: int, answer: float, clock: float) -> tuple[State, np.ndarray]:
    """Consignments held from day 7 on, and their rows."""
    state = region(PORT, seeds=(seed,), answer=answer)
    state.countries.detention_days[:] = state.countries.extended_days[:] = clock
    rows = ship(state, [f"held/{i}" for i in range(N)], 0, due=6.0)
    hold(state, DRAWS, rows, 7.0)
    return state, rows


def settled(state: State, weeks: int = 30) -> State:
    for w in range(1, weeks):
        step_detention(state, DRAWS, week(w))
    return state


@pytest.mark.parametrize(("answer", "clock"), [(5.0, 14.0), (30.0, 14.0), (60.0, 42.0)])
def test_the_clock_releases_what_is_not_answered_in_time(answer: float, clock: float, seed_of: Seed) -> None:
    """exp(-clock/answer), a right answer Phi(d' - 1), each within .015 at 95%; the standard error is
    .0035."""
    state, rows = held(seed_of(f"clock/{answer}"), answer, clock)
    settled(state)
    fate, day = state.cases.fate[rows], state.cases.fate_day[rows]
    late = fate == FATES.index("released_clock")
    caught = fate == FATES.index("interdicted_checkpoint")
    assert np.isin(fate[~late & ~caught], [FATES.index("completed")]).all()
    want = math.exp(-clock / answer)
    assert abs(late.mean() - want) + 1.645 * 0.0036 < 0.015
    right = float(ndtr(1.0 + 2.0 * 0.45 - 1.0))
    assert abs(caught.mean() - (1 - want) * right) + 1.645 * 0.0036 < 0.015
    assert day.max() <= 7.0 + clock
    assert (day[late] == 7.0 + clock).all()
    assert state.ledger.total("released_at_clock") == late.sum()
    assert state.ledger.total("seizures") == caught.sum()
    mean = float(mean_hold(np.array([answer]), np.array([clock]))[0])
    assert (day - 7.0).mean() == pytest.approx(mean, abs=4 * (day - 7.0).std() / math.sqrt(N))


def test_mean_hold_is_the_mean_of_the_shorter_of_answer_and_clock() -> None:
    t = np.linspace(0, 14, 200_001)
    integral = np.trapezoid(np.exp(-t / 9.0), t)
    assert mean_hold(np.array([9.0]), np.array([14.0]))[0] == pytest.approx(integral, rel=1e-9)
    assert mean_hold(np.array([1e-3]), np.array([14.0]))[0] == pytest.approx(1e-3)
    assert mean_hold(np.array([1e9]), np.array([14.0]))[0] == pytest.approx(14.0)


@pytest.mark.parametrize("days", [7, 1])
def test_the_stock_spends_in_detention_the_days_that_consignments_are_held(days: int) -> None:
    """Little's law: days in detention = consignments x mean hold, whatever the step."""
    state, _ = held(3, 10.0, 14.0)
    for w in range(1, 60):
        for day in range(0, 7, days):
            step_detention(state, DRAWS, week(w, days, day))
    mean = float(mean_hold(np.array([10.0]), np.array([14.0]))[0])
    assert state.ledger.total("detained_days")[0] == pytest.approx(N * mean, rel=1e-6)
    assert state.posts.detained[0] < 1.0


def test_answers_wait_for_who_is_asked() -> None:
    state = region(PORT, answer=6.0)
    assert answer_days(state)[0] == pytest.approx(6.0)
    state.holders.available[state.countries.technical] = 0.5
    assert answer_days(state)[0] == pytest.approx(12.0)
    state.compiled.answer_delay[:] = np.inf
    assert answer_days(state)[0] == pytest.approx(60.0)


def test_the_clock_is_the_laws_or_what_practice_allows() -> None:
    state = region(PORT)
    assert clock_days(state)[0] == 14.0
    set_law(state, "detention", False)
    assert clock_days(state)[0] == 5.0


@pytest.mark.parametrize("asked", ["channel", "authority", "nobody"])
def test_doubt_needs_somebody_to_ask_and_costs_next_weeks_hours(asked: str) -> None:
    unsure = with_parameters(
        screening={"recognition_base": -10.0, "hours_per_doubt": 6.0},
        detention={"doubt_share": 1.0, "ambiguous_share": 0.0},
    )
    state = region((PostSpec("port", traffic=100.0, inspectors=50.0),), parameters=unsure)
    if asked != "authority":
        state.compiled.answerer[:] = -1
    if asked == "channel":
        state.compiled.answerer[:] = 0
        state.compiled.answer_delay[:] = 9.0
    rows = ship(state, [str(i) for i in range(10)], 0, due=1.0)
    step_screening(state, DRAWS, week(0))
    doubted = state.cases.stage[rows] == STAGES.index("detained")
    assert doubted.all() if asked != "nobody" else not doubted.any()
    number = doubted.sum()
    assert state.ledger.total("doubts") == number
    assert state.posts.doubt_hours[0] == 6.0 * number
    before = state.posts.capacity[0]
    step_screening(state, DRAWS, week(1))
    assert state.posts.capacity[0] == pytest.approx(before - 6.0 * number / 3.0)
    assert state.posts.doubt_hours[0] == 0.0


def test_goods_under_a_true_licence_are_delivered_and_diverted_later() -> None:
    state = region((PostSpec("port", traffic=0.0, inspectors=0.0),))
    rows = ship(
        state, [str(i) for i in range(4000)], 0, due=1.0, way=WAYS.index("after_delivery"), licensed=True
    )
    step_screening(state, DRAWS, week(0))
    assert (state.cases.stage[rows] == STAGES.index("delivered")).all()
    assert (state.cases.fate[rows] == FATES.index("in_process")).all()
    assert (state.cases.due[rows] - 7.0).mean() == pytest.approx(60.0, abs=4.0)
