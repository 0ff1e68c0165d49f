"""Spread over assumptions with the noise of runs taken out: a normal random-effects model of worlds.

World k has an expected difference ``theta_k ~ N(mu, tau^2)``; its few pairs show it with run noise, so that
the mean of its pairs varies around it with variance ``v_k``. What is wanted is the law of ``theta``, not that
of the noisy means.

Variance between worlds: ``tau^2 = S^2 - mean(v_k)`` with `S^2` the variance of the world means and `v_k`
estimated within each world. It is unbiased for any numbers of pairs and for noise that differs between
worlds, and with equal numbers it is the one-way analysis of variance (Hedges 1983, doi
10.1037/0033-2909.93.2.388). Worlds weigh the same, because they are a sample of assumptions: a world with
less noise is not a likelier one.

The estimate itself is uncertain, most of all with two pairs a world, and setting it to its value (often 0)
would make both answers too sure. So they are averaged over what the data leave open: ``S^2`` and the noise
each have a scaled chi-squared law, inverted as in generalised confidence intervals for variance components
(Weerahandi 1993, doi 10.1080/01621459.1993.10476355), on a fixed grid of `GRID` points instead of random
ones:

- `low`, `high` is the interval that holds the expected difference of a world, sampled or not: the spread over
  assumptions plus the uncertainty of its estimate. With few worlds it is wider than the spread alone;
- `share_below` is the mean, over the sampled worlds, of the probability that ``theta_k < 0``. Without noise
  it is the plain share; with noise each world's mean is drawn towards ``mu`` as far as noise explains its
  distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtr

from stcsim.analysis.moments import moments
from stcsim.draws import F8

GRID = 128
"""Points at which what is unknown about the two variances is evaluated (Hammersley set)."""
CHUNK = 2_000_000
"""Numbers held at a time."""
FEWEST_PAIRS = 2
"""A world with fewer pairs says nothing about its noise and is left out."""


@dataclass(frozen=True, eq=False)
class RandomEffects:
    """What the sampled worlds say about each cell: shapes (cells,), NaN with fewer than two worlds.

    Parameters
    ----------
    worlds : worlds with at least two pairs
    mean : mean over worlds of the expected difference
    mean_error : its standard error, the sampling of worlds and the noise of runs included
    between : standard deviation of the expected difference between worlds, noise removed
    noise : standard deviation of a world's mean difference from run noise
    low, high : interval that holds the expected difference of a world
    share_below : share of the sampled worlds whose expected difference is below 0; where it is 0, half counts
    """

    worlds: NDArray[np.int64]
    mean: F8
    mean_error: F8
    between: F8
    noise: F8
    low: F8
    high: F8
    share_below: F8


def _radical_inverse(n: int) -> F8:
    """Van der Corput's sequence in base 2, centred: evenly spread in any order of its points."""
    bits = int(np.ceil(np.log2(n)))
    index = np.arange(n)
    total = np.zeros(n)
    for bit in range(bits):
        total += ((index >> bit) & 1) / 2.0 ** (bit + 1)
    return total + 0.5 / 2.0**bits


def _chi_squared(probability: F8, freedom: F8) -> F8:
    """Quantile of the chi-squared law."""
    return np.asarray(2.0 * gammaincinv(freedom / 2.0, probability), dtype=np.float64)


def _half_width(deviation: F8, level: float) -> F8:
    """Half width of the central interval of an equal mixture of normals around one centre, by bisection.

    Parameters
    ----------
    deviation : standard deviations, shape (cells, GRID)
    """
    outside = (1.0 - level) / 2.0
    low = np.zeros(len(deviation))
    # The largest component alone would put half of `outside` beyond six of its deviations for any level up to
    # 1 - 1e-9.
    high = 6.5 * deviation.max(axis=1)
    inverse = np.divide(1.0, deviation, out=np.full_like(deviation, np.inf), where=deviation > 0)
    for _ in range(34):
        middle = (low + high) / 2.0
        # 0 * inf where a component is a point: it lies inside, whatever the width.
        z = np.where(np.isinf(inverse), -np.inf, -middle[:, None] * np.where(np.isinf(inverse), 0.0, inverse))
        inside = ndtr(z).mean(axis=1) <= outside
        high, low = np.where(inside, middle, high), np.where(inside, low, middle)
    return np.asarray(high, dtype=np.float64)


