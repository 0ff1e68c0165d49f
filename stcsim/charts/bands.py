"""Bands: a monthly series of every arm, median and spread, beside the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.marks import dashes, fill, symbol
from stcsim.charts.names import STAFF, room
from stcsim.draws import F8
from stcsim.pictures.bands import (
    MOST,
    NOUNS,
    SMOOTH,
    YEAR_MONTHS,
    Bands,
    Over,
    bands_of,
    last_year_words,
    limits,
    opening,
    parting,
)
from stcsim.pictures.style import BASELINE, ArmStyle, arm_styles, is_rival, rival_of
from stcsim.pictures.words import capital, counted, number

_WIDE = (0.05, 0.95)
_INNER = (0.25, 0.75)
_NAMES = 140.0
"""Px for names at the ends of lines."""
_MARKS = 6
"""Markers on a line, about."""


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
) -> Chart | None:
    """Draw one monthly series; None where the runs have none of it.

    Parameters
    ----------
    series : columns `arm`, `world`, `replication`, `month`, `name`, `value`
    name : which series
    arms : in the order in which they are shown; the baseline is always drawn, a rival with its arm
    drawn : arms in the order of the comparison, which decides on colours
    label, unit : of the series
    labels : names of arms for people
    over : whether lines are medians of runs or of sampled sets of assumptions
    focus : arm whose band is drawn beside that of the baseline; the first where none is named
    """
    found = bands_of(series, name, (BASELINE, *arms), over)
    own = [a for a in arms if a in found and not (is_rival(a) and rival_of(a) in found)]
    if not own:
        return None
    focus = focus if focus in own else own[0]
    near = {BASELINE, *own} if len(own) <= MOST else {BASELINE, focus}
    rival = next((a for a in found if is_rival(a) and rival_of(a) == focus), None)
    shown = [a for a in (BASELINE, *own, rival) if a is not None and a in found]
    styles = arm_styles(drawn)
    names = {a: _name(a, rival, labels) for a in shown}
    last = int(max(b.months[-1] for b in found.values())) + 1
    low, high = limits([found[a] for a in shown])
    ends = [names[a] for a in shown if a in near or a == rival]
    parts: list[dict[str, Any]] = []
    for arm in shown:
        if arm in (BASELINE, focus) and len(found[arm].runs) > 1:
            for span, opacity in ((_WIDE, 0.13), (_INNER, 0.17)):
                parts += _band(found[arm], arm, styles[arm], span, opacity, last)
        parts.append(
            _line(
                found[arm], arm, names[arm], styles[arm], last, strong=arm in near or arm == rival, unit=unit
            )
        )
    option: dict[str, Any] = {
        "grid": {"left": 52, "right": room(ends, _NAMES), "top": 34, "bottom": 26},
        "legend": {"show": False, "top": 0, "left": 0, "itemWidth": 22, "data": [names[a] for a in shown]},
        "tooltip": {"trigger": "axis", "formatter": "=tip"},
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": _months(last),
            "axisLabel": {"interval": _every(last) - 1, "hideOverlap": True},
            "axisTick": {"interval": _every(last) - 1},
        },
        "yAxis": {
            "type": "value",
            "name": unit,
            "nameTextStyle": {"align": "left"},
            "nameGap": 14,
            "min": low,
            "max": high,
            "axisLabel": {"formatter": "=number", "showMaxLabel": False, "showMinLabel": low == 0},
        },
        "series": parts,
    }
    quiet = [{"endLabel": {"show": False}} if "endLabel" in part else {} for part in parts]
    rows = -(-len(shown) // 2)
    narrow = {
        "grid": {"right": 14, "top": 34 + 24 * rows},
        "legend": {"show": True},
        "yAxis": {"nameGap": 12},
        "series": quiet,
    }
    return Chart(
        f"bands-{name}".replace("_", "-"),
        parting(capital(label), own, found, labels, over),
        _subtitle(
            found, own, focus, names, over, any(opening(found[a], found[BASELINE]) is not None for a in own)
        ),
        option,
        _table(found, names),
        f"Lines over {counted(last, 'month')}. {last_year_words(own, found, labels)}",
        height=340,
        narrow=narrow,
    )


def _name(arm: str, rival: str | None, labels: Mapping[str, str]) -> str:
    return "Baseline" if arm == BASELINE else STAFF if arm == rival else labels[arm]


def _every(last: int) -> int:
    """Return after how many months the horizontal axis is named."""
    years = last // YEAR_MONTHS
    return YEAR_MONTHS * max(1, -(-years // 6)) if years >= 2 else max(1, last // 6)


def _months(last: int) -> list[str]:
    """Name the months since arms branched: full years where there are several."""
    if last < 2 * YEAR_MONTHS:
        return [f"month {m}" if m else "start" for m in range(last)]
    found = []
    for month in range(last):
        years, rest = divmod(month, YEAR_MONTHS)
        found.append(f"month {month}" if rest else f"{counted(years, 'year')}" if years else "start")
    return found


def _at(months: F8, values: F8, last: int) -> list[float | str]:
    """Return one entry a month, ``-`` where there is none."""
    found: list[float | str] = ["-"] * last
    for month, value in zip(months, values, strict=True):
        if np.isfinite(value):
            found[int(month)] = float(f"{value:.5g}")
    return found


def _band(
    band: Bands, arm: str, style: ArmStyle, ends: tuple[float, float], opacity: float, last: int
) -> list[dict[str, Any]]:
    """Return two stacked lines that nobody sees: the lower end, and the band upon it."""
    low, high = band.quantile(ends[0]), band.quantile(ends[1])
    common = {
        "type": "line",
        "stack": f"{arm}-{ends[0]:g}",
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"opacity": 0},
        "emphasis": {"disabled": True},
        "z": 1,
    }
    return [
        {**common, "id": f"{arm}-{ends[0]:g}-low", "data": _at(band.months, low, last)},
        {
            **common,
            "id": f"{arm}-{ends[0]:g}-band",
            "data": _at(band.months, high - low, last),
            "areaStyle": {"color": style.colour, "opacity": opacity},
        },
    ]


def _line(
    band: Bands, arm: str, name: str, style: ArmStyle, last: int, *, strong: bool, unit: str
) -> dict[str, Any]:
    """Return the median, named at its right end, with a marker now and then and words for each month."""
    middle, low, high = (band.quantile(share) for share in (0.5, *_WIDE))
    every = max(1, last // _MARKS)
    points: list[Any] = list(_at(band.months, middle, last))
    for month, at, least, most in zip(band.months, middle, low, high, strict=True):
        place = int(month)
        spread = f" ({number(least)} to {number(most)})" if len(band.runs) > 1 else ""
        head = f"Month {place} since the arms branch, {unit}\n" if arm == BASELINE else ""
        points[place] = {"value": points[place], "tip": f"{head}{name}: {number(at)}{spread}"}
        if strong and not is_rival(arm) and arm != BASELINE and place % every == every // 2:
            points[place] |= {**symbol(style), "symbolSize": 7}
    return {
        "id": arm,
        "type": "line",
        "name": name,
        "data": points,
        "symbol": "none",
        "showAllSymbol": True,
        "itemStyle": {"color": style.colour} if arm == BASELINE else fill(style),
        "lineStyle": {
            "color": style.colour,
            "width": (1.8 if arm == BASELINE or is_rival(arm) else 2.4) if strong else 1.1,
            "type": dashes(style),
            "opacity": 1.0 if strong else 0.65,
        },
        "emphasis": {"disabled": True},
        "z": 4 if arm == BASELINE else 3 if strong else 2,
        "endLabel": {
            "show": strong,
            "formatter": "{a}",
            "color": style.colour,
            "fontWeight": 600,
            "width": _NAMES,
            "overflow": "break",
            "lineHeight": 14,
        },
        "labelLayout": {"moveOverlap": "shiftY"},
    }


def _subtitle(
    found: Mapping[str, Bands],
    own: Sequence[str],
    focus: str,
    names: Mapping[str, str],
    over: Over,
    parted: bool,
) -> str:
    count = max(len(b.runs) for b in found.values())
    noun = NOUNS[over]
    what = (
        f"{counted(count, noun)} under default assumptions"
        if over == "runs"
        else f"{counted(count, noun)} of assumptions, each the mean of its runs"
    )
    if count < 2:
        return f"One {noun}, moving mean over {SMOOTH} months."
    spread = f"the middle 90% of the {noun}s: their spread, not an interval of the mean"
    text = f"Line: median of {what}, moving mean over {SMOOTH} months. Band: {spread}"
    if len(own) > 1:
        text += f". Bands of {names[focus]} and the baseline; darker, the middle half"
    text += ". Dashed: the baseline."
    if not parted:
        text += (
            f" The title asks single {noun}s; their mean can differ clearly where these do not, as the "
            "changes on this page say."
        )
    if any(is_rival(a) for a in names):
        text += " Dotted: median with the same money spent on staff."
    return text


def _table(found: Mapping[str, Bands], names: Mapping[str, str]) -> pd.DataFrame:
    parts = [
        pd.DataFrame(
            {
                "Arm": names[arm],
                "Month": found[arm].months.astype(int),
                "Median": found[arm].quantile(0.5),
                "5th percentile": found[arm].quantile(0.05),
                "25th percentile": found[arm].quantile(0.25),
                "75th percentile": found[arm].quantile(0.75),
                "95th percentile": found[arm].quantile(0.95),
            }
        )
        for arm in names
    ]
    return pd.concat(parts, ignore_index=True)
