"""What charts over months share: which arms are drawn and named, the axis of months, lines and bands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.charts.marks import dashes, fill, symbol
from stcsim.charts.names import STAFF, room
from stcsim.draws import F8
from stcsim.pictures.bands import MOST, YEAR_MONTHS
from stcsim.pictures.style import BASELINE, ArmStyle, arm_styles, is_rival, rival_of
from stcsim.pictures.words import counted

_NAMES = 140.0
"""Px for names at the ends of lines."""
_MARKS = 6
"""Markers on a line, about."""


@dataclass(frozen=True)
class Drawn:
    """Which arms a chart over months draws, and how.

    Parameters
    ----------
    arms : all that are drawn, the baseline first, the rival of the arm in focus last
    own : those that are no rivals, without the baseline
    focus : the one whose band is drawn
    named : those whose lines are strong and have a name at their end
    names, styles : by arm
    """

    arms: tuple[str, ...]
    own: tuple[str, ...]
    focus: str
    named: frozenset[str]
    names: Mapping[str, str]
    styles: Mapping[str, ArmStyle]

    @property
    def staff(self) -> bool:
        """Whether the same money on staff is among them."""
        return any(is_rival(arm) for arm in self.arms)


def drawn_of(
    found: Collection[str],
    arms: Sequence[str],
    order: Sequence[str],
    labels: Mapping[str, str],
    focus: str,
) -> Drawn | None:
    """Return what is drawn of the arms that have values; None where no arm beside the baseline has any.

    Parameters
    ----------
    found : arms that have values
    arms : in the order in which they are shown
    order : of the comparison, which decides on colours
    labels : names of arms for people
    focus : arm that is looked at; the first where it has no values
    """
    own = [a for a in arms if a in found and not (is_rival(a) and rival_of(a) in found)]
    if not own:
        return None
    focus = focus if focus in own else own[0]
    rival = next((a for a in found if is_rival(a) and rival_of(a) == focus and a not in own), None)
    drawn = [a for a in (BASELINE, *own, rival) if a is not None and a in found]
    named = {BASELINE, *own} if len(own) <= MOST else {BASELINE, focus}
    if rival is not None:
        named.add(rival)
    names = {a: "Baseline" if a == BASELINE else STAFF if a == rival else labels[a] for a in drawn}
    return Drawn(tuple(drawn), tuple(own), focus, frozenset(named), names, arm_styles(order))


def frame(
    drawn: Drawn, parts: list[dict[str, Any]], last: int, unit: str, limits: tuple[float, float], numbers: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the option of a chart over months, and what replaces parts of it where it is narrow.

    Parameters
    ----------
    parts : its series
    last : months on the horizontal axis
    unit : of the vertical axis
    limits : of the vertical axis
    numbers : how that is written, such as ``=number``
    """
    low, high = limits
    option: dict[str, Any] = {
        "grid": {
            "left": 52,
            "right": room([drawn.names[a] for a in drawn.arms if a in drawn.named], _NAMES),
            "top": 34,
            "bottom": 26,
        },
        "legend": {
            "show": False,
            "top": 0,
            "left": 0,
            "itemWidth": 22,
            "data": [drawn.names[a] for a in drawn.arms],
        },
        "tooltip": {"trigger": "axis", "formatter": "=tip"},
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": _months(last),
            "axisLabel": {"interval": _every(last) - 1, "hideOverlap": True},
            "axisTick": {"interval": _every(last) - 1},
            "axisLine": {"onZero": False},
        },
        "yAxis": {
            "type": "value",
            "name": unit,
            "nameTextStyle": {"align": "left"},
            "nameGap": 14,
            "min": low,
            "max": high,
            "axisLabel": {"formatter": numbers, "showMaxLabel": False, "showMinLabel": low == 0},
        },
        "series": parts,
    }
    quiet = [{"endLabel": {"show": False}} if "endLabel" in part else {} for part in parts]
    rows = -(-len(drawn.arms) // 2)
    narrow = {
        "grid": {"right": 14, "top": 34 + 24 * rows},
        "legend": {"show": True},
        "yAxis": {"nameGap": 12},
        "series": quiet,
    }
    return option, narrow


def arm_line(
    drawn: Drawn, arm: str, months: F8, values: F8, tips: Sequence[str], last: int
) -> dict[str, Any]:
    """Return the line of an arm, named at its right end, with a marker now and then and words a month.

    Parameters
    ----------
    months, values, tips : of the line, beside each other
    last : months on the horizontal axis
    """
    style, strong = drawn.styles[arm], arm in drawn.named
    plain = is_rival(arm) or arm == BASELINE
    every = max(1, last // _MARKS)
    points: list[Any] = list(at(months, values, last))
    for month, tip in zip(months, tips, strict=True):
        place = int(month)
        points[place] = {"value": points[place], "tip": tip}
        if strong and not plain and place % every == every // 2:
            points[place] |= {**symbol(style), "symbolSize": 7}
    return {
        "id": arm,
        "type": "line",
        "name": drawn.names[arm],
        "data": points,
        "symbol": "none",
        "showAllSymbol": True,
        "itemStyle": {"color": style.colour} if arm == BASELINE else fill(style),
        "lineStyle": {
            "color": style.colour,
            "width": (1.8 if plain else 2.4) if strong else 1.1,
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


def band(
    name: str, months: F8, low: F8, high: F8, colour: str, opacity: float, last: int
) -> list[dict[str, Any]]:
    """Return two stacked lines that nobody sees: the lower end, and the band upon it.

    Parameters
    ----------
    name : of the band, unique in its chart
    months, low, high : beside each other
    last : months on the horizontal axis
    """
    common = {
        "type": "line",
        "stack": name,
        # whatever lies below zero, the band stands upon its lower end
        "stackStrategy": "all",
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "lineStyle": {"opacity": 0},
        "emphasis": {"disabled": True},
        "z": 1,
    }
    return [
        {**common, "id": f"{name}-low", "data": at(months, low, last)},
        {
            **common,
            "id": f"{name}-band",
            "data": at(months, high - low, last),
            "areaStyle": {"color": colour, "opacity": opacity},
        },
    ]


def at(months: F8, values: F8, last: int) -> list[float | str]:
    """Return one entry a month, ``-`` where there is none."""
    found: list[float | str] = ["-"] * last
    for month, value in zip(months, values, strict=True):
        if np.isfinite(value):
            found[int(month)] = float(f"{value:.5g}")
    return found


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
