"""Which assumptions move a result: shares of its variance, with intervals and what may be said of each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS, Finding
from stcsim.analysis.screening import Screening
from stcsim.analysis.set_means import Estimates
from stcsim.analysis.sobol_indices import SobolIndices
from stcsim.draws import F8, I8
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.rows import rows_of, write_beside
from stcsim.pictures.style import GREY, INK, drawing
from stcsim.pictures.words import capital, counted, listed, number

MOST = 20
"""Quantities that are drawn; what is left is counted."""
_BLUE = "#0072b2"
_WORDS = {MATTERS: "matters", CHANGES_NOTHING: "changes no run"}
_RIGHT = 190.0

Namer = Callable[[str], str]
"""From a path to what it is called."""


def screening_picture(found: Screening, target: str, unit: str, name: Namer) -> Picture:
    """Draw the mean change of a target over the whole range of each quantity, the largest squares first.

    Parameters
    ----------
    target, unit : what is moved, in words
    name : gives names of quantities
    """
    order = largest_first(found)
    with drawing():
        names = [name(found.paths[i]) for i in order]
        below = f"change of the target over the range of the quantity, {unit}"
        figure, axes = rows_of(names, ends_of(found, order), _signed, below, width=720, right=_RIGHT)
        for row, i in enumerate(order):
            _interval(axes, row, found.effect, int(i), found.findings[i], "o")
            _said(axes, row, found.findings[i])
    text = "; ".join(f"{name(found.paths[i])}: {found.findings[i]}" for i in order)
    return Picture(
        "screening",
        finding_of(found, target, name),
        what_marks_mean(found),
        (Panel(figure, "", f"{text}."),),
    )


def sobol_picture(found: SobolIndices, target: str, name: Namer) -> Picture:
    """Draw the share of the variance that goes with each quantity, alone and in total.

    Parameters
    ----------
    target : whose variance, in words
    name : gives names of quantities
    """
    order = largest_first(found)
    with drawing():
        names = [name(found.paths[i]) for i in order]
        low, high = ends_of(found, order)
        figure, axes = rows_of(
            names,
            (min(low, -0.05), high),
            lambda x: f"{100 * x:.0f}%".replace("-", "−"),
            "share of the variance of the target over assumptions and runs",
            width=720,
            right=_RIGHT,
        )
        for row, i in enumerate(order):
            _interval(axes, row - 0.14, found.first, int(i), found.findings[i], "o")
            _interval(axes, row + 0.18, found.total, int(i), found.findings[i], "s", hollow=True)
            _said(axes, row, found.findings[i])
    text = "; ".join(
        f"{name(found.paths[i])}: alone {100 * found.first.value[i]:.0f}%, in total "
        f"{100 * found.total.value[i]:.0f}%, {found.findings[i]}"
        for i in order
    )
    return Picture(
        "sobol",
        finding_of(found, target, name),
        what_marks_mean(found),
        (Panel(figure, "", f"{text}."),),
    )


def finding_of(found: Screening | SobolIndices, target: str, name: Namer) -> str:
    """Say how many quantities move a target and which two most."""
    weights = found.shares if isinstance(found, Screening) else found.total.value
    return finding(target, [name(p) for p in found.paths], found.findings, weights.tolist())


def what_marks_mean(found: Screening | SobolIndices) -> str:
    """Say what marks and intervals are, how much is noise, and what is not drawn."""
    no_proof = "Grey: may be zero, which is no proof of no effect."
    left = _left_out(found)
    if isinstance(found, Screening):
        return (
            "Mean change over Morris' trajectories with an interval that holds for all quantities at once; "
            f"ordered by the mean square, noise of runs taken out{_noise(found.noise)}. {no_proof}{left}"
        )
    return (
        f"Filled: with this quantity alone. Open square: alone and together with others. Intervals from "
        f"{counted(found.rows, 'row')}, all at once{_noise(found.noise)}. With several together: "
        f"{_percent(found.interactions)}. {no_proof}{left}"
    )


def finding(target: str, names: list[str], findings: tuple[Finding, ...], shares: list[float]) -> str:
    """Say how many quantities matter and which two most."""
    matter = [i for i, said in enumerate(findings) if said == MATTERS]
    if not matter:
        return f"{capital(target)}: none of {len(names)} assumptions can be shown to matter"
    most = sorted(matter, key=lambda i: -shares[i])[:2]
    them = listed([names[i] for i in most])
    verb = "matters" if len(matter) == 1 else "matter"
    head = f"{capital(target)}: {len(matter)} of {len(names)} assumptions {verb}"
    return f"{head}, {them}" if len(matter) <= 2 else f"{head}, most {them}"


def largest_first(found: Screening | SobolIndices) -> I8:
    """Return the places of the quantities that are drawn, the largest first."""
    size = found.square.value if isinstance(found, Screening) else found.total.value
    order = np.argsort(-np.nan_to_num(size, nan=-math.inf), kind="stable")
    moving = np.array([i for i in order if found.findings[i] != CHANGES_NOTHING], dtype=np.int64)
    return moving[:MOST] if len(moving) else np.asarray(order[:1], dtype=np.int64)


def ends_of(found: Screening | SobolIndices, order: I8) -> tuple[float, float]:
    """Return how far the axis reaches: to the ends of all intervals, of shares no farther than anybody asks.

    Parameters
    ----------
    order : places of the quantities that are drawn
    """
    if isinstance(found, SobolIndices):
        shares = _finite([found.first, found.total], order)
        return max(float(shares.min()), -0.5), min(max(1.0, float(shares.max())), 1.5)
    changes = _finite([found.effect], order)
    low, high = float(changes.min()), float(changes.max())
    pad = 0.06 * (high - low) or 1.0
    return low - pad, high + pad


def _finite(found: Sequence[Estimates], order: I8) -> F8:
    every = np.concatenate([x[order] for e in found for x in (e.low, e.high, e.value)] + [np.zeros(1)])
    return every[np.isfinite(every)]


def finding_words(said: Finding) -> str:
    """Return what is said of one quantity."""
    return _WORDS.get(said, "may be zero")


def finding_colour(said: Finding) -> str:
    """Return the colour of one quantity."""
    return _BLUE if said == MATTERS else GREY


def _left_out(found: Screening | SobolIndices) -> str:
    """Say which quantities are not drawn."""
    still = found.findings.count(CHANGES_NOTHING)
    small = len(found.paths) - still - MOST
    said = [
        f"{still} more change no run" if still else "",
        f"{small} smaller ones are not drawn" if small > 0 else "",
    ]
    told = " and ".join(s for s in said if s)
    return f" {capital(told)}." if told else ""


def _interval(
    axes: Axes, row: float, found: Estimates, i: int, said: Finding, marker: str, *, hollow: bool = False
) -> None:
    colour = finding_colour(said)
    left, right = axes.get_xlim()
    low, high, value = float(found.low[i]), float(found.high[i]), float(found.value[i])
    if math.isfinite(low) and math.isfinite(high):
        axes.plot((max(low, left), min(high, right)), (row, row), color=colour, linewidth=1.3)
    if math.isfinite(value):
        axes.plot(
            min(max(value, left), right),
            row,
            marker,
            color=colour,
            markerfacecolor="#ffffff" if hollow else colour,
            markersize=5.5,
            clip_on=False,
            zorder=4,
        )


def _said(axes: Axes, row: int, said: Finding) -> None:
    sure = said == MATTERS
    write_beside(axes, row, finding_words(said), _RIGHT, colour=INK if sure else GREY, bold=sure)


def _signed(x: float) -> str:
    return f"+{number(x)}" if x > 0 else number(x)


def _percent(found: Estimates) -> str:
    value, low, high = (float(e[0]) for e in (found.value, found.low, found.high))
    if not math.isfinite(value):
        return "not defined"
    if not math.isfinite(high - low):
        return f"{100 * value:.0f}% (no bounds)".replace("-", "−")
    return f"{100 * value:.0f}% ({100 * low:.0f} to {100 * high:.0f}%)".replace("-", "−")


def _noise(found: Estimates) -> str:
    """Say which share is noise of runs, nothing where one run a point does not tell."""
    if not math.isfinite(float(found.value[0])):
        return "; with one run a point, the noise of runs is in it"
    return f"; noise of runs {_percent(found)}"
