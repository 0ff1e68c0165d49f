"""Gaps: how far every arm lies from the baseline over months, and how well that is known."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.months import Drawn, arm_line, band, drawn_of, frame
from stcsim.pictures.bands import NOUNS, SMOOTH, Over, bands_of
from stcsim.pictures.gaps import LEVEL, Gap, gap_finding, gaps_of
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, signed


def gaps_chart(
    series: pd.DataFrame,
    name: str,
    *,
    arms: Sequence[str],
    drawn: Sequence[str],
    label: str,
    unit: str,
    labels: Mapping[str, str],
    over: Over = "runs",
    focus: str = "",
    summed: bool = False,
) -> Chart | None:
    """Draw the difference of each arm to the baseline; None where no arm can be paired with it.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are shown; a rival is drawn with its arm
    drawn : arms in the order of the comparison, which decides on colours
    label, unit : of the series
    labels : names of arms for people
    over : whether runs are paired, or sampled sets of assumptions
    focus : arm whose interval is drawn; the first where none is named
    summed : difference of what has come together since the start, in place of that of each month
    """
    found = bands_of(series, name, (BASELINE, *arms), over, summed=summed)
    gaps = gaps_of(found)
    shown = drawn_of([BASELINE, *gaps], arms, drawn, labels, focus)
    if shown is None:
        return None
    last = int(max(gap.months[-1] for gap in gaps.values())) + 1
    months = np.arange(last, dtype=np.float64)
    head = [f"Month {int(m)}, beside the baseline, {unit}" for m in months]
    parts: list[dict[str, Any]] = [
        arm_line(shown, BASELINE, months, np.zeros(last), [f"{line}\nBaseline: 0" for line in head], last)
    ]
    for arm in shown.arms[1:]:
        gap, colour = gaps[arm], shown.styles[arm].colour
        if arm == shown.focus and gap.pairs > 1:
            parts += band(f"{arm}-interval", gap.months, gap.low, gap.high, colour, 0.2, last)
        parts.append(arm_line(shown, arm, gap.months, gap.mean, _tips(gap, shown.names[arm]), last))
    option, narrow = frame(shown, parts, last, unit, _limits(gaps, shown), "=signed")
    subject = f"{capital(label)}, summed up" if summed else capital(label)
    return Chart(
        f"gaps-{name}".replace("_", "-"),
        gap_finding(subject, shown.own, found, labels, over),
        _subtitle(gaps, shown, over, summed=summed),
        option,
        _table(gaps, shown),
        _words(gaps, shown, last),
        height=340,
        narrow=narrow,
    )


def _limits(gaps: Mapping[str, Gap], shown: Drawn) -> tuple[float, float]:
    """Return the range of all lines and of the interval that is drawn; zero always belongs to it."""
    focus = gaps[shown.focus]
    values = [0.0, *(float(x) for a in shown.arms[1:] for x in gaps[a].mean)]
    values += [float(x) for ends in (focus.low, focus.high) for x in ends if math.isfinite(x)]
    low, high = min(values), max(values)
    pad = 0.06 * (high - low) or 1.0
    return low - pad, high + pad


def _tips(gap: Gap, name: str) -> list[str]:
    found = []
    for mean, low, high in zip(gap.mean, gap.low, gap.high, strict=True):
        ends = f" ({signed(low)} to {signed(high)})" if math.isfinite(low) else ""
        found.append(f"{name}: {signed(mean)}{ends}")
    return found


def _subtitle(gaps: Mapping[str, Gap], shown: Drawn, over: Over, *, summed: bool) -> str:
    count, noun = max(gap.pairs for gap in gaps.values()), NOUNS[over]
    what = "what has been summed up since the start" if summed else f"moving means over {SMOOTH} months"
    if count < 2:
        return f"Difference of one {noun} to the baseline, of {what}. Dashed: the baseline."
    paired = (
        f"{counted(count, 'paired run')} under default assumptions"
        if over == "runs"
        else f"{counted(count, noun)} of assumptions, each the mean of its pairs"
    )
    text = (
        f"Line: mean difference to the baseline over {paired}, of {what}. Band: its {LEVEL:.0%} interval, in "
        f"each month by itself"
    )
    text += f", of {shown.names[shown.focus]}" if len(shown.own) > 1 else ""
    text += ". Dashed: the baseline."
    return f"{text} Dotted: the same money spent on staff." if shown.staff else text


def _words(gaps: Mapping[str, Gap], shown: Drawn, last: int) -> str:
    """Return what there is to see, for those who cannot."""
    ends = "; ".join(f"{shown.names[a]}: {_tips(gaps[a], '')[-1][2:]}" for a in shown.arms[1:])
    return f"Differences to the baseline over {counted(last, 'month')}, at the end: {ends}."


def _table(gaps: Mapping[str, Gap], shown: Drawn) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "Arm": shown.names[arm],
                "Month": gaps[arm].months.astype(np.int64),
                "Mean difference": gaps[arm].mean,
                f"{LEVEL:.0%}: from": gaps[arm].low,
                f"{LEVEL:.0%}: to": gaps[arm].high,
            }
        )
        for arm in shown.arms[1:]
    ]
    return pd.concat(parts, ignore_index=True)
