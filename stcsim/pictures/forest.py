"""Forest plot: the paired relative differences of every arm, one panel for each headline outcome."""

from __future__ import annotations

import math
from collections.abc import Mapping

from matplotlib.axes import Axes

from stcsim.outcomes.info import unit_words
from stcsim.pictures.axis import name_axis, name_row, name_ticks, span_of
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import across_arms, in_one_line
from stcsim.pictures.leading import leading_finding
from stcsim.pictures.measure import fit, text_width
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import BETTER, GREY, INK, PALE, WORSE, ArmStyle, arm_styles, canvas, drawing
from stcsim.pictures.words import arrow, capital, percent, signed, tick

_WIDTH = 460.0
_LEFT = 152.0
_RIGHT = 122.0


def forest(effects: Effects) -> Picture:
    """Draw the differences to the baseline, in percent of it (in units where the baseline is zero).

    Parameters
    ----------
    effects : comparison; only its headline outcomes are drawn, rivals below their arms
    """
    styles = arm_styles(effects.drawn)
    with drawing():
        panels = tuple(_panel(effects, outcome, styles) for outcome in effects.headline)
    marks = (
        "Mark: mean of paired runs under default assumptions. "
        "Thick line: its 95% interval; none where the baseline varies too much for one in percent."
    )
    if effects.worlds:
        marks += (
            " It holds for all arms and headlines at once."
            f" Thin line: 95% of expected differences over {effects.worlds} sampled sets of assumptions. "
            "The word comes from neither, but from the interval of the mean over assumptions, given in the "
            "report's table of words and numbers."
        )
    else:
        marks += (
            " Assumptions were not varied: the word comes from this interval, which beside clearly holds for "
            "all arms and headlines at once and has caps at its ends, and elsewhere stands alone."
        )
    if effects.rivals:
        marks += " Hollow mark, dotted line: the same money spent on staff."
    marks += " Grey: unclear. An arrow at the edge: goes on beyond the picture."
    return Picture("forest", leading_finding(effects), marks, panels)


def _panel(effects: Effects, outcome: str, styles: Mapping[str, ArmStyle]) -> Panel:
    info = effects.info(outcome)
    rows = list(effects.own)
    rivals = {arm: rival for arm in rows if (rival := effects.rival(arm)) is not None}
    shown = [effects.get(arm, outcome) for arm in (*rows, *rivals.values())]
    relative = effects.relative(outcome)
    pitch = 46.0 if rivals else 32.0
    height = pitch * len(rows) + 58
    figure, axes = canvas(_WIDTH, height, _LEFT, _RIGHT, 10, 48)
    low, high, limit = span_of([_ends(e, relative) for e in shown], [e.clear for e in shown])
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    name_ticks(axes, tick if relative else signed)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.axvline(0, color=INK, linewidth=1)
    for i, arm in enumerate(rows):
        if i % 2:
            axes.axhspan(i - 0.5, i + 0.5, color="#f5f7f9", zorder=-2, linewidth=0)
        rival = rivals.get(arm)
        _row(axes, effects.get(arm, outcome), i - (0.17 if rival else 0), styles[arm], relative, limit)
        name_row(axes, effects.label(arm), i, _LEFT, 8 if rival else 0)
        if rival:
            _row(axes, effects.get(rival, outcome), i + 0.27, styles[rival], relative, limit)
            axes.annotate(
                "same money on staff",
                (0, i),
                (14 - _LEFT, -12.5),
                ("axes fraction", "data"),
                "offset points",
                va="center",
                color=GREY,
                fontsize=10,
            )
    _foot(axes, info.better, relative, unit_words(info.unit))
    text = "; ".join(in_one_line(effects, e) for e in shown)
    return Panel(figure, across_arms(effects, outcome), f"{capital(info.label)}: {text}.")


def _ends(e: Effect, relative: bool) -> list[float]:
    return [x for x in (e.centre(relative), *e.runs(relative), *e.assumptions(relative)) if math.isfinite(x)]


def _row(axes: Axes, e: Effect, y: float, style: ArmStyle, relative: bool, limit: float) -> None:
    left, right = axes.get_xlim()
    colour = style.colour if e.clear else GREY
    for (low, high), width, solid in ((e.assumptions(relative), 1.1, False), (e.runs(relative), 4.0, True)):
        if not (math.isfinite(low) and math.isfinite(high)):
            continue
        ends = max(low, left), min(high, right)
        (line,) = axes.plot(
            ends, (y, y), color=colour, linewidth=width, solid_capstyle="butt", zorder=3 if solid else 2
        )
        if style.hollow:
            line.set_dashes((1, 0.7) if solid else (2, 2))
            line.set_linewidth(0.6 * width if solid else width)
        if solid:
            line.set_alpha(0.55)
        for end, edge, sign in ((low, left, "<"), (high, right, ">")):
            if (end < edge) if sign == "<" else (end > edge):
                axes.plot(edge, y, sign, color=colour, markersize=5, clip_on=False, zorder=4)
            elif not solid or e.capped:
                axes.plot((end, end), (y - 0.09, y + 0.09), color=colour, linewidth=1.1, zorder=2)
    centre = e.centre(relative)
    if math.isfinite(centre) and abs(centre) <= limit * (1 + 1e-9):
        axes.plot(
            centre,
            y,
            style.marker,
            color=colour,
            markerfacecolor="#ffffff" if style.hollow else colour,
            markeredgecolor=colour,
            markersize=5.5 if style.hollow else 7,
            zorder=5,
        )
    elif math.isfinite(centre):
        edge, sign = (left, "<") if centre < 0 else (right, ">")
        axes.plot(edge, y, sign, color=colour, markersize=8, clip_on=False, zorder=5)
    _value(axes, e, y, relative, small=style.hollow)


def _value(axes: Axes, e: Effect, y: float, relative: bool, *, small: bool) -> None:
    """Write the difference and the verdict at the right end of the row."""
    centre = e.centre(relative)
    size = 10.0 if small else 11.0
    value = percent(centre) if relative else signed(centre)
    tint = {"better": BETTER, "worse": WORSE}.get(e.judged, INK) if e.clear else GREY
    mark = f"{arrow(centre)} {e.verdict}" if e.clear else e.verdict
    frame = ("axes fraction", "data")
    axes.annotate(
        fit(value, 52, size, bold=not small),
        (1, y),
        (54, 0),
        frame,
        "offset points",
        va="center",
        ha="right",
        color=tint,
        fontsize=size,
        fontweight="normal" if small else "bold",
    )
    axes.annotate(mark, (1, y), (58, 0), frame, "offset points", va="center", color=tint, fontsize=9.5)


def _foot(axes: Axes, better: str, relative: bool, unit: str) -> None:
    """Say below the axis what it measures and which direction is better."""
    words = (
        "difference to the baseline, in percent of it" if relative else f"difference to the baseline, {unit}"
    )
    name_axis(axes, words, _WIDTH - _LEFT - 20, 30)
    if better == "none":
        return
    left, right = axes.get_xlim()
    sign = -1 if better == "lower" else 1
    room = (abs(left) if sign < 0 else abs(right)) / (right - left) * (_WIDTH - _LEFT - _RIGHT)
    word = "◂ better" if sign < 0 else "better ▸"
    if room < text_width(word, 10) + 6:
        return
    axes.annotate(
        word,
        (0, 0),
        (sign * 5, -42),
        ("data", "axes fraction"),
        "offset points",
        ha="right" if sign < 0 else "left",
        va="center",
        color=BETTER,
        fontsize=10,
    )
