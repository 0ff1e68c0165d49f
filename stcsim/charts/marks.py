"""Marks of arms in words of ECharts: the same colour, marker and line that pictures give them."""

from __future__ import annotations

from typing import Any

from stcsim.pictures.effects import Effect, Interval
from stcsim.pictures.style import GREY, ArmStyle

CARD = "var(--card)"
"""What a hollow mark is filled with: the ground that it stands on."""

_SYMBOLS: dict[str, tuple[str, int]] = {
    "o": ("circle", 0),
    "s": ("rect", 0),
    "^": ("triangle", 0),
    "D": ("diamond", 0),
    "v": ("triangle", 180),
    "P": ("path://M4 0h4v4h4v4H8v4H4V8H0V4h4z", 0),
    "X": ("path://M3 0l3 3 3-3 3 3-3 3 3 3-3 3-3-3-3 3-3-3 3-3-3-3z", 0),
    "h": ("path://M6 0l5.2 3v6L6 12 .8 9V3z", 0),
    "<": ("triangle", 90),
    ">": ("triangle", -90),
    "p": ("path://M6 0l6 4.4L9.7 11.5H2.3L0 4.4z", 0),
}
"""Marker of matplotlib: symbol of ECharts and its turn in degrees, anticlockwise."""


def symbol(style: ArmStyle) -> dict[str, Any]:
    """Return the marker of an arm as entries of a series or a point."""
    return marker(style.marker)


def marker(name: str) -> dict[str, Any]:
    """Return a marker of matplotlib as entries of a series or a point."""
    shape, turn = _SYMBOLS[name]
    return {"symbol": shape, "symbolRotate": turn}


def fill(style: ArmStyle, *, clear: bool = True) -> dict[str, Any]:
    """Return how the marker of an arm is filled: grey where what it tells is unclear, hollow for rivals.

    Parameters
    ----------
    style : of the arm
    clear : whether a direction may be named
    """
    colour = style.colour if clear else GREY
    return {"color": CARD if style.hollow else colour, "borderColor": colour, "borderWidth": 1.5}


def dashes(style: ArmStyle) -> str | list[float]:
    """Return the line of an arm as ECharts wants it."""
    return [float(length) * 1.5 for length in style.dashes] or "solid"


def finite(x: float) -> float | str:
    """Return a number for an option; what is not defined is left out of a line."""
    return x if x == x and abs(x) != float("inf") else "-"


def told(e: Effect, relative: bool, over: str) -> tuple[float, Interval]:
    """Return the difference of an effect with its interval.

    Parameters
    ----------
    relative : as share of the baseline, else in units
    over : ``runs``: mean of paired runs under default assumptions; ``assumptions``: mean over sampled sets
        of them, with the interval that the verdict comes from
    """
    return e.over_worlds(relative) if over == "assumptions" else (e.centre(relative), e.runs(relative))
