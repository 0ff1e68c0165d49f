"""Which ties are missing that roles ask for: by country and across borders, in two arms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.stakeholder_groups import short_country
from stcsim.analysis.tie_layers import Ties
from stcsim.charts.chart import Chart
from stcsim.charts.dots import dots_of
from stcsim.charts.network_view import View, against_words
from stcsim.charts.quarters import quarter_name
from stcsim.charts.tie_changes import actor_names
from stcsim.pictures.style import PALE, ArmStyle
from stcsim.pictures.words import capital, listed

ACROSS, ABROAD = "Across borders", "With international bodies"
_NAMES, _NARROW_NAMES = 190.0, 118.0


def pairs_table(ties: Ties, view: View, arms: Mapping[str, str]) -> pd.DataFrame:
    """Return each pair that roles ask for with what it is in each arm, the most important missing ones first.

    Columns: `one`, `other`, `where`, `importance`, and under the label of each arm whether the pair is tied.
    """
    names = actor_names(ties)
    a, b = np.nonzero(np.triu(ties.needed))
    country = list(ties.actors["country"])
    labels = [short_country(text) for text in ties.actors["country_label"]]
    where = [
        labels[i] if country[i] == country[j] else ACROSS if country[i] and country[j] else ABROAD
        for i, j in zip(a, b, strict=True)
    ]
    tied = {label: ties.links(view.of, arm, view.quarter)[a, b] for arm, label in arms.items()}
    table = pd.DataFrame(
        {
            "one": [names[i] for i in a],
            "other": [names[j] for j in b],
            "where": where,
            "importance": ties.needed[a, b],
            **tied,
        }
    )
    last = list(arms.values())[-1]
    return table.sort_values([last, "importance"], ascending=[True, False], kind="stable", ignore_index=True)


def missing_finding(table: pd.DataFrame, view: View, arms: Mapping[str, str]) -> str:
    """Return how many of the pairs that roles ask for lack a tie in each arm, and where most of them are."""
    labels = list(arms.values())
    lacking = {label: int((~table[label]).sum()) for label in labels}
    last = labels[-1]
    said = f"{lacking[last]:,} of {len(table):,} pairs that roles ask for do not {view.of.tied}"
    if len(labels) == 1:
        return said
    first = labels[0]
    name = against_words(first)
    if lacking[first] == lacking[last]:
        return f"{said}, with {last} as in {name}"
    return f"{said} with {last}, {lacking[first]:,} in {name}"


def missing_chart(
    ties: Ties, view: View, arms: Mapping[str, str], styles: Mapping[str, ArmStyle]
) -> Chart | None:
    """Return how many ties are missing by place; None where roles ask for none.

    Parameters
    ----------
    arms : labels by name, the one that the title is about last
    styles : of the arms
    """
    table = pairs_table(ties, view, arms)
    if table.empty:
        return None
    places = [*sorted(set(table["where"]) - {ACROSS, ABROAD}), ACROSS, ABROAD]
    places = [place for place in places if (table["where"] == place).any()]
    needed = {place: int((table["where"] == place).sum()) for place in places}
    lacking = {
        label: {place: int(((table["where"] == place) & ~table[label]).sum()) for place in places}
        for label in arms.values()
    }
    texts = [f"{place} ({needed[place]:,})" for place in places]
    whole: dict[str, Any] = {
        "id": "needed",
        "type": "bar",
        "barWidth": 12,
        "silent": True,
        "tooltip": {"show": False},
        "itemStyle": {"color": PALE, "borderRadius": 3},
        "data": [needed[place] for place in places],
    }
    found = {
        arm: [
            (float(n), f"{place}\n{label}: {n} of {needed[place]} missing")
            for place, n in lacking[label].items()
        ]
        for arm, label in arms.items()
    }
    dots = dots_of(
        texts,
        found,
        arms,
        styles,
        "Pairs without a tie",
        behind=[whole],
        most=_NAMES,
        few=_NARROW_NAMES,
        row=40,
    )
    dots.option["xAxis"]["minInterval"] = 1
    title = missing_finding(table, view, arms)
    worst = [f"{place} {lacking[list(arms.values())[-1]][place]} of {needed[place]}" for place in places]
    shown = table.assign(**{label: np.where(table[label], "tied", "missing") for label in arms.values()})
    shown.columns = ["One side", "Other side", "Where", "Importance", *arms.values()]
    when = capital(quarter_name(view.quarter, ties.days))
    return Chart(
        name="missing-ties",
        title=title,
        subtitle=f"{when}, by {view.of.label.lower()}. Marks: pairs without a tie; grey bars: all pairs that "
        "should work together by role, such as a licensing authority and its customs (assumed).",
        option=dots.option,
        table=shown,
        label=f"{title}. Missing: {listed(worst, 12)}.",
        height=dots.height,
        narrow=dots.narrow,
    )
