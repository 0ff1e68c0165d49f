"""Truth: what happened beside the statistic that is read for it, arm by arm."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.marks import CARD, marker
from stcsim.charts.names import names_axis, room
from stcsim.pictures.axis import span_of
from stcsim.pictures.effects import Effect, Effects
from stcsim.pictures.findings import verdict_words
from stcsim.pictures.style import GREY, ArmStyle, arm_styles
from stcsim.pictures.truth import opposed, pair_finding
from stcsim.pictures.words import capital, percent

_ROW, _FRAME = 38, 58
_NAMES, _FEW = 160.0, 112.0
_HIDDEN = {"show": False}


def truth_chart(effects: Effects, real: str, shown: str) -> Chart:
    """Draw the relative change of each arm in an outcome and in a statistic.

    Parameters
    ----------
    effects : comparison
    real, shown : names of what happened and of the statistic, both in percent of the baseline
        (`stcsim.pictures.truth.known_pairs`)
    """
    pairs = {a: (effects.get(a, real), effects.get(a, shown)) for a in effects.own}
    low, high, limit = span_of(
        [[x for e in pair if math.isfinite(x := e.share)] for pair in pairs.values()],
        [any(e.clear for e in pair) for pair in pairs.values()],
    )
    styles = arm_styles(effects.drawn)
    truth, statistic = effects.info(real).label, effects.info(shown).label
    rows = list(enumerate(pairs.items()))
    names = [effects.label(a) for a in pairs]
    option: dict[str, Any] = {
        "grid": {"left": room(names, _NAMES), "right": 20, "top": 30, "bottom": 28},
        "legend": {
            "top": 0,
            "left": 0,
            "selectedMode": False,
            "data": [
                {"name": truth, "icon": "circle", "itemStyle": {"color": GREY}},
                {
                    "name": statistic,
                    "icon": "rect",
                    "itemStyle": {"color": CARD, "borderColor": GREY, "borderWidth": 2},
                },
            ],
        },
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": low,
            "max": high,
            "splitNumber": 4,
            "axisLabel": {
                "formatter": "=percent",
                "hideOverlap": True,
                "showMinLabel": False,
                "showMaxLabel": False,
            },
        },
        "yAxis": names_axis(names, _NAMES),
        "series": [
            *(_tie(i, a, pair, (low, high)) for i, (a, pair) in rows),
            {
                "id": "statistic",
                "type": "scatter",
                "name": statistic,
                "symbol": "rect",
                "symbolSize": 13,
                "data": [
                    point
                    for i, (a, pair) in rows
                    if (point := _point(effects, i, pair, 1, styles[a], (low, high, limit)))
                ],
                "z": 4,
            },
            {
                "id": "truth",
                "type": "scatter",
                "name": truth,
                "symbol": "circle",
                "symbolSize": 9,
                "data": [
                    point
                    for i, (a, pair) in rows
                    if (point := _point(effects, i, pair, 0, styles[a], (low, high, limit)))
                ],
                "z": 5,
                "markLine": {
                    "silent": True,
                    "symbol": "none",
                    "label": _HIDDEN,
                    "lineStyle": {"type": "solid", "width": 1.2},
                    "data": [{"xAxis": 0}],
                },
            },
        ],
    }
    narrow = {
        "grid": {"left": room(names, _FEW), "top": 50},
        "legend": {"orient": "vertical"},
        "yAxis": {"axisLabel": {"width": _FEW}},
        "xAxis": {"splitNumber": 3},
    }
    text = "; ".join(
        f"{effects.label(a)}: {truth} {percent(t.share)}, {statistic} {percent(s.share)}"
        for a, (t, s) in pairs.items()
    )
    return Chart(
        f"truth-{shown}".replace("_", "-"),
        pair_finding(effects, real, shown),
        "Change to the baseline in percent of it, default assumptions. Filled: as it is. Open square: as "
        "statistics show it. Grey: unclear.",
        option,
        pd.DataFrame(
            {
                "Arm": effects.label(a),
                f"As it is: {truth}, %": 100 * t.share,
                "As it is, in words": verdict_words(t),
                f"Statistics: {statistic}, %": 100 * s.share,
                "Statistics, in words": verdict_words(s),
            }
            for a, (t, s) in pairs.items()
        ),
        f"{text}.",
        height=_FRAME + _ROW * len(pairs),
        narrow=narrow,
    )


def _tie(place: int, arm: str, pair: tuple[Effect, Effect], ends: tuple[float, float]) -> dict[str, Any]:
    """Return the line between the two marks of an arm, heavy where they move to opposite sides."""
    at = [min(max(e.share, ends[0]), ends[1]) for e in pair if math.isfinite(e.share)]
    apart = opposed(*pair)
    return {
        "id": f"{arm}-tie",
        "type": "line",
        "data": [[x, place] for x in at],
        "symbol": "none",
        "silent": True,
        "tooltip": _HIDDEN,
        "lineStyle": {"color": "var(--ink)" if apart else GREY, "width": 3 if apart else 1.2},
        "z": 2,
    }


def _point(
    effects: Effects,
    place: int,
    pair: tuple[Effect, Effect],
    which: int,
    style: ArmStyle,
    axis: tuple[float, float, float],
) -> dict[str, Any]:
    """Return one mark, nothing where the change is not defined; an arrow where it lies beyond the axis."""
    e = pair[which]
    if not math.isfinite(e.share):
        return {}
    low, high, limit = axis
    colour = style.colour if e.clear else GREY
    beyond = abs(e.share) > limit * (1 + 1e-9)
    tip = "\n".join(
        [
            effects.label(e.arm),
            *(
                f"{capital(effects.info(one.outcome).label)}: {percent(one.share)}, {verdict_words(one)}"
                for one in pair
            ),
        ]
    )
    point: dict[str, Any] = {
        "value": [min(max(e.share, low), high), place],
        "tip": tip,
        "itemStyle": {"color": CARD if which else colour, "borderColor": colour, "borderWidth": 2},
    }
    return point | (marker(">" if e.share > 0 else "<") if beyond else {})
