"""Means, variances and intervals along an axis with missing values: closed forms, no warnings, no surprises.

`Moments.spread` is how far single runs lie apart; an interval (`low`, `high`) is how well their mean is
known. The two are never printed under one word.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from stcsim.draws import F8

ROUNDING = 1e-11
"""Differences below this share of the values themselves are rounding: sums of floats in another order."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Count, mean and variance per cell.

    Parameters
    ----------
    count : finite values
    mean : their mean, NaN without any
    variance : their variance with ``count - 1`` below the line, NaN with fewer than two; exactly 0 where they
        differ by rounding only
    """

    count: NDArray[np.int64]
    mean: F8
    variance: F8

    @property
    def spread(self) -> F8:
        """Standard deviation of single values."""
        return np.asarray(np.sqrt(self.variance), dtype=np.float64)

    @property
    def error(self) -> F8:
        """Standard error of the mean."""
        return np.asarray(np.sqrt(self.variance / np.maximum(self.count, 1)), dtype=np.float64)

    def interval(self, level: float) -> tuple[F8, F8]:
        """Return the interval of the mean from Student's law with ``count - 1`` degrees of freedom.

        NaN with fewer than two values; a point where nothing varies.
        """
        half = critical_value(self.count, level) * self.error
        return self.mean - half, self.mean + half

    def chance_below(self) -> F8:
        """Return the probability that the mean is below 0.

        Under the reference prior (flat in the mean and in the logarithm of the variance) the mean has, given
        the data, Student's law around the observed one (Box & Tiao 1973, section 2.4). One half where nothing
        varies around 0.
        """
        error = self.error
        freedom = np.maximum(self.count - 1, 1).astype(np.float64)
        # 0 stands in for a missing or zero error, which the last line replaces.
        t = np.divide(-self.mean, error, out=np.zeros_like(error), where=error > 0)
        certain = 0.5 - 0.5 * np.sign(self.mean)
        below = np.where(error > 0, stdtr(freedom, t), certain)
        return np.where(self.count >= 2, below, np.nan)


def moments(values: F8, scale: F8 | None = None) -> Moments:
    """Return count, mean and variance along the first axis, leaving NaN out.

    Parameters
    ----------
    values : shape (n, ...)
    scale : size of the numbers that `values` came from, same shape; a standard deviation below `ROUNDING` of
        its maximum is 0. The values themselves when not given.
    """
    known = np.isfinite(values)
    count = known.sum(axis=0)
    size = np.where(known, np.abs(values) if scale is None else scale, 0.0).max(axis=0, initial=0.0)
    filled = np.where(known, values, 0.0)
    mean = np.divide(
        filled.sum(axis=0), count, out=np.full(count.shape, np.nan, dtype=np.float64), where=count > 0
    )
    deviation = np.where(known, values - mean, 0.0)
    variance = np.divide(
        (deviation**2).sum(axis=0),
        count - 1,
        out=np.full(count.shape, np.nan, dtype=np.float64),
        where=count > 1,
    )
    variance = np.where(variance <= (ROUNDING * size) ** 2, 0.0, variance)
    return Moments(count.astype(np.int64), mean, variance)


def critical_value(count: NDArray[np.int64], level: float) -> F8:
    """Return the two-sided critical value of Student's law for `count` values, NaN with fewer than two."""
    freedom = np.maximum(count - 1, 1).astype(np.float64)
    # The upper tail is given as a lower one: level may lie within 1e-12 of 1 when it serves many cells at
    # once.
    value = -np.asarray(stdtrit(freedom, (1.0 - level) / 2.0), dtype=np.float64)
    return np.where(count >= 2, value, np.nan)
