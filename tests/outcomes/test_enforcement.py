"""Stages of interdiction and the life of fronts, in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.outcomes.enforcement import STAGES, front_horizon
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import STOPPED, Tables
from tests.outcomes.hand_made import END, FIRST, attempt, blank, put, tables


def test_stages_are_all_fates_that_stop_and_add_up() -> None:
    assert tuple(fate for fate, _ in STAGES.values()) == STOPPED
    state = blank()
    put(state, "cases", [attempt(fate, run=1) for k, fate in enumerate(STOPPED) for _ in range(k + 1)])
    v = compute(tables(state))
    assert [v[f"interdictions_{stage}"][1] for stage in STAGES] == [1, 2, 3, 4, 5]
    assert v["interdictions"].tolist() == [0, 15]
    assert v["detection_share"][1] == 1


def test_life_of_fronts() -> None:
    """Known after 100 days; known after 500 and never known count 364; known before use counts 0."""
    state = blank()
    used = FIRST + 5.0
    put(
        state,
        "closed_fronts",
        [
            {"used": used, "known": used + 100.0, "closed": used + 110.0},
            {"used": used, "known": used + 500.0, "closed": used + 510.0},
            {"used": used, "closed": used + 20.0},
            {"used": used, "known": used - 30.0, "closed": used + 20.0},
            # followed for less than a year, or used in the warm-up: not in the mean
            {"used": END - 300.0, "known": END - 299.0, "closed": END - 200.0},
            {"used": FIRST - 1.0, "known": FIRST + 1.0, "closed": FIRST + 2.0},
        ],
    )
    v = compute(tables(state))["front_life_days"]
    assert v[0] == pytest.approx((100 + 364 + 364 + 0) / 4)
    assert np.isnan(v[1])


def test_live_fronts_count_too() -> None:
    state = blank()
    state.fronts.first_used[0] = FIRST + 1.0
    state.fronts.first_known[0] = FIRST + 31.0
    state.fronts.first_used[1] = FIRST + 1.0
    assert compute(tables(state))["front_life_days"][0] == pytest.approx((30 + 364) / 2)


def test_the_horizon_of_fronts_shrinks_with_a_short_counted_time() -> None:
    state = blank()
    assert front_horizon(Tables(state, 0, 364 * 5)) == 364
    assert front_horizon(Tables(state, 0, 364)) == 182
