"""What each arm gains in expectation in each sampled world, with the noise of its few runs taken out.

In world k the arms gain ``theta_k ~ N(mu, T)`` in expectation, and the means of its few pairs lie around
that with covariance ``N / n_k``. The best of several noisy means is too good, and a share of worlds
counted on them is a share of noise; so both are taken from draws of ``theta_k`` given what was seen: with
``B = T (T + N / n_k)^-1`` its law is normal around ``mu + B (mean_k - mu)`` with covariance ``T - B T``.
It is the model of `stcsim.analysis.random_effects` for several arms at once, whose order is what is asked
for here.

Only how arms differ matters for that, so gains are taken from their mean over arms, which leaves out the
noise of the baseline that all share. `N` is the covariance of pairs within worlds, pooled, and `S` that
of the world means. ``S - N`` estimates `T` without bias and is too uncertain where arms are many beside
worlds; the share ``1 - tr(N) / tr(S)`` of `S` is nearly certain, and right where noise and spread have
one shape. Both are mixed by their uncertainty (as Schäfer & Strimmer 2005, doi 10.2202/1544-6115.1175,
for correlations), and what is negative is cut off. All of it is made anew from a bootstrap over worlds
(weights, and rare events that were not seen, as in `stcsim.analysis.bootstrap`) for every draw, so that what
is not known of it widens what is drawn. Where noise is small beside the spread between worlds, or was not
measured (one pair a world), the draws are the means themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.analysis.bootstrap import complete, mean_deviations
from stcsim.analysis.rare import unseen
from stcsim.draws import F8, I8
from stcsim.errors import InputError

WORLD_DRAWS = 400
"""Draws of every world: shares over a hundred worlds are then known to better than half a world."""


@dataclass(frozen=True, eq=False)
class ExpectedGains:
    """Draws of the expected gain of each arm in each world.

    Parameters
    ----------
    draws : gain over the mean of all arms, shape (draws, worlds, arms)
    weights : of worlds in each draw, rows sum to 1: what another sample of worlds might have been, shape
        (draws, worlds)
    rows : places in the cube of the worlds that every arm has a value in, shape (worlds,)
    noise_known : whether some world has two complete pairs; otherwise noise counts as spread between worlds
    """

    draws: F8
    weights: F8
    rows: I8
    noise_known: bool

    def best(self) -> F8:
        """Return in which draws and worlds an arm is best, shape as `draws`; arms that tie share it."""
        top = self.draws.max(axis=2, keepdims=True)
        size = np.abs(self.draws).max(axis=2, keepdims=True)
        first = (self.draws >= top - 1e-9 * size).astype(np.float64)
        return np.asarray(first / first.sum(axis=2, keepdims=True), dtype=np.float64)

    def population(self, values: F8) -> F8:
        """Return the mean over worlds in each draw of `values` (draws, worlds, ...): another sample's."""
        return np.asarray(np.einsum("dw,dw...->d...", self.weights, values), dtype=np.float64)


