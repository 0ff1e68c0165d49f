"""Ranks with ties at their mean are those of scipy's."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from stcsim.processes.matching import mean_ranks


def test_mean_ranks_are_those_of_scipy() -> None:
    values = (np.arange(84).reshape(4, 21) * 37 % 11).astype(np.float64)
    values[:, ::5] = np.inf
    assert np.array_equal(mean_ranks(values), rankdata(values, axis=1))
    assert mean_ranks(np.zeros((2, 0))).shape == (2, 0)
