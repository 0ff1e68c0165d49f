"""Joint coverage on simulated truths, few replications above all.

Each share of covered families is an equivalence test: nominal 0.95, accepted between 0.90 and 0.985 over 600
families. A method with a true coverage of 0.935 to 0.967 (measured over 2,000 families of every row here)
passes with probability above 0.999; one at 0.86 or below fails with probability above 0.99.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import t as student

from stcsim.analysis.moments import critical_value, moments
from stcsim.analysis.simultaneous import cell_level, identity_weight, standard_residuals
from tests.analysis.samples import F8, KINDS

FAMILIES = 600
LOWEST, HIGHEST = 0.90, 0.985
Interval = Callable[[F8, int], tuple[F8, F8]]


def joint_interval(values: F8, seed: int) -> tuple[F8, F8]:
    return moments(values).interval(cell_level(values, 0.95, bootstrap=250, seed=seed))


def plain_interval(values: F8, seed: int) -> tuple[F8, F8]:
    return moments(values).interval(0.95)


def rows_with_replacement(values: F8, seed: int) -> tuple[F8, F8]:
    """The textbook form that six replications are too few for."""
    generator = np.random.default_rng(seed)
    found = moments(values)
    picked = values[generator.integers(0, len(values), (250, len(values)))]
    off = np.abs(picked.mean(axis=1) - found.mean) / np.maximum(found.error, 1e-12)
    half = np.quantile(off.max(axis=1), 0.95) * found.error
    return found.mean - half, found.mean + half


def coverage(kind: str, n: int, seed: int, interval: Interval, families: int = FAMILIES) -> float:
    generator = np.random.default_rng(seed)
    covered = 0
    for family in range(families):
        values, truth = KINDS[kind](n, 5, 3, generator)
        low, high = interval(values, family)
        covered += bool(((low <= truth) & (truth <= high)).all())
    return covered / families


@pytest.mark.parametrize("kind", KINDS)
def test_six_replications_cover_jointly(kind: str, seed_of: Callable[[str], int]) -> None:
    share = coverage(kind, 6, seed_of(f"joint coverage/{kind}/6"), joint_interval)
    assert LOWEST <= share <= HIGHEST


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "n"),
    # Three differences of small counts are too often equal for any interval around them.
    [(kind, n) for kind in KINDS for n in (3, 10, 20) if (kind, n) != ("counts", 3)],
)
def test_other_numbers_of_replications_cover_jointly(
    kind: str, n: int, seed_of: Callable[[str], int]
) -> None:
    share = coverage(kind, n, seed_of(f"joint coverage/{kind}/{n}"), joint_interval)
    # Three rows leave the correlation unknown: the answer is then wider than needed, never narrower.
    assert LOWEST <= share <= (1.0 if n == 3 else HIGHEST)


@pytest.mark.parametrize("control", [plain_interval, rows_with_replacement])
def test_the_coverage_test_fails_methods_that_are_known_to_be_wrong(
    control: Interval, seed_of: Callable[[str], int]
) -> None:
    share = coverage("counts", 6, seed_of("joint coverage/control"), control, families=300)
    assert share < LOWEST - 0.1


def test_many_rows_and_full_correlation_need_no_correction(seed_of: Callable[[str], int]) -> None:
    generator = np.random.default_rng(seed_of("one column many times"))
    values = np.repeat(generator.standard_normal((30, 1)), 40, axis=1)
    level = cell_level(values, 0.95, bootstrap=20_000, seed=1)
    assert identity_weight(standard_residuals(values)) < 1e-12
    # Standard error of the bootstrap's quantile: 0.0015 in coverage.
    assert level == pytest.approx(0.95, abs=0.007)


def test_independent_cells_give_the_level_of_sidak(seed_of: Callable[[str], int]) -> None:
    generator = np.random.default_rng(seed_of("independent cells"))
    values = generator.standard_normal((2_000, 10))
    level = cell_level(values, 0.95, bootstrap=20_000, seed=1)
    assert level == pytest.approx(0.95 ** (1 / 10), abs=0.0008)


def test_one_cell_has_students_interval_exactly() -> None:
    values = np.array([[1.0], [2.0], [4.0], [9.0]])
    low, high = joint_interval(values, 0)
    expected = student.interval(0.95, 3, loc=4.0, scale=values.std(ddof=1) / 2)
    assert (low[0], high[0]) == pytest.approx(expected)


def test_cells_that_never_vary_do_not_widen_the_others(seed_of: Callable[[str], int]) -> None:
    generator = np.random.default_rng(seed_of("still cells"))
    values = generator.standard_normal((8, 3))
    still = np.column_stack([values, np.full((8, 5), 7.0)])
    assert cell_level(still, 0.95, bootstrap=500, seed=3) == cell_level(values, 0.95, bootstrap=500, seed=3)


def test_the_level_of_one_cell_among_many_keeps_its_digits() -> None:
    outside = 1e-9
    value = critical_value(np.array([6]), 1.0 - outside)[0]
    assert value == pytest.approx(student.isf(outside / 2, 5), rel=1e-6)
    assert np.isnan(critical_value(np.array([1]), 0.95)[0])


def test_weight_of_no_correlation_falls_with_rows_and_with_correlation(
    seed_of: Callable[[str], int],
) -> None:
    generator = np.random.default_rng(seed_of("shrinkage"))
    many = standard_residuals(KINDS["shared"](200, 5, 4, generator)[0])
    few = standard_residuals(KINDS["shared"](6, 5, 4, generator)[0])
    none = standard_residuals(KINDS["independent"](200, 5, 4, generator)[0])
    assert identity_weight(many) < identity_weight(few) < identity_weight(none)
    assert identity_weight(standard_residuals(generator.standard_normal((3, 5)))) == 1.0
