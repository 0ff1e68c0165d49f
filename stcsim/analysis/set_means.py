"""Means over the sets of a design, and ratios of them, with intervals that hold for all cells at once.

A set is a trajectory of Morris', a row of Sobol's: sets are drawn independently of each other, in what is
assumed and in chance, so their number is the size of the sample and everything within one may hang together.
A ratio of two means is taken to first order: ``(top - ratio bottom) / mean(bottom)`` is what a set adds to
it (delta method), so that means and ratios get their intervals in one way: Student's law, at a level that
makes those of all cells hold together (`stcsim.analysis.simultaneous`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.analysis.moments import ROUNDING, moments
from stcsim.analysis.simultaneous import cell_level
from stcsim.draws import F8

BOOTSTRAP = 1000
"""Tables that are drawn to find the level of a cell."""


@dataclass(frozen=True, eq=False)
class Estimates:
    """Means or ratios with their intervals, one a cell.

    Parameters
    ----------
    value : NaN where a ratio has nothing below its line
    low, high : of intervals that hold for all cells at once; a point where nothing varies
    cell_level : coverage of each by itself
    """

    value: F8
    low: F8
    high: F8
    cell_level: float

    def part(self, cells: slice) -> Estimates:
        """Return some of the cells; their intervals still hold together with those of the others."""
        return Estimates(self.value[cells], self.low[cells], self.high[cells], self.cell_level)


def means(values: F8, level: float, seed: int, scale: F8 | None = None) -> Estimates:
    """Return the mean of each cell over sets.

    Parameters
    ----------
    values : shape (sets, cells), all finite
    level : joint coverage
    seed : of the bootstrap that finds the level of a cell
    scale : as in `stcsim.analysis.moments.moments`
    """
    found = moments(values, scale)
    own = cell_level(values, level, bootstrap=BOOTSTRAP, seed=seed, scale=scale)
    low, high = found.interval(own)
    return Estimates(found.mean, low, high, own)


def ratios(top: F8, bottom: F8, level: float, seed: int) -> Estimates:
    """Return the ratio of two means over sets for each cell.

    Parameters
    ----------
    top : shape (sets, cells), all finite
    bottom : shape (sets,): what all cells are related to, not negative
    level, seed : as in `means`

    Returns
    -------
    Estimates
        NaN in every cell where the mean of `bottom` is 0
    """
    below = float(bottom.mean())
    if not below > 0:
        nothing = np.full(top.shape[1], np.nan)
        return Estimates(nothing, nothing, nothing, level)
    ratio = top.mean(axis=0) / below
    adds = (top - ratio * bottom[:, None]) / below
    scale = (np.abs(top) + np.abs(ratio) * bottom[:, None]) / below
    spread = means(adds, level, seed, scale)
    exact = np.abs(ratio) <= ROUNDING
    value = np.where(exact, 0.0, ratio)
    return Estimates(value, value + spread.low, value + spread.high, spread.cell_level)
