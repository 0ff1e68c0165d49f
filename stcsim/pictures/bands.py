"""What a monthly series shows: medians and spread over runs, and since when arms part from the baseline."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import listed, number

SMOOTH = 3
"""Months of the moving mean: counts of a few events a month would hide any trend."""
YEAR_MONTHS = 13
"""Months of four weeks in a year."""
MOST = 3
"""Arms that are named one by one, and fit into one panel with the baseline."""

Over = Literal["runs", "assumptions"]
"""What a line is a median of: runs under default assumptions, or sampled sets of assumptions."""
NOUNS: Mapping[Over, str] = {"runs": "run", "assumptions": "sampled set"}


@dataclass(frozen=True)
class Bands:
    """One series of one arm, smoothed or summed up.

    Parameters
    ----------
    units : number of each run or sampled set
    months : since arms branched
    runs : shape (units, months), NaN where one has no value yet
    """

    units: tuple[int, ...]
    months: F8
    runs: F8

    def quantile(self, share: float) -> F8:
        """Return the quantile over runs of each month."""
        # The one that skips missing values goes month by month, ten times as slow.
        quantile = np.quantile if np.isfinite(self.runs).all() else np.nanquantile
        return np.asarray(quantile(self.runs, share, axis=0), dtype=np.float64)

    def mean(self) -> F8:
        """Return the mean over runs of each month."""
        return mean_of_finite(self.runs.T)

    def last_year(self) -> F8:
        """Return each run's mean over the last year, NaN for runs without a value in it."""
        return mean_of_finite(self.runs[:, -YEAR_MONTHS:])

    def level(self) -> float:
        """Return the median over runs of the mean of the last year, NaN where there is none."""
        means = self.last_year()
        means = means[np.isfinite(means)]
        return float(np.median(means)) if means.size else math.nan


def bands_of(
    series: pd.DataFrame, name: str, arms: Sequence[str], over: Over = "runs", *, summed: bool = False
) -> dict[str, Bands]:
    """Return the smoothed runs of each arm, those left out that have none.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are wanted
    over : runs under the default assumptions, or the mean over the runs of each sampled set of assumptions
    summed : the sum since the start in place of the moving mean
    """
    chosen = series[(series["name"] == name) & ((series["world"] == 0) == (over == "runs"))]
    unit = "replication" if over == "runs" else "world"
    own = {str(arm): table for arm, table in chosen.groupby("arm", observed=True)}
    found = {arm: _of_arm(own[arm], unit, summed=summed) for arm in arms if arm in own}
    return {arm: bands for arm, bands in found.items() if bands is not None}


def _of_arm(chosen: pd.DataFrame, unit: str, *, summed: bool) -> Bands | None:
    """Return the runs of one arm, None where none has a value."""
    # A set of assumptions has several runs: their mean, as far as they have a value.
    table = chosen.groupby([unit, "month"])["value"].mean().unstack("month")
    table = table[np.isfinite(table.to_numpy(dtype=np.float64)).any(axis=1)]
    if table.empty:
        return None
    values = table.to_numpy(dtype=np.float64)
    lines = np.cumsum(values, axis=1) if summed else _smoothed(values)
    # A month in which most runs have no value yet is not drawn.
    told = np.isfinite(lines).mean(axis=0) >= 0.5
    months = table.columns.to_numpy(dtype=np.float64)[told]
    return Bands(tuple(int(r) for r in table.index), months, lines[:, told])


def _smoothed(values: F8) -> F8:
    """Return the moving mean over months of runs, shape (units, months)."""
    ends = range(1, values.shape[1] + 1)
    return np.stack([mean_of_finite(values[:, max(0, end - SMOOTH) : end]) for end in ends], 1)


def mean_of_finite(values: F8) -> F8:
    """Return the mean along the last axis of what is finite, NaN where nothing is."""
    finite = np.isfinite(values)
    count = finite.sum(axis=-1)
    total = np.where(finite, values, 0.0).sum(axis=-1)
    return np.asarray(
        np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0), dtype=np.float64
    )


def limits(bands: Sequence[Bands]) -> tuple[float, float]:
    """Return the common range of values; zero belongs to it unless the values stay far above."""
    if not bands:
        return 0.0, 1.0
    low = min(float(b.quantile(0.05).min()) for b in bands)
    high = max(float(b.quantile(0.95).max()) for b in bands)
    if low > 0 and low < 0.6 * high:
        low = 0.0
    if high <= low:
        low, high = low - abs(low) * 0.1 - (low == 0), high + abs(high) * 0.1 + (high == 0)
    pad = 0.05 * (high - low)
    return (low if low == 0 else low - pad), high + pad


def opening(arm: Bands, base: Bands) -> float | None:
    """Return the month from which on the paired difference keeps its final side in nine of ten runs."""
    if arm.units != base.units or arm.runs.shape != base.runs.shape or len(arm.runs) < 2:
        return None
    gap = arm.runs - base.runs
    if not np.isfinite(gap).all():
        return None
    last = gap[:, -YEAR_MONTHS:].mean(axis=1)
    final = np.sign(np.median(last))
    if final == 0 or (np.sign(last) == final).mean() < 0.9:
        return None
    # Single months touch again: half a year from each month on does not, and shows when they part for good.
    total = np.cumsum(np.pad(gap, ((0, 0), (1, 0))), axis=1)
    starts = np.arange(gap.shape[1])
    ends = np.minimum(starts + 6, gap.shape[1])
    parted = (np.sign(total[:, ends] - total[:, starts]) == final).mean(axis=0) >= 0.9
    held = np.flatnonzero(~parted)
    first = 0 if held.size == 0 else int(held[-1]) + 1
    return float(arm.months[first]) + (3 if first else 0) if first < len(arm.months) else None


def parting(
    label: str,
    own: Sequence[str],
    bands: Mapping[str, Bands],
    labels: Mapping[str, str],
    over: Over = "runs",
) -> str:
    """Say in which arms the series ends lower or higher than in the baseline, and since when."""
    base = bands.get(BASELINE)
    if base is None or not own:
        return f"{label} over time"
    found = {arm: month for arm in own if (month := opening(bands[arm], base)) is not None}
    if not found:
        return f"{label}: {_nowhere(len(base.runs), over)}"
    parts = []
    for word, sign in (("lower", -1), ("higher", 1)):
        there = [a for a in found if math.copysign(1, bands[a].level() - base.level()) == sign]
        if not there:
            continue
        where = (
            listed([labels[a] for a in there], 2) if len(own) <= MOST else f"{len(there)} of {len(own)} arms"
        )
        parts.append(f"{word} in {where}")
    month = round(float(np.median(list(found.values()))))
    since = "from the start" if month <= 3 else f"about month {month}"
    return f"{label}: {' and '.join(parts)} in the last year; the gap opens {since}"


def _nowhere(count: int, over: Over) -> str:
    """Say that no arm parts from the baseline for good, by the number of runs that this is judged by."""
    noun = NOUNS[over]
    if count < 2:
        return f"one {noun} cannot tell whether an arm parts from the baseline"
    return f"no arm parts from the baseline in {f'all {count}' if count < 10 else 'nine of ten'} {noun}s"


def last_year_words(group: Sequence[str], bands: Mapping[str, Bands], labels: Mapping[str, str]) -> str:
    """Return the level of each arm in the last year, for those who cannot see the picture."""
    parts = [
        f"{'Baseline' if arm == BASELINE else labels[arm]}: median {number(bands[arm].level())} "
        "in the last year"
        for arm in (BASELINE, *group)
        if arm in bands
    ]
    return "; ".join(parts) + "."
