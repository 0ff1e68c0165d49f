"""How many pairs are tied, quarter by quarter, in every arm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.tie_layers import Layer, Ties
from stcsim.charts.chart import Chart
from stcsim.charts.marks import dashes, fill, symbol
from stcsim.charts.network_view import View, against_words
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.style import GREY, ArmStyle
from stcsim.pictures.words import listed


def tied_pairs(ties: Ties, layer: Layer, arm: str) -> list[int]:
    """Return how many pairs of actors are tied in each quarter."""
    return [int(np.triu(ties.links(layer, arm, quarter)).sum()) for quarter in range(ties.quarters)]


def ties_over_time_chart(
    ties: Ties, view: View, labels: Mapping[str, str], styles: Mapping[str, ArmStyle]
) -> Chart:
    """Return the number of tied pairs over time.

    Parameters
    ----------
    view : whose layer is drawn, and whose quarter is marked
    labels : of all arms by name, the baseline first
    styles : of the arms
    """
    layer = view.of
    # What happens is nothing where arms branch.
    first = 1 if layer.kind == "intelligence" else 0
    counts = {arm: tied_pairs(ties, layer, arm)[first:] for arm in labels}
    quarters = list(range(first, ties.quarters))
    names = [quarter_name(q, ties.days, short=True) for q in quarters]
    title = time_finding(layer, counts, labels)
    series: list[dict[str, Any]] = []
    for arm, label in reversed(list(labels.items())):
        style = styles[arm]
        series.append(
            {
                "id": arm,
                "name": label,
                "type": "line",
                "showSymbol": False,
                "symbolSize": 9,
                **symbol(style),
                "itemStyle": fill(style),
                "lineStyle": {"color": style.colour, "width": 2.2, "type": dashes(style)},
                "data": counts[arm],
                "emphasis": {"focus": "none"},
            }
        )
    place = view.quarter - first
    if place >= 0:
        series[-1]["markLine"] = {
            "silent": True,
            "symbol": "none",
            "animation": False,
            "lineStyle": {"color": GREY, "width": 1, "type": "solid"},
            "label": {"show": False},
            "data": [{"xAxis": place}],
        }
    table = pd.DataFrame({"Quarter": [quarter_name(q, ties.days) for q in quarters]})
    for arm, label in labels.items():
        table[label] = counts[arm]
    top = 16 + 24 * _lines(labels, 90)
    option: dict[str, Any] = {
        "legend": {"top": 0, "left": 0, "data": list(labels.values()), "selectedMode": False},
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 8, "right": 16, "top": top, "bottom": 22, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": names,
            "boundaryGap": False,
            "axisLabel": {"hideOverlap": True},
            "name": "Year and quarter",
            "nameLocation": "middle",
            "nameGap": 26,
        },
        "yAxis": {"type": "value", "min": 0, "minInterval": 1},
        "series": series,
    }
    return Chart(
        name="ties-over-time",
        title=title,
        subtitle=f"Pairs that {layer.tied} ({layer.least_words}), mean over runs, every arm. "
        "Upright line: the quarter of the maps.",
        option=option,
        table=table,
        label=f"{title}. Pairs in the last quarter: "
        f"{listed([f'{label} {counts[arm][-1]}' for arm, label in labels.items()], 12)}.",
        height=276 + 24 * _lines(labels, 90),
        narrow={"grid": {"top": 16 + 24 * _lines(labels, 42)}},
    )


def _lines(labels: Mapping[str, str], most: int) -> int:
    """Return how many lines a legend takes of `most` letters each, marks included."""
    return 1 + sum(len(label) + 6 for label in labels.values()) // most


def time_finding(layer: Layer, counts: Mapping[str, list[int]], labels: Mapping[str, str]) -> str:
    """Return how the number of pairs goes on, and which arm ends highest."""
    arms = list(labels)
    base = counts[arms[0]]
    if min(base) == max(base):
        way = f"stay at {base[-1]:,}"
    elif base[0] == base[-1]:
        way = f"begin and end at {base[-1]:,}"
    else:
        way = f"{'rise' if base[-1] > base[0] else 'fall'} from {base[0]:,} to {base[-1]:,}"
    said = f"Pairs that {layer.tied} {way} in {against_words(labels[arms[0]])}"
    rest = [arm for arm in arms[1:] if counts[arm][-1] != base[-1]]
    if not rest:
        return f"{said}, and end there in every arm" if len(arms) > 1 else said
    top = max(rest, key=lambda arm: abs(counts[arm][-1] - base[-1]))
    word = "more" if counts[top][-1] > base[-1] else "fewer"
    return f"{said}; {labels[top]} ends with {abs(counts[top][-1] - base[-1]):,} {word}"