def expected_gains(
    gain: F8, *, shared_seeds: bool = False, draws: int = WORLD_DRAWS, seed: int = 0
) -> ExpectedGains:
    """Return draws of the expected gain of each arm in each world.

    Parameters
    ----------
    gain : of arms beside each other under the same chance, shape (arms, worlds, replications); NaN where
        there is no value. Replications in which some arm has none are left out
    shared_seeds : whether worlds share their chance: then what a replication has in common in all worlds is
        no noise between them, and shifts all of them together
    draws : how many
    seed : of the draws

    Raises
    ------
    InputError
        fewer than two worlds have a replication with a value in every arm
    """
    usable = complete(gain)
    rows = np.flatnonzero(usable.any(axis=1))
    if len(rows) < 2:
        raise InputError(
            f"{len(rows)} sampled sets of assumptions in which every arm has a value: two are the fewest"
        )
    mask = usable[rows]
    values = np.where(mask[..., None], np.moveaxis(gain[:, rows], 0, 2), 0.0)  # (worlds, pairs, arms)
    count = mask.sum(axis=1)
    rare = unseen(values.sum(axis=1) / count[:, None], draws, np.random.default_rng([seed, 3]))
    values = np.where(mask[..., None], values - values.mean(axis=2, keepdims=True), 0.0)
    means = values.sum(axis=1) / count[:, None]
    apart = np.where(mask[..., None], values - means[:, None], 0.0)
    common = apart.sum(axis=0) / np.maximum(mask.sum(axis=0), 1)[:, None]  # of a replication, in all worlds
    own_part = 1.0
    if shared_seeds:
        apart = np.where(mask[..., None], apart - common, 0.0)
        own_part = 1.0 - 1.0 / len(mask)
    scatter = np.einsum("wpa,wpb->wab", apart, apart)  # of one world, over (count - 1) own_part

    generator = np.random.default_rng(seed)
    worlds, arms = means.shape
    weights = generator.standard_exponential((draws, worlds))
    total = weights.sum(axis=1, keepdims=True)
    weights /= total
    centre = weights @ means + (rare - rare.mean(axis=1, keepdims=True)) / total
    free = own_part * (weights @ (count - 1.0))[:, None, None]
    noise = _weighted(weights, scatter)
    noise = np.divide(noise, free, out=np.zeros_like(noise), where=free > 0)
    seen = _weighted(weights, means[:, :, None] * means[:, None, :])
    middle = weights @ means
    seen -= middle[:, :, None] * middle[:, None, :]
    # The variance of few worlds is too small, and so is that of a bootstrap of it.
    seen *= (worlds + 1.0) / (worlds - 1.0)
    between = _spread(seen, noise * (weights @ (1.0 / count))[:, None, None])

    theta = np.empty((draws, worlds, arms))
    for pairs in np.unique(count):
        own = np.flatnonzero(count == pairs)
        kept = _kept(between, noise / pairs)
        deviation = means[own] - centre[:, None]  # (draws, own, arms)
        theta[:, own] = centre[:, None] + deviation @ np.swapaxes(kept, 1, 2)
        left = _root(between - kept @ between)
        chance = generator.standard_normal((draws, len(own), arms))
        theta[:, own] += chance @ np.swapaxes(left, 1, 2)
    seen_in = mask.any(axis=0)
    if shared_seeds and seen_in.sum() > 1:
        shift = common[seen_in] - common[seen_in].mean(axis=0)
        theta += mean_deviations(shift, draws, generator)[:, None]
    return ExpectedGains(theta, weights, rows, bool((count > 1).any()))


def _spread(seen: F8, noise: F8) -> F8:
    """Return draws of the covariance of expected gains between worlds, shape (draws, arms, arms).

    Parameters
    ----------
    seen, noise : draws of the covariance of world means, and of the noise in them
    """
    plain = seen - noise
    size = np.trace(seen, axis1=1, axis2=2)
    left = np.trace(plain, axis1=1, axis2=2)
    share = np.divide(left, size, out=np.zeros_like(left), where=size > 0)
    steady = np.maximum(share, 0.0)[:, None, None] * seen
    apart = float(((plain - steady) ** 2).mean(axis=0).sum())
    weight = min(1.0, float(plain.var(axis=0).sum()) / apart) if apart > 0 else 1.0
    return _nonnegative(weight * steady + (1.0 - weight) * plain)


def _weighted(weights: F8, matrices: F8) -> F8:
    """Return weighted sums of the matrices of worlds, shape (draws, arms, arms)."""
    flat = weights @ matrices.reshape(len(matrices), -1)
    return np.asarray(flat.reshape(len(weights), *matrices.shape[1:]), dtype=np.float64)


def _symmetric(matrices: F8) -> F8:
    return np.asarray(0.5 * (matrices + np.swapaxes(matrices, 1, 2)), dtype=np.float64)


def _nonnegative(matrices: F8) -> F8:
    """Return covariances without what is negative in them, of the same total where that is positive."""
    root, axes = np.linalg.eigh(_symmetric(matrices))
    positive = np.maximum(root, 0.0)
    # Cutting off what chance has made negative, and not what it has made too large, would be spread added.
    total, cut = np.maximum(root.sum(axis=1), 0.0), positive.sum(axis=1)
    positive *= np.divide(total, cut, out=np.zeros_like(cut), where=cut > 0)[:, None]
    return np.asarray((axes * positive[:, None]) @ np.swapaxes(axes, 1, 2), dtype=np.float64)


def _root(matrices: F8) -> F8:
    """Return matrices whose product with their own transpose is the given covariance."""
    root, axes = np.linalg.eigh(_symmetric(matrices))
    return np.asarray(axes * np.sqrt(np.maximum(root, 0.0))[:, None], dtype=np.float64)


def _kept(between: F8, noise: F8) -> F8:
    """Return ``T (T + N)^-1`` on what varies at all; what does not vary is kept as it is."""
    total = between + noise
    size = np.trace(total, axis1=1, axis2=2)
    inverse = np.linalg.pinv(_symmetric(total), rcond=1e-10, hermitian=True)
    kept = between @ inverse
    # Without noise nothing is taken out, whatever rounding makes of the inverse.
    still = np.trace(noise, axis1=1, axis2=2) <= 1e-12 * size
    kept[still] = np.eye(between.shape[1])
    return kept
