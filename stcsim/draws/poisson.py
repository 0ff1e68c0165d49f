"""Counts from uniform numbers: the Poisson law inverted, so that arms which share a number share its rank."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtri

from stcsim.draws.hashing import F8, I8

SMALL_MEAN = 64.0
"""Counts up to this mean are exact (inverse of the Poisson law); above, Cornish-Fisher to third order."""
_NEGLIGIBLE = 2.0**-60


def poisson_quantile(u: F8, mean: Any) -> I8:
    """Return the Poisson quantile of `u`, 0 where the mean is 0.

    Exact up to a mean of `SMALL_MEAN`. Above it, the Cornish-Fisher quantile of a lattice variable,
    ``m + sqrt(m) z + (z^2 - 1)/6 - (z^3 + 2 z)/(72 sqrt(m)) - 1/2``, is rounded up: third order (Fisher &
    Cornish 1960, doi 10.2307/1266546) with Sheppard's correction for the lattice, which takes 1/12 from the
    variance. The distribution function of what it returns is within 1.6e-5 of the exact one at the mean 64,
    and the error falls as ``mean**-1.5``.

    Parameters
    ----------
    u : numbers in (0, 1), shape (n,)
    mean : a number or shape (n,), not negative
    """
    lam = np.broadcast_to(np.asarray(mean, dtype=np.float64), u.shape)
    out = np.zeros(u.shape, dtype=np.int64)
    small = (lam > 0) & (lam <= SMALL_MEAN)
    if small.any():
        out[small] = _poisson_inverse(u[small], lam[small])
    large = lam > SMALL_MEAN
    if large.any():
        z, m = ndtri(u[large]), lam[large]
        root = np.sqrt(m)
        quantile = m + root * z + (z * z - 1) / 6 - (z**3 + 2 * z) / (72 * root) - 0.5
        out[large] = np.maximum(np.ceil(quantile), 0).astype(np.int64)
    return out


def _poisson_inverse(u: F8, mean: F8) -> I8:
    """Smallest k with P(X <= k) >= u, for all elements at once: one pass per value of k that any needs."""
    out = np.zeros(u.shape, dtype=np.int64)
    term = np.exp(-mean)
    total = term.copy()
    k = 0
    open_ = total < u
    while open_.any():
        k += 1
        term = term * mean / k
        total = total + term
        out[open_] = k
        # The rounded sum may stay below a u next to 1: past the mode, a term too small to move it ends it.
        open_ = open_ & (total < u) & ((k < mean) | (term > _NEGLIGIBLE))
    return out
