"""The front of effect against cost, and chances of standing on it that are what they say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis.bootstrap import mean_draws
from stcsim.analysis.pareto import front, undominated
from tests.analysis.planted_arms import cube_with, planted_gains

Seed = Callable[[str], int]


def test_arms_that_another_beats_in_both_are_off_the_front() -> None:
    plane = np.array([[[0.0, 0.0], [2.0, -1.0], [1.0, -2.0], [3.0, -3.0], [3.0, -3.0], [2.0, -1.5]]])
    assert undominated(plane)[0].tolist() == [True, True, False, True, True, False]


def test_front_of_a_study_with_known_gains_and_costs(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("front"))
    gains, _ = planted_gains(generator, np.array([0.0, 5.0, 4.8, 9.0]), worlds=40)
    cost = np.array([0.0, 10.0, 30.0, 40.0])[:, None, None] + generator.normal(0.0, 1.0, gains.shape)
    cost[0] = 0.0
    found = front(cube_with(gains, cost=cost), "diversions", "total_cost")
    assert found.on[[0, 1, 3]].all()
    assert found.chance[[0, 1, 3]].min() > 0.95
    assert 0.0 < found.chance[2] < 0.97  # dearer for certain, and as good perhaps
    assert found.cost == pytest.approx([0.0, 10.0, 30.0, 40.0], abs=1.0)
    assert (found.cost_low <= found.cost).all()
    assert (found.cost <= found.cost_high).all()
    assert found.table()["arm"].tolist() == ["baseline", "arm_1", "arm_2", "arm_3"]


def test_chance_of_being_on_the_front_is_what_it_says(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("front/calibrated"))
    said, true = [], []
    for trial in range(250):
        plane = generator.standard_normal((5, 2))
        both = [planted_gains(generator, plane[:, i], worlds=10)[0] for i in range(2)]
        found = mean_draws(np.stack(both, axis=3), draws=400, seed=trial)
        said.append(undominated(found.draws).mean(axis=0))
        true.append(undominated((plane - plane[:1])[None])[0])
    chance, on = np.ravel(said), np.ravel(true).astype(np.float64)
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.01)):
        inside = (chance >= low) & (chance < high)
        assert float(chance[inside].mean()) == pytest.approx(float(on[inside].mean()), abs=0.12)
