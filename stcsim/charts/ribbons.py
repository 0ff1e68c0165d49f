"""Ribbons from places on the left to places on the right, as wide as what goes that way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stcsim.charts.marks import CARD

_START, _NARROW_START = 26, 40
"""Room in px above all for the words of a place at the left edge that has the whole height."""


def node_of(key: str, name: str, size: str, tip: str, colour: str, column: int, side: str) -> dict[str, Any]:
    """Return a place with its words.

    Parameters
    ----------
    key : unlike that of any other place
    name, size : what stands beside it
    tip : what is said when it is pointed at
    colour : of its bar
    column : from 0
    side : of its bar, on which the words stand: ``left``, ``right``, or ``above`` for one that begins all
    """
    # The size stays with the last word where a line is broken.
    words = f"{name}\u00a0({size})" if size else name
    label: dict[str, Any] = {"formatter": words, "position": side}
    if side == "above":
        label |= {"position": "insideTopLeft", "offset": [0, 2 - _START], "width": 220}
    return {
        "name": key,
        "depth": column,
        "tip": tip,
        "itemStyle": {"color": colour, "borderWidth": 0},
        "label": label,
    }


def link_of(source: str, target: str, value: float, tip: str) -> dict[str, Any]:
    """Return a ribbon.

    Parameters
    ----------
    source, target : keys of places
    value : how wide it is
    tip : what is said when it is pointed at
    """
    return {"source": source, "target": target, "value": value, "tip": tip}


def ribbons_option(
    key: str,
    nodes: Sequence[dict[str, Any]],
    links: Sequence[dict[str, Any]],
    *,
    left: int,
    right: int,
    gap: int,
    width: int,
    towards: str,
) -> dict[str, Any]:
    """Return the option of ribbons between places.

    Parameters
    ----------
    key : name of the series
    nodes : places, in the order in which they stand; each says by `depth` in which column
    links : ribbons
    left, right : room for words beside the places in px
    gap : between places in px
    width : in px at which the words of places are broken
    towards : ``source`` or ``target``: whose colour a ribbon has
    """
    return {
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "series": [
            {
                "id": key,
                "type": "sankey",
                "left": left,
                "right": right,
                "top": _START if _begins(nodes) else 8,
                "bottom": 8,
                "nodeWidth": 12,
                "nodeGap": gap,
                "layoutIterations": 0,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": towards, "opacity": 0.28, "curveness": 0.5},
                "label": {
                    "fontSize": 12,
                    "lineHeight": 14,
                    "width": width,
                    "overflow": "break",
                    # Words that lie on ribbons have the ground of the card around them.
                    "textBorderColor": CARD,
                    "textBorderWidth": 3,
                },
                "data": list(nodes),
                "links": list(links),
            }
        ],
    }


def ribbons_narrow(
    nodes: Sequence[dict[str, Any]], *, left: int, right: int, gap: int, width: int
) -> dict[str, Any]:
    """Return what replaces parts of the option in a narrow window.

    Parameters
    ----------
    nodes, left, right, gap, width : as of `ribbons_option`
    """
    series: dict[str, Any] = {
        "left": left,
        "right": right,
        "nodeWidth": 8,
        "nodeGap": gap,
        "label": {"fontSize": 11, "lineHeight": 12, "width": width},
    }
    if _begins(nodes):
        # Words of places beside it take two lines, and reach above their places.
        series |= {"top": _NARROW_START, "data": [{"label": {"offset": [0, 2 - _NARROW_START]}}]}
    return {"series": [series]}


def _begins(nodes: Sequence[dict[str, Any]]) -> bool:
    """Whether the first place begins all, so that its words stand above it."""
    return "offset" in nodes[0]["label"]
