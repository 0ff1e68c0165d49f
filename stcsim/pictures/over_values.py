"""What arms do at each value of something that is varied: where lines cross, the order turns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stcsim.analysis.over_values import ValueEffects
from stcsim.pictures.axis import spread
from stcsim.pictures.measure import fit
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import BASELINE, GREY, INK, PALE, arm_styles, canvas, dark, drawing
from stcsim.pictures.words import capital, percent, signed, tick

_WIDTH, _HEIGHT = 720.0, 400.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 74.0, 210.0, 18.0, 58.0


def over_values_picture(
    found: ValueEffects, outcome: str, unit: str, what: str, labels: Mapping[str, str]
) -> Picture:
    """Draw a line an arm, its intervals at each value.

    Parameters
    ----------
    outcome, unit : in words
    what : the input in words
    labels : names of arms for people
    """
    label = {arm: labels.get(arm, arm) for arm in (BASELINE, *found.arms)}
    styles = arm_styles(found.arms)
    places = np.arange(len(found.values), dtype=np.float64)
    words = tick if found.relative else signed
    with drawing():
        figure, axes = canvas(_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM)
        every = np.concatenate([found.low.ravel(), found.high.ravel(), found.effect.ravel(), [0.0]])
        every = every[np.isfinite(every)]
        pad = 0.07 * float(np.ptp(every)) or 1.0
        axes.set_ylim(float(every.min()) - pad, float(every.max()) + pad)
        axes.set_xlim(-0.4, len(places) - 0.6)
        axes.set_xticks(places, [fit(v, (_WIDTH - _LEFT - _RIGHT) / len(places) - 4) for v in found.values])
        axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: words(y)))
        axes.grid(axis="y", color=PALE, linewidth=0.7)
        axes.axhline(0, color=INK, linewidth=1)
        axes.set_xlabel(fit(what, _WIDTH - _LEFT - _RIGHT), labelpad=6)
        head = f"{capital(outcome)}, {'change' if found.relative else unit}"
        axes.set_ylabel(fit(head, _HEIGHT - _TOP - _BOTTOM), labelpad=6)
        count = len(found.arms)
        for i, arm in enumerate(found.arms):
            style = styles[arm]
            at = places + 0.16 * ((i + 0.5) / count - 0.5)
            axes.vlines(at, found.low[i], found.high[i], color=style.colour, linewidth=1.2, alpha=0.7)
            (line,) = axes.plot(
                at,
                found.effect[i],
                color=style.colour,
                marker=style.marker,
                markerfacecolor=style.face,
                markersize=6,
                linewidth=1.4,
            )
            if style.dashes:
                line.set_dashes(style.dashes)
        _names(axes, found, label)
    panel = Panel(figure, "", each_in_words(found, label))
    return Picture("values", finding(found, outcome, what, label), what_lines_are(found), (panel,))


def what_lines_are(found: ValueEffects) -> str:
    """Say what lines and intervals are."""
    return (
        f"Paired difference to the baseline{' in percent of it' if found.relative else ''}, mean over "
        "everything else that is varied; upright: 95% interval over replications."
    )


def each_in_words(found: ValueEffects, label: Mapping[str, str]) -> str:
    """Return what every arm does at every value in a line."""
    words = tick if found.relative else signed
    text = "; ".join(
        f"{label[a]}: "
        + ", ".join(f"{v} {words(float(x))}" for v, x in zip(found.values, found.effect[i], strict=True))
        for i, a in enumerate(found.arms)
    )
    return f"{text}."


def finding(found: ValueEffects, outcome: str, what: str, label: Mapping[str, str]) -> str:
    """Say which arm is best where, or how far the effect of the only arm moves."""
    known = [(v, b) for v, b in zip(found.values, found.best, strict=True) if b]
    if not known:
        return f"{capital(outcome)} by {what}"
    if not found.turns:
        best = known[0][1]
        return f"{capital(outcome)}: {label[best]} is best at every value of {what}"
    if len(found.arms) == 1 and found.relative:
        ends = [percent(float(found.effect[0][i])) for i in (0, -1)]
        return f"{capital(outcome)}: {label[found.arms[0]]} from {ends[0]} to {ends[1]} over {what}"
    parts: list[tuple[str, list[str]]] = []
    for value, best in known:
        if parts and parts[-1][0] == best:
            parts[-1][1].append(value)
        else:
            parts.append((best, [value]))
    said = [f"{label[best]} at {v[0] if len(v) == 1 else f'{v[0]} to {v[-1]}'}" for best, v in parts[:4]]
    more = "" if len(parts) <= 4 else ", and so on"
    return f"{capital(outcome)}: the best arm turns with {what}: {', '.join(said)}{more}"


def _names(axes: Axes, found: ValueEffects, label: Mapping[str, str]) -> None:
    """Name the lines at their right ends, apart from each other."""
    low, high = axes.get_ylim()
    room = _HEIGHT - _TOP - _BOTTOM
    last = [float(found.effect[i][-1]) for i in range(len(found.arms))]
    order = [i for i in np.argsort(last) if np.isfinite(last[i])]
    at = [(last[i] - low) / (high - low) * room for i in order]
    styles = arm_styles(found.arms)
    for i, place in zip(order, spread(at, 14.0, (0.0, room)), strict=True):
        axes.annotate(
            fit(label[found.arms[i]], _RIGHT - 16),
            (1, place / room),
            (10, 0),
            "axes fraction",
            "offset points",
            va="center",
            color=dark(styles[found.arms[i]].colour) if np.isfinite(last[i]) else GREY,
        )
