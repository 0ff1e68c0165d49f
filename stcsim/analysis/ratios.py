"""Intervals of a ratio of two means by Fieller's theorem.

The set of ratios r for which ``mean(x) - r mean(y)`` is not significantly different from 0 (Fieller 1954,
doi 10.1111/j.2517-6161.1954.tb00159.x). It contains 0 exactly when the interval of ``mean(x)`` does, and it
is an interval exactly when that of ``mean(y)`` excludes 0; elsewhere it is unbounded and nothing is returned.
"""

from __future__ import annotations

import numpy as np

from stcsim.analysis.moments import ROUNDING, moments
from stcsim.draws import F8


def ratio_interval(top: F8, bottom: F8, critical: F8, scale: F8 | None = None) -> tuple[F8, F8, F8]:
    """Return the ratio of the means of paired values along the first axis, with its interval.

    Parameters
    ----------
    top, bottom : shape (n, ...); NaN in one leaves the pair out
    critical : critical value of the studentised mean, broadcast over the cells
    scale : as in `moments`, for `top`

    Returns
    -------
    ratio, low, high : NaN where the mean of `bottom` is 0; the ends also where the interval of that mean
        holds 0
    """
    both = np.isfinite(top) & np.isfinite(bottom)
    x, y = np.where(both, top, np.nan), np.where(both, bottom, np.nan)
    mx, my = moments(x, scale), moments(y)
    n = np.maximum(mx.count, 2)
    product = np.where(both, (x - mx.mean) * (y - my.mean), 0.0).sum(axis=0)
    covariance = product / (n - 1) / n
    square = critical**2
    # a r^2 - 2 b r + c = 0
    a = my.mean**2 - square * my.variance / n
    b = mx.mean * my.mean - square * covariance
    c = mx.mean**2 - square * mx.variance / n
    bounded = (a > 0) & np.isfinite(c)
    root = np.sqrt(np.where(bounded, np.maximum(b * b - a * c, 0.0), 0.0))
    safe = np.where(bounded, a, 1.0)
    low = np.where(bounded, (b - root) / safe, np.nan)
    high = np.where(bounded, (b + root) / safe, np.nan)
    # A mean that is only rounding beside its terms is 0.
    largest = np.abs(np.where(both, bottom, 0.0)).max(axis=0, initial=0.0)
    divisible = np.abs(my.mean) > ROUNDING * largest
    ratio = np.divide(mx.mean, my.mean, out=np.full(my.mean.shape, np.nan), where=divisible)
    return ratio, low, high
