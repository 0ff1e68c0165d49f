"""Ties and groups of a network as marks: how wide and how dark, and what is said when they are pointed at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.stakeholder_groups import Node
from stcsim.charts.network_layout import Layout
from stcsim.charts.network_view import View
from stcsim.pictures.style import GREY, INK, ArmStyle
from stcsim.pictures.words import counted, number

MOST_TIES = 160
"""Ties that are drawn at most: the strongest."""
_WIDEST, _THINNEST = 7.0, 1.0
"""Width of ties in px."""
_CHANGED = 0.05
"""Change of a tie, as a share of the strongest, from which it is drawn as a change. Assumed."""
_SHAPES = {
    "policy": "circle",
    "enforcement": "rect",
    "frontline": "triangle",
    "society": "diamond",
    "abroad": "path://M6 0l5.2 3v6L6 12 .8 9V3z",
}


def links_of(
    table: pd.DataFrame,
    drawn: tuple[Node, ...],
    where: Layout,
    view: View,
    style: ArmStyle,
    scale: float,
    differs: bool,
) -> tuple[list[dict[str, Any]], int]:
    """Return ties as entries of an option, thin ones first, and how many there was no room for.

    Parameters
    ----------
    table : pairs of groups, with `strength` in this arm and `before` in the one that it is held against
    drawn, where : groups, and where they stand
    view : what is looked at
    style : of the arm
    scale : strength of the widest tie
    differs : whether the arm is held against another one
    """
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


def marks_of(
    table: pd.DataFrame, drawn: tuple[Node, ...], where: Layout, style: ArmStyle, scale: float, differs: bool
) -> list[dict[str, Any]]:
    """Return groups and bodies as entries of an option.

    Parameters
    ----------
    table, drawn, where, style, scale, differs : as of `links_of`
    """
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
