"""What happened beside what an agency's own statistics would show: the two can move apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from matplotlib.axes import Axes

from stcsim.pictures.axis import name_row, name_ticks, span_of
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.measure import fit
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import GREY, INK, PALE, ArmStyle, arm_styles, canvas, dark, drawing
from stcsim.pictures.words import capital, percent, tick

PAIRS: tuple[tuple[str, str], ...] = (
    ("detection_share", "stat_seizures"),
    ("captured_capacity", "stat_people_trained"),
    ("frontline_within_90", "stat_items_shared"),
    ("convictions", "stat_cases"),
)
"""Outcomes as they are, and the statistic that is often read as telling them."""
_WIDTH, _LEFT, _RIGHT = 460.0, 152.0, 128.0


def truth_and_statistics(effects: Effects, pairs: Sequence[tuple[str, str]] = PAIRS) -> Picture | None:
    """Draw the relative change of each arm in what happened and in the statistic; None without any such pair.

    Parameters
    ----------
    effects : comparison
    pairs : names of outcomes, what happened first
    """
    known = known_pairs(effects, pairs)
    if not known:
        return None
    styles = arm_styles(effects.drawn)
    with drawing():
        panels = tuple(_panel(effects, *pair, styles) for pair in known)
    subtitle = (
        "Mean difference to the baseline in percent of it, default assumptions. Filled mark: as it is. "
        "Open square: as "
        "statistics show it. Grey: unclear."
    )
    title = pair_finding(effects, *known[0]) if len(known) == 1 else pairs_finding(effects, known)
    return Picture("truth", title, subtitle, panels)


def known_pairs(effects: Effects, pairs: Sequence[tuple[str, str]] = PAIRS) -> list[tuple[str, str]]:
    """Return the pairs of which both can be told in percent of the baseline."""
    return [
        pair
        for pair in pairs
        if all(o in effects.infos and effects.relative(o) for o in pair) and effects.own
    ]


def opposed(truth: Effect, shown: Effect) -> bool:
    """Whether what happened and the statistic move to different sides, both at least probably."""
    return truth.clear and shown.clear and truth.mean * shown.mean < 0


def blind(truth: Effect, shown: Effect) -> bool:
    """Whether only one of the two moves."""
    return truth.clear != shown.clear


def pairs_finding(effects: Effects, pairs: Sequence[tuple[str, str]]) -> str:
    """Say in how many arms some statistic goes another way than what it is read for."""

    def arms(test: Callable[[Effect, Effect], bool]) -> int:
        return sum(
            any(test(effects.get(a, real), effects.get(a, shown)) for real, shown in pairs)
            for a in effects.own
        )

    n = len(effects.own)
    if found := arms(opposed):
        return f"In {found} of {n} arms a statistic moves against what it is read for"
    if found := arms(blind):
        where = f"In {found} of {n} arms"
        return f"{where} a statistic changes and what it should show does not, or the other way round"
    return "No statistic moves against what it is read for"


def pair_finding(effects: Effects, real: str, shown: str) -> str:
    """Say whether a statistic moves with what it is read for."""
    truth, statistic = effects.info(real).label, effects.info(shown).label
    pairs = [(effects.get(a, real), effects.get(a, shown)) for a in effects.own]
    against = sum(opposed(*p) for p in pairs)
    alone = sum(blind(*p) for p in pairs)
    n = len(pairs)
    if against:
        where = f"in {against} of {n} arms" if n > 1 else f"with {effects.label(effects.own[0])}"
        return f"{capital(statistic)} and {truth} move to opposite sides {where}"
    if alone:
        where = f"in {alone} of {n} arms" if n > 1 else f"with {effects.label(effects.own[0])}"
        return f"{capital(statistic)} and {truth} do not move together {where}: only one of the two changes"
    moved = sum(a.clear and b.clear for a, b in pairs)
    if moved:
        arms = "the one arm that moves them" if moved == 1 else f"all {moved} arms that move them"
        return f"{capital(statistic)} and {truth} move to the same side in {arms}"
    return f"Neither {statistic} nor {truth} changes with any certainty"


def _panel(effects: Effects, real: str, shown: str, styles: Mapping[str, ArmStyle]) -> Panel:
    rows = effects.own
    figure, axes = canvas(_WIDTH, 34.0 * len(rows) + 66, _LEFT, _RIGHT, 20, 46)
    pairs = [(effects.get(a, real), effects.get(a, shown)) for a in rows]
    low, high, limit = span_of(
        [[x for e in pair if math.isfinite(x := e.share)] for pair in pairs],
        [any(e.clear for e in pair) for pair in pairs],
    )
    axes.set_xlim(low, high)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    name_ticks(axes, tick)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.axvline(0, color=INK, linewidth=1)
    frame = ("axes fraction", "data")
    for y, (arm, (truth, statistic)) in enumerate(zip(rows, pairs, strict=True)):
        if y % 2:
            axes.axhspan(y - 0.5, y + 0.5, color="#f5f7f9", zorder=-2, linewidth=0)
        name_row(axes, effects.label(arm), y, _LEFT)
        _marks(axes, y, truth, statistic, styles[arm], limit)
        for e, left, bold in ((truth, 54.0, True), (statistic, 116.0, False)):
            axes.annotate(
                percent(e.share),
                (1, y),
                (left, 0),
                frame,
                "offset points",
                ha="right",
                va="center",
                color=dark(styles[arm].colour) if e.clear else GREY,
                fontweight="bold" if bold else "normal",
            )
    for text, left in (("● as it is", 54.0), ("□ statistics", 122.0)):
        axes.annotate(
            text,
            (1, 1),
            (left, 9),
            "axes fraction",
            "offset points",
            ha="right",
            va="center",
            color=GREY,
            fontsize=9.5,
        )
    words = f"● {effects.info(real).label}   □ {effects.info(shown).label}"
    axes.annotate(
        fit(words, _WIDTH - 24, 10),
        (0, 0),
        (4 - _LEFT, -34),
        "axes fraction",
        "offset points",
        va="center",
        color=GREY,
        fontsize=10,
    )
    text = "; ".join(
        f"{effects.label(a)}: {effects.info(real).label} {percent(t.share)}, "
        f"{effects.info(shown).label} {percent(s.share)}"
        for a, (t, s) in zip(rows, pairs, strict=True)
    )
    return Panel(figure, pair_finding(effects, real, shown), text + ".")


def _marks(axes: Axes, y: float, truth: Effect, shown: Effect, style: ArmStyle, limit: float) -> None:
    left, right = axes.get_xlim()
    places = []
    for e in (truth, shown):
        x = e.share
        places.append(min(max(x, left), right) if math.isfinite(x) else math.nan)
    axes.plot(
        places,
        (y, y),
        color=INK if opposed(truth, shown) else GREY,
        linewidth=2.2 if opposed(truth, shown) else 1,
    )
    for e, x, marker, hollow in ((truth, places[0], "o", False), (shown, places[1], "s", True)):
        if not math.isfinite(x):
            continue
        colour = style.colour if e.clear else GREY
        beyond = abs(e.share) > limit * (1 + 1e-9)
        axes.plot(
            x,
            y,
            (">" if e.share > 0 else "<") if beyond else marker,
            color=colour,
            markerfacecolor="#ffffff" if hollow else colour,
            markersize=8.5 if hollow else 5.5,
            clip_on=False,
            zorder=4 if hollow else 5,
        )
