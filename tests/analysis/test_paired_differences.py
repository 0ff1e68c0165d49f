"""Moments, ratios and paired differences against closed forms, and their coverage."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from stcsim.analysis.comparison import compare_arms
from stcsim.analysis.moments import critical_value, moments
from stcsim.analysis.pairs import pair_runs
from stcsim.analysis.ratios import ratio_interval
from tests.analysis.samples import info, runs_of

Seed = Callable[[str], int]
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def test_moments_leave_missing_values_out() -> None:
    values = np.array([[1.0, np.nan, np.nan], [3.0, 5.0, np.nan], [8.0, np.nan, np.nan]])
    found = moments(values)
    assert found.count.tolist() == [3, 1, 0]
    assert found.mean[:2].tolist() == [4.0, 5.0]
    assert np.isnan(found.mean[2])
    assert found.variance[0] == pytest.approx(13.0)
    assert np.isnan(found.variance[1:]).all()
    assert np.isnan(found.interval(0.95)[0][1:]).all()


def test_mean_interval_and_probability_are_those_of_the_paired_t_test(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("paired t"))
    base, treated = generator.normal(10, 2, 9), generator.normal(9, 2, 9)
    runs = runs_of({("baseline", 0): base[:, None], ("arm", 0): treated[:, None]}, ["diversions"])
    row = compare_arms(runs, [info("diversions")], []).differences.iloc[0]
    theirs = stats.ttest_rel(treated, base)
    interval = theirs.confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))
    assert row["p_better"] == pytest.approx(stats.ttest_rel(treated, base, alternative="greater").pvalue)
    assert row["sd"] == pytest.approx((treated - base).std(ddof=1))
    removed = 1 - (treated - base).var(ddof=1) / (treated.var(ddof=1) + base.var(ddof=1))
    assert row["variance_removed"] == pytest.approx(removed)
    assert row["interval"] == "exploratory"


def test_differences_that_are_rounding_are_none() -> None:
    base = np.array([0.1 + 0.2, 1e9 + 0.3, 7.0])
    treated = np.array([0.3, 0.3 + 1e9, 7.0])
    treated[1] = np.nextafter(treated[1], 2e9)
    runs = runs_of({("baseline", 0): base[:, None], ("arm", 0): treated[:, None]}, ["cost"])
    pairs = pair_runs(runs, ["cost"], baseline="baseline", arms=["arm"], sampled=False)
    assert (pairs.difference == 0).all()
    shifted = runs_of({("baseline", 0): base[:, None], ("arm", 0): base[:, None] + 100}, ["cost"])
    row = compare_arms(shifted, [info("cost")], ["cost"]).differences.iloc[0]
    assert row["sd"] == 0
    assert row["low"] == row["high"] == pytest.approx(100.0)


def test_share_of_cover_of_single_intervals_and_calibration_of_p_better(seed_of: Seed) -> None:
    """One outcome per repetition: 4,000 plain intervals, standard error of their coverage 0.0035."""
    generator = np.random.default_rng(seed_of("single intervals"))
    base = generator.poisson(12.0, (6, 4_000))
    values = generator.binomial(base, 0.7) - base
    found = moments(values.astype(np.float64))
    low, high = found.interval(0.95)
    truth = -0.3 * 12.0
    assert float(((low <= truth) & (truth <= high)).mean()) == pytest.approx(0.95, abs=0.015)
    # The probability that the mean lies below the truth is uniform over repetitions (its deciles are 0.1
    # apart).
    below = moments(values - truth).chance_below()
    assert np.quantile(below, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.04)


def test_ratio_to_a_constant_is_the_scaled_interval(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("constant below"))
    top = generator.standard_normal((8, 3))
    critical = critical_value(np.full(3, 8), 0.95)
    ratio, low, high = ratio_interval(top, np.full((8, 3), 4.0), critical)
    own_low, own_high = moments(top).interval(0.95)
    assert ratio == pytest.approx(top.mean(axis=0) / 4)
    assert low == pytest.approx(own_low / 4)
    assert high == pytest.approx(own_high / 4)


def test_ratio_covers_and_is_far_narrower_than_with_the_baseline_taken_as_known(seed_of: Seed) -> None:
    """Differences in proportion to the baseline: 3,000 repetitions, standard error of coverage 0.004."""
    generator = np.random.default_rng(seed_of("ratio"))
    base = generator.normal(100.0, 20.0, (10, 3_000))
    change = -0.2 * base + generator.normal(0.0, 2.0, base.shape)
    _, low, high = ratio_interval(change, base, critical_value(np.full(3_000, 10), 0.95))
    assert float(((low <= -0.2) & (high >= -0.2)).mean()) == pytest.approx(0.95, abs=0.018)
    own_low, own_high = moments(change).interval(0.95)
    assert float(np.median(high - low)) < 0.7 * float(np.median((own_high - own_low) / 100.0))


@given(
    arrays(np.float64, (5, 4), elements=st.integers(-20, 20).map(float)),
    arrays(np.float64, (5, 4), elements=st.integers(0, 40).map(float)),
)
def test_ratio_holds_zero_exactly_when_the_difference_does(top: np.ndarray, bottom: np.ndarray) -> None:
    critical = critical_value(np.full(4, 5), 0.95)
    ratio, low, high = ratio_interval(top, bottom, critical)
    own_low, own_high = moments(top).interval(0.95)
    for cell in np.flatnonzero(np.isfinite(low)):
        assert low[cell] <= ratio[cell] + 1e-9
        assert ratio[cell] <= high[cell] + 1e-9
        if min(abs(own_low[cell]), abs(own_high[cell])) > 1e-6:
            assert (low[cell] <= 0 <= high[cell]) == (own_low[cell] <= 0 <= own_high[cell])


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(0, 6), st.integers(1, 3)),
        elements=st.one_of(numbers, st.just(np.nan)),
    )
)
def test_moments_are_always_in_order(values: np.ndarray) -> None:
    found = moments(values)
    low, high = found.interval(0.9)
    chance = found.chance_below()
    several = found.count >= 2
    assert (np.isfinite(low) == several).all()
    assert (np.isfinite(chance) == several).all()
    assert (low[several] <= found.mean[several]).all()
    assert (found.mean[several] <= high[several]).all()
    assert ((chance[several] >= 0) & (chance[several] <= 1)).all()
    other = moments(-values).chance_below()
    assert chance[several] + other[several] == pytest.approx(1.0)


def test_no_step_warns_about_missing_values() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        moments(np.full((3, 2), np.nan)).chance_below()
        ratio_interval(np.full((3, 2), np.nan), np.zeros((3, 2)), np.ones(2))
