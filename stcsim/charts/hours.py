"""Hours: who bears the coordination of each arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.names import names_axis, room
from stcsim.pictures.hours import OTHERS, hours_finding, hours_table
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital_words, counted, number

_FILLS = ("#6aa5d1", "#b4d3e6", "#86b48e", "#c8dcae", "#d3a964", "#ecd6a6", "#b09cc8", "#a7b0b9")
"""Bodies have colours of their own, none of an arm: neighbours differ in lightness."""
_INK = "#10181f"
"""Text upon these, on a dark page as well."""
_LEAST = 0.07
"""Share of the longest bar below which a part has no room for its percentage."""
_ROW, _FRAME = 36, 46
_NAMES, _FEW = 168.0, 104.0


def hours_chart(bodies: pd.DataFrame, *, arms: Sequence[str], labels: Mapping[str, str]) -> Chart | None:
    """Draw a stacked bar for each arm; None when nobody spends an hour.

    Parameters
    ----------
    bodies : columns `arm`, `world`, `replication`, `body`, `hours` (per counted year)
    arms : in the order in which they are shown; rivals are left out, staff coordinates as the baseline does
    labels : names of arms for people
    """
    table = hours_table(bodies, arms)
    if table is None:
        return None
    runs = int(bodies[bodies["world"] == 0].groupby("arm")["replication"].nunique().max())
    names = ["Baseline" if a == BASELINE else labels[str(a)] for a in table.index]
    heads = [body_words(str(b)) for b in table.columns]
    totals = table.sum(axis=1)
    sums = [number(float(t)) for t in totals]
    longest = float(totals.max())
    parts: list[dict[str, Any]] = []
    for i, (body, head) in enumerate(zip(table.columns, heads, strict=True)):
        values = table[body].to_numpy(dtype=float)
        points = [
            {
                "value": float(f"{value:.5g}"),
                "tip": f"{name}\n{head}: {number(value)} hours a year, {_share(value, total)} of all",
                "label": {"show": bool(value >= _LEAST * longest), "formatter": _share(value, total)},
            }
            for name, value, total in zip(names, values, totals, strict=True)
        ]
        parts.append(
            {
                "id": str(body),
                "type": "bar",
                "name": head,
                "stack": "hours",
                "barWidth": 20,
                "data": points,
                "itemStyle": {
                    "color": _FILLS[-1 if body == OTHERS else i % (len(_FILLS) - 1)],
                    "borderColor": "var(--edge)",
                    "borderWidth": 1,
                },
                "label": {"fontSize": 11, "color": _INK},
                "labelLayout": {"hideOverlap": True},
            }
        )
    per_row = 3
    top = 10 + 22 * -(-len(heads) // per_row)
    option: dict[str, Any] = {
        "grid": {"left": room(names, _NAMES), "right": room(sums, _NAMES), "top": top, "bottom": 44},
        "legend": {"top": 0, "left": 0, "itemWidth": 14, "itemHeight": 10, "data": heads},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "name": "hours a year",
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": {"formatter": "=number", "hideOverlap": True},
            "splitNumber": 4,
        },
        "yAxis": [
            names_axis(names, _NAMES),
            names_axis(sums, _NAMES, right=True),
        ],
        "series": parts,
    }
    narrow = {
        "grid": {"left": room(names, _FEW), "top": 12 + 22 * -(-len(heads) // 2)},
        "yAxis": [{"axisLabel": {"width": _FEW}}, {}],
        "xAxis": {"splitNumber": 2},
    }
    text = "; ".join(
        f"{name}: {number(float(total))} hours a year, most by {body_words(str(table.loc[arm].idxmax()))}"
        for name, arm, total in zip(names, table.index, totals, strict=True)
    )
    long = table.rename(columns=dict(zip(table.columns, heads, strict=True))).assign(Total=totals)
    long.insert(0, "Arm", names)
    return Chart(
        "hours",
        hours_finding(table),
        f"[[coordination hours|Hours a year]] that bodies spend on coordinating, mean of "
        f"{counted(runs, 'run')} under default assumptions. Percentages: share of the arm's hours.",
        option,
        long.reset_index(drop=True),
        f"{text}.",
        height=_FRAME + top + _ROW * len(names),
        narrow=narrow,
    )


def body_words(body: str) -> str:
    """Return the name of a body for people."""
    return body if body == OTHERS else capital_words(body).lower()


def _share(value: float, total: float) -> str:
    return f"{100 * value / total:.0f}%" if total > 0 else "0%"
