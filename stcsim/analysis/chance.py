"""Uncertainty of runs: the same assumptions (world 0), other chance.

Levels are one arm's own values; differences are paired. Headline outcomes get intervals that hold together
over all arms and headlines, all other outcomes plain ones and the mark ``exploratory``: among many plain
intervals some exclude 0 by chance alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stcsim.analysis.moments import critical_value, moments
from stcsim.analysis.pairs import Pairs, finite_values, pair_runs
from stcsim.analysis.ratios import ratio_interval
from stcsim.analysis.simultaneous import cell_level
from stcsim.draws import F8
from stcsim.outcomes.info import OutcomeInfo


def levels_table(
    runs: pd.DataFrame, outcomes: Sequence[str], arms: Sequence[str], level: float
) -> pd.DataFrame:
    """Return each arm's own values under the default assumptions, one row per outcome and arm.

    Columns: `outcome`, `arm`, `runs` (count), `mean`, `low`, `high` (plain interval of the mean) and `sd`
    (spread of single runs, which is not an interval of anything).
    """
    default = runs[runs["world"] == 0]
    tables = []
    for arm in arms:
        # The replication's order fixes the order of summation, and with it the last bits.
        own = default[default["arm"] == arm].sort_values("replication")
        found = moments(finite_values(own, outcomes))
        low, high = found.interval(level)
        columns = {"runs": found.count, "mean": found.mean, "low": low, "high": high, "sd": found.spread}
        tables.append(pd.DataFrame({"outcome": list(outcomes), "arm": arm, **columns}))
    table = pd.concat(tables, ignore_index=True)
    # Stable: arms keep their order within an outcome.
    place = {name: position for position, name in enumerate(outcomes)}
    return table.sort_values("outcome", key=lambda names: names.map(place), kind="stable", ignore_index=True)


def family(values: F8, pairs: Pairs, headline: Sequence[str]) -> F8:
    """Return the cells of arms x headlines, shape (n, cells), in an order that no table or option can change.

    Parameters
    ----------
    values : shape (n, arms, outcomes) of `pairs`
    """
    arms = np.argsort(np.array(pairs.arms, dtype=str), kind="stable")
    names = [position for _, position in sorted((name, pairs.outcomes.index(name)) for name in headline)]
    return np.asarray(
        values[:, arms][:, :, names].reshape(len(values), len(arms) * len(names)), dtype=np.float64
    )


def better_share(below: F8, outcomes: Sequence[OutcomeInfo]) -> F8:
    """Turn a probability of "below 0" into one of "better", NaN where neither direction is better.

    Parameters
    ----------
    below : shape (arms, outcomes)
    """
    lower = np.array([info.better == "lower" for info in outcomes], dtype=bool)
    higher = np.array([info.better == "higher" for info in outcomes], dtype=bool)
    return np.where(lower, below, np.where(higher, 1.0 - below, np.nan))


def variance_removed(pairs: Pairs) -> F8:
    """Return ``1 - var(difference) / (var(arm) + var(baseline))`` of complete pairs, 0 where none varies.

    Shape (arms, outcomes), under the default assumptions.
    """
    complete = np.isfinite(pairs.difference[0])
    treated = moments(np.where(complete, pairs.treated[0], np.nan)).variance
    base = moments(pairs.reference[0]).variance
    apart = moments(pairs.difference[0], pairs.scale[0]).variance
    alone = treated + base
    share = np.divide(apart, alone, out=np.ones_like(alone), where=alone > 0)
    return np.where(np.isfinite(alone), 1.0 - share, np.nan)


def long_form(pairs: Pairs, columns: dict[str, F8]) -> pd.DataFrame:
    """Return arrays of shape (arms, outcomes) as columns of one table, one row per outcome and arm."""
    index = pd.MultiIndex.from_product([pairs.outcomes, pairs.arms], names=["outcome", "arm"])
    data = {name: np.asarray(values).T.reshape(-1) for name, values in columns.items()}
    return pd.DataFrame(data, index=index).reset_index()


def differences_table(
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
    """Return paired differences under the default assumptions, and the level of a headline cell's interval.

    Columns: `outcome`, `arm`, `pairs`, `mean`, `sd` (spread of paired differences), `low`, `high`
    (simultaneous for headlines), `plain_low`, `plain_high`, `interval` (``simultaneous`` or ``exploratory``),
    `p_better`, `variance_removed`, `relative`, `relative_low`, `relative_high` (in % of the baseline's mean,
    by Fieller's theorem with the same critical value; NaN unless the baseline's mean is positive, the ends
    also where its interval holds 0), `relative_plain_low`, `relative_plain_high` (the same with the critical
    value of the plain interval). Each interval in % lies on a side of 0 exactly where its absolute one does.
    """
    names = [info.name for info in outcomes]
    pairs = pair_runs(runs, names, baseline=baseline, arms=arms, sampled=False)
    difference, scale = pairs.difference[0], pairs.scale[0]
    joint = cell_level(
        family(difference, pairs, headline),
        level,
        bootstrap=bootstrap,
        seed=seed,
        scale=family(scale, pairs, headline),
    )
    is_headline = np.isin(names, list(headline))
    found = moments(difference, scale)
    plain_low, plain_high = found.interval(level)
    joint_low, joint_high = found.interval(joint)
    plain = critical_value(found.count, level)
    critical = np.where(is_headline, critical_value(found.count, joint), plain)
    relative, *wide_ends = ratio_interval(difference, pairs.reference[0], critical, scale)
    _, *plain_ends = ratio_interval(difference, pairs.reference[0], plain, scale)
    per_cent = np.where(np.isfinite(pairs.base[0]), 100.0, np.nan)
    columns: dict[str, F8] = {
        "mean": found.mean,
        "sd": found.spread,
        "low": np.where(is_headline, joint_low, plain_low),
        "high": np.where(is_headline, joint_high, plain_high),
        "plain_low": plain_low,
        "plain_high": plain_high,
        "p_better": better_share(found.chance_below(), outcomes),
        "variance_removed": variance_removed(pairs),
        "relative": per_cent * relative,
        "relative_low": per_cent * wide_ends[0],
        "relative_high": per_cent * wide_ends[1],
        "relative_plain_low": per_cent * plain_ends[0],
        "relative_plain_high": per_cent * plain_ends[1],
    }
    table = long_form(pairs, columns)
    table.insert(2, "pairs", found.count.T.reshape(-1))
    kind = np.where(table["outcome"].isin(list(headline)), "simultaneous", "exploratory")
    table.insert(5, "interval", kind)
    return table, joint
