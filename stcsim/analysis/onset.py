"""From when on an effect shows: the first month after which the paired difference keeps its side of 0."""

from __future__ import annotations

import numpy as np

from stcsim.analysis.moments import moments
from stcsim.draws import F8

FEWEST = 4
"""Pairs below which nothing is said: fewer differ alike by coincidence."""


def onset(difference: F8, *, flow: bool, level: float = 0.95) -> int | None:
    """Return the first month from which the interval of the mean difference excludes 0 up to the last month.

    That it has to do so in the last month keeps the chance of naming a month where nothing changes at
    ``1 - level``, however many months are looked at.

    Parameters
    ----------
    difference : arm minus baseline, shape (pairs, months); rows with NaN in all months are left out
    flow : whether months add up, so that what has come together so far is looked at; else each month's value
    level : coverage of the interval of each month

    Returns
    -------
    int or None
        from 0; None where no month is the first of such, or with fewer than `FEWEST` pairs
    """
    kept = difference[np.isfinite(difference).any(axis=1)]
    if len(kept) < FEWEST or not kept.shape[1]:
        return None
    values = np.cumsum(np.nan_to_num(kept, nan=0.0), axis=1) if flow else kept
    low, high = moments(values).interval(level)
    side = (low > 0).astype(np.int64) - (high < 0).astype(np.int64)
    if side[-1] == 0:
        return None
    other = np.flatnonzero(side != side[-1])
    return int(other[-1]) + 1 if len(other) else 0
