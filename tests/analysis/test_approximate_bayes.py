"""Approximate Bayesian computation on simulators whose posterior is known, or whose truth is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis import recovery
from stcsim.analysis.approximate_bayes import (
    noisy,
    posterior,
    weighted_quantile,
    weighted_spread,
)
from stcsim.analysis.recovery import recover
from stcsim.draws import F8


def simulator(places: F8, generator: np.random.Generator) -> F8:
    """Three patterns of eight parameters: two see one each, the third the sum of two; four are not seen."""
    chance = 0.05 * generator.standard_normal((len(places), 3))
    seen = np.stack([places[:, 0], np.exp(places[:, 1]), places[:, 2] + places[:, 3]], axis=1)
    return np.asarray(seen + chance)


def table(points: int, seed: int) -> tuple[F8, F8]:
    generator = np.random.default_rng(seed)
    places = generator.uniform(size=(points, 8))
    return places, noisy(simulator(places, generator), np.array([0.05, 0.1, 0.1]), seed)


def test_a_known_posterior_is_found(seed_of: Callable[[str], int]) -> None:
    """One uniform parameter, seen with a normal error far from the ends: the posterior is that normal law."""
    generator = np.random.default_rng(seed_of("one parameter"))
    places = generator.uniform(size=(4000, 1))
    found = posterior(places, noisy(places, np.array([0.05]), 1), np.array([0.4]), kept=0.15)
    low, middle, high = (found.quantile(s)[0] for s in (0.05, 0.5, 0.95))
    assert middle == pytest.approx(0.4, abs=0.012)
    assert high - low == pytest.approx(2 * 1.645 * 0.05, rel=0.15)


def test_truths_are_recovered_and_intervals_hold_them(
    seed_of: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Intervals of 90% hold 300 truths as often, within four standard errors of so many."""
    monkeypatch.setattr(recovery, "TRUTHS", 300)
    places, shown = table(600, seed_of("recovery"))
    found = recover(places, shown, range(8), seed=3)
    assert found.coverage == pytest.approx(0.9, abs=0.03)
    sharp = recover(places, shown, [0, 1], seed=3)
    assert sharp.coverage == pytest.approx(0.9, abs=0.05)
    assert sharp.closer < 0.45


def test_what_patterns_see_contracts_and_nothing_else_does(seed_of: Callable[[str], int]) -> None:
    places, shown = table(600, seed_of("contraction"))
    found = posterior(places, shown, np.array([0.3, 1.6, 0.4]))
    contraction = 1 - found.spread / places.std(axis=0, ddof=1)
    assert (contraction[:2] > 0.5).all()
    assert (contraction[2:4] > 0.15).all()
    assert (np.abs(contraction[4:]) < 0.2).all()


def test_a_larger_error_of_what_was_observed_leaves_more_open(seed_of: Callable[[str], int]) -> None:
    generator = np.random.default_rng(seed_of("errors"))
    places = generator.uniform(size=(600, 4))
    seen = simulator(np.concatenate([places, places], axis=1), generator)
    target = np.array([0.5, 1.6, 1.0])
    sharp, dull = (posterior(places, noisy(seen, np.full(3, e)), target).spread[0] for e in (0.02, 0.5))
    assert dull > 2 * sharp


def test_nothing_leaves_its_range() -> None:
    places, shown = table(300, 5)
    found = posterior(places, shown, np.array([1.4, 4.0, 3.0]))
    assert found.places.min() >= 0
    assert found.places.max() <= 1


def test_further_quantities_are_told_under_the_posterior() -> None:
    places, shown = table(600, 7)
    found = posterior(places, shown, np.array([0.3, 1.6, 0.9]), others=2 * places[:, :1] + 1)
    assert weighted_quantile(found.others, found.weights, 0.5)[0] == pytest.approx(1.6, abs=0.08)


def test_weighted_moments_are_the_plain_ones_with_equal_weights() -> None:
    values = np.random.default_rng(1).normal(size=(200, 2))
    weights = np.full(200, 1 / 200)
    assert weighted_quantile(values, weights, 0.5) == pytest.approx(np.median(values, axis=0), abs=0.02)
    assert weighted_spread(values, weights) == pytest.approx(values.std(axis=0))


def test_the_same_seed_gives_the_same_errors() -> None:
    values = np.zeros((5, 2))
    assert np.array_equal(noisy(values, np.ones(2), 3), noisy(values, np.ones(2), 3))
    assert not np.array_equal(noisy(values, np.ones(2), 3), noisy(values, np.ones(2), 4))
