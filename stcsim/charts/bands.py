"""Bands: a series of every arm over months, its middle and spread, beside the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.months import Drawn, arm_line, band, drawn_of, frame
from stcsim.draws import F8
from stcsim.pictures.bands import (
    NOUNS,
    SMOOTH,
    Bands,
    Over,
    bands_of,
    last_year_words,
    limits,
    opening,
    parting,
)
from stcsim.pictures.gaps import summed_finding
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, number

_WIDE = (0.05, 0.95)
_INNER = (0.25, 0.75)


def bands_chart(
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
    """Draw one series over months; None where the runs have none of it.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are shown; the baseline is always drawn, a rival with its arm
    drawn : arms in the order of the comparison, which decides on colours
    label, unit : of the series
    labels : names of arms for people
    over : whether lines are of runs or of sampled sets of assumptions
    focus : arm whose band is drawn beside that of the baseline; the first where none is named
    summed : mean of what has come together since the start, in place of the median of each month
    """
    found = bands_of(series, name, (BASELINE, *arms), over, summed=summed)
    shown = drawn_of(found, arms, drawn, labels, focus)
    if shown is None:
        return None
    last = int(max(b.months[-1] for b in found.values())) + 1
    parts: list[dict[str, Any]] = []
    for arm in shown.arms:
        own, colour = found[arm], shown.styles[arm].colour
        if arm in (BASELINE, shown.focus) and len(own.runs) > 1:
            for (low, high), opacity in ((_WIDE, 0.13), (_INNER, 0.17)):
                ends = own.quantile(low), own.quantile(high)
                parts += band(f"{arm}-{low:g}", own.months, *ends, colour, opacity, last)
        tips = _tips(own, shown.names[arm], unit if arm == BASELINE else "", summed=summed)
        parts.append(arm_line(shown, arm, own.months, _middle(own, summed=summed), tips, last))
    option, narrow = frame(shown, parts, last, unit, limits([found[a] for a in shown.arms]), "=number")
    title = (
        summed_finding(capital(label), shown.own, found, labels, over)
        if summed
        else parting(capital(label), shown.own, found, labels, over)
    )
    return Chart(
        f"{'sums' if summed else 'bands'}-{name}".replace("_", "-"),
        title,
        _subtitle(found, shown, over, summed=summed),
        option,
        _table(found, shown.names, summed=summed),
        _words(found, shown, labels, last, summed=summed),
        height=340,
        narrow=narrow,
    )


def _middle(own: Bands, *, summed: bool) -> F8:
    """Return the line: of sums the mean, which is what cards and tables tell; of months the median."""
    return own.mean() if summed else own.quantile(0.5)


def _tips(own: Bands, name: str, unit: str, *, summed: bool) -> list[str]:
    """Return words for each month; the unit stands above those of the first line."""
    middle, low, high = _middle(own, summed=summed), *(own.quantile(share) for share in _WIDE)
    found = []
    for month, value, least, most in zip(own.months, middle, low, high, strict=True):
        spread = f" ({number(least)} to {number(most)})" if len(own.runs) > 1 else ""
        place = f"{'Up to month' if summed else 'Month'} {int(month)} since the arms branch, {unit}\n"
        head = place if unit else ""
        found.append(f"{head}{name}: {number(value)}{spread}")
    return found


def _subtitle(found: Mapping[str, Bands], shown: Drawn, over: Over, *, summed: bool) -> str:
    count = max(len(b.runs) for b in found.values())
    noun = NOUNS[over]
    how = "summed up since the start" if summed else f"moving mean over {SMOOTH} months"
    if count < 2:
        return f"One {noun}, {how}."
    what = (
        f"{counted(count, noun)} under default assumptions"
        if over == "runs"
        else f"{counted(count, noun)} of assumptions, each the mean of its runs"
    )
    spread = f"the middle 90% of the {noun}s: their spread, not an interval of the mean"
    text = f"Line: {'mean' if summed else 'median'} of {what}, {how}. Band: {spread}"
    if len(shown.own) > 1:
        text += f". Bands of {shown.names[shown.focus]} and the baseline; darker, the middle half"
    text += ". Dashed: the baseline."
    if summed:
        text += " An arm is told from it by the 95% interval of paired differences at the end."
    elif not any(opening(found[a], found[BASELINE]) is not None for a in shown.own):
        text += (
            f" The title asks single {noun}s; their mean can differ clearly where these do not, as the "
            "changes on this page say."
        )
    if shown.staff:
        text += " Dotted: the same money spent on staff."
    return text


def _words(
    found: Mapping[str, Bands], shown: Drawn, labels: Mapping[str, str], last: int, *, summed: bool
) -> str:
    """Return what there is to see, for those who cannot."""
    lines = f"Lines over {counted(last, 'month')}."
    if not summed:
        return f"{lines} {last_year_words(shown.own, found, labels)}"
    parts = [f"{shown.names[a]}: {number(float(found[a].mean()[-1]))} by the end" for a in shown.arms]
    return f"{lines} {'; '.join(parts)}."


def _table(found: Mapping[str, Bands], names: Mapping[str, str], *, summed: bool) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "Arm": names[arm],
                "Month": found[arm].months.astype(np.int64),
                "Mean of the sums" if summed else "Median": _middle(found[arm], summed=summed),
                "5th percentile": found[arm].quantile(0.05),
                "25th percentile": found[arm].quantile(0.25),
                "75th percentile": found[arm].quantile(0.75),
                "95th percentile": found[arm].quantile(0.95),
            }
        )
        for arm in names
    ]
    return pd.concat(parts, ignore_index=True)
