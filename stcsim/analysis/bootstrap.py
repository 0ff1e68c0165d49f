"""Means of arms over sampled worlds, and draws of what these means may truly be: a bootstrap over worlds.

The unit that is drawn is a world with all of its arms and pairs, for worlds are what was sampled. The
bootstrap is the Bayesian one (Rubin 1981, doi 10.1214/aos/1176345338): worlds get weights from a flat
Dirichlet law, so that no draw loses a world altogether. Its variance is too small by ``(n - 1) / (n + 1)``
and, with few worlds, its tails are too light; the deviations are widened by the first and divided by the root
of ``chi2(n - 1) / (n - 1)``, so that they have the variance and the tails of Student's law. Where only one
world was run the unit is the replication.

Where arms are the same in most units, as with rare events, draws hold what may only not have been seen
(`stcsim.analysis.rare`).

Where points share their chance (designs with common random numbers) the noise of a replication is the same
everywhere and does not average out over points: then replications are drawn as well, independently of worlds
(Owen 2007, doi 10.1214/07-AOAS122, for bootstraps of two ways).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stcsim.analysis.rare import unseen
from stcsim.draws import F8
from stcsim.errors import InputError

DRAWS = 4000
"""Bootstrapped means: a probability of one half is then known to within 0.016."""


@dataclass(frozen=True, eq=False)
class MeanDraws:
    """Means of arms over units, and draws of them.

    Parameters
    ----------
    mean : over units, shape (arms, ...)
    draws : shape (draws, arms, ...); the same units are drawn for all arms
    units : how many worlds, or replications, stand behind
    over : which of the two
    left_out : units in which some arm has no value, so that they cannot be compared
    """

    mean: F8
    draws: F8
    units: int
    over: str
    left_out: int

    def interval(self, level: float) -> tuple[F8, F8]:
        """Return the interval of each mean that holds `level` of the draws."""
        low, high = np.quantile(self.draws, [(1.0 - level) / 2.0, (1.0 + level) / 2.0], axis=0)
        return low, high


def complete(gain: F8) -> NDArray[np.bool_]:
    """Return which units every arm has a value in, shape (worlds, replications).

    Parameters
    ----------
    gain : shape (arms, worlds, replications, ...)
    """
    known = np.isfinite(gain)
    return np.asarray(known.all(axis=(0, *range(3, gain.ndim))))


def unit_means(gain: F8) -> tuple[F8, F8, str, int]:
    """Return the means of units, in which every arm has a value, and how replications deviate from them.

    Parameters
    ----------
    gain : shape (arms, worlds, replications, ...)

    Returns
    -------
    means : shape (units, arms, ...)
    deviations : of replications from the means of their worlds, mean over worlds, shape (replications, arms,
        ...); no rows where replications are the units
    over : ``worlds``, or ``replications`` where there is one world
    left_out : how many units are not complete

    Raises
    ------
    InputError
        fewer than two are
    """
    usable = complete(gain)
    rows = np.moveaxis(gain, 0, 2)  # (worlds, replications, arms, ...)
    trailing = rows.shape[2:]
    if len(usable) == 1:
        means, over = rows[0][usable[0]], "replications"
        deviations = np.zeros((0, *trailing))
        left_out = int((~usable[0]).sum())
    else:
        shaped = usable.reshape(*usable.shape, *[1] * len(trailing))
        filled = np.where(shaped, rows, 0.0)
        count = shaped.sum(axis=1)
        kept = usable.any(axis=1)
        means, over = filled.sum(axis=1)[kept] / count[kept], "worlds"
        left_out = int((~kept).sum())
        apart = np.where(shaped[kept], rows[kept] - means[:, None], 0.0)
        column = usable[kept].any(axis=0)
        number = shaped[kept].sum(axis=0)[column]
        deviations = apart.sum(axis=0)[column] / number
    if len(means) < 2:
        raise InputError(
            f"{len(means)} {over} in which every arm has a value: two are the fewest that can be compared"
        )
    return means, deviations, over, left_out


def mean_draws(gain: F8, *, shared_seeds: bool = False, draws: int = DRAWS, seed: int = 0) -> MeanDraws:
    """Return the means of arms over worlds, and bootstrapped draws of them.

    Parameters
    ----------
    gain : arms beside each other under the same chance, shape (arms, worlds, replications, ...); NaN where
        there is no value. Worlds weigh the same, whatever their number of pairs
    shared_seeds : whether worlds share their chance (`stcsim.analysis.cube.Cube.shared_seeds`)
    draws : how many
    seed : of the weights

    Raises
    ------
    InputError
        fewer than two worlds (or, of one world, replications) have a value in every arm
    """
    means, deviations, over, left_out = unit_means(gain)
    generator = np.random.default_rng(seed)
    mean = means.mean(axis=0)
    rare = unseen(means, draws, np.random.default_rng([seed, 3]))
    drawn = mean + mean_deviations(means - mean, draws, generator, rare)
    if shared_seeds and len(deviations) > 1:
        drawn = drawn + mean_deviations(deviations - deviations.mean(axis=0), draws, generator)
    return MeanDraws(mean, drawn, len(means), over, left_out)


def mean_deviations(centred: F8, draws: int, generator: np.random.Generator, beside: F8 | None = None) -> F8:
    """Return draws of the deviation of a mean, shape (draws, ...).

    Parameters
    ----------
    centred : rows (n, ...)
    draws, generator : how many, and from where
    beside : what is added to each drawn sum of rows, shape (draws, ...)
    """
    n = len(centred)
    weights = generator.standard_exponential((draws, n))
    total = weights.sum(axis=1, keepdims=True)
    weights /= total
    widened = np.sqrt((n + 1) / (n - 1)) / np.sqrt(generator.chisquare(n - 1, draws) / (n - 1))
    flat = (weights * widened[:, None]) @ centred.reshape(n, -1)
    if beside is not None:
        flat += (widened[:, None] / total) * beside.reshape(draws, -1)
    return np.asarray(flat.reshape(draws, *centred.shape[1:]), dtype=np.float64)
