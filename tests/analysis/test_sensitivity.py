"""Sensitivity against known truths: Ishigami's function, planted effects, planted noise, nothing at all."""

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS, NOT_DISTINGUISHABLE
from stcsim.analysis.replicates import noise_share
from stcsim.analysis.screening import remaining, screen
from stcsim.analysis.sobol_indices import sobol_indices
from stcsim.draws import F8

pytest.importorskip("SALib")

from stcsim.study.designs.morris import morris_sample
from stcsim.study.designs.sobol import sobol_sample

PATHS = ("a", "b", "c")
ISHIGAMI_FIRST = np.array([0.3139, 0.4424, 0.0])
ISHIGAMI_TOTAL = np.array([0.5576, 0.4424, 0.2437])
ISHIGAMI_VARIANCE = 13.8446


def ishigami(places: F8) -> F8:
    """Ishigami and Homma (1990) with a = 7, b = 0.1, on the unit cube."""
    x = np.pi * (2 * places - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_noisy(truth: Callable[[F8], F8], rows: int, seed: int, noise: float, runs: int) -> F8:
    """Runs of Sobol's design; the points of a row share their chance half and half with their own."""
    sample = sobol_sample(3, rows, seed)
    draw = np.random.default_rng(seed)
    shared = draw.normal(size=(rows, runs))[sample.chance]
    own = draw.normal(size=(len(sample.places), runs))
    return truth(sample.places)[:, None] + noise * (shared + own) / np.sqrt(2)


def test_sobols_indices_are_those_of_ishigamis_function() -> None:
    found = sobol_indices(ishigami(sobol_sample(3, 1024, 1).places)[:, None], PATHS)
    np.testing.assert_allclose(found.first.value, ISHIGAMI_FIRST, atol=0.03)
    np.testing.assert_allclose(found.total.value, ISHIGAMI_TOTAL, atol=0.03)
    assert ((found.first.low <= ISHIGAMI_FIRST) & (found.first.high >= ISHIGAMI_FIRST)).all()
    assert ((found.total.low <= ISHIGAMI_TOTAL) & (found.total.high >= ISHIGAMI_TOTAL)).all()
    assert found.interactions.value[0] == pytest.approx(0.2437, abs=0.03)
    assert found.findings == (MATTERS,) * 3


def test_pairs_of_ishigamis_function_are_told_apart() -> None:
    values = ishigami(sobol_sample(3, 1024, 1, second_order=True).places)[:, None]
    found = sobol_indices(values, PATHS, second_order=True)
    assert found.pairs is not None
    np.testing.assert_allclose(found.pairs.value, [0.0, 0.2437, 0.0], atol=0.05)


def test_without_noise_the_estimates_are_those_of_salib() -> None:
    from SALib.analyze import morris as salib_morris
    from SALib.analyze import sobol as salib_sobol

    problem = {"num_vars": 3, "names": list(PATHS), "bounds": [[0.0, 1.0]] * 3, "groups": None}
    values = ishigami(sobol_sample(3, 64, 5, second_order=True).places)
    theirs = salib_sobol.analyze(problem, values, seed=1)
    ours = sobol_indices(values[:, None], PATHS, second_order=True)
    assert ours.pairs is not None
    np.testing.assert_allclose(ours.first.value, theirs["S1"], rtol=1e-9)
    np.testing.assert_allclose(ours.total.value, theirs["ST"], rtol=1e-9)
    np.testing.assert_allclose(ours.pairs.value, theirs["S2"][np.triu_indices(3, 1)], rtol=1e-9)

    places = morris_sample(3, 30, 2).places
    screening = screen(ishigami(places)[:, None], places, PATHS)
    theirs = salib_morris.analyze(problem, places, ishigami(places), seed=1)
    np.testing.assert_allclose(screening.effect.value, theirs["mu"], rtol=1e-9)
    np.testing.assert_allclose(screening.mu_star, theirs["mu_star"], rtol=1e-9)
    np.testing.assert_allclose(screening.sigma, theirs["sigma"], rtol=1e-9)


def test_noise_is_told_and_taken_out_of_the_indices() -> None:
    # as much variance from the mean of the runs as from assumptions
    noise = np.sqrt(2 * ISHIGAMI_VARIANCE)
    found = sobol_indices(sobol_noisy(ishigami, 1024, 3, noise, 2), PATHS)
    assert found.noise.value[0] == pytest.approx(0.5, abs=0.06)
    np.testing.assert_allclose(found.first.value, ISHIGAMI_FIRST / 2, atol=0.08)
    np.testing.assert_allclose(found.total.value, ISHIGAMI_TOTAL / 2, atol=0.08)
    whole = found.first.value.sum() + found.interactions.value[0] + found.noise.value[0]
    assert whole == pytest.approx(1.0)


def test_with_one_run_a_point_noise_is_unknown() -> None:
    found = sobol_indices(sobol_noisy(ishigami, 64, 3, 1.0, 1), PATHS)
    assert np.isnan(found.noise.value[0])
    assert np.isnan(noise_share(np.ones((8, 1)), 8, 0.95).value[0])


def test_all_noise_is_no_index_and_no_finding() -> None:
    found = sobol_indices(sobol_noisy(lambda x: np.zeros(len(x)), 256, 3, 1.0, 4), PATHS)
    assert found.findings == (NOT_DISTINGUISHABLE,) * 3
    assert found.noise.low[0] <= 1.0 <= found.noise.high[0]
    assert np.abs(found.total.value).max() < 0.15


def test_what_changes_no_run_is_told_from_what_cannot_be_seen() -> None:
    values = sobol_noisy(lambda x: 3 * x[:, 0], 64, 3, 0.0, 2)
    assert sobol_indices(values, PATHS).findings == (MATTERS, CHANGES_NOTHING, CHANGES_NOTHING)
    constant = sobol_indices(np.full_like(values, 7.0), PATHS)
    assert constant.findings == (CHANGES_NOTHING,) * 3
    assert np.isnan(constant.total.value).all()


@pytest.mark.parametrize(("noise", "runs"), [(0.0, 1), (6.0, 2)])
def test_intervals_of_all_indices_hold_together(noise: float, runs: int) -> None:
    # 40 samples: with 95% six misses or more have a chance of 1.4%
    assert _misses(noise, runs, 40) < 6


@pytest.mark.slow
@pytest.mark.parametrize(("noise", "runs"), [(0.0, 1), (6.0, 2), (6.0, 4)])
def test_coverage_of_the_intervals(noise: float, runs: int) -> None:
    assert _misses(noise, runs, 250) / 250 < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 250)


