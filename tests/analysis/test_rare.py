"""Rare events: arms that are the same in nearly all sets are not told apart by one that differs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import binom

from stcsim.analysis import bootstrap
from stcsim.analysis.bootstrap import mean_draws
from stcsim.analysis.expected_gains import expected_gains
from stcsim.analysis.ranking import rank, rank_by_weights
from stcsim.analysis.rare import unseen
from stcsim.draws import F8
from stcsim.pictures.ranking import finding
from tests.analysis.planted_arms import cube_with

Seed = Callable[[str], int]


def rare(generator: np.random.Generator, expected: float, share: float = 0.5, worlds: int = 100) -> F8:
    """Gains of 40 arms over a baseline by counts; `expected` events each, `share` of them for the better."""
    rate = expected / (2 * worlds)
    gains = generator.poisson(rate * share, (41, worlds, 2)) - generator.poisson(
        rate * (1 - share), (41, worlds, 2)
    )
    gains[0] = 0
    return gains.astype(np.float64)


@pytest.mark.parametrize(("expected", "share"), [(1, 0.5), (3, 0.5), (10, 0.5), (40, 0.5), (10, 0.9)])
def test_intervals_of_rare_counts_cover(expected: float, share: float, seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of(f"rare/{expected}/{share}"))
    held = []
    for trial in range(15):
        low, high = mean_draws(rare(generator, expected, share), draws=800, seed=trial).interval(0.95)
        truth = expected * (2 * share - 1) / 200
        held.append((low[1:] <= truth) & (high[1:] >= truth))
    assert np.mean(held) > 0.935  # standard error 0.009


def test_the_bootstrap_alone_would_not(seed_of: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "unseen", lambda means, draws, _: np.zeros((draws, *means.shape[1:])))
    generator = np.random.default_rng(seed_of("rare/alone"))
    held = []
    for trial in range(10):
        low, high = mean_draws(rare(generator, 2), draws=800, seed=trial).interval(0.95)
        held.append((low[1:] <= 0) & (high[1:] >= 0))
    assert np.mean(held) < 0.8


@pytest.mark.parametrize(("better", "worse"), [(1, 0), (3, 0), (4, 1), (8, 2)])
def test_the_chance_of_two_is_that_of_the_differences_alone(better: int, worse: int) -> None:
    gains = np.zeros((2, 1000, 2))
    gains[1, :better], gains[1, better : better + worse] = 1.0, -1.0
    # P(p > 1/2) for p ~ Beta(better + 1, worse + 1)
    expected = binom.sf(worse, better + worse + 1, 0.5)
    found = rank(cube_with(gains), "diversions", draws=20_000)
    assert found.best[1] == pytest.approx(expected, abs=0.015)
    assert found.same == 1000 - better - worse


def test_equal_arms_are_not_told_apart(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("rare/equal"))
    best, sets = [], []
    for trial in range(120):
        gains = rare(generator, 2)[:4]
        best.append(rank(cube_with(gains), "diversions", draws=600, seed=trial).best)
        sets.append(expected_gains(gains, draws=100, seed=trial).best().mean(axis=(0, 1)))
    # Three arms around a baseline that is 0 by definition: it is the best where all of them are worse.
    chances = np.array([1 / 8, *[7 / 24] * 3])
    assert np.mean(best, axis=0) == pytest.approx(chances, abs=0.06)
    assert (np.max(best, axis=1) > 0.95).mean() < 0.02
    assert np.mean(sets, axis=0) == pytest.approx(chances, abs=0.06)
    assert (np.max(sets, axis=1) > 0.95).mean() < 0.02


def test_two_arms_that_differ_once_are_told_apart_by_that_alone(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("rare/near"))
    gains = np.zeros((3, 100, 2))
    gains[1:] = generator.normal(5.0, 1.0, (100, 2))
    gains[2, 0] += 1.0
    best = rank(cube_with(gains), "diversions", draws=20_000).best
    assert best == pytest.approx([0.0, 0.25, 0.75], abs=0.015)
    gains[2] = gains[1]
    assert unseen(gains.mean(axis=2).T, 50, generator).any() == np.False_


def test_outcomes_that_vary_in_every_set_draw_nothing(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("rare/none"))
    before = generator.bit_generator.state
    assert not unseen(np.random.default_rng(1).standard_normal((20, 5)), 100, generator).any()
    assert generator.bit_generator.state == before


def test_rare_events_stay_so_beside_a_cost_that_varies() -> None:
    gains = np.zeros((3, 100, 2))
    gains[1, 0], gains[2, 1] = 1.0, 1.0
    cost = 1e-3 * np.random.default_rng(2).random((3, 100, 2))
    found = rank_by_weights(cube_with(gains, cost=cost), {"diversions": 1.0, "total_cost": 0.01})
    assert 0.1 < found.best[0] < 0.4


def test_the_sentence_says_in_how_many_sets_they_are_the_same() -> None:
    gains = np.zeros((2, 100, 2))
    gains[1, :15] = 1.0
    found = rank(cube_with(gains), "diversions")
    said = finding(found, "transfers", {"arm_1": "Channel"})
    assert said == (
        "Transfers: Channel is best on average over the sampled sets, by these runs with a chance of >99%, "
        "by the few it differs in: the first two are the "
        "same in 85 of 100 sets; no other one reaches 5%"
    )
