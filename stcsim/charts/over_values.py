"""What arms do at each value of something that is varied: where lines cross, the order turns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.over_values import ValueEffects
from stcsim.charts.chart import Chart
from stcsim.charts.marks import dashes, fill, finite, symbol
from stcsim.pictures.over_values import each_in_words, finding, what_lines_are
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.pictures.words import capital, percent, signed


def over_values_chart(
    found: ValueEffects, outcome: str, unit: str, what: str, labels: Mapping[str, str], name: str
) -> Chart:
    """Draw a line an arm, its intervals at each value.

    Parameters
    ----------
    outcome, unit : in words
    what : the input in words
    labels : names of arms for people
    name : of the chart
    """
    label = {arm: labels.get(arm, arm) for arm in (BASELINE, *found.arms)}
    styles = arm_styles(found.arms)
    words = percent if found.relative else signed
    series: list[dict[str, Any]] = []
    for i, arm in enumerate(found.arms):
        style = styles[arm]
        for place in range(len(found.values)):
            low, high = float(found.low[i][place]), float(found.high[i][place])
            if math.isfinite(low) and math.isfinite(high):
                series.append(_upright(f"{arm}-{place}", place, low, high, style.colour))
        data = [
            {
                "value": finite(float(x)),
                "tip": f"{label[arm]}, {what} {value}\n{words(float(x))} ({words(float(low))} to "
                f"{words(float(high))})",
            }
            for x, value, low, high in zip(
                found.effect[i], found.values, found.low[i], found.high[i], strict=True
            )
        ]
        series.append(
            {
                "id": arm,
                "type": "line",
                "name": label[arm],
                "data": data,
                "symbolSize": 9,
                "itemStyle": fill(style),
                "lineStyle": {"color": style.colour, "width": 1.8, "type": dashes(style)},
                "endLabel": {
                    "show": True,
                    "formatter": "{a}",
                    "color": style.colour,
                    "fontWeight": 600,
                    "width": 146,
                    "overflow": "break",
                    "lineHeight": 14,
                },
                "labelLayout": {"moveOverlap": "shiftY"},
                "emphasis": {"disabled": True},
                "z": 4,
                **symbol(style),
            }
        )
    form = "=percent" if found.relative else "=signed"
    option = {
        "grid": {"left": 8, "right": 158, "top": 34, "bottom": 34, "containLabel": True},
        "legend": {"show": False, "top": 0, "left": 0, "data": [label[arm] for arm in found.arms]},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "category",
            "data": list(found.values),
            "name": what,
            "nameLocation": "middle",
            "nameGap": 28,
            "axisLabel": {"width": 90, "overflow": "truncate"},
        },
        "yAxis": {
            "type": "value",
            "name": f"{outcome}, {'change' if found.relative else unit}",
            "nameTextStyle": {"align": "left"},
            "nameGap": 14,
            "axisLabel": {"formatter": form},
        },
        "series": series,
    }
    narrow = {
        "grid": {"left": 2, "right": 14, "top": 34 + 24 * len(found.arms)},
        "legend": {"show": True, "orient": "vertical"},
        "series": [{"endLabel": {"show": False}} if "endLabel" in one else {} for one in series],
    }
    return Chart(
        name,
        finding(found, outcome, what, label),
        what_lines_are(found),
        option,
        _table(found, label, what, unit),
        each_in_words(found, label),
        height=380,
        narrow=narrow,
    )


def _upright(key: str, place: int, low: float, high: float, colour: str) -> dict[str, Any]:
    return {
        "id": key,
        "type": "line",
        "data": [[place, low], [place, high]],
        "lineStyle": {"color": colour, "width": 1.4, "opacity": 0.6},
        "symbol": "none",
        "silent": True,
        "tooltip": {"show": False},
        "z": 2,
    }


def _table(found: ValueEffects, label: Mapping[str, str], what: str, unit: str) -> pd.DataFrame:
    times, mark = (100.0, "%") if found.relative else (1.0, unit)
    count = len(found.values)
    return pd.DataFrame(
        {
            "Arm": np.repeat([label[arm] for arm in found.arms], count),
            capital(what): list(found.values) * len(found.arms),
            f"Change, {mark}": times * found.effect.ravel(),
            "From": times * found.low.ravel(),
            "To": times * found.high.ravel(),
        }
    )
