"""Statistical tests whose null hypothesis is a difference: to pass, data have to show that it is small."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

F8 = NDArray[np.float64]
ONE_SIDED = 1.645
"""Normal quantile of two one-sided tests at 95%."""
BAND = math.sqrt(math.log(2 / 0.05) / 2)
"""An empirical distribution function of n numbers is within ``BAND / sqrt(n)`` with 95% (Massart 1990)."""


def equivalent(differences: ArrayLike, margin: float) -> bool:
    """Whether the mean difference is shown to be within the margin: two one-sided tests at 95%.

    Where the true difference is 0 it passes with 90% or more if the margin is 3.3 standard errors.
    """
    d = np.asarray(differences, dtype=np.float64)
    error = d.std(ddof=1) / math.sqrt(len(d))
    return bool(abs(d.mean()) + ONE_SIDED * error < margin)


def same_law(sample: ArrayLike, distribution: Callable[[F8], F8], margin: float = 0.05) -> bool:
    """Whether the distribution of a sample is shown to be within the margin of a law, at every point.

    The upper 95% bound of the distance has to be below the margin. With 4,000 numbers and a margin of .05 a
    sample of the law itself passes with 99.7% (Massart's inequality).
    """
    x = np.sort(np.asarray(sample, dtype=np.float64))
    n = len(x)
    f = distribution(x)
    steps = np.arange(n + 1) / n
    distance = max(np.abs(steps[1:] - f).max(), np.abs(f - steps[:-1]).max())
    return bool(distance + BAND / math.sqrt(n) < margin)
