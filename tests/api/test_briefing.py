"""What the brief takes from a folder: assumptions that move the gain of the first option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.analysis.whole_counts import whole_counts
from stcsim.api.briefing import changed_study, moving_by_sets
from stcsim.api.provenance import twice
from tests.analysis.planted_arms import cube_with

Seed = Callable[[str], int]


def test_assumptions_that_move_the_gain_are_planted_and_named(seed_of: Seed) -> None:
    generator = np.random.default_rng(seed_of("briefing/weighty"))
    inputs = pd.DataFrame(generator.random((80, 150)), columns=[f"parameters.firms.x{i}" for i in range(150)])
    gains = generator.standard_normal((3, 80, 2))
    gains[0] = 0.0
    gains[1] += (6.0 * inputs["parameters.firms.x3"] - 4.0 * inputs["parameters.firms.x9"]).to_numpy()[
        :, None
    ]
    cube = cube_with(gains, inputs)
    assert moving_by_sets(cube, "arm_1") == ("x3 (firms)", "x9 (firms)")
    assert moving_by_sets(cube, "arm_2") == ()
    assert moving_by_sets(cube, None) == ()


def test_counts_of_sets_add_up() -> None:
    assert whole_counts({"a": 6.6, "b": 0.7, "c": 0.7}, 8, "a", 7) == {"a": 7, "b": 1, "c": 0}
    assert whole_counts({"a": 3.0, "b": 0.0}, 3, "a", 3) == {"a": 3, "b": 0}
    some = whole_counts({"a": 2.4, "b": 2.4, "c": 2.4, "d": 2.8}, 10, "d", 3)
    assert sum(some.values()) == 10


def test_a_study_that_has_to_change_is_run_elsewhere(tmp_path: Path) -> None:
    command = "stcsim study run mine.yaml --out 'my runs' --jobs 2"
    told = changed_study(command, tmp_path / "my runs")
    assert told.startswith("change the study file, then stcsim study run mine.yaml --out ")
    assert "my runs-more' --jobs 2" in told
    assert changed_study("", tmp_path) == ""
    assert twice(20, 0) == (40, 10)
    assert twice(20, 30) == (40, 60)
