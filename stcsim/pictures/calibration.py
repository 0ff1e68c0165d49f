"""The picture of a calibration: what the patterns say of parameters, and how well runs show the patterns."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from stcsim.analysis.calibration import SHOWN, Calibration, ParameterResult, PatternResult
from stcsim.pictures.axis import name_axis, name_row
from stcsim.pictures.measure import fit
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import BETTER, GREY, INK, PALE, canvas, drawing
from stcsim.study.calibration.patterns import PATTERNS
from stcsim.study.calibration.prior import free_place

MOST_DRAWN = 14
"""Parameters that are drawn, those that contract most first."""
_WIDTH = 560.0
_LEFT = 230.0
_RIGHT = 96.0
_PITCH = 27.0
_FAR = 6.0
"""Errors of an observation beyond which a pattern gets an arrow at the edge."""


def calibration_picture(found: Calibration) -> Picture:
    """Draw the parameters that contract most, and every pattern against what was observed."""
    shown = found.parameters[:MOST_DRAWN]
    told = [p for p in found.patterns if p.role != "undefined"]
    number, free = len(found.identified), len(found.parameters)
    held = [p for p in told if p.role == "held out"]
    right = sum(p.words == SHOWN for p in held)
    title = (
        f"{number} of {free} parameters {'is' if number == 1 else 'are'} identified by these patterns; "
        f"{right} of {len(held)} patterns held out are shown"
    )
    marks = (
        "Left: pale line, range of the prior; thick line and mark, 90% of the posterior and its median; "
        "stroke, default. Grey: not identified, the range is kept. "
        "Right: distance to what was observed, in its standard errors. Thin line: 90% of the points of the "
        "prior; thick line: of the posterior; band: 90% of where the observed value may lie."
    )
    with drawing():
        panels = (_parameters(shown), _patterns(told))
    return Picture("calibration", title, marks, panels)


def _parameters(shown: Sequence[ParameterResult]) -> Panel:
    figure, axes = canvas(_WIDTH, _PITCH * len(shown) + 54, _LEFT, _RIGHT, 8, 42)
    axes.set_xlim(0, 1)
    _rows(axes, len(shown))
    axes.set_xticks([0, 0.5, 1], ["lowest", "middle", "highest"])
    for row, p in enumerate(shown):
        axes.plot((0, 1), (row, row), color=PALE, linewidth=5, solid_capstyle="butt", zorder=1)
        colour = INK if p.identified else GREY
        if p.identified:
            low, middle, high = (free_place(p.path, x) for x in (p.low, p.median, p.high))
            axes.plot((low, high), (row, row), color=colour, linewidth=4, solid_capstyle="butt", zorder=3)
            axes.plot(middle, row, "o", color=colour, markersize=7, zorder=4)
        axes.plot(free_place(p.path, p.default), row, "|", color=GREY, markersize=13, zorder=5)
        name_row(axes, p.path.removeprefix("parameters."), row, _LEFT)
        words = f"{p.contraction:.0%} narrower" if p.identified else "not identified"
        _note(axes, words, row, colour)
    name_axis(axes, "place in the range of the prior", _WIDTH - 16, 32)
    text = "; ".join(f"{p.path} {p.words}" for p in shown)
    return Panel(figure, "Parameters", f"{text}.")


def _patterns(told: Sequence[PatternResult]) -> Panel:
    figure, axes = canvas(_WIDTH, _PITCH * len(told) + 54, _LEFT, _RIGHT, 8, 42)
    axes.set_xlim(-_FAR, _FAR)
    _rows(axes, len(told))
    axes.axvspan(-1.645, 1.645, color="#e9eef3", zorder=0, linewidth=0)
    axes.axvline(0, color=INK, linewidth=1, zorder=1)
    for row, p in enumerate(told):
        colour = BETTER if p.words == SHOWN else INK
        for ends, width in (((p.prior_low, p.prior_high), 1.1), ((p.low, p.high), 4.0)):
            low, high = (_distance(p, x) for x in ends)
            axes.plot(
                (max(low, -_FAR), min(high, _FAR)),
                (row, row),
                color=GREY if width < 2 else colour,
                linewidth=width,
                solid_capstyle="butt",
                zorder=3,
            )
        middle = _distance(p, p.median)
        sign = "o" if abs(middle) <= _FAR else "<" if middle < 0 else ">"
        axes.plot(
            min(max(middle, -_FAR), _FAR), row, sign, color=colour, markersize=7, zorder=4, clip_on=False
        )
        name_row(axes, p.name.replace("_", " "), row, _LEFT)
        _note(axes, p.role, row, INK if p.role == "fitted" else GREY)
    name_axis(axes, "standard errors from what was observed", _WIDTH - 16, 32)
    text = "; ".join(f"{p.text}: observed {p.observed:g}, runs {p.median:.3g}, {p.words}" for p in told)
    return Panel(figure, "Patterns", f"{text}.")


def _distance(p: PatternResult, value: float) -> float:
    """Return how far a value of a pattern lies from what was observed, in its errors."""
    pattern = PATTERNS[p.name]
    scaled = float(pattern.scaled(np.array([value]))[0])
    return (scaled - pattern.target) / pattern.scaled_error if math.isfinite(scaled) else 0.0


def _rows(axes: Axes, number: int) -> None:
    axes.set_ylim(number - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def _note(axes: Axes, words: str, row: float, colour: str) -> None:
    frame = ("axes fraction", "data")
    text = fit(words, _RIGHT - 12, 10)
    axes.annotate(text, (1, row), (10, 0), frame, "offset points", va="center", color=colour, fontsize=10)
