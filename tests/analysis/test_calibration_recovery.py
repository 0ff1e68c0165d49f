"""Recovery of synthetic truths with the model itself: runs of a small region take the part of the world."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.analysis import recovery
from stcsim.analysis.recovery import recover
from stcsim.study.calibration.patterns import FITTED, PATTERNS
from stcsim.study.calibration.prior import path_of
from stcsim.study.calibration.trials import run_trials
from tests.study.studies import study_scenario

POINTS = 160
SEEN = "parameters.trainers.offspring"
"""What the real figures identify, with errors as wide as theirs."""


@pytest.mark.slow
def test_truths_in_the_model_are_found_again(
    seed_of: Callable[[str], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every point takes the part of what was observed, with the errors of the real figures.

    Intervals hold the truth as often as they say, within four standard errors, and what the patterns see is
    found nearer to the truth than the middle of its range.
    """
    monkeypatch.setattr(recovery, "TRUTHS", POINTS)
    trials = run_trials(study_scenario(26, 156), POINTS, seed_of("recovery/model") % 1000, jobs=1)
    seen = [PATTERNS[n] for n in FITTED if np.isfinite(trials.patterns[n]).all()]
    assert len(seen) >= 4
    scaled = np.stack([p.scaled(trials.patterns[p.name]) for p in seen], axis=1)
    errors = np.array([p.scaled_error for p in seen])
    column = {path_of(q): i for i, q in enumerate(trials.quantities)}
    everything = recover(trials.places, scaled, errors, range(0, len(column), 8))
    assert everything.coverage == pytest.approx(0.9, abs=0.03)
    found = recover(trials.places, scaled, errors, [column[SEEN]])
    assert found.coverage == pytest.approx(0.9, abs=0.095)
    assert found.closer < 0.95
