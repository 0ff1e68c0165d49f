"""The stakeholder network of one arm in one quarter: groups by country, opened where the reader wants it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.stakeholder_groups import Node, between, nodes, put_together
from stcsim.analysis.tie_layers import Layer, Ties
from stcsim.charts.chart import Chart
from stcsim.charts.names import room
from stcsim.charts.network_layout import Place, layout
from stcsim.charts.network_marks import links_of, marks_of
from stcsim.charts.network_view import View, against_words
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.style import ArmStyle
from stcsim.pictures.words import capital, counted

_NAMES, _NARROW_NAMES = 150.0, 92.0
"""Room for names on each side in px."""


def network_chart(
    ties: Ties, view: View, arm: str, label: str, style: ArmStyle, other: str = "", other_label: str = ""
) -> Chart:
    """Return the network of one arm.

    Parameters
    ----------
    arm, label, style : what is drawn
    other, other_label : arm that it is held against, empty for none; what differs has the colour of `arm`
    """
    drawn = nodes(ties, view.of, view.opened)
    table = between(ties, view.of, drawn, arm, view.quarter)
    before = between(ties, view.of, drawn, other, view.quarter) if other else table
    table = table.assign(strength=_strength(table, view.of), before=_strength(before, view.of))
    scale = scale_of(ties, view.of, drawn, [arm, *([other] if other else [])], table)
    where = layout(drawn)
    links, left = links_of(table, drawn, where, view, style, scale, bool(other))
    words, most = [n.label for n in drawn] + [name for name, _ in where.headings], _NAMES
    side = room(words, most)
    top = 8
    option: dict[str, Any] = {
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "grid": {"left": side, "right": side, "top": top, "bottom": top},
        "xAxis": {"type": "value", "min": -1.0, "max": 1.0, "show": False},
        "yAxis": {"type": "value", "min": 0.0, "max": where.height, "inverse": True, "show": False},
        "series": [
            {
                # Others that are drawn are another picture: nothing of the last one stays to be pointed at.
                "id": f"ties {' '.join(node.id for node in drawn)}",
                "type": "graph",
                "coordinateSystem": "cartesian2d",
                "layout": "none",
                "data": marks_of(table, drawn, where, style, scale, bool(other)),
                "links": links,
                "label": {"show": True, "width": most, "overflow": "truncate", "fontSize": 12},
                "edgeSymbol": ["none", "none"],
                "emphasis": {"scale": False, "lineStyle": {"opacity": 1.0}},
                "cursor": "pointer",
            },
            {
                "id": "countries",
                "type": "scatter",
                "symbolSize": 0.1,
                "silent": True,
                "data": [_heading(name, place) for name, place in where.headings],
                "label": {
                    "show": True,
                    "formatter": "{b}",
                    "fontWeight": "bold",
                    "fontSize": 12.5,
                    "width": most,
                    "overflow": "truncate",
                },
            },
        ],
    }
    narrow_side = room(words, _NARROW_NAMES)
    names = {"label": {"width": _NARROW_NAMES, "fontSize": 11, "lineHeight": 12, "overflow": "break"}}
    title, tied, pairs = finding(ties, view, arm, label, other, other_label)
    return Chart(
        name=f"network-{arm}".replace("_", "-").replace("+", "-").replace(":", "-").replace("~", "-"),
        title=title,
        subtitle=_subtitle(ties, view, bool(other), left),
        option=option,
        table=_table(table, drawn, view.of),
        label=f"{title}. {view.of.label} between {len(drawn)} groups or bodies, "
        f"{quarter_name(view.quarter, ties.days)}: {tied:,} of {pairs:,} pairs {view.of.tied}.",
        height=round(where.height) + 2 * top,
        narrow={"grid": {"left": narrow_side, "right": narrow_side}, "series": [names, names]},
    )


def _strength(table: pd.DataFrame, layer: Layer) -> pd.Series[float]:
    """Return how strong ties are drawn: what adds up as it is, else the share of pairs that are tied."""
    if layer.total:
        return table["value"].where(table["tied"] > 0, 0.0)
    return table["tied"] / table["pairs"]


def scale_of(
    ties: Ties, layer: Layer, drawn: tuple[Node, ...], arms: Sequence[str], table: pd.DataFrame
) -> float:
    """Return the strength of the widest tie: the same for every quarter, so that widths can be compared."""
    if not layer.total:
        return 1.0
    top = float(table["strength"].max()) if len(table) else 0.0
    for arm in arms:
        for quarter in range(0, ties.quarters, max(1, ties.quarters // 6)):
            found = put_together(ties, drawn, ties.strength(layer, arm, quarter))
            top = max(top, float(found.max()) if found.size else 0.0)
    return max(top, 1e-9)


def finding(
    ties: Ties, view: View, arm: str, label: str, other: str, other_label: str
) -> tuple[str, int, int]:
    """Return what the picture of an arm shows, how many pairs of actors are tied, and of how many."""
    layer = view.of
    links = ties.links(layer, arm, view.quarter)
    inside = ties.within(layer)
    n = int(inside.sum())
    tied, pairs = int(np.triu(links).sum()), n * (n - 1) // 2
    if not other:
        return f"{label}: {tied:,} of {pairs:,} pairs {layer.tied}", tied, pairs
    then = ties.links(layer, other, view.quarter)
    fresh, lost = int(np.triu(links & ~then).sum()), int(np.triu(then & ~links).sum())
    if not fresh and not lost:
        return f"{label}: the same pairs {layer.tied} as in {against_words(other_label)}", tied, pairs
    parts = [f"{fresh:,} new" if fresh else "", f"{lost:,} lost" if lost else ""]
    said = " and ".join(part for part in parts if part)
    return f"{label}: {tied:,} pairs {layer.tied}, {said} against {against_words(other_label)}", tied, pairs


def _subtitle(ties: Ties, view: View, differs: bool, left: int) -> str:
    layer = view.of
    what = {
        "all": f"Lines: pairs that {layer.tied}",
        "needed": f"Lines: pairs that should by role and that {layer.tied}; dotted: missing",
        "changed": f"Lines: pairs that {layer.tied}, where that differs",
    }[view.shown]
    wide = f"wider: more {layer.unit}" if layer.total else "wider: more of the pairs"
    colour = "; in colour, rings too: more than in the other map, dashed: fewer" if differs else ""
    rest = f" {counted(left, 'thin line')} left out." if left else ""
    when = capital(quarter_name(view.quarter, ties.days))
    return f"{when}, mean over runs. {what}; {wide}{colour}.{rest}"


def _heading(name: str, place: Place) -> dict[str, Any]:
    return {
        "name": name,
        "value": [round(place.x, 4), round(place.y, 2)],
        "label": {"position": "left" if place.left else "right"},
    }


def _table(table: pd.DataFrame, drawn: tuple[Node, ...], layer: Layer) -> pd.DataFrame:
    rows = table[(table["tied"] > 0) | (table["needed"] > 0)]
    rows = rows.sort_values(["strength", "tied"], ascending=False, kind="stable")
    # A mean of rates is no time that anybody waits, so days are said of single pairs alone.
    apart = rows["value"].where(rows["pairs"] == 1, np.nan) if layer.kind == "channel" else rows["value"]
    value = {layer.column: layer.told(apart.to_numpy(dtype=np.float64))}
    return pd.DataFrame(
        {
            "From": [drawn[a].full_label for a in rows["a"]],
            "To": [drawn[b].full_label for b in rows["b"]],
            f"Pairs that {layer.tied}": rows["tied"].to_numpy(),
            "Of pairs": rows["pairs"].to_numpy(),
            **value,
            "Asked for by role": rows["needed"].to_numpy(),
            "Of them missing": rows["missing"].to_numpy(),
        }
    )
