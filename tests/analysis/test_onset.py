"""From when an effect shows: never too early, seldom where there is none, soon where it is plain."""

from __future__ import annotations

import numpy as np

from stcsim.analysis.onset import FEWEST, onset
from stcsim.draws import F8


def _difference(rng: np.random.Generator, start: int, effect: float, pairs: int = 10, months: int = 60) -> F8:
    values = rng.normal(0.0, 1.0, (pairs, months))
    values[:, start:] += effect
    return values


def test_where_nothing_changes_a_month_is_named_in_one_case_of_twenty() -> None:
    rng = np.random.default_rng(1)
    named = sum(onset(_difference(rng, 0, 0.0), flow=True) is not None for _ in range(2000))
    # 95% interval of a binomial share of 5% in 2000 trials
    assert 80 <= named <= 120


def test_an_effect_is_dated_after_its_beginning_and_before_long() -> None:
    rng = np.random.default_rng(2)
    for flow in (True, False):
        found = [onset(_difference(rng, 20, -4.0), flow=flow) for _ in range(200)]
        known = np.array([month for month in found if month is not None])
        assert len(known) == 200
        assert np.mean(known < 20) < 0.06
        assert np.median(known) <= 24


def test_what_fades_away_is_not_named() -> None:
    rng = np.random.default_rng(3)
    values = rng.normal(0.0, 0.1, (8, 40))
    values[:, 5:10] += 1.0
    values[:, 10:15] -= 1.0
    values[:, -1] -= values.sum(axis=1)
    assert onset(values, flow=True) is None


def test_too_few_pairs_say_nothing_and_missing_ones_are_left_out() -> None:
    one = np.full((FEWEST - 1, 12), -1.0)
    assert onset(one, flow=True) is None
    more = np.vstack([one, one, np.full((1, 12), np.nan)])
    assert onset(more, flow=True) == 0
    assert onset(np.zeros((9, 12)), flow=True) is None
    assert onset(np.zeros((9, 0)), flow=True) is None
