"""Forest: what every arm does to one outcome, as difference to the baseline with both intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from stcsim.analysis.verdict import CLEAR_SHARE, PROBABLE_SHARE
from stcsim.charts.chart import Chart
from stcsim.charts.marks import fill, marker, symbol, told
from stcsim.charts.names import STAFF, names_axis, room
from stcsim.outcomes.info import unit_words
from stcsim.pictures.axis import span_of
from stcsim.pictures.bands import Over
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import across_arms, in_one_line, size, verdict_words
from stcsim.pictures.style import GREY, ArmStyle, arm_styles
from stcsim.pictures.words import capital, percent, signed, span

_ROW, _CLOSE, _FRAME = 42, 30, 52
"""Px of a row, of a row among many, and of what stands around."""
_SPACIOUS = 8
_NAMES, _WORDS, _FEW = 168.0, 140.0, 112.0
"""Px for names, for words behind a row, and for names where there is little room."""

_ASKED = (
    "A word other than unclear asks that the interval of their mean leaves out 0 and that at least "
    f"{PROBABLE_SHARE:.0%} of the sets lie on the same side ({CLEAR_SHARE:.0%} for clearly)."
)
"""Of the two conditions only the first is seen in a line."""


def forest_chart(effects: Effects, outcome: str, over: Over = "runs") -> Chart:
    """Draw the differences of all arms in one outcome, each rival below its arm.

    Parameters
    ----------
    effects : comparison
    outcome : name of one of its outcomes
    over : which mean the mark shows, and which interval its thick line: over runs under default assumptions,
        or over sampled sets of assumptions
    """
    info, relative = effects.info(outcome), effects.relative(outcome)
    styles = arm_styles(effects.drawn)
    rows = [effects.get(a, outcome) for a in effects.arms]
    ends = [_ends(e, relative, over) for e in rows]
    low, high, limit = span_of(ends, [e.clear for e in rows])
    unit = "" if relative else f", {unit_words(info.unit)}"
    form = "=percent" if relative else "=signed"
    wanted = {"lower": " · ◂ left is better", "higher": " · right is better ▸"}.get(info.better, "")
    names = [_name(effects, a) for a in effects.arms]
    words = [f"{_change(e, relative, over)} {verdict_words(e)}" for e in rows]
    option: dict[str, Any] = {
        "grid": {"left": room(names, _NAMES), "right": room(words, _WORDS), "top": 6, "bottom": 46},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": low,
            "max": high,
            "name": f"change to the baseline{unit}{wanted}",
            "nameLocation": "middle",
            "nameGap": 28,
            "splitNumber": 4,
            "axisLabel": {
                "formatter": form,
                "hideOverlap": True,
                "showMinLabel": False,
                "showMaxLabel": False,
            },
        },
        "yAxis": [
            names_axis(names, _NAMES),
            names_axis(words, _WORDS, right=True),
        ],
        "series": _series(effects, rows, styles, (low, high, limit), relative, over),
    }
    narrow = {
        "grid": {"left": room(names, _FEW), "right": 14},
        "yAxis": [{"axisLabel": {"width": _FEW}}, {"axisLabel": {"show": False}}],
        "xAxis": {"splitNumber": 3, "name": f"change{wanted}"},
    }
    text = "; ".join(in_one_line(effects, e) for e in rows)
    return Chart(
        f"forest-{outcome}".replace("_", "-"),
        across_arms(effects, outcome, sampled=over == "assumptions"),
        _marks(effects, over),
        option,
        _table(effects, rows, relative, unit_words(info.unit)),
        f"{capital(info.label)}: {text}.",
        height=_FRAME + (_ROW if len(rows) <= _SPACIOUS else _CLOSE) * len(rows),
        narrow=narrow,
    )


def _name(effects: Effects, arm: str) -> str:
    return STAFF if arm in effects.rivals else effects.label(arm)


def _change(e: Effect, relative: bool, over: Over) -> str:
    centre, _ = told(e, relative, over)
    return percent(centre) if relative else signed(centre)


def _ends(e: Effect, relative: bool, over: Over) -> list[float]:
    centre, interval = told(e, relative, over)
    return [x for x in (centre, *interval, *e.assumptions(relative)) if math.isfinite(x)]


def _series(
    effects: Effects,
    rows: list[Effect],
    styles: Mapping[str, ArmStyle],
    axis: tuple[float, float, float],
    relative: bool,
    over: Over,
) -> list[dict[str, Any]]:
    left, right, limit = axis
    unit = unit_words(effects.info(rows[0].outcome).unit) if rows else ""
    found: list[dict[str, Any]] = []
    points: list[dict[str, Any]] = []
    for place, e in enumerate(rows):
        style = styles[e.arm]
        colour = style.colour if e.clear else GREY
        centre, interval = told(e, relative, over)
        tip = _tip(effects, e, relative, unit)
        for kind, ends, width in (("sets", e.assumptions(relative), 1.4), ("mean", interval, 5.0)):
            if not all(map(math.isfinite, ends)):
                continue
            thin = kind == "sets"
            found.append(
                {
                    "id": f"{e.arm}-{kind}",
                    "type": "line",
                    "data": [[max(ends[0], left), place], [min(ends[1], right), place]],
                    "lineStyle": {
                        "color": colour,
                        "width": width if not style.hollow else width * 0.7,
                        "opacity": 1 if thin else 0.55,
                        "type": "dashed" if style.hollow and thin else "solid",
                        "cap": "butt",
                    },
                    "symbol": "rect" if thin else "none",
                    "symbolSize": [1.6, 9],
                    "itemStyle": {"color": colour},
                    "silent": True,
                    "tooltip": {"show": False},
                    "z": 2 if thin else 3,
                }
            )
        if not math.isfinite(centre):
            continue
        point: dict[str, Any] = {"value": [centre, place], "name": effects.label(e.arm), "tip": tip}
        if abs(centre) > limit * (1 + 1e-9):
            edge = left if centre < 0 else right
            point |= {"value": [edge, place], **marker("<" if centre < 0 else ">")}
        else:
            point |= symbol(style)
        points.append(point | {"itemStyle": fill(style, clear=e.clear), "arm": e.arm})
    found.append(
        {
            "id": "marks",
            "type": "scatter",
            "symbolSize": 11,
            "data": points,
            "z": 5,
            "markLine": {
                "silent": True,
                "symbol": "none",
                "label": {"show": False},
                "lineStyle": {"type": "solid", "width": 1.2},
                "data": [{"xAxis": 0}],
            },
        }
    )
    return found


def _tip(effects: Effects, e: Effect, relative: bool, unit: str) -> str:
    """Return everything that is known of a row, a line each."""
    relative = relative and math.isfinite(e.share)
    beside = "" if relative else f" {unit}"
    lines = [
        f"{effects.label(e.arm)}: {verdict_words(e)}",
        f"Runs: {size(e, relative, unit)} ({span(*e.runs(relative), relative=relative)}{beside})",
    ]
    if e.worlds:
        centre, ends = e.over_worlds(relative)
        mean = percent(centre) if relative else f"{signed(centre)}{beside}"
        lines += [
            f"Mean over assumptions: {mean} ({span(*ends, relative=relative)}{beside})",
            f"95% of sets: {span(*e.assumptions(relative), relative=relative)}{beside}",
        ]
    return "\n".join(lines)


def _marks(effects: Effects, over: Over) -> str:
    """Say what marks and lines mean."""
    level = f"{100 * effects.level:.0f}%"
    if over == "assumptions":
        text = (
            f"Mark: mean over {effects.worlds} sampled sets of assumptions. Thick line: its {level} interval"
            f". Thin line: holds {level} of the sets. {_ASKED}"
        )
    else:
        text = (
            f"Mark: mean of {effects.pairs} paired runs under default assumptions. "
            f"Thick line: its {level} interval."
        )
        if effects.worlds:
            text += (
                f" Thin line: {level} of {effects.worlds} sampled sets of assumptions, from which the word "
                f"comes. {_ASKED}"
            )
        else:
            text += " Assumptions were not varied: the word speaks of chance alone."
    if effects.rivals:
        text += " Hollow: the same money spent on staff."
    return f"{text} Grey: unclear."


def _table(effects: Effects, rows: list[Effect], relative: bool, unit: str) -> pd.DataFrame:
    """Return the numbers behind the picture; shares in percent."""
    times, mark = (100.0, "%") if relative else (1.0, unit)
    found = []
    for e in rows:
        mean, ends = e.over_worlds(relative)
        row: dict[str, Any] = {
            "Arm": effects.label(e.arm),
            "Verdict": verdict_words(e),
            f"Runs: change, {mark}": times * e.centre(relative),
            "Runs: from": times * e.runs(relative)[0],
            "Runs: to": times * e.runs(relative)[1],
        }
        if effects.worlds:
            row |= {
                f"Mean over assumptions, {mark}": times * mean,
                "Mean: from": times * ends[0],
                "Mean: to": times * ends[1],
                "95% of sets: from": times * e.assumptions(relative)[0],
                "95% of sets: to": times * e.assumptions(relative)[1],
            }
        row |= {"Level of the baseline": e.base, "Level of the arm": e.level}
        found.append(row)
    return pd.DataFrame(found)
