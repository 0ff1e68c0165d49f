"""Uncertainty of assumptions: what the same comparison says in sampled worlds, noise of runs taken out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stcsim.analysis.chance import better_share, family, long_form
from stcsim.analysis.moments import ROUNDING, critical_value, moments
from stcsim.analysis.pairs import Pairs, pair_runs
from stcsim.analysis.random_effects import FEWEST_PAIRS, RandomEffects, random_effects
from stcsim.analysis.simultaneous import cell_level
from stcsim.draws import F8
from stcsim.outcomes.info import OutcomeInfo


def _effects(values: F8, scale: F8, level: float) -> tuple[RandomEffects, F8]:
    """Fit every cell; return the fit and the world means, shape (worlds, cells).

    Parameters
    ----------
    values, scale : paired values and the size of what they came from, shape (worlds, pairs, cells)
    """
    found = moments(np.swapaxes(values, 0, 1), np.swapaxes(scale, 0, 1))
    means = np.where(found.count >= FEWEST_PAIRS, found.mean, np.nan)
    freedoms = np.maximum(found.count - 1, 1).astype(np.float64)
    largest = scale.max(axis=1, initial=0.0)
    return random_effects(means, found.error**2, freedoms, level, largest), means


def _sides(pairs: Pairs, used: NDArray[np.bool_]) -> F8:
    """Return -1 or 1 where every pair of every world used lies strictly on that side of 0, else 0.

    Parameters
    ----------
    used : worlds with enough pairs, shape (worlds, arms, outcomes)
    """
    difference = np.where(used[:, None], pairs.difference, np.nan)
    low = np.fmin.reduce(difference, axis=(0, 1), initial=np.inf)
    high = np.fmax.reduce(difference, axis=(0, 1), initial=-np.inf)
    known = np.isfinite(low) & np.isfinite(high)
    return np.where(known, (low > 0).astype(np.float64) - (high < 0), 0.0)


def _base_varies(pairs: Pairs) -> F8:
    """Return 1 where the baseline has more than one value over all worlds, else 0."""
    low = np.fmin.reduce(pairs.reference, axis=(0, 1), initial=np.inf)
    high = np.fmax.reduce(pairs.reference, axis=(0, 1), initial=-np.inf)
    return np.where(high > low, 1.0, 0.0)


def _mean_base(pairs: Pairs, used: NDArray[np.bool_]) -> F8:
    """Return what changes are related to: the baseline's mean over the worlds used, shape (arms, outcomes).

    NaN where it is not positive, or is negative in some world. In some it may be 0, as where too little
    happens for anything to get through.
    """
    own = np.where(used, moments(np.swapaxes(pairs.reference, 0, 1)).mean, 0.0)
    total, count = own.sum(axis=0), used.sum(axis=0)
    size = pairs.scale.max(axis=(0, 1), initial=0.0)
    usable = (total > ROUNDING * size) & (own >= 0.0).all(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=usable))


def worlds_table(
    runs: pd.DataFrame,
    outcomes: Sequence[OutcomeInfo],
    headline: Sequence[str],
    *,
    arms: Sequence[str],
    baseline: str,
    level: float,
    bootstrap: int,
    seed: int,
) -> tuple[pd.DataFrame, float]:
    """Return the differences over sampled worlds, and the level of a headline cell's interval of the mean.

    Columns: `outcome`, `arm`, `worlds` and `pairs_per_world` (fewest among the worlds used), `mean` (over
    worlds, of the expected difference), `mean_low`, `mean_high` (its interval; simultaneous for headlines),
    `mean_plain_low`, `mean_plain_high`, `between_sd` (between worlds, noise removed), `noise_sd`, `low`,
    `high` (interval that holds the expected difference of a world), `share_below` (share of the worlds whose
    expected difference is below 0) and `share_better`, `relative_mean`, `relative_mean_low`,
    `relative_mean_high`, `relative_mean_plain_low`, `relative_mean_plain_high`, `relative_low` and
    `relative_high` (`mean`, its intervals, `low` and `high` in % of the baseline's mean over worlds: one
    scale for all, so that they exclude 0 exactly where those do), `same_side` (-1 or 1 where every pair in
    every world lies strictly below or above 0, else 0) and `base_varies` (1 where the baseline has more than
    one value).

    Cells with fewer than two worlds of two pairs have no row.
    """
    names = [info.name for info in outcomes]
    pairs = pair_runs(runs, names, baseline=baseline, arms=arms, sampled=True)
    shape = (len(arms), len(names))
    flat_shape = (*pairs.treated.shape[:2], len(arms) * len(names))
    scale = pairs.scale.reshape(flat_shape)
    fitted, means = _effects(pairs.difference.reshape(flat_shape), scale, level)
    joint = cell_level(
        family(means.reshape(len(means), *shape), pairs, headline),
        level,
        bootstrap=bootstrap,
        seed=seed,
        scale=family(pairs.scale.max(axis=1, initial=0.0), pairs, headline),
    )
    plain = critical_value(fitted.worlds, level) * fitted.mean_error
    is_headline = np.tile(np.isin(names, list(headline)), len(arms))
    wide = np.where(is_headline, critical_value(fitted.worlds, joint) * fitted.mean_error, plain)
    used = np.isfinite(means).reshape(len(means), *shape)
    per_cent = 100.0 / _mean_base(pairs, used).reshape(-1)
    flat: dict[str, F8] = {
        "mean": fitted.mean,
        "mean_low": fitted.mean - wide,
        "mean_high": fitted.mean + wide,
        "mean_plain_low": fitted.mean - plain,
        "mean_plain_high": fitted.mean + plain,
        "between_sd": fitted.between,
        "noise_sd": fitted.noise,
        "low": fitted.low,
        "high": fitted.high,
        "share_below": fitted.share_below,
        "share_better": better_share(fitted.share_below.reshape(shape), outcomes).reshape(-1),
        "relative_mean": per_cent * fitted.mean,
        "relative_mean_low": per_cent * (fitted.mean - wide),
        "relative_mean_high": per_cent * (fitted.mean + wide),
        "relative_mean_plain_low": per_cent * (fitted.mean - plain),
        "relative_mean_plain_high": per_cent * (fitted.mean + plain),
        "relative_low": per_cent * fitted.low,
        "relative_high": per_cent * fitted.high,
        "same_side": _sides(pairs, used).reshape(-1),
        "base_varies": _base_varies(pairs).reshape(-1),
    }
    table = long_form(pairs, {name: values.reshape(shape) for name, values in flat.items()})
    counts = np.isfinite(pairs.difference).sum(axis=1)
    fewest = np.where(counts >= FEWEST_PAIRS, counts, np.iinfo(np.int64).max).min(
        axis=0, initial=np.iinfo(np.int64).max
    )
    table.insert(2, "worlds", fitted.worlds.reshape(shape).T.reshape(-1))
    table.insert(3, "pairs_per_world", fewest.T.reshape(-1))
    return table[table["worlds"] >= 2].reset_index(drop=True), joint
