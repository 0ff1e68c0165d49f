"""Quantiles of laws on whole numbers: nearly always told by an expansion, else by asking the law.

For a count with mean m and variance v the Cornish-Fisher quantile of a lattice variable (third order, with
Sheppard's correction for the lattice, which takes 1/12 from the variance; Fisher & Cornish 1960, doi
10.2307/1266546) is continuous in the uniform; rounded up it is the quantile, but for its error. Where less
and more by the error round up to one number, that is the quantile, exactly; elsewhere a step of the law is
near, and the distribution function is asked.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from stcsim.draws.hashing import F8

Reaches = Callable[[F8], NDArray[np.bool_]]
"""Whether the distribution function at given counts reaches the uniforms."""


def expansion_error(square: F8) -> F8:
    """Return twice a bound on the error of the expansion times the variance, for Poisson and binomial laws.

    Parameters
    ----------
    square : of the normal quantile of the uniform, shape (n,)
    """
    return np.asarray(0.1 + square * square / 50.0)


def least_that_reaches(least: F8, most: F8, guess: F8, reaches: Reaches) -> F8:
    """Return the least count that reaches, from `least` to `most`, which is returned where none less does.

    Looks first at `guess`, then farther and farther from it until both sides are known, never past the
    middle. Counts are whole numbers in floating point, shape (n,).
    """
    low, high = least - 1.0, most
    at = np.maximum(np.minimum(np.rint(guess), most - 1.0), least)
    step = 1.0
    while True:
        enough = reaches(at)
        low, high = np.where(enough, low, at), np.where(enough, at, high)
        if (high - low).max() <= 1:
            return high
        middle = np.floor((low + high) / 2.0)
        at = np.where(enough, np.maximum(high - step, middle), np.minimum(low + step, middle))
        step *= 2.0