def _misses(noise: float, runs: int, samples: int) -> int:
    share = noise**2 / runs / (ISHIGAMI_VARIANCE + noise**2 / runs)
    truth = np.concatenate([ISHIGAMI_FIRST, ISHIGAMI_TOTAL]) * (1 - share)
    misses = 0
    for seed in range(samples):
        found = sobol_indices(sobol_noisy(ishigami, 128, seed, noise, runs), PATHS, seed=seed)
        low = np.concatenate([found.first.low, found.total.low])
        high = np.concatenate([found.first.high, found.total.high])
        misses += not ((low <= truth) & (truth <= high)).all()
    return misses


def test_elementary_effects_of_a_plane_are_its_slopes() -> None:
    slopes = np.array([5.0, -2.0, 0.0])
    places = morris_sample(3, 6, 4).places
    found = screen((places @ slopes)[:, None], places, PATHS)
    np.testing.assert_allclose(found.effect.value, slopes, atol=1e-9)
    np.testing.assert_allclose(found.effect.high - found.effect.low, 0.0, atol=1e-9)
    np.testing.assert_allclose(found.mu_star, np.abs(slopes), atol=1e-9)
    np.testing.assert_allclose(found.shares, slopes**2 / 29, atol=1e-9)
    assert found.findings == (MATTERS, MATTERS, CHANGES_NOTHING)


