"""Effects at each value of what is varied."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.cube import Cube
from stcsim.analysis.over_values import MOST_VALUES, over_values
from tests.pictures import found


def test_effects_are_paired_and_the_order_turns_where_it_does() -> None:
    told = found.by_donors()
    assert told.values == ("2", "4", "6", "8")
    assert told.relative
    assert told.best == ("channel", "channel", "group", "group")
    assert told.turns
    base = 200
    group = told.arms.index("group")
    assert told.effect[group] == pytest.approx((8 - 6 * np.array([2, 4, 6, 8])) / base, abs=0.02)
    assert ((told.low <= told.effect) & (told.effect <= told.high)).all()


def test_intervals_hold_the_truth_in_95_of_100() -> None:
    rng = np.random.default_rng(1)
    inputs = pd.DataFrame({"x": [1, 2, 1, 2]})
    inside = 0
    for _ in range(400):
        base = rng.normal(100.0, 5.0, (4, 5))
        arm = base + inputs["x"].to_numpy()[:, None] + rng.normal(0.0, 1.0, (4, 5))
        values = {"attempts": np.stack([base, arm])}
        told = over_values(Cube(("baseline", "a"), np.arange(4), inputs, values), "attempts", "x")
        assert told is not None
        inside += bool(told.low[0, 0] * 100 <= 1.0 <= told.high[0, 0] * 100)
    # 95% interval of a binomial share of 95% in 400 trials; the baseline's own mean varies by a few percent
    assert inside >= 370


def test_what_was_drawn_has_too_many_values() -> None:
    assert over_values(found.cube(), "diversions", found.AWARENESS) is None
    assert MOST_VALUES < found.WORLDS
    switch = over_values(found.cube(), "diversions", "structure.capture")
    assert switch is not None
    assert set(switch.values) == {"rate", "immediate"}
