"""Effect against cost over assumptions: which arms no other one beats in both, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stcsim.analysis.pareto import Front
from stcsim.pictures.axis import Box, name_ticks, place_label
from stcsim.pictures.measure import fit, text_width
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.ranking import share_words
from stcsim.pictures.style import BASELINE, GREY, INK, PALE, arm_styles, canvas, dark, drawing, is_rival
from stcsim.pictures.words import capital, listed, number, signed

_WIDTH, _HEIGHT = 720.0, 460.0
_MARGINS = (84.0, 24.0, 20.0, 54.0)
WHAT_CROSSES_ARE = (
    "Cross: 95% intervals of the mean over sampled assumptions, of the gain over the baseline and of the "
    "extra cost. Line: the front; hollow and grey: beaten in both by another arm. Beside a name: the "
    "chance to be on the front."
)


def pareto_picture(found: Front, effect: str, unit: str, cost: str, labels: Mapping[str, str]) -> Picture:
    """Draw every arm as a cross of two intervals, and the front as steps.

    Parameters
    ----------
    effect, unit, cost : names and unit of the two outcomes in words
    labels : names of arms for people
    """
    styles = arm_styles(found.arms)
    with drawing():
        figure, axes = canvas(_WIDTH, _HEIGHT, *_MARGINS)
        _limits(axes, found)
        axes.grid(color=PALE, linewidth=0.7)
        axes.axhline(0, color=INK, linewidth=1)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_xlabel(fit(cost, 560), labelpad=6)
        axes.set_ylabel(fit(f"{capital(effect)}: gain, {unit} ▲ better", 380), labelpad=6)
        _steps(axes, found)
        for i, arm in enumerate(found.arms):
            style = styles[arm]
            colour = style.colour if found.on[i] else GREY
            for xs, ys in (
                ((found.cost_low[i], found.cost_high[i]), (found.gain[i],) * 2),
                ((found.cost[i],) * 2, (found.gain_low[i], found.gain_high[i])),
            ):
                axes.plot(xs, ys, color=colour, linewidth=1.4, alpha=0.7)
            axes.plot(
                found.cost[i],
                found.gain[i],
                style.marker,
                color=colour,
                markerfacecolor=style.face if found.on[i] else "#ffffff",
                markersize=8,
                zorder=5,
            )
        _names(axes, found, labels)
    panel = Panel(figure, "", each_in_words(found, labels))
    return Picture("pareto", finding(found, labels), WHAT_CROSSES_ARE, (panel,))


def each_in_words(found: Front, labels: Mapping[str, str]) -> str:
    """Return gain, cost and chance of every arm in a line."""
    text = "; ".join(
        f"{labels.get(a, a)}: gain {number(float(found.gain[i]))}, cost {signed(float(found.cost[i]))}, "
        f"on the front {share_words(float(found.chance[i])) or '0%'}"
        for i, a in enumerate(found.arms)
    )
    return f"{text}."


def finding(found: Front, labels: Mapping[str, str]) -> str:
    """Say which arms are on the front, cheapest first."""
    order = np.argsort(found.cost, kind="stable")
    on = [
        labels.get(found.arms[i], found.arms[i]) for i in order if found.on[i] and found.arms[i] != BASELINE
    ]
    if not on:
        return "No arm gains anything for its cost: doing nothing is the whole front"
    n = len(found.arms) - 1
    if len(on) == n:
        return f"All {n} arms are on the front: each gains more for more money"
    return f"{len(on)} of {n} arms {'is' if len(on) == 1 else 'are'} not beaten in both: {listed(on, 5)}"


def _limits(axes: Axes, found: Front) -> None:
    for values, limit in (
        ((found.cost_low, found.cost_high), axes.set_xlim),
        ((found.gain_low, found.gain_high), axes.set_ylim),
    ):
        every = np.concatenate([*values, [0.0]])
        every = every[np.isfinite(every)]
        low, high = float(every.min()), float(every.max())
        pad = 0.08 * (high - low) or 1.0
        limit(low - pad, high + pad)
    name_ticks(axes, signed)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: signed(y)))


def _steps(axes: Axes, found: Front) -> None:
    """Draw the best gain that each cost can have."""
    on = np.flatnonzero(found.on)
    on = on[np.argsort(found.cost[on], kind="stable")]
    if not len(on):
        return
    right = axes.get_xlim()[1]
    axes.step(
        [*found.cost[on], right],
        [*found.gain[on], found.gain[on][-1]],
        where="post",
        color=INK,
        linewidth=1.2,
        zorder=1,
        dashes=(4, 2),
    )


def _names(axes: Axes, found: Front, labels: Mapping[str, str]) -> None:
    left, _, top, bottom = _MARGINS
    page: Box = (left, bottom, _WIDTH - 4, _HEIGHT - top + 12)
    spots = {
        arm: tuple(axes.transData.transform((found.cost[i], found.gain[i])))
        for i, arm in enumerate(found.arms)
    }
    marks: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots.values()]
    styles = arm_styles(found.arms)
    order = sorted(range(len(found.arms)), key=lambda i: -float(found.chance[i]))
    for i in order:
        arm = found.arms[i]
        if is_rival(arm) and not found.on[i]:
            continue
        text = f"{fit(labels.get(arm, arm), 190)} {share_words(float(found.chance[i]))}".strip()
        x, y = spots[arm]
        box = place_label((x, y), text_width(text), 11.0, marks, [], page)
        marks.append(box)
        axes.annotate(
            text,
            (box[0] + 2, (box[1] + box[3]) / 2),
            xycoords="figure pixels",
            va="center",
            color=dark(styles[arm].colour) if found.on[i] else GREY,
            bbox={"facecolor": "#ffffff", "alpha": 0.75, "edgecolor": "none", "pad": 0.6},
            zorder=6,
        )
