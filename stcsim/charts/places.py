"""How sure the order of arms is: the chance of each arm to stand at each place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.ahead import Ahead
from stcsim.analysis.ranking import Ranking
from stcsim.charts.chart import Chart
from stcsim.pictures.ranking import MOST_PLACES, MOST_ROWS, finding, share_words, what_places_mean
from stcsim.pictures.words import span

_ROW, _FRAME = 34, 40
_NARROW_PLACES = 5
"""Places for whose chances a narrow chart has room."""
_DARK = 0.6
"""From this chance on a cell is so dark that its words are light."""


def places_chart(
    found: Ranking, outcome: str, labels: Mapping[str, str], name: str, sets: Ahead | None = None
) -> Chart:
    """Draw a row an arm, best first, and a column a place; the darker, the likelier.

    Parameters
    ----------
    outcome : what is ranked by, in words
    labels : names of arms for people
    name : of the chart
    sets : in which sampled sets an arm is ahead, where that is known
    """
    arms = found.order[:MOST_ROWS]
    names = [labels.get(arm, arm) for arm in arms]
    chances = np.array([found.places[found.arms.index(arm)] for arm in arms])[:, :MOST_PLACES]
    cells = [
        _cell(row, place, float(chances[row, place]), names[row]) for row, place in np.ndindex(chances.shape)
    ]
    bare: dict[str, Any] = {"type": "category", "axisTick": {"show": False}, "axisLine": {"show": False}}
    option: dict[str, Any] = {
        "grid": {"left": 8, "right": 8, "top": 4, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {**bare, "position": "top", "data": [f"place {i + 1}" for i in range(chances.shape[1])]},
        "yAxis": {
            **bare,
            "inverse": True,
            "data": names,
            "axisLabel": {"width": 200, "overflow": "break", "lineHeight": 14, "interval": 0},
        },
        "series": [{"id": "places", "type": "heatmap", "data": cells, "emphasis": {"disabled": True}}],
    }
    narrow = {
        "grid": {"left": 2, "right": 2},
        "xAxis": {
            "max": min(_NARROW_PLACES, chances.shape[1]) - 1,
            "data": [f"{i + 1}." for i in range(chances.shape[1])],
        },
        "yAxis": {"axisLabel": {"width": 118}},
    }
    return Chart(
        name,
        finding(found, outcome, labels, sets),
        what_places_mean(found, labels, sets),
        option,
        _table(found, labels),
        "; ".join(
            f"{labels.get(a, a)}: first {share_words(float(found.best[i])) or '0%'}, gain "
            f"{span(float(found.low[i]), float(found.high[i]), relative=False)}"
            for a in found.order
            for i in (found.arms.index(a),)
        )
        + ".",
        height=_FRAME + _ROW * len(names),
        narrow=narrow,
    )


def _cell(row: int, place: int, share: float, name: str) -> dict[str, Any]:
    # Middle tones, on which neither dark nor light words can be read, are left out.
    tone = share if share < _DARK else 0.8 + 0.2 * (share - _DARK) / (1 - _DARK)
    words = share_words(share)
    return {
        "value": [place, row, share],
        "tip": f"{name}: place {place + 1} with a chance of {words or '0%'}",
        "itemStyle": {"color": "var(--link)", "opacity": round(tone, 3), "borderColor": "var(--line)"},
        "label": {
            "show": bool(words),
            "opacity": 1,
            "formatter": words,
            "color": "var(--card)" if share >= _DARK else "var(--ink)",
        },
    }


def _table(found: Ranking, labels: Mapping[str, str]) -> pd.DataFrame:
    table = found.table()
    return pd.DataFrame(
        {
            "Arm": [labels.get(arm, arm) for arm in table["arm"]],
            "Chance to be best, %": 100 * table["best"],
            "Mean place": table["expected_place"],
            "Gain over the baseline": table["mean"],
            "Gain: from": table["low"],
            "Gain: to": table["high"],
        }
    )
