"""Who bridges and who is peripheral in the network of one kind of tie, in two arms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.ecosystem_map import BROKER, ISOLATE, MARGIN, EcosystemMap, ecosystem_map
from stcsim.analysis.tie_layers import Ties
from stcsim.charts.chart import Chart
from stcsim.charts.dots import dots_of
from stcsim.charts.network_view import View
from stcsim.charts.quarters import quarter_name
from stcsim.charts.tie_changes import actor_names, spoken_names
from stcsim.pictures.style import PALE, ArmStyle
from stcsim.pictures.words import capital, counted, listed

ROWS = 10
"""Actors that are drawn: those on the most ways in any of the arms. The table has all."""
_NAMES, _NARROW_NAMES = 240.0, 128.0
_PLACES = {"broker": "bridge", "member": "member", "margin": "peripheral", "isolate": "no ties"}


def map_of(ties: Ties, view: View, arm: str) -> tuple[np.ndarray[Any, np.dtype[np.int64]], EcosystemMap]:
    """Return places of actors that can have ties of a layer, and their map: what is so, nothing inferred."""
    inside = np.flatnonzero(ties.within(view.of))
    links = ties.links(view.of, arm, view.quarter)[np.ix_(inside, inside)]
    some = ties.actors.iloc[inside]
    return inside, ecosystem_map(list(some["group"]), list(some["country"]), links, unreported=0.0)


def bridges_chart(ties: Ties, view: View, arms: Mapping[str, str], styles: Mapping[str, ArmStyle]) -> Chart:
    """Return on how many of the shortest ways between others each actor lies.

    Parameters
    ----------
    arms : labels by name: what the last is held against, and the last, which the title speaks of
    styles : of the arms
    """
    layer, names, spoken = view.of, actor_names(ties), spoken_names(ties)
    maps = {arm: map_of(ties, view, arm) for arm in arms}
    last = list(arms)[-1]
    inside = maps[last][0]
    between = {arm: found.betweenness for arm, (_, found) in maps.items()}
    top = np.max(list(between.values()), axis=0)
    order = [int(i) for i in np.argsort(-top, kind="stable")[:ROWS] if top[i] > 0]
    texts = [names[inside[i]] for i in order]
    rows = [
        {
            "Body": names[inside[i]],
            **{
                head: value
                for arm, label in arms.items()
                for head, value in (
                    (f"Place: {label}", _PLACES[maps[arm][1].position[i]]),
                    (f"Ties: {label}", int(maps[arm][1].links[i].sum())),
                    (f"Share of shortest ways: {label}", float(between[arm][i])),
                    (f"Influence: {label}", float(maps[arm][1].influence[i])),
                )
            },
        }
        for i in np.argsort(-top, kind="stable")
    ]
    title = bridges_finding(maps[last][1], [spoken[i] for i in inside], arms[last], layer.label.lower())
    spans: list[dict[str, Any]] = []
    if len(arms) > 1:
        ends = [sorted(float(between[arm][i]) for arm in arms) for i in order]
        points = [p for y, (low, *_, high) in enumerate(ends) for p in ([low, y], [high, y], ["-", "-"])]
        spans.append(
            {
                "id": "spans",
                "type": "line",
                "data": points,
                "symbol": "none",
                "silent": True,
                "lineStyle": {"color": PALE, "width": 4},
                "tooltip": {"show": False},
                # Under the marks, whichever comes first.
                "z": 1,
            }
        )
    found = {
        arm: [
            (
                round(float(between[arm][i]), 5),
                f"{text}\n{label}: on {100 * between[arm][i]:.1f}% of the shortest ways, "
                f"{counted(int(maps[arm][1].links[i].sum()), 'tie')}",
            )
            for text, i in zip(texts, order, strict=True)
        ]
        for arm, label in arms.items()
    }
    dots = dots_of(
        texts,
        found,
        arms,
        styles,
        "Share of shortest ways between others",
        form="=share",
        behind=spans,
        most=_NAMES,
        few=_NARROW_NAMES,
        row=30,
    )
    when = capital(quarter_name(view.quarter, ties.days))
    few = f"Those on most ways; the table has all {len(inside)}."
    rest = few if len(order) < len(inside) else ""
    return Chart(
        name="bridges",
        title=title,
        subtitle=f"{when}, by {layer.label.lower()}. A [[bridge]] lies on many of the shortest ways between "
        f"others; a [[peripheral]] body has at most half as many ties as the mean. {rest}",
        option=dots.option,
        table=pd.DataFrame(rows),
        label=f"{title}. Share of shortest ways between others on which a body lies, for {listed(texts)}.",
        height=dots.height,
        narrow=dots.narrow,
    )


def bridges_finding(found: EcosystemMap, names: list[str], label: str, ties: str) -> str:
    """Return who bridges, and how many are at the margin or have no tie."""
    order = np.argsort(-found.betweenness, kind="stable")
    brokers = [names[i] for i in order if found.position[i] == BROKER]
    margin, alone = found.position.count(MARGIN), found.position.count(ISOLATE)
    if not found.links.any():
        return f"{label}: nobody is tied by {ties}"
    said = (
        f"{listed(brokers, 3)} {'bridges' if len(brokers) == 1 else 'bridge'}"
        if brokers
        else "nobody bridges"
    )
    parts = [f"{margin:,} peripheral" if margin else "", f"{alone:,} without a tie" if alone else ""]
    rest = " and ".join(part for part in parts if part)
    return f"{label}: {said}; {rest}, of {len(names):,}" if rest else f"{label}: {said}"
