"""Hours: who bears the coordination of each arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.stacks import stacks_of
from stcsim.pictures.hours_table import (
    OTHERS,
    body_words,
    hours_finding,
    hours_table,
    hours_words,
    names_of,
    runs_of,
)
from stcsim.pictures.words import counted, number, share_percent

_FILLS = ("#6aa5d1", "#b4d3e6", "#86b48e", "#c8dcae", "#d3a964", "#ecd6a6", "#b09cc8", "#a7b0b9")
"""Bodies have colours of their own, none of an arm: neighbours differ in lightness."""
_INK = "#10181f"
"""Text upon these, on a dark page as well."""
_LEAST, _LEAST_NARROW = 0.07, 0.25
"""Share of the longest bar below which a part has no room for its percentage, and in a narrow window."""
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
    names = names_of(table, labels)
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
    rows = stacks_of(
        names,
        sums,
        "hours a year",
        "=number",
        parts,
        key=heads,
        lines=(-(-len(heads) // 3), -(-len(heads) // 2)),
        most=_NAMES,
        few=_FEW,
        row=36,
    )
    rows.narrow["series"] = [
        {"data": [{"label": {"show": bool(value >= _LEAST_NARROW * longest)}} for value in table[body]]}
        for body in table.columns
    ]
    long = table.rename(columns=dict(zip(table.columns, heads, strict=True))).assign(Total=totals)
    long.insert(0, "Arm", names)
    return Chart(
        "hours",
        hours_finding(table),
        "[[coordination hours|Hours a year]] that bodies spend on coordinating, mean of "
        f"{counted(runs_of(bodies), 'run')} under default assumptions. Percentages: share of the arm's "
        "hours.",
        rows.option,
        long.reset_index(drop=True),
        hours_words(table, names),
        height=rows.height,
        narrow=rows.narrow,
    )


def _share(value: float, total: float) -> str:
    return share_percent(value / total if total > 0 else 0.0)
