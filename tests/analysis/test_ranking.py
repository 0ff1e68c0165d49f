"""The order of arms on studies with known truths: intervals cover, chances are what they say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis.bootstrap import mean_draws
from stcsim.analysis.ranking import (
    best_by_outcome,
    best_over_all_weights,
    place_chances,
    rank,
    rank_by_weights,
    ranking_of,
)
from stcsim.draws import F8
from stcsim.errors import InputError
from tests.analysis.planted_arms import cube_with, planted_gains

Seed = Callable[[str], int]


@pytest.mark.parametrize("worlds", [3, 6, 25])
def test_intervals_of_means_over_worlds_cover(worlds: int, seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of(f"ranking/cover/{worlds}"))
    own, _ = planted_gains(generator, np.zeros(401), worlds=worlds)
    # 400 arms beside one baseline share it; take them from 0 again so that they are independent experiments.
    own = own - own.mean(axis=0)
    low, high = mean_draws(own, draws=1500, seed=worlds).interval(0.95)
    held = float(((low <= 0.0) & (high >= 0.0)).mean())
    assert held == pytest.approx(0.95, abs=0.035)  # standard error 0.011; never much below with few worlds


def test_worlds_that_share_their_chance_have_wider_intervals_that_cover(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("ranking/shared"))
    held = {True: 0, False: 0}
    for trial in range(150):
        own = 0.5 * generator.standard_normal((2, 20, 1)) + generator.standard_normal((2, 1, 6))
        for shared in held:
            low, high = mean_draws(own, shared_seeds=shared, draws=800, seed=trial).interval(0.95)
            held[shared] += int(((low <= 0.0) & (high >= 0.0)).sum())
    assert held[True] / 300 == pytest.approx(0.95, abs=0.045)
    assert held[False] / 300 < 0.6  # as if noise had averaged out over points


def said_and_true(seed: int, spread: float, pulled: bool = True, trials: int = 250) -> tuple[F8, F8]:
    """Chances of being best that were told, and whether it was, for five arms at ten worlds."""
    generator = np.random.default_rng(seed)
    said, true = [], []
    for trial in range(trials):
        truth = spread * generator.standard_normal(5)
        gains, _ = planted_gains(generator, truth, worlds=10)
        found = mean_draws(gains, draws=500, seed=trial)
        chances = (
            ranking_of(found, "abcde", seed=trial).best
            if pulled
            else place_chances(found.draws, generator)[:, 0]
        )
        said.append(chances)
        true.append(np.arange(5) == truth.argmax())
    return np.array(said).ravel(), np.array(true, dtype=np.float64).ravel()


@pytest.mark.parametrize("spread", [0.5, 1.0, 3.0])
def test_chance_of_being_best_is_what_it_says(spread: float, seed_of: Seed) -> None:
    said, true = said_and_true(seed_of(f"ranking/calibrated/{spread}"), spread)
    for low, high in ((0.0, 0.1), (0.1, 0.4), (0.4, 0.7), (0.7, 1.01)):
        inside = (said >= low) & (said < high)
        error = np.sqrt((said[inside] * (1 - said[inside])).sum()) / inside.sum()
        assert abs(said[inside].mean() - true[inside].mean()) < 3.0 * error + 0.04


def test_taken_at_its_word_the_bootstrap_is_too_sure_of_the_best(seed_of: Seed) -> None:
    seed = seed_of("ranking/too sure")
    over = {}
    for pulled in (True, False):
        said, true = said_and_true(seed, 0.4, pulled, trials=300)
        top = said.reshape(-1, 5).argmax(axis=1)
        rows = np.arange(len(top))
        over[pulled] = float((said.reshape(-1, 5)[rows, top] - true.reshape(-1, 5)[rows, top]).mean())
    assert over[False] > 0.05
    assert over[True] < over[False] - 0.015
    assert abs(over[True]) < 0.07


def test_places_are_chances_of_each_arm_and_each_place(seed_of: Seed) -> None:
    gains, _ = planted_gains(np.random.default_rng(seed_of("ranking/places")), np.arange(4.0), worlds=30)
    found = rank(cube_with(gains), "diversions")
    assert found.places.sum(axis=0) == pytest.approx(np.ones(4))
    assert found.places.sum(axis=1) == pytest.approx(np.ones(4))
    assert found.winner == found.order[0] == "arm_3"
    assert found.table()["arm"].tolist() == list(found.order)
    assert found.best[3] > 0.8
    assert found.expected_place.argmin() == 3


def test_arms_that_do_the_same_share_their_places() -> None:
    gains = np.zeros((3, 8, 2))
    assert rank(cube_with(gains), "diversions").best == pytest.approx(np.full(3, 1 / 3), abs=0.04)
    gains[1:] = np.random.default_rng(1).normal(5.0, 1.0, (8, 2))
    found = rank(cube_with(gains), "diversions").best
    assert found[0] < 0.01
    assert found[1:] == pytest.approx([0.5, 0.5], abs=0.04)


def test_one_world_is_ranked_over_its_replications() -> None:
    gains = np.random.default_rng(2).normal(0.0, 1.0, (3, 1, 12))
    gains[0], gains[2] = 0.0, gains[2] + 4.0
    found = rank(cube_with(gains), "diversions")
    assert (found.over, found.units, found.winner) == ("replications", 12, "arm_2")
    with pytest.raises(InputError, match="two are the fewest"):
        rank(cube_with(gains[:, :, :1]), "diversions")


def test_worlds_in_which_an_arm_has_no_value_are_left_out_and_counted() -> None:
    gains = np.random.default_rng(3).normal(0.0, 1.0, (3, 6, 2))
    gains[0] = 0.0
    gaps = gains.copy()
    gaps[1, 2], gaps[2, 4, 0] = np.nan, np.nan
    found, alone = rank(cube_with(gaps), "diversions"), rank(cube_with(gains[:, [0, 1, 3, 5]]), "diversions")
    assert (found.units, found.left_out) == (5, 1)
    assert found.mean[1] == pytest.approx(
        np.mean([gains[1, w].mean() for w in (0, 1, 3, 5)] + [gains[1, 4, 1]]), abs=1e-9
    )
    assert alone.left_out == 0


def test_weights_decide_between_what_helps_and_what_is_cheap() -> None:
    gains = np.zeros((3, 10, 2))
    noise = np.random.default_rng(4).normal(0.0, 0.1, (2, 10, 2))
    gains[1], gains[2] = 20.0 + noise[0], 2.0 + noise[1]
    cost = np.array([0.0, 500.0, 5.0])[:, None, None]
    study = cube_with(gains, cost=cost)
    assert rank_by_weights(study, {"diversions": 1.0, "total_cost": 0.1}).winner == "arm_1"
    assert rank_by_weights(study, {"diversions": 1.0, "total_cost": 9.0}).winner == "baseline"
    table = best_by_outcome(study)
    assert table.loc["diversions", "arm_1"] > 0.99
    assert table.loc["total_cost", "baseline"] > 0.99
    # 20 v - 50 (1 - v) is the largest for v > 48/66, 2 v - 0.5 (1 - v) for 0.2 < v
    anywhere = best_over_all_weights(study, ["diversions", "total_cost"])
    assert list(anywhere.values()) == pytest.approx([0.2, 1 - 49.5 / 67.5, 49.5 / 67.5 - 0.2], abs=0.03)
