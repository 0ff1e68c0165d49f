"""A table whose cells are the darker, the more they hold: rows down, columns across, words in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

ROW, FRAME = 26, 34
"""Height of a row, and of what stands above and below all, in px."""
TURN = 35
"""Degrees by which long names of columns are turned."""
_DARK = 0.5
_FAINT = 0.04


def cell(
    row: int,
    column: int,
    value: float,
    tone: float,
    words: str,
    tip: str,
    *,
    colour: str = "var(--link)",
    sure: bool = True,
    shown: bool = True,
) -> dict[str, Any]:
    """Return one cell.

    Parameters
    ----------
    row, column : where it stands, from 0
    value : what it holds
    tone : how dark it is, 0 to 1
    words : in it
    tip : what is said when it is pointed at
    colour : of its ground
    sure : whether what it holds may be told from chance; it stays pale where not
    shown : whether its words are shown
    """
    # Middle tones, on which neither dark nor light words can be read, are left out.
    dark = tone if tone < _DARK else 0.76 + 0.24 * (tone - _DARK) / (1 - _DARK)
    opacity = _FAINT + (1 - _FAINT if sure else 0.4) * dark
    return {
        "value": [column, row, float(f"{value:.5g}")],
        "tip": tip,
        "itemStyle": {"color": colour, "opacity": round(opacity, 3)},
        "label": {
            "show": shown,
            "opacity": 1,
            "formatter": words,
            "color": "var(--card)" if sure and tone >= _DARK else "var(--ink)",
        },
    }


def heat_option(
    cells: Sequence[dict[str, Any]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    turned: bool = False,
    beside: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the option of a table of cells.

    Parameters
    ----------
    cells : see `cell`
    rows, columns : names, the first on top and on the left
    turned : whether names of columns are long for their columns: all of them stand, turned
    beside : texts on the right of rows
    """
    bare: dict[str, Any] = {"type": "category", "axisTick": {"show": False}, "axisLine": {"show": False}}
    across: dict[str, Any] = {"hideOverlap": True}
    if turned:
        across = {"interval": 0, "rotate": TURN, "fontSize": 11}
    names: dict[str, Any] = {
        **bare,
        "inverse": True,
        "data": list(rows),
        "axisLabel": {"width": 230, "overflow": "truncate", "interval": 0},
    }
    right = {**bare, "inverse": True, "position": "right", "data": list(beside), "axisLabel": {"interval": 0}}
    return {
        "grid": {"left": 8, "right": 8, "top": 4, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {**bare, "position": "top", "data": list(columns), "axisLabel": across},
        "yAxis": [names, right] if beside else names,
        "series": [
            {
                "id": "cells",
                "type": "heatmap",
                "data": list(cells),
                "itemStyle": {"borderColor": "var(--card)", "borderWidth": 2},
                "label": {"fontSize": 11},
                "emphasis": {"disabled": True},
            }
        ],
    }


def heat_narrow(
    cells: Sequence[dict[str, Any]],
    *,
    quiet: bool,
    columns: Sequence[str] = (),
    upright: bool = False,
    beside: bool = False,
) -> dict[str, Any]:
    """Return what replaces parts of the option in a narrow window.

    Parameters
    ----------
    cells : see `cell`
    quiet : whether words in cells have no room
    columns : shorter names, where there are some
    upright : whether names of columns stand nearly upright
    beside : whether texts stand on the right of rows
    """
    series: dict[str, Any] = {"itemStyle": {"borderWidth": 1}}
    if quiet:
        series["data"] = [{"label": {"show": False}} for _ in cells]
    names = {"axisLabel": {"width": 124, "overflow": "break", "fontSize": 11, "lineHeight": 12}}
    found: dict[str, Any] = {
        "grid": {"left": 2, "right": 2},
        "yAxis": [names, {"axisLabel": {"fontSize": 11}}] if beside else names,
        "series": [series],
    }
    if columns:
        found["xAxis"] = {"data": list(columns)}
    if upright:
        found["xAxis"] = {"axisLabel": {"rotate": 60, "fontSize": 11}}
    return found


def height_of(rows: int) -> int:
    """Return the height of so many rows in px."""
    return FRAME + ROW * max(1, rows)
