"""What charts are drawn from in tests: two short observations, each made once."""

from __future__ import annotations

import pytest

from stcsim.study.observation import Observation
from tests.observations import observed

CHANNEL, TRAINING = "frontline_channel", "training_programme"


@pytest.fixture(scope="session")
def channel() -> Observation:
    """Four runs of the baseline and of an arm that changes what becomes of attempts."""
    return observed(CHANNEL, replications=4)


@pytest.fixture(scope="session")
def training() -> Observation:
    """Four runs of the baseline and of an arm that changes capacity."""
    return observed(TRAINING, replications=4)
