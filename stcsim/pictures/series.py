"""Time series: the median of runs with their spread, every arm beside the baseline."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from stcsim.draws import F8
from stcsim.pictures.axis import spread
from stcsim.pictures.measure import SIZE, fit
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import (
    BASELINE,
    GREY,
    PALE,
    RIVAL,
    ArmStyle,
    canvas,
    dark,
    drawing,
    is_rival,
    page_of,
    rival_of,
)
from stcsim.pictures.words import capital, counted, listed, number

SMOOTH = 3
"""Months of the moving mean: counts of a few events a month would hide any trend."""
YEAR_MONTHS = 13
"""Months of four weeks in a year."""
_WIDTH = 360.0
_HEIGHT = 216.0
_MOST = 3
"""Arms that fit into one panel with the baseline; more get a panel each."""


@dataclass(frozen=True)
class _Bands:
    """Runs of one arm: `runs` has shape (replications, months), NaN where a run has no value yet."""

    replications: tuple[int, ...]
    months: F8
    runs: F8

    def quantile(self, share: float) -> F8:
        """Return the quantile over runs of each month."""
        return np.asarray(np.nanquantile(self.runs, share, axis=0), dtype=np.float64)

    def last_year(self) -> F8:
        """Return each run's mean over the last year, NaN for runs without a value in it."""
        return _mean(self.runs[:, -YEAR_MONTHS:])


def time_series(
    series: pd.DataFrame,
    name: str,
    *,
    arms: Sequence[str],
    label: str,
    unit: str,
    labels: Mapping[str, str],
    styles: Mapping[str, ArmStyle],
) -> Picture:
    """Draw one monthly series of every arm under default assumptions.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are shown; the baseline is drawn with each, a rival with its arm
    label, unit : of the series
    labels, styles : of the arms
    """
    chosen = series[(series["name"] == name) & (series["world"] == 0)]
    bands = {arm: found for arm in (BASELINE, *arms) if (found := _bands(chosen, arm)) is not None}
    own = [a for a in arms if a in bands and not (is_rival(a) and rival_of(a) in bands)]
    runs = max((len(b.runs) for b in bands.values()), default=0)
    groups = [own] if len(own) <= _MOST else [[a] for a in own]
    with drawing():
        low, high = _limits(list(bands.values()))
        panels = tuple(
            _panel(group, bands, labels, styles, (low, high), unit, single=len(groups) == 1)
            for group in groups
        )
    subtitle = (
        f"Line: median of {counted(runs, 'run')} under default assumptions, moving mean over {SMOOTH} "
        "months. "
        "Band: 5th to 95th percentile of the runs, their spread, not an interval of the mean."
        if runs > 1
        else f"One run under default assumptions, moving mean over {SMOOTH} months."
    )
    subtitle += " Dashed, on top: the baseline."
    if any(is_rival(a) for a in bands):
        subtitle += " Dotted: median with the same money spent on staff."
    return Picture(
        f"series-{name}".replace("_", "-"), _finding(capital(label), own, bands, labels), subtitle, panels
    )


def _bands(chosen: pd.DataFrame, arm: str) -> _Bands | None:
    """Return the smoothed runs of an arm, None when there are none."""
    table = (
        chosen[chosen["arm"] == arm].pivot(index="replication", columns="month", values="value").sort_index()
    )
    table = table[np.isfinite(table.to_numpy(dtype=np.float64)).any(axis=1)]
    if table.empty:
        return None
    values = table.to_numpy(dtype=np.float64)
    smooth = np.stack(
        [_mean(values[:, max(0, end - SMOOTH) : end]) for end in range(1, values.shape[1] + 1)], 1
    )
    # A month in which most runs have no value yet is not drawn.
    told = np.isfinite(smooth).mean(axis=0) >= 0.5
    months = table.columns.to_numpy(dtype=np.float64)[told]
    return _Bands(tuple(int(r) for r in table.index), months, smooth[:, told])


def _mean(values: F8) -> F8:
    """Return the mean along the last axis of what is finite, NaN where nothing is."""
    finite = np.isfinite(values)
    count = finite.sum(axis=-1)
    total = np.where(finite, values, 0.0).sum(axis=-1)
    return np.asarray(
        np.divide(total, count, out=np.full(count.shape, np.nan), where=count > 0), dtype=np.float64
    )


def _limits(bands: Sequence[_Bands]) -> tuple[float, float]:
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


