"""Axes with a named row for each thing that is told: the ground of bars and intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from stcsim.pictures.axis import name_axis, name_row, name_ticks
from stcsim.pictures.measure import fit
from stcsim.pictures.style import INK, PALE, canvas

PITCH = 30.0
"""Height of a row in px."""
_TOP, _BOTTOM = 10.0, 46.0


def rows_of(
    names: Sequence[str],
    ends: tuple[float, float],
    words: Callable[[float], str],
    below: str,
    *,
    width: float = 560.0,
    left: float = 190.0,
    right: float = 96.0,
    top: float = _TOP,
) -> tuple[Figure, Axes]:
    """Return axes with one row a name, the first on top.

    Parameters
    ----------
    ends : of the horizontal axis
    words : what stands at its ticks
    below : what it measures
    width, left, right, top : of the figure and its margins in px
    """
    figure, axes = canvas(width, PITCH * len(names) + top + _BOTTOM, left, right, top, _BOTTOM)
    low, high = ends
    axes.set_xlim(low, high if high > low else low + 1.0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    name_ticks(axes, words)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    if low <= 0 <= high:
        axes.axvline(0, color=INK, linewidth=1)
    for i, name in enumerate(names):
        if i % 2:
            axes.axhspan(i - 0.5, i + 0.5, color="#f5f7f9", zorder=-2, linewidth=0)
        name_row(axes, name, i, left)
    name_axis(axes, below, width - left - 8, 34)
    return figure, axes


def write_beside(
    axes: Axes, row: int, text: str, room: float, *, colour: str = INK, bold: bool = False
) -> None:
    """Write a text behind the right end of a row."""
    axes.annotate(
        fit(text, room - 10, 10.5, bold=bold),
        (1, row),
        (8, 0),
        ("axes fraction", "data"),
        "offset points",
        va="center",
        color=colour,
        fontsize=10.5,
        fontweight="bold" if bold else "normal",
    )