def test_rounding_is_no_change() -> None:
    places = morris_sample(3, 6, 4).places
    values = 3.0 + 1e-10 * np.random.default_rng(1).normal(size=(len(places), 2))
    assert screen(values, places, PATHS).findings == (NOT_DISTINGUISHABLE,) * 3
    found = screen(values, places, PATHS, scale=1e3)
    assert found.findings == (CHANGES_NOTHING,) * 3
    assert (found.square.value == 0.0).all()


def test_noise_does_not_make_quantities_matter() -> None:
    quantities, named = 40, 0
    paths = [f"x{i}" for i in range(quantities)]
    for seed in range(24):
        places = morris_sample(quantities, 10, seed).places
        values = np.random.default_rng(seed).normal(size=(len(places), 2))
        found = screen(values, places, paths, seed=seed)
        named += MATTERS in found.findings
        assert found.mu_star.min() > 0.3
    # one study in twenty names one of forty that have no effect
    assert named <= 4


@pytest.mark.slow
def test_coverage_of_effects_and_of_the_share_of_noise() -> None:
    slopes, samples, missed, noise_missed = np.array([6.0, -3.0, 1.0, 0.0, 0.0]), 400, 0, 0
    paths = [f"x{i}" for i in range(5)]
    each = 5 * (2 * 2.0**2 / 2) / (2 / 3) ** 2
    for seed in range(samples):
        places = morris_sample(5, 12, seed).places
        noise = 2.0 * np.random.default_rng(seed).normal(size=(len(places), 2))
        found = screen((places @ slopes)[:, None] + noise, places, paths, seed=seed)
        truth, squares = (found.effect, slopes), (found.square, slopes**2)
        missed += not all(((e.low <= t) & (t <= e.high)).all() for e, t in (truth, squares))
        share = each / (each + (slopes**2).sum())
        noise_missed += not found.noise.low[0] <= share <= found.noise.high[0]
    assert missed / samples < 0.05 + 3 * np.sqrt(0.05 * 0.95 / samples)
    assert noise_missed / samples < 0.05 + 3 * np.sqrt(0.05 * 0.95 / samples)


def test_effects_are_found_within_noise_and_the_share_of_noise_with_them() -> None:
    slopes = np.array([6.0, 0.0, 3.0])
    places = morris_sample(3, 40, 4).places
    noise = np.random.default_rng(1).normal(size=(len(places), 4))
    found = screen((places @ slopes)[:, None] + noise, places, PATHS)
    assert found.findings == (MATTERS, NOT_DISTINGUISHABLE, MATTERS)
    # a difference of two means of four runs, over two thirds of the range
    each = 2 / 4 / (2 / 3) ** 2
    assert found.noise.low[0] < 3 * each / (3 * each + 45) < found.noise.high[0]
    np.testing.assert_allclose(found.square.value, slopes**2, atol=6.0)


def test_what_remains_is_what_is_large_for_any_target() -> None:
    places = morris_sample(4, 6, 4).places
    paths = ("a", "b", "c", "d")
    one = screen((places @ [5.0, 1.0, 0.1, 0.0])[:, None], places, paths)
    other = screen((places @ [0.0, 0.0, 1.0, 0.0])[:, None], places, paths)
    assert remaining({"one": one, "other": other}, 2) == ("c", "a")
    assert remaining({"one": one, "other": other}, 12) == ("c", "a", "b")
    assert remaining({}) == ()


def test_the_share_of_noise_between_points_is_recovered() -> None:
    draw = np.random.default_rng(5)
    truth = draw.normal(size=(400, 1))
    values = truth + 2.0 * draw.normal(size=(400, 4))
    found = noise_share(values, 400, 0.95)
    assert found.value[0] == pytest.approx(0.5, abs=0.07)
    assert found.low[0] < 0.5 < found.high[0]
