"""Rows with a name each: the ground of bars, intervals and ranges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ROW, FRAME = 34, 54
"""Height of a row, and of what stands above and below all, in px."""
_HIDDEN = {"show": False}


@dataclass(frozen=True)
class Rows:
    """What a chart of rows is made from.

    Parameters
    ----------
    option, narrow, height : as in `stcsim.charts.Chart`
    """

    option: dict[str, Any]
    narrow: dict[str, Any]
    height: int


def rows_of(
    names: Sequence[str],
    beside: Sequence[str],
    ends: tuple[float, float],
    below: str,
    form: str,
    series: Sequence[dict[str, Any]],
    *,
    short: str = "",
    few: Sequence[str] = (),
    left: int = 200,
    right: int = 150,
    row: int = ROW,
) -> Rows:
    """Return axes with a name before each row and words behind it, the first on top.

    Parameters
    ----------
    names, beside : words before and behind the rows
    ends : of the horizontal axis
    below : what it measures
    short, few : the same, and words behind the rows, where there is little room
    form : how its ticks are written, such as ``=share``
    series : marks; their second coordinate is the number of the row
    left, right : room of the words in px
    row : height of a row in px
    """
    label = {"overflow": "break", "lineHeight": 14, "interval": 0}
    bare = {"type": "category", "inverse": True, "axisTick": _HIDDEN, "axisLine": _HIDDEN}
    option: dict[str, Any] = {
        "grid": {"left": 8, "right": 8, "top": 6, "bottom": 28, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": ends[0],
            "max": ends[1],
            "name": below,
            "nameLocation": "middle",
            "nameGap": 26,
            "splitNumber": 5,
            "axisLabel": {"formatter": form, "hideOverlap": True},
        },
        "yAxis": [
            {**bare, "data": list(names), "axisLabel": {**label, "width": left}},
            {**bare, "data": list(beside), "position": "right", "axisLabel": {**label, "width": right}},
        ],
        "series": list(series),
    }
    narrow = {
        "grid": {"left": 2, "right": 6},
        "xAxis": {"splitNumber": 2, "name": short or below},
        "yAxis": [
            {"axisLabel": {"width": 118}},
            {"data": list(few or beside), "axisLabel": {"width": 70, "fontSize": 11}},
        ],
    }
    return Rows(option, narrow, FRAME + row * max(1, len(names)))


def between_rows(option: dict[str, Any], rows: int) -> dict[str, Any]:
    """Return an option whose marks may stand between rows, which names cannot say: a hidden axis of numbers.

    Parameters
    ----------
    option : with vertical axes of names
    rows : how many there are; their numbers count from 0
    """
    axes = option["yAxis"] if isinstance(option["yAxis"], list) else [option["yAxis"]]
    numbers = {"type": "value", "inverse": True, "min": -0.5, "max": rows - 0.5, "show": False}
    return {
        **option,
        "yAxis": [*axes, numbers],
        "series": [{**one, "yAxisIndex": len(axes)} for one in option["series"]],
    }


def interval(
    key: str, row: float, low: float, high: float, colour: str, ends: tuple[float, float], width: float = 2.0
) -> list[dict[str, Any]]:
    """Return the line of an interval, cut at the ends of the axis; nothing where it has no ends.

    Parameters
    ----------
    key : unlike that of any other series
    row : where it stands
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return []
    return [
        {
            "id": key,
            "type": "line",
            "data": [[min(max(x, ends[0]), ends[1]), row] for x in (low, high)],
            "lineStyle": {"color": colour, "width": width},
            "symbol": "none",
            "silent": True,
            "tooltip": _HIDDEN,
            "z": 3,
        }
    ]


def points(
    key: str, found: Sequence[dict[str, Any]], *, size: int = 10, zero: bool = False
) -> dict[str, Any]:
    """Return marks, and a line at 0 where that is asked for."""
    line = {
        "silent": True,
        "symbol": "none",
        "label": _HIDDEN,
        "lineStyle": {"type": "solid", "width": 1.2},
        "data": [{"xAxis": 0}],
    }
    return {
        "id": key,
        "type": "scatter",
        "symbolSize": size,
        "data": list(found),
        "z": 5,
        **({"markLine": line} if zero else {}),
    }
