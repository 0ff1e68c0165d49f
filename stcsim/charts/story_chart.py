"""The story of one occasion, drawn: who does something on which day, in the baseline and with an arm."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.marks import fill, symbol
from stcsim.charts.names import names_axis, room
from stcsim.charts.rows import between_rows
from stcsim.charts.story import Told, story_title
from stcsim.charts.story_events import day_words, events_of
from stcsim.pictures.style import BASELINE, ArmStyle
from stcsim.pictures.words import capital, counted

_ROW, _FRAME = 30, 74
_NAMES, _FEW = 210.0, 112.0


def story_chart(
    events: pd.DataFrame,
    told: Told,
    arm: str,
    *,
    label: str,
    styles: Mapping[str, ArmStyle],
    names: Mapping[str, str],
) -> Chart | None:
    """Draw a row for everybody who has a part, and a column for each day on which something happens.

    Parameters
    ----------
    events : table of an observation
    told : occasion
    arm : which beside the baseline
    label : of the arm
    styles : of arms
    names : of actors for people
    """
    shown = list(dict.fromkeys((BASELINE, arm)))
    tables = {a: events_of(events, told, a, names) for a in shown}
    whole = pd.concat([t.assign(arm=a) for a, t in tables.items()], ignore_index=True)
    if whole.empty:
        return None
    days = sorted(int(d) for d in whole["Day"].unique())
    who = list(dict.fromkeys(whole.sort_values("Day", kind="stable")["Who"]))
    columns, rows = {d: i for i, d in enumerate(days)}, {w: i for i, w in enumerate(who)}
    series: list[dict[str, Any]] = []
    for at, name in enumerate(shown):
        said: dict[tuple[int, int], list[str]] = {}
        table = tables[name]
        for day, body, what, more in zip(*(table[c] for c in table.columns), strict=True):
            words = f"{what} ({more})" if more else str(what)
            said.setdefault((columns[int(day)], rows[str(body)]), []).append(words)
        title = "Baseline" if name == BASELINE else label
        shift = 0.0 if len(shown) == 1 else (-0.16, 0.16)[at]
        path = [[x, y + shift] for (x, y) in said]
        series.append(
            {
                "id": f"path-{name}",
                "type": "line",
                "data": path,
                "symbol": "none",
                "silent": True,
                "tooltip": {"show": False},
                "lineStyle": {"color": styles[name].colour, "width": 1.2, "opacity": 0.55},
                "z": 2,
            }
        )
        series.append(
            {
                "id": f"events-{name}",
                "name": title,
                "type": "scatter",
                **symbol(styles[name]),
                "symbolSize": 11,
                "itemStyle": fill(styles[name]),
                "data": [
                    {
                        "value": [x, y + shift],
                        "tip": f"{title}, {day_words(days[x])}\n{capital(who[y])}: " + "; ".join(texts),
                    }
                    for (x, y), texts in said.items()
                ],
                "z": 4,
            }
        )
    few = max(1, math.ceil(len(days) / 10))
    option: dict[str, Any] = {
        "grid": {"left": room(who, _NAMES), "right": 24, "top": 40, "bottom": 30},
        "legend": {
            "show": len(shown) > 1,
            "top": 0,
            "left": 0,
            "selectedMode": False,
            "data": [s["name"] for s in series if "name" in s],
        },
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "category",
            "data": [day_words(d) for d in days],
            "axisLabel": {"interval": few - 1, "hideOverlap": True},
            "axisTick": {"show": False},
            "boundaryGap": True,
        },
        "yAxis": {
            **names_axis([capital(w) for w in who], _NAMES),
            "splitLine": {"show": True, "lineStyle": {"color": "var(--rule)"}},
        },
        "series": series,
    }
    narrow = {
        "grid": {"left": room(who, _FEW), "right": 10},
        "xAxis": {"axisLabel": {"interval": max(1, math.ceil(len(days) / 3)) - 1}},
        "yAxis": [{"axisLabel": {"width": _FEW, "fontSize": 11}}, {}],
    }
    table = whole.assign(Arm=["Baseline" if a == BASELINE else label for a in whole["arm"]])
    title = story_title(told, arm, label)
    return Chart(
        "story",
        title,
        f"Run {told.replication + 1}, {capital(told.network.replace('_', ' '))}, {told.goods} from "
        f"{told.supplier}. Columns are the days on which something happens, counted from the day on which "
        "the occasion arises; each mark is one event.",
        between_rows(option, len(who)),
        table[["Arm", "Day", "Who", "What", "Detail"]],
        f"{title}. {counted(len(whole), 'event')} in the list below.",
        height=_FRAME + _ROW * len(who),
        narrow=narrow,
    )
