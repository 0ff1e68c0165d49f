"""The stakeholder network of one arm in one quarter: groups by country, opened where the reader wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.stakeholder_groups import Node, between, nodes, put_together
from stcsim.analysis.tie_layers import LAYERS, Layer, Ties
from stcsim.charts.chart import Chart
from stcsim.charts.names import room
from stcsim.charts.network_layout import Layout, Place, layout
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.style import GREY, INK, ArmStyle
from stcsim.pictures.words import capital, counted, number

MOST_TIES = 160
"""Ties that are drawn at most: the strongest."""
_WIDEST, _THINNEST = 7.0, 1.0
"""Width of ties in px."""
_CHANGED = 0.05
"""Change of a tie, as a share of the strongest, from which it is drawn as a change. Assumed."""
_NAMES, _NARROW_NAMES = 150.0, 92.0
"""Room for names on each side in px."""
_SHAPES = {
    "policy": "circle",
    "enforcement": "rect",
    "frontline": "triangle",
    "society": "diamond",
    "abroad": "path://M6 0l5.2 3v6L6 12 .8 9V3z",
}
SHOWN = ("all", "needed", "changed")
"""Which ties are drawn: all, those that roles ask for with those that are missing, or those that differ."""


@dataclass(frozen=True)
class View:
    """What a reader looks at.

    Parameters
    ----------
    layer : kind of tie
    quarter : from 0
    opened : groups whose actors are drawn one by one
    shown : one of `SHOWN`
    """

    layer: str
    quarter: int
    opened: tuple[str, ...] = ()
    shown: str = "all"

    @property
    def of(self) -> Layer:
        """The layer."""
        return LAYERS[self.layer]


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
    links, left = _links(table, drawn, where, view, style, scale, bool(other))
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
                "data": _marks(table, drawn, where, style, scale, bool(other)),
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


def against_words(label: str) -> str:
    """Return the name of an arm in the middle of a sentence."""
    return "the baseline" if label.lower() == "baseline" else label


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


def _links(
    table: pd.DataFrame,
    drawn: tuple[Node, ...],
    where: Layout,
    view: View,
    style: ArmStyle,
    scale: float,
    differs: bool,
) -> tuple[list[dict[str, Any]], int]:
    """Return ties as entries of an option, thin ones first, and how many there was no room for."""
    rows = table[table["a"] != table["b"]].copy()
    rows["change"] = (rows["strength"] - rows["before"]) / scale
    rows["differs"] = rows["change"].abs() >= _CHANGED if differs else False
    if view.shown == "needed":
        rows = rows[rows["needed"] > 0]
    elif view.shown == "changed":
        rows = rows[rows["differs"]]
    else:
        rows = rows[(rows["strength"] > 0) | rows["differs"]]
    rows = rows.sort_values(["differs", "strength", "a", "b"], kind="stable")
    left = max(0, len(rows) - MOST_TIES)
    return [_link(row, drawn, where, view, style, scale) for row in _records(rows.tail(MOST_TIES))], left


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _link(
    row: dict[str, Any], drawn: tuple[Node, ...], where: Layout, view: View, style: ArmStyle, scale: float
) -> dict[str, Any]:
    a, b = int(row["a"]), int(row["b"])
    # From above to below, so that a bend to the middle has the same sign on a side.
    if where.nodes[a].y > where.nodes[b].y:
        a, b = b, a
    first, second = where.nodes[a], where.nodes[b]
    bend = 0.0 if first.left != second.left else 0.38 if first.left else -0.38
    width = _THINNEST + (_WIDEST - _THINNEST) * min(1.0, float(row["strength"]) / scale)
    missing = view.shown == "needed" and row["tied"] == 0
    line: dict[str, Any] = {"curveness": bend, "width": round(width, 2), "color": GREY, "opacity": 0.38}
    if missing:
        line |= {"type": [2, 4], "width": 1.4, "color": INK, "opacity": 0.75}
    elif row["differs"]:
        weaker = row["change"] < 0
        line |= {"color": style.colour, "opacity": 0.95, "width": max(1.8, round(width, 2))}
        line |= {"type": [6, 4]} if weaker else {}

    tip = _tie_words(row, drawn, view)
    return {"source": drawn[a].id, "target": drawn[b].id, "lineStyle": line, "tip": tip}


def _tie_words(row: dict[str, Any], drawn: tuple[Node, ...], view: View) -> str:
    layer, a, b = view.of, drawn[int(row["a"])], drawn[int(row["b"])]
    lines = [f"{a.full_label} and {b.full_label}"]
    lines.append(f"{int(row['tied']):,} of {counted(int(row['pairs']), 'pair')} {layer.tied}")
    if layer.kind != "channel":
        lines.append(f"{layer.column}: {number(float(row['value']))}")
    elif row["pairs"] == 1 and row["value"] > 0:
        lines.append(f"{layer.column}: {number(1 / float(row['value']), 2)}")
    if row["needed"]:
        lines.append(f"{int(row['needed'])} asked for by role, {int(row['missing'])} of them missing")
    if row["differs"]:
        lines.append(
            "stronger than in the other map" if row["change"] > 0 else "weaker than in the other map"
        )
    return "\n".join(lines)


def _marks(
    table: pd.DataFrame, drawn: tuple[Node, ...], where: Layout, style: ArmStyle, scale: float, differs: bool
) -> list[dict[str, Any]]:
    """Return nodes as entries of an option."""
    tied = np.zeros(len(drawn))
    for a, b, n in table[["a", "b", "tied"]].itertuples(index=False):
        tied[a] += n
        tied[b] += n if a != b else 0
    inner = {
        int(a): (int(n), int(p))
        for a, b, n, p in table[["a", "b", "tied", "pairs"]].itertuples(index=False)
        if a == b
    }
    inside = table[table["a"] == table["b"]]
    changed = dict(zip(inside["a"], inside["strength"] - inside["before"], strict=True))
    found = []
    for i, (node, place) in enumerate(zip(drawn, where.nodes, strict=True)):
        size = 11.0 if node.opened else 13.0 + 4.2 * float(np.sqrt(len(node.members)))
        tip = [node.full_label, counted(int(tied[i]), "tie")]
        if not node.opened:
            tip[1:1] = [counted(len(node.members), "body").replace("bodys", "bodies")]
            if i in inner:
                tip.append(f"{inner[i][0]} of {counted(inner[i][1], 'pair')} within")
        tip.append("Click to close the group" if node.opened else "Click to open the group")
        alone = tied[i] == 0
        change = changed.get(i, 0.0) / scale if differs else 0.0
        ring = abs(change) >= _CHANGED
        if ring:
            tip.insert(-1, f"{'more' if change > 0 else 'fewer'} ties within than in the other map")
        found.append(
            {
                "id": node.id,
                "name": node.label,
                "value": [round(place.x, 4), round(place.y, 2)],
                "symbol": _SHAPES[node.group],
                "symbolSize": round(min(size, 30.0), 1),
                "itemStyle": {
                    "color": "var(--card)" if alone else GREY,
                    "borderColor": style.colour if ring else GREY,
                    "borderWidth": 4 if ring else 1.5,
                    **({"borderType": "dashed"} if ring and change < 0 else {}),
                },
                "label": {
                    "position": "left" if place.left else "right",
                    "formatter": "{b}",
                    **({"overflow": "truncate"} if node.opened else {}),
                },
                "home": node.home,
                "tip": "\n".join(tip),
            }
        )
    return found


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
