"""The law of a world's expected difference, from a few noisy pairs each.

Cells are independent repetitions of one experiment, so that a statement on the average over cells is a Monte
Carlo test. With 1,500 cells the standard error of a coverage of 0.95 is 0.006 at most, that of a mean share
0.007.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from stcsim.analysis.moments import moments
from stcsim.analysis.random_effects import RandomEffects, _half_width, random_effects
from tests.analysis.samples import F8

CELLS = 1_500
Seed = Callable[[str], int]


def experiment(
    seed: int,
    worlds: int,
    mean: float,
    between: float,
    noise: float,
    pairs: F8 | int = 2,
    unlike: bool = False,
) -> tuple[RandomEffects, F8, F8]:
    """Simulate worlds of `pairs` pairs; return the fit, the expected differences and the noisy means."""
    generator = np.random.default_rng(seed)
    count = np.broadcast_to(np.asarray(pairs), (worlds,))
    truth = mean + between * generator.standard_normal((worlds, CELLS))
    own = noise * (np.linspace(0.4, 1.6, worlds) if unlike else np.ones(worlds))
    values = np.full((int(count.max()), worlds, CELLS), np.nan)
    for world in range(worlds):
        shape = (int(count[world]), CELLS)
        values[: count[world], world] = truth[world] + own[world] * generator.standard_normal(shape)
    found = moments(values)
    fit = random_effects(found.mean, found.error**2, found.count - 1.0, 0.95)
    return fit, truth, found.mean


@pytest.mark.parametrize("unlike", [False, True], ids=["equal noise", "unequal noise"])
@pytest.mark.parametrize("pairs", [2, np.array([2, 2, 2, 3, 3, 4, 5, 6, 8, 12])], ids=["two", "unequal"])
def test_variance_between_worlds_is_recovered_without_the_noise(
    pairs: F8 | int, unlike: bool, seed_of: Seed
) -> None:
    fit, _, means = experiment(seed_of(f"recovery/{pairs}/{unlike}"), 10, -1.0, 2.0, 1.5, pairs, unlike)
    recovered = float((fit.between**2).mean())
    # Standard error about 2 * 4 * (1 + noise) / sqrt(2 * 9 * 1500) = 0.06; the naive variance is 4 plus 0.5
    # to 1.4.
    assert recovered == pytest.approx(4.0, abs=0.25)
    if np.isscalar(pairs):
        assert float(means.var(axis=0, ddof=1).mean()) > 4.0 + 0.8


@pytest.mark.parametrize(
    ("mean", "between", "noise"), [(-1.0, 1.0, 2.0), (-1.0, 1.0, 3.0), (-0.5, 1.0, 2.0), (0.0, 1.0, 3.0)]
)
def test_share_of_worlds_is_that_of_expected_differences(
    mean: float, between: float, noise: float, seed_of: Seed
) -> None:
    fit, truth, _ = experiment(seed_of(f"share/{mean}/{noise}"), 40, mean, between, noise)
    assert float(fit.share_below.mean()) == pytest.approx(float((truth < 0).mean()), abs=0.04)


@pytest.mark.parametrize("noise", [2.0, 3.0])
def test_the_share_of_noisy_means_fails_the_same_test(noise: float, seed_of: Seed) -> None:
    fit, truth, means = experiment(seed_of(f"share/control/{noise}"), 40, -1.0, 1.0, noise)
    true_share = (truth < 0).mean(axis=0)
    raw, kept = (means < 0).mean(axis=0), fit.share_below
    assert float((true_share - raw).mean()) > 0.08
    assert float(((kept - true_share) ** 2).mean()) < 0.8 * float(((raw - true_share) ** 2).mean())


def test_when_assumptions_make_no_difference_the_share_follows_the_mean(seed_of: Seed) -> None:
    fit, _, means = experiment(seed_of("share/no spread"), 12, -1.0, 0.0, 1.5)
    assert float((means < 0).mean()) < 0.85  # what noise makes of worlds that are all alike
    assert float(fit.share_below.mean()) > 0.90


def test_without_noise_the_share_is_the_plain_share(seed_of: Seed) -> None:
    fit, truth, _ = experiment(seed_of("share/no noise"), 9, 0.3, 1.0, 0.0)
    assert fit.share_below == pytest.approx((truth < 0).mean(axis=0))
    assert fit.between == pytest.approx(truth.std(axis=0, ddof=1))
    assert (fit.noise == 0).all()


@pytest.mark.parametrize("noise", [0.1, 1.5, 4.0])
@pytest.mark.parametrize("worlds", [5, 10, 30])
def test_interval_of_worlds_holds_the_expected_difference_of_a_new_world(
    worlds: int, noise: float, seed_of: Seed
) -> None:
    seed = seed_of(f"worlds/{worlds}/{noise}")
    fit, _, _ = experiment(seed, worlds, -1.0, 1.0, noise)
    # Exact in each cell for the normal law of a new world, so that only the cells are random.
    held = norm.cdf(fit.high, -1.0, 1.0) - norm.cdf(fit.low, -1.0, 1.0)
    assert 0.92 <= float(held.mean()) <= 0.995


def test_setting_the_spread_to_its_estimate_would_be_too_sure(seed_of: Seed) -> None:
    fit, _, _ = experiment(seed_of("worlds/plug-in"), 10, -1.0, 1.0, 3.0)
    half = student.ppf(0.975, 9) * np.sqrt(fit.between**2 + fit.mean_error**2)
    held = norm.cdf(fit.mean + half, -1.0, 1.0) - norm.cdf(fit.mean - half, -1.0, 1.0)
    assert float(held.mean()) < 0.91


def test_interval_of_worlds_is_the_spread_of_assumptions_and_not_of_noise(seed_of: Seed) -> None:
    fit, _, means = experiment(seed_of("worlds/width"), 60, 0.0, 1.0, 3.0)
    width = float(np.median(fit.high - fit.low))
    noisy = float(np.median(2 * 1.96 * means.std(axis=0, ddof=1)))
    # True spread 3.92; that of the noisy means 9.2.
    assert 3.3 < width < 6.0 < noisy


@pytest.mark.parametrize("worlds", [3, 6, 12])
def test_interval_of_the_mean_over_worlds_is_students(worlds: int, seed_of: Seed) -> None:
    fit, _, _ = experiment(seed_of(f"mean/{worlds}"), worlds, -1.0, 1.0, 2.0)
    half = student.ppf(0.975, worlds - 1) * fit.mean_error
    assert float((np.abs(fit.mean + 1.0) <= half).mean()) == pytest.approx(0.95, abs=0.025)


def test_cells_with_missing_worlds_are_those_of_the_worlds_they_have(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("missing worlds"))
    means, variances = generator.standard_normal((6, 4)), generator.random((6, 4))
    freedoms = np.ones((6, 4))
    gaps = means.copy()
    gaps[[1, 4], 2] = np.nan
    gaps[1:, 3] = np.nan
    fit = random_effects(gaps, variances, freedoms, 0.95)
    kept = [0, 2, 3, 5]
    alone = random_effects(means[kept][:, [2]], variances[kept][:, [2]], freedoms[kept][:, [2]], 0.95)
    whole = random_effects(means, variances, freedoms, 0.95)
    for name in ("mean", "between", "low", "high", "share_below"):
        assert getattr(fit, name)[2] == getattr(alone, name)[0]
        assert (getattr(fit, name)[:2] == getattr(whole, name)[:2]).all()
        assert np.isnan(getattr(fit, name)[3])
    assert fit.worlds.tolist() == [6, 6, 4, 1]


def test_half_width_of_equal_components_is_the_normal_one() -> None:
    deviation = np.array([[2.0] * 8, [0.0] * 8])
    assert _half_width(deviation, 0.95) == pytest.approx([2.0 * norm.ppf(0.975), 0.0])


def test_worlds_that_are_all_the_same_leave_no_interval() -> None:
    still = np.zeros((4, 2))
    still[:, 1] = -3.0
    fit = random_effects(still, np.zeros((4, 2)), np.ones((4, 2)), 0.95)
    assert fit.low.tolist() == fit.high.tolist() == fit.mean.tolist() == [0.0, -3.0]
    assert fit.share_below.tolist() == [0.5, 1.0]
