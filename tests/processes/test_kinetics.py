"""The exact solution of latent and captured capacity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.linalg import expm

from stcsim.parameters import CapacityParameters
from stcsim.processes.kinetics import RATE_FLOOR, advance, decay_rates, steady_state

RATE = st.floats(0, 30)
LOSS = st.floats(RATE_FLOOR, 10)


@st.composite
def starts(draw: st.DrawFn) -> tuple[float, float]:
    latent = draw(st.floats(0, 1))
    return latent, draw(st.floats(0, 1)) * (1 - latent)


def one(*values: float) -> list[NDArray[np.float64]]:
    return [np.array([v]) for v in values]


def by_matrix_exponential(
    l0: float, x0: float, a: float, b: float, k: float, dl: float, dx: float, t: float
) -> NDArray[np.float64]:
    system = np.array([[-(a + k + dl), -a, a], [k - b, -(b + dx), b], [0.0, 0.0, 0.0]])
    return np.asarray(expm(system * t) @ np.array([l0, x0, 1.0]))[:2]


@given(starts(), RATE, RATE, RATE, LOSS, LOSS, st.floats(0, 5))
def test_it_is_the_matrix_exponential_of_the_system(
    start: tuple[float, float], a: float, b: float, k: float, dl: float, dx: float, t: float
) -> None:
    latent, captured = advance(*one(*start, a, b, k, dl, dx), t)
    expected = by_matrix_exponential(*start, a, b, k, dl, dx, t)
    assert [latent[0], captured[0]] == pytest.approx(expected, abs=1e-8)


def test_it_holds_where_the_solution_turns_instead_of_fading_apart() -> None:
    # Here the discriminant is negative: capture passes on at once what a strong latent dose supplies.
    rates = (2.0, 0.0, 6.0, 0.1, 7.5)
    latent, captured = advance(*one(0.1, 0.1, *rates), 0.3)
    assert (rates[0] + rates[2] + rates[3] - rates[4]) ** 2 / 4 < rates[0] * rates[2]
    assert [latent[0], captured[0]] == pytest.approx(by_matrix_exponential(0.1, 0.1, *rates, 0.3), abs=1e-12)


@given(starts(), RATE, RATE, RATE, LOSS, LOSS, st.floats(0, 100))
def test_capacity_stays_within_bounds(
    start: tuple[float, float], a: float, b: float, k: float, dl: float, dx: float, t: float
) -> None:
    latent, captured = advance(*one(*start, a, b, k, dl, dx), t)
    assert latent[0] >= 0
    assert captured[0] >= 0
    assert latent[0] + captured[0] <= 1


@given(starts(), RATE, RATE, RATE, st.floats(0.01, 5), st.floats(0.01, 5))
def test_a_step_of_a_week_equals_seven_of_a_day(
    start: tuple[float, float], a: float, b: float, k: float, dl: float, dx: float
) -> None:
    rates = one(a, b, k, dl, dx)
    week = advance(*one(*start), *rates, 7 / 364)
    daily = tuple(one(*start))
    for _ in range(7):
        daily = advance(*daily, *rates, 1 / 364)
    assert daily[0] == pytest.approx(week[0], abs=1e-12)
    assert daily[1] == pytest.approx(week[1], abs=1e-12)


@given(RATE, RATE, RATE, st.floats(0.01, 5), st.floats(0.01, 5))
def test_the_steady_state_stays_and_is_approached(a: float, b: float, k: float, dl: float, dx: float) -> None:
    rates = one(a, b, k, dl, dx)
    rest = steady_state(*rates)
    for value, kept in zip(rest, advance(*rest, *rates, 1.0), strict=True):
        assert kept == pytest.approx(value, abs=1e-12)
    for value, reached in zip(rest, advance(*one(0.3, 0.3), *rates, 4000.0), strict=True):
        assert reached == pytest.approx(value, abs=1e-9)


def test_a_dose_without_losses_fills_its_share_of_what_is_missing() -> None:
    q, dose = 0.3, 0.9
    none = np.full(1, RATE_FLOOR)
    latent, captured = advance(*one(0.2, 0.1, (1 - q) * dose * 4, q * dose * 4, 0.0), none, none, 0.25)
    new = (1 - np.exp(-dose)) * (1 - 0.3)
    assert latent == pytest.approx([0.2 + (1 - q) * new], abs=1e-8)
    assert captured == pytest.approx([0.1 + q * new], abs=1e-8)


def test_what_was_delivered_before_adds_little() -> None:
    none = np.full(1, RATE_FLOOR)
    once = advance(*one(0.0, 0.0, 0.6, 0.0, 0.0), none, none, 1.0)
    twice = advance(*once, *one(0.6, 0.0, 0.0), none, none, 1.0)
    assert twice[0] - once[0] == pytest.approx(np.exp(-0.6) * once[0], abs=1e-8)


def test_turnover_takes_knowledge_and_skills_and_upkeep_keeps_tools() -> None:
    p = CapacityParameters(turnover=0.4, institutionalised=0.25, tool_life=4.0)
    latent, captured = decay_rates(p, np.array([0.25, 1.0]), np.array([0.0, 1.0]))
    assert latent[0] == pytest.approx([0.76 + 0.3, 0.35, 0.76 + 0.3, 0.25])
    assert captured[0] == pytest.approx([0.10 + 0.3, 0.05, 0.10 + 0.3, 0.25])
    assert latent[1] == pytest.approx([0.76, 0.35, 0.76, RATE_FLOOR])
    assert captured[1] == pytest.approx([0.10, 0.05, 0.10, RATE_FLOOR])


def test_no_losses_at_all_are_no_division_by_zero() -> None:
    p = CapacityParameters(
        turnover=0, decay_latent=0, decay_captured=0, decay_latent_practices=0, decay_captured_practices=0
    )
    lost = decay_rates(p, np.array([0.0]), np.array([1.0]))
    none = np.zeros((1, 4))
    latent, captured = advance(none + 0.3, none + 0.2, none, none, none, *lost, 1.0)
    assert latent == pytest.approx(none + 0.3, abs=1e-8)
    assert captured == pytest.approx(none + 0.2, abs=1e-8)
