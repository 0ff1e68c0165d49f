"""Chosen sets on fresh runs: no luck is left, and synergies have intervals that cover."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.again import again
from stcsim.analysis.cube import Cube
from stcsim.analysis.portfolio import portfolio
from stcsim.draws import F8
from stcsim.errors import InputError
from tests.analysis.planted_arms import BASE, COST, OUTCOME, cube_with, planted_gains

Seed = Callable[[str], int]
SETS = (("a", "b"), ("a", "c"), ("b", "c"), ("a",))
NAMES = ("baseline", "a", "b", "c", "a+b", "a+c", "b+c")
TRUE = {"a": 4.0, "b": 3.0, "c": 2.0, "a+b": 9.0, "a+c": 6.0, "b+c": 3.5}
PRICE = {"a": 10.0, "b": 10.0, "c": 5.0, "a+b": 20.0, "a+c": 15.0, "b+c": 15.0}


def study(generator: np.random.Generator, worlds: int = 20, noise: float = 2.0) -> Cube:
    """What a, b and c do differs from world to world; a and b help each other, b and c are in the way."""
    own = {p: generator.standard_normal(worlds) for p in "abc"}
    base = BASE + generator.standard_normal((worlds, 1))
    diversions, costs = [base], [np.full((worlds, 1), 50.0)]
    for name in NAMES[1:]:
        gain = TRUE[name] + sum(own[p] for p in name.split("+"))
        diversions.append(base - gain[:, None] - noise * generator.standard_normal((worlds, 1)))
        costs.append(50.0 + PRICE[name] + 0.5 * generator.standard_normal((worlds, 1)))
    values = {OUTCOME: np.stack(diversions), COST: np.stack(costs)}
    return Cube(NAMES, np.arange(1, worlds + 1), pd.DataFrame(index=range(worlds)), values)


def test_synergy_and_what_parts_add_are_found_and_covered(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("portfolio"))
    words, held, together = [], [], []
    for trial in range(60):
        cube = study(generator)
        found = portfolio(cube, cube.gain(OUTCOME), COST, SETS, [0.0] * 4, 18.0, draws=1000, seed=trial)
        by = {s.name: s for s in found.sets}
        truths = {"a+b": 2.0, "a+c": 0.0, "b+c": -1.5}
        inside = [by[n].synergy.low <= t <= by[n].synergy.high for n, t in truths.items()]
        held += inside
        together.append(all(inside))
        words.append([by[n].synergy.word for n in truths])
        adds = by["b+c"].adds["c"]
        held.append(adds.low <= 0.5 <= adds.high)
    assert np.mean(held) > 0.95
    assert np.mean(together) > 0.9
    first, second, _ = np.array(words).T
    assert (first == "more").mean() > 0.25  # 2.0 with a standard error of 0.77 and three looks
    assert (first == "less").mean() < 0.05
    assert (second == "not distinguishable").mean() > 0.9


def test_table_and_budget(seed_of: Seed) -> None:
    cube = study(np.random.default_rng(seed_of("portfolio/table")), noise=0.1)
    found = portfolio(cube, cube.gain(OUTCOME), COST, SETS, [9.5, 6.5, 4.0, 4.4], 18.0)
    assert found.sets[0].name == "a+b"
    by = {s.name: s for s in found.sets}
    assert not by["a+b"].affordable
    assert by["a+c"].affordable
    assert by["a+b"].cost.mean == pytest.approx(20.0, abs=1.0)
    assert by["a"].synergy is None
    assert by["a"].adds == {}
    table = found.table()
    assert table.loc[table["set"] == "a+b", "synergy_word"].item() == "more"
    assert table.loc[table["set"] == "a+b", "searched"].item() == 9.5
    assert sum(s.best for s in found.sets) == pytest.approx(1.0)
    assert (found.units, found.over) == (20, "worlds")


def test_sets_that_only_add_up_are_not_called_more_by_rounding() -> None:
    worlds = 10
    own = {p: np.random.default_rng(i).standard_normal(worlds) for i, p in enumerate("abc")}
    gains = np.stack(
        [np.zeros((worlds, 1)), *(sum(own[p] for p in n.split("+"))[:, None] / 3.0 for n in NAMES[1:])]
    )
    values = {OUTCOME: BASE - gains, COST: np.zeros_like(gains)}
    cube = Cube(NAMES, np.arange(worlds), pd.DataFrame(index=range(worlds)), values)
    found = portfolio(cube, gains, COST, SETS, [0.0] * 4, 1.0)
    assert {s.synergy.word for s in found.sets if s.synergy} == {"not distinguishable"}


def chosen_and_again(generator: np.random.Generator, truth: F8) -> tuple[float, float, float, bool, bool]:
    first, _ = planted_gains(generator, truth, worlds=12)
    arm = int(first.mean(axis=(1, 2))[1:].argmax()) + 1
    second, _ = planted_gains(generator, truth, worlds=12)
    found = again(cube_with(first), cube_with(second), f"arm_{arm}", OUTCOME, draws=600)
    true = float(truth[arm] - truth[0])
    return (
        found.before - true,
        found.after - true,
        found.luck,
        found.before_low <= true <= found.before_high,
        found.low <= true <= found.high,
    )


def test_the_winners_luck_is_gone_on_fresh_runs(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("again"))
    truth = np.concatenate([[0.0], np.ones(12)])
    trials = np.array([chosen_and_again(generator, truth) for _ in range(150)], dtype=np.float64)
    before, after, luck, held_before, held = trials.mean(axis=0)
    assert before > 0.4  # of a true gain of 1
    assert abs(after) < 0.15
    assert luck == pytest.approx(before - after)
    assert held > 0.9
    assert held_before < held - 0.02


def test_again_needs_the_arm_in_both(seed_of: Seed) -> None:
    gains, _ = planted_gains(np.random.default_rng(seed_of("again/arm")), np.zeros(3), worlds=4)
    with pytest.raises(InputError, match="no arm arm_9"):
        again(cube_with(gains), cube_with(gains), "arm_9", OUTCOME)