def _panel(
    group: Sequence[str],
    bands: Mapping[str, _Bands],
    labels: Mapping[str, str],
    styles: Mapping[str, ArmStyle],
    limits: tuple[float, float],
    unit: str,
    *,
    single: bool,
) -> Panel:
    width, height = (640.0, 320.0) if single else (_WIDTH, _HEIGHT)
    room = 176.0 if single else 76.0
    figure, axes = canvas(width, height, 56, room, 22, 34)
    _axes(axes, bands, limits, unit)
    ends: list[tuple[float, str, str]] = []
    for arm in (BASELINE, *group):
        if arm not in bands:
            continue
        band, style = bands[arm], styles[arm]
        if len(band.runs) > 1:
            axes.fill_between(
                band.months,
                band.quantile(0.05),
                band.quantile(0.95),
                color=style.colour,
                alpha=0.16,
                linewidth=0,
            )
        middle = band.quantile(0.5)
        (line,) = axes.plot(
            band.months,
            middle,
            color=style.colour,
            linewidth=1.6 if arm == BASELINE else 2.2,
            # On top, so that an arm that changes nothing does not hide it.
            zorder=4 if arm == BASELINE else 2,
        )
        line.set_dashes(style.dashes or (1, 0))
        ends.append((float(middle[-1]), "baseline" if arm == BASELINE else labels[arm], style.colour))
        if arm != BASELINE and single:
            every = max(1, len(band.months) // 6)
            axes.plot(
                band.months,
                middle,
                style.marker,
                color=style.colour,
                markersize=5,
                markevery=(every // 2, every),
            )
        if (rival := bands.get(arm + RIVAL)) is not None:
            (line,) = axes.plot(
                rival.months, rival.quantile(0.5), color=styles[arm + RIVAL].colour, linewidth=1.6
            )
            line.set_dashes((1, 1.4))
            if not single:
                ends.append((float(rival.quantile(0.5)[-1]), "staff", styles[arm + RIVAL].colour))
    if not single:
        ends = [(y, "this arm" if i == 1 else text, colour) for i, (y, text, colour) in enumerate(ends)]
    _end_labels(axes, ends, room)
    title = "" if single else labels[group[0]]
    return Panel(figure, title, _in_words(group, bands, labels))


def _axes(axes: Axes, bands: Mapping[str, _Bands], limits: tuple[float, float], unit: str) -> None:
    last = max((float(b.months[-1]) for b in bands.values()), default=1.0)
    axes.set_xlim(0, max(last, 1.0))
    axes.set_ylim(*limits)
    years = last + 1 >= 2 * YEAR_MONTHS
    axes.xaxis.set_major_locator(MultipleLocator(YEAR_MONTHS) if years else MaxNLocator(6, integer=True))
    if years:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x / YEAR_MONTHS:g}"))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: number(y)))
    axes.grid(axis="y", color=PALE, linewidth=0.7)
    axes.spines["left"].set_visible(False)
    frame = ("axes fraction", "axes fraction")
    axes.annotate(fit(unit, 160, 10), (0, 1), (-50, 10), frame, "offset points", color=GREY, fontsize=10)
    axes.annotate(
        "years" if years else "months",
        (1, 0),
        (6, -14),
        frame,
        "offset points",
        color=GREY,
        fontsize=10,
        va="center",
    )


def _end_labels(axes: Axes, ends: Sequence[tuple[float, str, str]], room: float) -> None:
    """Name the lines at their right ends, pushed apart where they would overlap."""
    if not ends:
        return
    bottom, top = axes.get_ylim()
    tall = axes.get_position().height * page_of(axes).get_figheight() * 72
    scale = tall / (top - bottom)
    order = sorted(range(len(ends)), key=lambda i: (ends[i][0], i))
    places = spread([(ends[i][0] - bottom) * scale for i in order], SIZE * 1.25, (0.0, tall))
    for i, place in zip(order, places, strict=True):
        _, text, colour = ends[i]
        axes.annotate(
            fit(text, room - 10, SIZE, bold=True),
            (1, 0),
            (6, place),
            "axes fraction",
            "offset points",
            va="center",
            color=dark(colour),
            fontweight="bold",
        )


def _last_year(band: _Bands) -> float:
    """Median over runs of the mean of the last year."""
    means = band.last_year()
    means = means[np.isfinite(means)]
    return float(np.median(means)) if means.size else math.nan


def _opening(arm: _Bands, base: _Bands) -> float | None:
    """Return the month from which on the paired difference keeps its final side in nine of ten runs."""
    if arm.replications != base.replications or arm.runs.shape != base.runs.shape or len(arm.runs) < 2:
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


def _finding(label: str, own: Sequence[str], bands: Mapping[str, _Bands], labels: Mapping[str, str]) -> str:
    """Say in which arms the series ends lower or higher than in the baseline, and since when."""
    base = bands.get(BASELINE)
    if base is None or not own:
        return f"{label} over time"
    found = {arm: month for arm in own if (month := _opening(bands[arm], base)) is not None}
    if not found:
        return f"{label}: {_nowhere(len(base.runs))}"
    parts = []
    for word, sign in (("lower", -1), ("higher", 1)):
        there = [a for a in found if math.copysign(1, _last_year(bands[a]) - _last_year(base)) == sign]
        if not there:
            continue
        where = (
            listed([labels[a] for a in there], 2) if len(own) <= _MOST else f"{len(there)} of {len(own)} arms"
        )
        parts.append(f"{word} in {where}")
    month = round(float(np.median(list(found.values()))))
    since = "from the start" if month <= 3 else f"about month {month}"
    return f"{label}: {' and '.join(parts)} in the last year; the gap opens {since}"


def _nowhere(runs: int) -> str:
    """Say that no arm parts from the baseline for good, by the number of runs that this is judged by."""
    if runs < 2:
        return "one run cannot tell whether an arm parts from the baseline"
    return f"no arm parts from the baseline in {f'all {runs}' if runs < 10 else 'nine of ten'} runs"


def _in_words(group: Sequence[str], bands: Mapping[str, _Bands], labels: Mapping[str, str]) -> str:
    parts = [
        f"{'Baseline' if arm == BASELINE else labels[arm]}: median {number(_last_year(bands[arm]))} "
        "in the last year"
        for arm in (BASELINE, *group)
        if arm in bands
    ]
    return "; ".join(parts) + "."
