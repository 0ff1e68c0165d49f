"""Binomial quantiles of keyed uniforms: exact, and nearly always told without the distribution function.

For n trials of chance p, with q = 1 - p and z the normal quantile of u, the Cornish-Fisher quantile of a
lattice variable to third order (as in `stcsim.draws.poisson_quantile`) is

``n p + z sqrt(n p q) + (q - p)(z^2 - 1)/6 - ((1 + 2 p q) z^3 + (2 - 14 p q) z)/(72 sqrt(n p q)) - 1/2``.

Its error is less than half of ``(0.1 + z^4 / 50) / (n p q)``. The quantile lies between this much less and
this much more, both rounded up. These are one number unless a step of the law is near; only then is the
distribution function asked, between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from scipy.special import bdtr, ndtri

from stcsim.draws import F8, I8
from stcsim.draws.lattice import expansion_error, least_that_reaches
from stcsim.state.populations import B1

_LEAST_VARIANCE = 1e-12
"""Of a trial; with less, the expansion is a poor guess and its margin wide."""


def stays_within(k: F8 | I8, u: F8, trials: I8, chance: F8) -> B1:
    """Return whether the binomial quantile of `u` is at most `k`: ``P(X <= k) >= u``, for any whole `k`.

    The incomplete beta function that it rests on is within 1e-8 of the exact value up to a million trials.
    """
    # beyond the trials it is not a number, which compares as false
    inner = bdtr(np.maximum(k, 0.0), trials, chance) >= u
    return np.asarray((k >= 0) & (inner | (k >= trials)))


def expansion(u: F8, chance: F8) -> tuple[F8, ...]:
    """Return what a quantile needs to know besides the trials, shape (n,) each.

    Parameters
    ----------
    u : numbers in (0, 1), shape (n,)
    chance : of the binomial law, shape (n,)

    Returns
    -------
    chance, what the root of the trials multiplies, what stands alone, what that root divides, the margin
    times the trials, and `u`
    """
    z = ndtri(u)
    square = z * z
    rest = 1.0 - chance
    variance = np.maximum(chance * rest, _LEAST_VARIANCE)
    root = np.sqrt(variance)
    alone = (rest - chance) * (square - 1.0) / 6.0 - 0.5
    bend = z * (square + 2.0 + variance * (2.0 * square - 14.0)) / (72.0 * root)
    return chance, root * z, alone, bend, expansion_error(square) / variance, u


def capped_quantile(terms: Sequence[F8], trials: F8, cap: F8) -> F8:
    """Return the least count whose distribution function reaches the uniform, or `cap` where that is less.

    Counts are whole numbers in floating point, which saves conversions.

    Parameters
    ----------
    terms : from `expansion`, shape (n,) each
    trials : 0 or more, shape (n,)
    cap : shape (n,); where it is below 0 it is what is returned
    """
    chance, spread, alone, bend, margin, u = terms
    # nothing else keeps the expansion from a count above the trials, which it tells where there are none
    cap = np.minimum(cap, trials)
    n = np.maximum(trials, 1.0)
    root = np.sqrt(n)
    guess = n * chance + root * spread + alone - bend / root
    doubt = margin / n
    least = np.maximum(np.ceil(guess - doubt), 0.0)
    most = np.minimum(np.ceil(guess + doubt), cap)
    open_ = (least < most).nonzero()[0]
    if len(open_):
        reaches = partial(
            stays_within, u=u[open_], trials=trials[open_].astype(np.int64), chance=chance[open_]
        )
        most[open_] = least_that_reaches(least[open_], most[open_], guess[open_], reaches)
    return most
