"""Boxes of assumptions in which something holds more often: their ranges, and how often it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.patches import Rectangle

from stcsim.analysis.discovery import Box, Discovery
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.rows import rows_of, write_beside
from stcsim.pictures.style import GREY, PALE, drawing
from stcsim.pictures.words import capital, counted, number

_BLUE = "#2f6690"
_RIGHT = 150.0


def discovery_picture(
    found: Discovery,
    what: str,
    ranges: Mapping[str, tuple[float, float]],
    name: Callable[[str], str],
) -> Picture | None:
    """Draw a panel a box, a row an input: its range within the whole one; None where no box was confirmed.

    Parameters
    ----------
    what : holds in a box, such as ``the order turns``
    ranges : ends of each numeric input over all points
    name : gives names of inputs
    """
    if not found.boxes:
        return None
    with drawing():
        panels = tuple(_panel(box, i, ranges, name) for i, box in enumerate(found.boxes))
    return Picture("discovery", finding(found.boxes[0], what, name), what_boxes_are(found), panels)


def finding(box: Box, what: str, name: Callable[[str], str]) -> str:
    """Say how much more often something holds in a box than elsewhere.

    Parameters
    ----------
    what : holds in it, in words
    name : gives names of inputs
    """
    return (
        f"{capital(what)} in {100 * box.density.value:.0f}% of the sets with "
        f"{box.words(name)}, against {100 * box.outside.value:.0f}% elsewhere"
    )


def what_boxes_are(found: Discovery) -> str:
    """Say what is drawn, and which points the shares come from."""
    return (
        "Dark: where the box lies in the range of an assumption. Shares come from points that had no part "
        f"in finding the box; over all points {100 * found.everywhere.value:.0f}%."
    )


def box_words(box: Box, place: int) -> str:
    """Return what a box holds, in a line."""
    inside, outside = box.density, box.outside
    return (
        f"Box {place + 1}: {100 * inside.value:.0f}% inside ({100 * inside.low:.0f} to "
        f"{100 * inside.high:.0f}%), {100 * outside.value:.0f}% outside; holds "
        f"{100 * box.coverage.value:.0f}% of the cases in {100 * box.mass.value:.0f}% of the sets"
    )


def _panel(
    box: Box, place: int, ranges: Mapping[str, tuple[float, float]], name: Callable[[str], str]
) -> Panel:
    rows = list(box.limits)
    names = [name(limit.path) for limit in rows]
    figure, axes = rows_of(
        names,
        (0.0, 1.0),
        lambda x: f"{100 * x:.0f}%",
        "of the range of the assumption",
        width=560,
        right=_RIGHT,
    )
    for row, limit in enumerate(rows):
        axes.add_patch(Rectangle((0, row - 0.22), 1, 0.44, facecolor="#ffffff", edgecolor=PALE))
        if limit.among:
            write_beside(axes, row, " or ".join(limit.among), _RIGHT)
            continue
        low, high = ranges.get(limit.path, (0.0, 1.0))
        size = (high - low) or 1.0
        start = 0.0 if limit.low is None else (limit.low - low) / size
        end = 1.0 if limit.high is None else (limit.high - low) / size
        axes.add_patch(
            Rectangle((start, row - 0.22), max(end - start, 0.006), 0.44, facecolor=_BLUE, edgecolor=GREY)
        )
        ends = [
            number(low if limit.low is None else limit.low),
            number(high if limit.high is None else limit.high),
        ]
        write_beside(axes, row, f"{ends[0]} to {ends[1]}", _RIGHT)
    return Panel(
        figure, box_words(box, place), f"{box.words(name)}. {counted(box.density.count, 'point')} inside."
    )
