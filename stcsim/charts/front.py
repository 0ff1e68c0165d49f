"""Effect against cost over assumptions: which arms no other one beats in both, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.pareto import Front
from stcsim.charts.chart import Chart
from stcsim.charts.marks import fill, symbol
from stcsim.pictures.pareto import WHAT_CROSSES_ARE, each_in_words, finding
from stcsim.pictures.ranking import share_words
from stcsim.pictures.style import GREY, INK, arm_styles
from stcsim.pictures.words import capital, number, signed


def front_chart(
    found: Front, effect: str, unit: str, cost: str, labels: Mapping[str, str], name: str
) -> Chart:
    """Draw every arm as a cross of two intervals, and the front as steps.

    Parameters
    ----------
    effect, unit, cost : names and unit of the two outcomes in words
    labels : names of arms for people
    name : of the chart
    """
    styles = arm_styles(found.arms)
    series: list[dict[str, Any]] = [_steps(found)]
    marks = []
    for i, arm in enumerate(found.arms):
        named, on = labels.get(arm, arm), bool(found.on[i])
        gain, price = float(found.gain[i]), float(found.cost[i])
        low, high = (float(found.gain_low[i]), float(found.gain_high[i]))
        least, most = (float(found.cost_low[i]), float(found.cost_high[i]))
        colour = styles[arm].colour if on else GREY
        series.append(_line(f"{arm}-cost", [[least, gain], [most, gain]], colour))
        series.append(_line(f"{arm}-gain", [[price, low], [price, high]], colour))
        chance = share_words(float(found.chance[i]))
        marks.append(
            {
                "value": [price, gain],
                "name": f"{named} {chance}".strip(),
                "tip": f"{named}\nGain {number(gain)} ({number(low)} to {number(high)})\nExtra cost "
                f"{signed(price)} ({signed(least)} to {signed(most)})\nOn the front with a chance of "
                f"{chance or '0%'}",
                "itemStyle": fill(styles[arm], clear=on),
                "label": {"color": colour, "fontWeight": 600 if on else 400, **_beside(found, i)},
                **symbol(styles[arm]),
            }
        )
    series.append(
        {
            "id": "arms",
            "type": "scatter",
            "symbolSize": 11,
            "data": marks,
            "z": 5,
            "label": {
                "show": True,
                "formatter": "{b}",
                "width": 150,
                "overflow": "truncate",
            },
            "labelLayout": {"hideOverlap": True, "moveOverlap": "shiftY"},
        }
    )
    axis = {"type": "value", "scale": True, "axisLabel": {"formatter": "=signed", "hideOverlap": True}}
    option = {
        "grid": {"left": 8, "right": 24, "top": 34, "bottom": 34, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {**axis, "name": cost, "nameLocation": "middle", "nameGap": 28, "splitNumber": 5},
        "yAxis": {
            **axis,
            "name": f"{effect}: gain, {unit} (up is better)",
            "nameTextStyle": {"align": "left"},
            "nameGap": 14,
        },
        "series": series,
    }
    few = [{"label": {"show": bool(on), "width": 120}} for on in found.on]
    narrow = {
        "grid": {"left": 2, "right": 24},
        "xAxis": {"splitNumber": 3, "name": "extra cost, thousand US dollars"},
        "yAxis": {"name": f"gain, {unit} (up is better)"},
        "series": [*({} for _ in series[:-1]), {"data": few}],
    }
    return Chart(
        name,
        finding(found, labels),
        WHAT_CROSSES_ARE,
        option,
        _table(found, labels, unit),
        each_in_words(found, labels),
        height=420,
        narrow=narrow,
    )


def _beside(found: Front, i: int) -> dict[str, Any]:
    """Return where the name of an arm stands: towards the middle of the picture, above the mark."""
    ends = float(np.nanmin(found.cost_low)), float(np.nanmax(found.cost_high))
    right = 2 * float(found.cost[i]) > sum(ends)
    return {"position": [-4, -15], "align": "right"} if right else {"position": [15, -15], "align": "left"}


def _line(key: str, ends: list[list[float]], colour: str) -> dict[str, Any]:
    return {
        "id": key,
        "type": "line",
        "data": ends,
        "lineStyle": {"color": colour, "width": 1.5, "opacity": 0.7},
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "z": 2,
    }


def _steps(found: Front) -> dict[str, Any]:
    """Return the best gain that each cost can have."""
    on = np.flatnonzero(found.on)
    on = on[np.argsort(found.cost[on], kind="stable")]
    corners = [[float(found.cost[i]), float(found.gain[i])] for i in on]
    if corners:
        corners.append([float(np.max(found.cost_high)), corners[-1][1]])
    return {
        "id": "front",
        "type": "line",
        "step": "end",
        "data": corners,
        "lineStyle": {"color": INK, "width": 1.2, "type": [6, 3]},
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "z": 1,
    }


def _table(found: Front, labels: Mapping[str, str], unit: str) -> pd.DataFrame:
    table = found.table()
    return pd.DataFrame(
        {
            "Arm": [labels.get(arm, arm) for arm in table["arm"]],
            "On the front": table["on"],
            "Chance to be on it, %": 100 * table["chance"],
            capital(f"gain, {unit}"): table["gain"],
            "Gain: from": table["gain_low"],
            "Gain: to": table["gain_high"],
            "Extra cost": table["cost"],
            "Cost: from": table["cost_low"],
            "Cost: to": table["cost_high"],
        }
    )
