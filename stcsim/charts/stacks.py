"""Stacks: a row each, its parts as bars behind one another, its name before them and words behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stcsim.charts.names import names_axis, room
from stcsim.charts.rows import Rows

_FRAME = 52
"""Height of the axis below in px, and of what is left free."""
_NO_KEY, _KEY = 6, 30
"""Room above the rows in px, without and with a line that says what colours mean."""


def stacks_of(
    names: Sequence[str],
    beside: Sequence[str],
    below: str,
    form: str,
    series: Sequence[dict[str, Any]],
    *,
    key: Sequence[str] = (),
    lines: tuple[int, int] = (1, 1),
    most: float,
    few: float,
    row: int,
) -> Rows:
    """Return axes with rows of stacked bars, the first on top.

    Parameters
    ----------
    names, beside : words before and behind the rows
    below : what the horizontal axis measures
    form : how its ticks are written, such as ``=share``
    series : bars
    key : names of the series whose colours are explained above
    lines : that this takes, and takes in a narrow window
    most, few : width in px at which names are broken, and in a narrow window
    row : height of a row in px
    """
    top, narrow_top = (_NO_KEY + (_KEY - _NO_KEY) * n if key else _NO_KEY for n in lines)
    option: dict[str, Any] = {
        "grid": {"left": room(names, most), "right": room(beside, most), "top": top, "bottom": 44},
        "legend": {
            "show": bool(key),
            "top": 0,
            "left": 0,
            "itemWidth": 14,
            "itemHeight": 10,
            "data": list(key),
        },
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": 0,
            "name": below,
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": {"formatter": form, "hideOverlap": True},
            "splitNumber": 4,
        },
        "yAxis": [names_axis(names, most), names_axis(beside, most, right=True)],
        "series": list(series),
    }
    narrow = {
        "grid": {"left": room(names, few), "top": narrow_top},
        "yAxis": [{"axisLabel": {"width": few, "fontSize": 11, "lineHeight": 12}}, {}],
        "xAxis": {"splitNumber": 2},
    }
    return Rows(option, narrow, _FRAME + top + row * max(1, len(names)))
