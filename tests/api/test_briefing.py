"""What the brief takes from a folder: assumptions that move the gain of the first option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

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


def test_a_study_that_has_to_change_is_run_elsewhere(tmp_path: Path) -> None:
    command = "stcsim study run mine.yaml --out 'my runs' --jobs 2"
    told = changed_study(command, tmp_path / "my runs")
    assert told.startswith("change the study file, then stcsim study run mine.yaml --out ")
    assert "my runs-more' --jobs 2" in told
    assert changed_study("", tmp_path) == ""
    assert twice(20, 0) == (40, 10)
    assert twice(20, 30) == (40, 60)