def random_effects(
    means: F8, variances: F8, freedoms: F8, level: float, scale: F8 | None = None
) -> RandomEffects:
    """Estimate the law of a world's expected difference.

    Parameters
    ----------
    means : mean difference of each world, shape (worlds, cells); NaN leaves a world out
    variances : variance of that mean from run noise, estimated within the world, same shape
    freedoms : degrees of freedom of `variances`, same shape
    level : coverage of `low` to `high`
    scale : as in `moments`
    """
    worlds = np.isfinite(means).sum(axis=0)
    cells = means.shape[1]
    out = {
        name: np.full(cells, np.nan)
        for name in ("mean", "mean_error", "between", "noise", "low", "high", "share_below")
    }
    # Cells with equal numbers of worlds are worked through together, a slice at a time.
    for count in np.unique(worlds[worlds >= 2]):
        members = np.flatnonzero(worlds == count)
        step = max(1, CHUNK // (GRID * max(int(count), 1)))
        for start in range(0, len(members), step):
            part = members[start : start + step]
            order = np.argsort(~np.isfinite(means[:, part]), axis=0, kind="stable")[:count]
            own, noise, freedom = (
                np.take_along_axis(x[:, part], order, axis=0) for x in (means, variances, freedoms)
            )
            size = None if scale is None else np.take_along_axis(scale[:, part], order, axis=0)
            for name, value in _estimate(own, noise, freedom, level, size).items():
                out[name][part] = value
    return RandomEffects(worlds=worlds.astype(np.int64), **out)


def _estimate(means: F8, variances: F8, freedoms: F8, level: float, scale: F8 | None) -> dict[str, F8]:
    """As `random_effects`, without missing worlds; shapes (worlds, cells)."""
    count = len(means)
    found = moments(means, scale)
    mean, total = found.mean, found.variance
    noise = variances.mean(axis=0)
    # Welch-Satterthwaite. Below the line ``f + 2`` instead of ``f``: E[s^4] = sigma^4 (1 + 2 / f) would make
    # the freedom too small by a factor of three at two pairs a world.
    below = (variances**2 / (freedoms + 2.0)).sum(axis=0)
    whole = freedoms.sum(axis=0)
    freedom = np.minimum(
        np.divide(variances.sum(axis=0) ** 2, below, out=whole.copy(), where=below > 0), whole
    )

    point = np.arange(GRID)
    first, second = (point + 0.5) / GRID, _radical_inverse(GRID)
    spread_of_means = (
        total[:, None] * (count - 1) / _chi_squared(first, np.full(GRID, count - 1.0))
    )  # (cells, GRID)
    noise_drawn = noise[:, None] * freedom[:, None] / _chi_squared(second[None, :], freedom[:, None])
    between = np.maximum(spread_of_means - noise_drawn, 0.0)
    together = between + noise_drawn
    half = _half_width(np.sqrt(between + together / count), level)

    # Worlds with fewer pairs are noisier in proportion; equal numbers give 1.
    relative = 1.0 / (freedoms + 1.0)
    relative = relative / relative.mean(axis=0)
    own_noise = relative[:, :, None] * noise_drawn  # (worlds, cells, GRID)
    own_total = between + own_noise
    kept = np.divide(between, own_total, out=np.ones_like(own_total), where=own_total > 0)
    centre = mean[:, None] + kept * (means - mean)[:, :, None]
    deviation = np.sqrt(kept * own_noise + (1.0 - kept) ** 2 * together / count)
    z = np.divide(-centre, deviation, out=np.zeros_like(centre), where=deviation > 0)
    below_zero = np.where(deviation > 0, ndtr(z), 0.5 - 0.5 * np.sign(centre))
    return {
        "mean": mean,
        "mean_error": np.sqrt(total / count),
        "between": np.sqrt(np.maximum(total - noise, 0.0)),
        "noise": np.sqrt(noise),
        "low": mean - half,
        "high": mean + half,
        "share_below": below_zero.mean(axis=(0, 2)),
    }
