"""How components combine into competence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.processes.competence import competence, effective

SHARE = st.floats(0, 1)
FOUR = st.lists(SHARE, min_size=4, max_size=4)


def test_latent_capacity_counts_in_part() -> None:
    assert effective(np.array([0.5]), np.array([0.2]), 0.6) == pytest.approx([0.5])


@given(FOUR, st.floats(-20, 1))
def test_competence_lies_between_the_scarcest_component_and_the_mean(e: list[float], rho: float) -> None:
    raised = np.maximum(e, 0.05)
    value = competence(np.array([e]), rho, 0.05)[0]
    assert raised.min() * (1 - 1e-9) <= value <= raised.mean() * (1 + 1e-9)


@given(FOUR, st.floats(-8, 1), st.integers(0, 3), st.floats(0, 0.5))
def test_competence_never_falls_as_a_component_rises(
    e: list[float], rho: float, which: int, more: float
) -> None:
    raised = list(e)
    raised[which] = min(1.0, e[which] + more)
    assert competence(np.array([raised]), rho, 0.05)[0] >= competence(np.array([e]), rho, 0.05)[0] * (
        1 - 1e-12
    )


def test_the_exponent_spans_mean_geometric_harmonic_and_minimum() -> None:
    e = np.array([[0.2, 0.4, 0.5, 0.8]])
    assert competence(e, 1.0, 0.05) == pytest.approx(competence(e, -1.0, 0.05, "linear"))
    assert competence(e, 0.0, 0.05) == pytest.approx(np.prod(e) ** 0.25)
    assert competence(e, 1e-7, 0.05) == pytest.approx(np.prod(e) ** 0.25, rel=1e-6)
    assert competence(e, -1.0, 0.05) == pytest.approx(4 / (1 / e).sum())
    assert competence(e, -1 + 1e-12, 0.05) == pytest.approx(competence(e, -1.0, 0.05))
    assert competence(e, -400.0, 0.05) == pytest.approx([0.2], rel=0.01)
    assert competence(e, -1.0, 0.05, "minimum") == pytest.approx([0.2])


def test_one_exponent_and_floor_per_row_equals_row_by_row() -> None:
    e = np.array([[0.2, 0.4, 0.5, 0.8], [0.0, 0.9, 0.3, 0.3], [0.6, 0.6, 0.6, 0.1]])
    rho, floor = np.array([-1.0, 0.0, -2.5]), np.array([0.05, 0.02, 0.1])
    for form in ("ces", "linear", "minimum"):
        together = competence(e, rho, floor, form)
        alone = [competence(e[i], float(rho[i]), float(floor[i]), form) for i in range(3)]
        assert together == pytest.approx(np.array(alone))


def test_a_missing_component_weakens_and_does_not_disable() -> None:
    whole, without_tools = np.array([0.8, 0.8, 0.8, 0.8]), np.array([0.8, 0.8, 0.8, 0.0])
    assert competence(without_tools, -1.0, 0.05) < 0.3 * competence(whole, -1.0, 0.05)
    assert competence(without_tools, -1.0, 0.05) > 0.05
    assert competence(without_tools, -1.0, 0.05, "linear") > 0.75 * competence(whole, -1.0, 0.05, "linear")
