"""Approximate Bayesian computation: which parameters would have shown what was observed.

Points are drawn from the prior and run; those whose patterns lie nearest to the observed ones are kept, with
weights that fall with distance (Epanechnikov's kernel), and what is left of the distance is taken out by a
local linear regression (Beaumont, Zhang & Balding 2002, doi 10.1093/genetics/162.4.2025). Parameters lie in
[0, 1], their places in their ranges; they are regressed on the scale of log-odds, so that none leaves it.

An observed figure is uncertain. Its error is added to what each point shows, by a fixed seed and several
times (`COPIES`): the posterior then is that of a model in which the figure carries that error (Wilkinson
2013, doi 10.1515/sagmb-2013-0010), and is no narrower than the figure allows.

Of hundreds of parameters some contract by chance. Patterns that are dealt out to points anew tell how far the
one that contracts most does then (`chance_level`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from stcsim.draws import F8

KEPT = 0.25
"""Share of the points that are kept."""
FEWEST_KEPT = 30
"""But so many points at least, as far as there are."""
COPIES = 5
"""Errors of an observation that each point is shown with."""
SHUFFLES = 100
"""Deals of patterns that chance is measured by."""
SURE = 0.95
"""Share of them in which no parameter contracts farther than the level of chance."""
LEVEL = 0.90
"""Of all intervals."""
ENDS = ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
"""Shares of the draws below the ends and the middle of an interval."""
EDGE = 1e-3
"""Places are kept so far from 0 and 1, where their log-odds end."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted draws of the posterior.

    Parameters
    ----------
    rows : point behind each draw, shape (kept,)
    weights : sum 1, shape (kept,)
    places : adjusted places of each parameter, shape (kept, parameters)
    others : adjusted values of further quantities, shape (kept, others)
    size : effective number of points behind them
    """

    rows: NDArray[np.int64]
    weights: F8
    places: F8
    others: F8
    size: float

    def quantile(self, share: float) -> F8:
        """Return the places below which this share of the draws lies, one for each parameter."""
        return weighted_quantile(self.places, self.weights, share)

    @property
    def spread(self) -> F8:
        """Standard deviation of each parameter's place."""
        return weighted_spread(self.places, self.weights)


def noisy(patterns: F8, error: F8, seed: int = 0, copies: int = 1) -> F8:
    """Return what each point shows with errors of an observation, shape (copies x points, patterns)."""
    generator = np.random.default_rng(seed)
    several = np.tile(patterns, (copies, 1))
    return np.asarray(several + error * generator.standard_normal(several.shape))


def posterior(
    places: F8, shown: F8, target: F8, *, others: F8 | None = None, kept: float = KEPT
) -> Posterior:
    """Return the posterior of places in [0, 1], given what was observed.

    Parameters
    ----------
    places : of each parameter at each point, draws from the prior, shape (points, parameters)
    shown : patterns of each point with an observation's error (`noisy`), shape (points, patterns), no NaN; or
        of several copies of all points, one after the other
    target : observed patterns, shape (patterns,)
    others : further quantities of each point that shall be told under the posterior, shape (points, others)
    kept : share of the points that are kept
    """
    n, k = shown.shape
    points = len(places)
    copies = n // points
    scale = np.where(shown.std(axis=0) > 0, shown.std(axis=0), 1.0)
    off = (shown - target) / scale
    distance = np.sqrt((off**2).sum(axis=1))
    number = min(n, max(round(kept * n), FEWEST_KEPT * copies, 3 * (k + 1)))
    rows = np.argsort(distance, kind="stable")[:number]
    width = distance[rows[-1]]
    raw = 1.0 - (distance[rows] / width) ** 2 if width > 0 else np.ones(number)
    raw = np.maximum(raw, 1e-6)
    weights = raw / raw.sum()
    behind = rows % points
    odds = logit(np.clip(places[behind], EDGE, 1 - EDGE))
    further = np.zeros((points, 0)) if others is None else others
    size = float(1.0 / (np.bincount(behind, weights, points) ** 2).sum())
    adjusted = _adjusted(np.concatenate([odds, further[behind]], axis=1), off[rows], weights, size)
    cut = places.shape[1]
    return Posterior(behind, weights, expit(adjusted[:, :cut]), adjusted[:, cut:], size)


def contraction(places: F8, found: Posterior) -> F8:
    """Return one less the ratio of the standard deviations of posterior and prior, for each parameter."""
    prior = places.std(axis=0)
    return np.asarray(1.0 - found.spread / np.where(prior > 0, prior, 1.0))


def chance_level(places: F8, shown: F8, target: F8, seed: int = 0) -> float:
    """Return the contraction that no parameter passes by chance, in 95 of 100 deals of patterns to points."""
    generator = np.random.default_rng(seed)
    most = []
    for _ in range(SHUFFLES):
        dealt = places[generator.permutation(len(places))]
        most.append(float(contraction(dealt, posterior(dealt, shown, target)).max()))
    return float(np.quantile(most, SURE))


def _adjusted(values: F8, off: F8, weights: F8, size: float) -> F8:
    """Return values moved to where `off` is 0, along the weighted linear regression on it.

    What is left around the regression is widened by the freedom that it took and by its own uncertainty.
    """
    root = np.sqrt(weights)[:, None]
    design = np.concatenate([np.ones((len(off), 1)), off], axis=1)
    slopes, *_ = np.linalg.lstsq(design * root, values * root, rcond=None)
    moved = values - off @ slopes[1:]
    freedom = max(size - design.shape[1], 1.0)
    return np.asarray(slopes[0] + (moved - slopes[0]) * np.sqrt((size + design.shape[1]) / freedom))


def weighted_quantile(values: F8, weights: F8, share: float) -> F8:
    """Return a quantile of each column of weighted draws, linear between the middles of their weights."""
    order = np.argsort(values, axis=0, kind="stable")
    found = np.empty(values.shape[1])
    for column in range(values.shape[1]):
        rows = order[:, column]
        heights = np.cumsum(weights[rows]) - weights[rows] / 2
        found[column] = np.interp(share, heights, values[rows, column])
    return found


def weighted_spread(values: F8, weights: F8) -> F8:
    """Return the standard deviation of each column of weighted draws."""
    return np.asarray(np.sqrt(weights @ (values - weights @ values) ** 2))
