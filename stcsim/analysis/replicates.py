"""Squares and products of expected values from a few noisy runs, and the share that is noise.

A mean over R runs shows the expected value `f` with noise, so its square is too large by the variance of that
mean: ``E[mean^2] = f^2 + s^2 / R``. Products over distinct runs have no such part, since runs of different
seeds are independent given what is assumed; their mean over all pairs of runs is ``mean^2 - s^2 / R`` with
`s^2` the variance within the point. With one run a point there is nothing to take out, and noise is unknown.
"""

from __future__ import annotations

import numpy as np

from stcsim.analysis.set_means import Estimates, ratios
from stcsim.draws import F8

FEWEST_RUNS = 2
"""Runs of a point from which its noise can be told."""


def product(first: F8, second: F8) -> F8:
    """Return the product of two expected values, noise taken out where there are two runs or more.

    Parameters
    ----------
    first, second : runs along the last axis, paired by seed

    Returns
    -------
    F8
        shape without the last axis
    """
    a, b = first.mean(axis=-1), second.mean(axis=-1)
    return np.asarray(a * b - joint_noise(first, second), dtype=np.float64)


def joint_noise(first: F8, second: F8) -> F8:
    """Return what noise adds to the product of two means over runs; 0 where there is one run."""
    runs = first.shape[-1]
    if runs < FEWEST_RUNS:
        return np.zeros(first.shape[:-1])
    a = first - first.mean(axis=-1, keepdims=True)
    b = second - second.mean(axis=-1, keepdims=True)
    return np.asarray((a * b).sum(axis=-1) / (runs - 1) / runs, dtype=np.float64)


def noise_share(values: F8, sets: int, level: float, seed: int = 0) -> Estimates:
    """Return the share of the variance between points' means that is noise of their runs.

    Parameters
    ----------
    values : shape (points, runs), set after set; sets are of one size
    sets : how many there are: as many as points where every point has seeds of its own
    level : coverage of the interval
    seed : of the bootstrap

    Returns
    -------
    Estimates
        one cell; NaN with one run a point, or where nothing differs between points
    """
    points, runs = values.shape
    nothing = np.full(1, np.nan)
    if runs < FEWEST_RUNS:
        return Estimates(nothing, nothing, nothing, level)
    mean = values.mean(axis=1)
    noise = joint_noise(values, values).reshape(sets, points // sets).mean(axis=1)
    spread = ((mean - mean.mean()) ** 2).reshape(sets, points // sets).mean(axis=1)
    # The mean is estimated from as many independent sets: what it takes away is given back.
    return ratios(noise[:, None], spread * sets / max(1, sets - 1), level, seed)
