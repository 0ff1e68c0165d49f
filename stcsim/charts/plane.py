"""Plane: what every arm costs beyond the baseline, and what it does to one outcome."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.marks import fill, symbol, told
from stcsim.outcomes.info import unit_words
from stcsim.pictures.bands import Over
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import verdict_words
from stcsim.pictures.plane import COST, plane_finding, plane_points
from stcsim.pictures.style import GREY, ArmStyle, arm_styles
from stcsim.pictures.words import capital, counted, percent, signed

_NONE = {"show": False}
_NAMED = 5
"""Arms that have room for a name beside their marks."""


def plane_chart(
    effects: Effects, outcome: str, over: Over = "runs", cost: str = COST, focus: str = ""
) -> Chart | None:
    """Draw every arm as a cross of two intervals; None where the comparison has no cost or no other outcome.

    Parameters
    ----------
    effects : comparison
    outcome : on the vertical axis; the first headline in place of the cost itself
    over : whether means and intervals are over runs or over sampled sets of assumptions
    cost : name of the outcome on the horizontal axis
    focus : arm that is named where there are too many to name all
    """
    if outcome == cost:
        outcome = next((o for o in effects.headline if o != cost), cost)
    if outcome == cost or cost not in effects.infos:
        return None
    points = plane_points(effects, outcome, cost)
    if not points:
        return None
    relative = effects.relative(outcome)
    info, unit = effects.info(outcome), unit_words(effects.info(cost).unit)
    styles = arm_styles(effects.drawn)
    places = {a: told(pair[0], False, over)[0] for a, pair in points.items()}
    ends = [x for pair in points.values() for x in (0.0, *told(pair[0], False, over)[1]) if math.isfinite(x)]
    middle = (min(ends, default=0.0) + max(ends, default=0.0)) / 2
    right = {a for a, x in places.items() if x > middle}
    own = [a for a in effects.own if a in points]
    named = set(own) if len(own) <= _NAMED else {focus, *_apart(own, points)}
    wanted = {"lower": " (down is better)", "higher": " (up is better)"}.get(info.better, "")
    option: dict[str, Any] = {
        "grid": {"left": 14, "right": 38, "top": 40, "bottom": 40, "containLabel": True},
        "legend": {"show": False},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "name": f"cost beyond the baseline, {unit}",
            "nameLocation": "middle",
            "nameGap": 30,
            "axisLabel": {"formatter": "=signed", "hideOverlap": True},
            "axisLine": {"onZero": False},
            "splitNumber": 5,
        },
        "yAxis": {
            "type": "value",
            "name": f"{info.label}{wanted}",
            "nameTextStyle": {"align": "left"},
            "axisLabel": {"formatter": "=percent" if relative else "=signed"},
        },
        "series": [
            *_ties(effects, points, relative, over),
            *(
                part
                for arm, pair in points.items()
                for part in _cross(
                    effects,
                    arm,
                    pair,
                    styles[arm],
                    relative,
                    over,
                    unit,
                    far=arm in right,
                    named=arm in named,
                )
            ),
            _origin(),
        ],
    }
    names = [effects.label(a) for a in own if a in named]
    narrow = {
        "grid": {"left": 4, "right": 14, "top": 44 + 22 * len(names)},
        "legend": {"show": True, "top": 0, "left": 0, "orient": "vertical", "data": names},
        "xAxis": {"splitNumber": 3, "name": "cost beyond the baseline"},
        "series": [{"label": _NONE} if "label" in part else {} for part in option["series"]],
    }
    return Chart(
        f"plane-{outcome}".replace("_", "-"),
        plane_finding(effects, outcome, cost, points, sampled=over == "assumptions"),
        _subtitle(effects, over),
        option,
        _table(effects, points, outcome, cost, relative, over),
        "; ".join(
            _tip(effects, a, pair, relative, over, unit).replace("\n", ", ") for a, pair in points.items()
        )
        + ".",
        height=400,
        narrow=narrow,
    )


def _apart(own: list[str], points: dict[str, tuple[Effect, Effect]]) -> list[str]:
    """Return the arms of clear effect that do most, as many as can be named."""
    clear = [a for a in own if points[a][1].clear]
    return sorted(clear, key=lambda a: -abs(points[a][1].mean))[:_NAMED]


def _origin() -> dict[str, Any]:
    """Return the place of the baseline: the two lines through nothing gained and nothing spent."""
    return {
        "id": "baseline",
        "type": "scatter",
        "data": [],
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": _NONE,
            "lineStyle": {"type": "solid", "width": 1.2},
            "data": [{"xAxis": 0}, {"yAxis": 0}],
        },
    }


def _cross(
    effects: Effects,
    arm: str,
    pair: tuple[Effect, Effect],
    style: ArmStyle,
    relative: bool,
    over: Over,
    unit: str,
    *,
    far: bool,
    named: bool,
) -> list[dict[str, Any]]:
    """Return the cross of an arm and its mark.

    Parameters
    ----------
    far : whether it stands in the right half
    named : whether its name stands beside it
    """
    (x, across), (y, up) = told(pair[0], False, over), told(pair[1], relative, over)
    if not (math.isfinite(x) and math.isfinite(y)):
        return []
    clear = pair[1].clear
    rival = arm in effects.rivals
    arms: list[Any] = []
    for low, high in (((across[0], y), (across[1], y)), ((x, up[0]), (x, up[1]))):
        if all(map(math.isfinite, (*low, *high))):
            # a gap parts the two lines
            arms += [list(low), list(high), ["-", "-"]]
    lines = {
        "id": f"{arm}-cross",
        "type": "line",
        "data": arms,
        "symbol": "none",
        "silent": True,
        "tooltip": _NONE,
        "lineStyle": {
            "color": style.colour if clear else GREY,
            "width": 1.2 if rival else 2,
            "opacity": 0.45 if rival else 0.7,
        },
        "z": 2,
    }
    mark = {
        "id": arm,
        "type": "scatter",
        "name": effects.label(arm),
        "data": [
            {
                "value": [x, y],
                "tip": _tip(effects, arm, pair, relative, over, unit),
                "arm": arm,
            }
        ],
        **symbol(style),
        "symbolSize": 9 if rival else 13,
        "itemStyle": fill(style, clear=clear),
        "z": 4,
    }
    if named:
        mark |= {
            "label": {
                "show": True,
                "formatter": "{a}",
                # beside the cross, on the side where there is room
                "position": "left" if far else "right",
                "offset": [4, -12] if far else [-4, -12],
                "fontWeight": 600,
                "color": style.colour if clear else GREY,
                "backgroundColor": "var(--card)",
                "padding": [0, 2],
            },
            "labelLayout": {"moveOverlap": "shiftY", "hideOverlap": True},
        }
    return [lines, mark]


def _ties(
    effects: Effects, points: dict[str, tuple[Effect, Effect]], relative: bool, over: Over
) -> list[dict[str, Any]]:
    """Return a dotted line from each arm to the same money spent on staff."""
    ends: list[Any] = []
    for arm in effects.own:
        rival = effects.rival(arm)
        if rival is None or arm not in points or rival not in points:
            continue
        for x, y in (points[arm], points[rival]):
            ends.append([told(x, False, over)[0], told(y, relative, over)[0]])
        ends.append(["-", "-"])
    if not ends:
        return []
    return [
        {
            "id": "ties",
            "type": "line",
            "data": ends,
            "symbol": "none",
            "silent": True,
            "tooltip": _NONE,
            "lineStyle": {"color": GREY, "width": 1, "type": "dotted"},
            "z": 1,
        }
    ]


def _tip(
    effects: Effects, arm: str, pair: tuple[Effect, Effect], relative: bool, over: Over, unit: str
) -> str:
    x, y = told(pair[0], False, over)[0], told(pair[1], relative, over)[0]
    info = effects.info(pair[1].outcome)
    change = percent(y) if relative else f"{signed(y)} {unit_words(info.unit)}"
    return (
        f"{effects.label(arm)}\n{capital(info.label)}: {change}, {verdict_words(pair[1])}\n"
        f"Cost: {signed(x)} {unit}, {verdict_words(pair[0])}"
    )


def _subtitle(effects: Effects, over: Over) -> str:
    level = f"{100 * effects.level:.0f}%"
    if over == "assumptions":
        text = f"Mark: mean over {effects.worlds} sampled sets of assumptions. Cross: its {level} intervals."
    else:
        text = (
            f"Mark: mean difference to the baseline over {counted(effects.pairs, 'pair')} of runs under "
            f"default assumptions. Cross: its {level} intervals."
        )
    text += " Grey: effect unclear."
    if len(effects.own) > _NAMED:
        text += " Names: the arm in focus and those that do most."
    if effects.rivals:
        text += " Hollow mark, dotted line: the same money spent on staff."
    return text


def _table(
    effects: Effects,
    points: dict[str, tuple[Effect, Effect]],
    outcome: str,
    cost: str,
    relative: bool,
    over: Over,
) -> pd.DataFrame:
    info, unit = effects.info(outcome), unit_words(effects.info(cost).unit)
    times, mark = (100.0, "%") if relative else (1.0, unit_words(info.unit))
    rows = []
    for arm, (x, y) in points.items():
        (price, across), (gain, up) = told(x, False, over), told(y, relative, over)
        rows.append(
            {
                "Arm": effects.label(arm),
                f"Cost beyond the baseline, {unit}": price,
                "Cost: from": across[0],
                "Cost: to": across[1],
                f"{capital(info.label)}: change, {mark}": times * gain,
                "Change: from": times * up[0],
                "Change: to": times * up[1],
                "Verdict": verdict_words(y),
            }
        )
    return pd.DataFrame(rows)
