"""Approximate Bayesian computation on simulators whose posterior is known, or whose truth is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis import approximate_bayes, recovery
from stcsim.analysis.approximate_bayes import (
    COPIES,
    chance_level,
    contraction,
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


ERRORS = np.array([0.05, 0.1, 0.1])


def clean_table(points: int, seed: int) -> tuple[F8, F8]:
    generator = np.random.default_rng(seed)
    places = generator.uniform(size=(points, 8))
    return places, simulator(places, generator)


def table(points: int, seed: int) -> tuple[F8, F8]:
    places, seen = clean_table(points, seed)
    return places, noisy(seen, ERRORS, seed, COPIES)


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
    """Intervals of 90% hold 200 truths as often, within four standard errors."""
    monkeypatch.setattr(recovery, "TRUTHS", 200)
    places, seen = clean_table(600, seed_of("recovery"))
    found = recover(places, seen, ERRORS, range(8), seed=3)
    assert found.coverage == pytest.approx(0.9, abs=0.035)
    sharp = recover(places, seen, ERRORS, [0, 1], seed=3)
    assert sharp.coverage == pytest.approx(0.9, abs=0.06)
    assert sharp.closer < 0.45


def test_what_patterns_see_contracts_and_nothing_else_does(seed_of: Callable[[str], int]) -> None:
    places, shown = table(600, seed_of("contraction"))
    found = posterior(places, shown, np.array([0.3, 1.6, 0.4]))
    shrunk = contraction(places, found)
    assert (shrunk[:2] > 0.5).all()
    assert (shrunk[2:4] > 0.15).all()
    assert (np.abs(shrunk[4:]) < 0.2).all()


def test_chance_is_told_by_dealing_patterns_anew(
    seed_of: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many parameters that nothing sees, the one that contracts most rarely passes the level."""
    monkeypatch.setattr(approximate_bayes, "SHUFFLES", 40)
    passed = 0
    for table_number in range(12):
        generator = np.random.default_rng(seed_of(f"chance/{table_number}"))
        places = generator.uniform(size=(150, 60))
        shown = noisy(generator.normal(size=(150, 3)), np.full(3, 0.1), 1, COPIES)
        level = chance_level(places, shown, np.zeros(3))
        passed += bool(contraction(places, posterior(places, shown, np.zeros(3))).max() > level)
        assert 0.05 < level < 0.4
    # twice in twelve happens once in fifty
    assert passed <= 3


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
