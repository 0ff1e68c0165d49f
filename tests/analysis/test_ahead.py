"""Sets in which an arm is ahead: arms that do nothing are first in none, and ties are no firsts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stcsim.analysis.ahead import ahead
from stcsim.analysis.ranking import best_by_outcome, rank
from tests.analysis.planted_arms import OUTCOME, cube_with, planted_gains

Seed = Callable[[str], int]


def test_where_nothing_differs_nobody_is_first() -> None:
    cube = cube_with(np.zeros((4, 12, 2)))
    found = ahead(cube, OUTCOME)
    assert not any(found.sets.values())
    assert (found.same, found.close, found.none, found.of) == (12, 0, 12, 12)
    assert found.words({}) == "of 12 sampled sets, nothing differs in 12"
    ranking = rank(cube, OUTCOME)
    assert not ranking.differs
    assert best_by_outcome(cube).loc[OUTCOME].isna().all()


def test_an_arm_that_differs_in_few_sets_is_first_in_few(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("ahead/few"))
    gains = np.zeros((4, 240, 2))
    some = generator.choice(240, 17, replace=False)
    gains[1, some, 0] = 1.0
    gains[2, some[:3], 0] = 1.0
    cube = cube_with(gains)
    found = ahead(cube, OUTCOME)
    assert rank(cube, OUTCOME).differs
    assert found.same == 240 - 17 or found.same == 240 - 14
    assert found.sets["arm_1"] <= 17
    assert sum(found.sets.values()) + found.none == found.of == 240


def test_a_large_gain_is_first_everywhere_and_noise_alone_nowhere(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("ahead/large"))
    gains, _ = planted_gains(generator, np.array([0.0, 20.0, 0.0]), worlds=40, noise=2.0)
    assert ahead(cube_with(gains), OUTCOME).sets["arm_1"] >= 39
    gains, _ = planted_gains(generator, np.zeros(6), worlds=40, between=0.0, noise=2.0)
    assert ahead(cube_with(gains), OUTCOME).none >= 30
