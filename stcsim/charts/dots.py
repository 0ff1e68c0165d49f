"""Dots: a row each, with a mark for every arm on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stcsim.charts.marks import fill, symbol
from stcsim.charts.names import names_axis, room
from stcsim.charts.rows import Rows
from stcsim.pictures.style import ArmStyle

_FRAME = 82
"""Height in px of what stands above and below the rows."""

Dot = tuple[float, str]
"""Where a mark stands, and what is said when it is pointed at."""


def dots_of(
    names: Sequence[str],
    found: Mapping[str, Sequence[Dot]],
    arms: Mapping[str, str],
    styles: Mapping[str, ArmStyle],
    below: str,
    *,
    form: str = "=number",
    behind: Sequence[dict[str, Any]] = (),
    most: float,
    few: float,
    row: int,
) -> Rows:
    """Return axes with rows of marks, the first on top.

    Parameters
    ----------
    names : of the rows
    found : by arm, a dot a row
    arms : labels by name
    styles : of the arms
    below : what the horizontal axis measures
    form : how its ticks are written, such as ``=share``
    behind : series that are drawn under the marks
    most, few : width in px at which names are broken, and in a narrow window
    row : height of a row in px
    """
    marks = [
        {
            "id": arm,
            "name": label,
            "type": "scatter",
            "symbolSize": 11,
            **symbol(styles[arm]),
            "itemStyle": fill(styles[arm]),
            "data": [{"value": [x, y], "tip": tip} for y, (x, tip) in enumerate(found[arm])],
        }
        for arm, label in arms.items()
    ]
    option: dict[str, Any] = {
        "legend": {"top": 0, "left": 0, "data": list(arms.values()), "selectedMode": False},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "grid": {"left": room(names, most), "right": 22, "top": 34, "bottom": 44},
        "xAxis": {
            "type": "value",
            "min": 0,
            "axisLabel": {"formatter": form, "hideOverlap": True},
            "name": below,
            "nameLocation": "middle",
            "nameGap": 28,
        },
        "yAxis": names_axis(names, most),
        "series": [*behind, *marks],
    }
    narrow = {
        "grid": {"left": room(names, few)},
        "yAxis": {"axisLabel": {"width": few, "fontSize": 11}},
    }
    return Rows(option, narrow, _FRAME + row * max(1, len(names)))
