"""Plane of cost and effect: what each arm costs beyond the baseline and does to the first headline."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from stcsim.outcomes.info import unit_words
from stcsim.pictures.axis import Box, name_ticks, place_label
from stcsim.pictures.effects import Effect, Effects, Interval
from stcsim.pictures.measure import SIZE, fit, text_width
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import GREY, INK, PALE, ArmStyle, arm_styles, canvas, dark, drawing
from stcsim.pictures.words import capital, counted, number, percent, signed, tick

COST = "total_cost"
"""Outcome on the horizontal axis."""
_WIDTH, _HEIGHT = 720.0, 480.0
_MARGINS = (78.0, 24.0, 20.0, 54.0)


def plane(effects: Effects, cost: str = COST) -> Picture | None:
    """Draw every arm as a cross of two intervals over runs; None when the comparison has no cost.

    Parameters
    ----------
    effects : comparison; its first headline that is not the cost is the vertical axis
    cost : name of the outcome on the horizontal axis
    """
    vertical = [o for o in effects.headline if o != cost]
    if cost not in effects.infos or not vertical or not effects.arms:
        return None
    outcome = vertical[0]
    relative = effects.relative(outcome)
    points = plane_points(effects, outcome, cost)
    styles = arm_styles(effects.drawn)
    with drawing():
        figure, axes = canvas(_WIDTH, _HEIGHT, *_MARGINS)
        _frame(axes, effects, outcome, list(points.values()), relative)
        for arm, (x, y) in points.items():
            _cross(axes, x, y, styles[arm], relative)
        _rivals(axes, effects, points, relative)
        _labels(axes, effects, points, relative)
    info = effects.info(outcome)
    text = "; ".join(
        f"{effects.label(arm)}: {signed(x.mean)} {unit_words(effects.info(cost).unit)}, "
        f"{percent(y.share) if relative else signed(y.mean)} {info.label}"
        for arm, (x, y) in points.items()
    )
    return Picture(
        "plane",
        plane_finding(effects, outcome, cost, points),
        _subtitle(effects, cost, relative),
        (Panel(figure, "", text + "."),),
    )


def _subtitle(effects: Effects, cost: str, relative: bool) -> str:
    """Say what the marks mean and which intervals are drawn."""
    text = (
        "Cross: 95% intervals over runs of both differences to the baseline "
        f"({counted(effects.pairs, 'pair')}, default assumptions)"
    )
    if relative:
        text += "; no upright line where the baseline varies too much for bounds in percent"
    if not effects.worlds:
        text += ". One beside clearly holds for all arms and headlines at once, any other stands alone"
    elif cost in effects.headline:
        text += ". They hold for all arms and headlines at once"
    else:
        text += ". The upright ones hold for all arms and headlines at once, those of the cost stand alone"
    text += ". Grey: effect unclear."
    if effects.rivals:
        text += " Hollow mark, dotted line: the same money spent on staff."
    return text


def plane_points(effects: Effects, outcome: str, cost: str = COST) -> dict[str, tuple[Effect, Effect]]:
    """Return the effects of each arm on cost and outcome, as far as both are defined."""
    relative = effects.relative(outcome)
    return {
        arm: (effects.get(arm, cost), effects.get(arm, outcome))
        for arm in effects.arms
        if math.isfinite(effects.get(arm, cost).mean)
        and math.isfinite(effects.get(arm, outcome).centre(relative))
    }


def plane_finding(
    effects: Effects,
    outcome: str,
    cost: str,
    points: Mapping[str, tuple[Effect, Effect]],
    *,
    sampled: bool = False,
) -> str:
    """Say how many arms do better than the same money on staff, or which one does best.

    Parameters
    ----------
    points : of each arm on cost and outcome
    sampled : whether means and intervals are those over sampled sets of assumptions, not those over runs
    """

    def mean(e: Effect) -> float:
        return e.world_mean if sampled and math.isfinite(e.world_mean) else e.mean

    info = effects.info(outcome)
    if info.better == "none":
        return f"{capital(info.label)}: change in each arm beside its cost"
    own = [a for a in effects.own if a in points]
    duels = {a: r for a in own if (r := effects.rival(a)) is not None and r in points}
    sign = 1 if info.better == "higher" else -1
    if duels:
        ahead = [a for a, r in duels.items() if sign * (mean(points[a][1]) - mean(points[r][1])) > 0]
        relative = effects.relative(outcome)
        apart = [a for a in ahead if _separate(points[a][1], points[duels[a]][1], relative, sampled=sampled)]
        if not ahead:
            return f"No arm leaves {info.label} {info.better} than the same money on staff"
        if len(duels) == 1:
            (arm,) = ahead
            said = f"{effects.label(arm)} leaves {info.label} {info.better} than the same money on staff"
            alone = "" if points[arm][1].clear else ", and its effect is unclear"
            return f"{said}; {_touch(bool(apart))}{alone}"
        said = (
            f"On average {len(ahead)} of {len(duels)} arms leave {info.label} {info.better} than the same "
            f"money on staff; the intervals do not touch in {len(apart)} of them"
        )
        unclear = sum(not points[a][1].clear for a in ahead)
        return f"{said}, the effect of {unclear} is unclear" if unclear else said
    useful = [a for a in own if points[a][1].judged == "better"]
    if not useful:
        return f"No arm makes {info.label} {info.better} with any certainty, whatever it costs"
    best = max(useful, key=lambda a: sign * mean(points[a][1]))
    x = mean(points[best][0])
    price = f"costs {number(x)}" if x > 0 else f"saves {number(-x)}"
    return (
        f"{capital(info.label)} {info.better} most with {effects.label(best)}, which {price} "
        f"{unit_words(effects.info(cost).unit)} {'more than' if x > 0 else 'against'} the baseline"
    )


def _touch(apart: bool) -> str:
    return "the intervals do not touch" if apart else "the intervals overlap"


def _separate(one: Effect, other: Effect, relative: bool, *, sampled: bool) -> bool:
    """Whether the intervals drawn do not touch; those in units where one of them has no bounds in percent."""

    def ends(e: Effect, relative: bool) -> Interval:
        return e.over_worlds(relative)[1] if sampled else e.runs(relative)

    relative = relative and all(math.isfinite(end) for e in (one, other) for end in ends(e, True))
    a, b = ends(one, relative), ends(other, relative)
    return a[1] < b[0] or b[1] < a[0]


def _frame(
    axes: Axes, effects: Effects, outcome: str, points: Sequence[tuple[Effect, Effect]], relative: bool
) -> None:
    info = effects.info(outcome)
    xs = [v for x, _ in points for v in (x.mean, *x.runs(False)) if math.isfinite(v)]
    ys = [v for _, y in points for v in (y.centre(relative), *y.runs(relative)) if math.isfinite(v)]
    for values, limit in ((xs, axes.set_xlim), (ys, axes.set_ylim)):
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        pad = 0.08 * (high - low) or 1.0
        limit(low - pad, high + pad)
    name_ticks(axes, signed)
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: tick(y) if relative else signed(y)))
    axes.grid(color=PALE, linewidth=0.7)
    axes.axhline(0, color=INK, linewidth=1)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_xlabel(
        fit("cost beyond the baseline, thousand US dollars over the counted years", 560), labelpad=6
    )
    wanted = {"lower": " ▼ better", "higher": " ▲ better"}.get(info.better, "")
    axes.set_ylabel(
        fit(f"{capital(info.label)}{', change' if relative else f', {unit_words(info.unit)}'}", 330) + wanted,
        labelpad=6,
    )


def _cross(axes: Axes, x: Effect, y: Effect, style: ArmStyle, relative: bool) -> None:
    colour = style.colour if y.clear else GREY
    at = (x.mean, y.centre(relative))
    alpha = 0.45 if style.hollow else 0.8
    width = 0.9 if style.hollow else 1.5
    if all(map(math.isfinite, x.runs(False))):
        axes.plot(x.runs(False), (at[1], at[1]), color=colour, linewidth=width, alpha=alpha)
    if all(map(math.isfinite, y.runs(relative))):
        axes.plot((at[0], at[0]), y.runs(relative), color=colour, linewidth=width, alpha=alpha)
    axes.plot(
        *at,
        style.marker,
        color=colour,
        markerfacecolor="#ffffff" if style.hollow else colour,
        markersize=6 if style.hollow else 8,
        zorder=5,
    )


def _arms(axes: Axes, x: Effect, y: Effect, relative: bool) -> list[Box]:
    """The two lines of a cross as boxes in px."""
    at = (x.mean, y.centre(relative))
    (x0, x1), (y0, y1) = x.runs(False), y.runs(relative)
    boxes = []
    for low, high in (((x0, at[1]), (x1, at[1])), ((at[0], y0), (at[0], y1))):
        if all(map(math.isfinite, (*low, *high))):
            (left, bottom), (right, top) = axes.transData.transform([low, high])
            boxes.append((left - 1, bottom - 1, right + 1, top + 1))
    return boxes


def _rivals(axes: Axes, effects: Effects, points: dict[str, tuple[Effect, Effect]], relative: bool) -> None:
    for arm in effects.own:
        rival = effects.rival(arm)
        if rival is None or arm not in points or rival not in points:
            continue
        (x0, y0), (x1, y1) = points[arm], points[rival]
        (line,) = axes.plot(
            (x0.mean, x1.mean),
            (y0.centre(relative), y1.centre(relative)),
            color=GREY,
            linewidth=1.0,
            zorder=1,
        )
        line.set_dashes((1, 2))


def _labels(axes: Axes, effects: Effects, points: dict[str, tuple[Effect, Effect]], relative: bool) -> None:
    """Name the arms beside their marks, where nothing else stands; rivals are known by their marks."""
    spots = {
        arm: tuple(axes.transData.transform((x.mean, y.centre(relative)))) for arm, (x, y) in points.items()
    }
    left, _, top, bottom = _MARGINS
    page: Box = (left, bottom, _WIDTH - 4, _HEIGHT - top + 12)
    marks: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots.values()]
    lines = [box for x, y in points.values() for box in _arms(axes, x, y, relative)]
    styles = arm_styles(effects.drawn)
    for arm in effects.own:
        if arm not in spots:
            continue
        text = fit(effects.label(arm), 190, SIZE)
        x, y = spots[arm]
        box = place_label((x, y), text_width(text), SIZE, marks, lines, page)
        marks.append(box)
        middle = (box[1] + box[3]) / 2
        near = min(max(x, box[0]), box[2])
        if math.hypot(near - x, middle - y) > 16:
            axes.annotate(
                "",
                (x, y),
                (near, middle if near in (box[0], box[2]) else (box[1] if y < box[1] else box[3])),
                "figure pixels",
                "figure pixels",
                arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.6, "shrinkB": 5, "shrinkA": 1},
            )
        clear = points[arm][1].clear
        axes.annotate(
            text,
            (box[0] + 2, middle),
            xycoords="figure pixels",
            va="center",
            color=dark(styles[arm].colour) if clear else GREY,
            bbox={"facecolor": "#ffffff", "alpha": 0.75, "edgecolor": "none", "pad": 0.6},
            zorder=6,
        )
