"""KPST over time: captured and latent capacity quarter by quarter, with what is dated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.capacity import COMPONENTS, chosen, put_together, where_words
from stcsim.charts.chart import Chart
from stcsim.charts.dated import dated
from stcsim.charts.marks import CARD, dashes, symbol
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.style import BASELINE, ArmStyle
from stcsim.pictures.words import counted, share_percent


def kpst_time_chart(
    capacity: pd.DataFrame,
    arm: str,
    *,
    label: str,
    styles: Mapping[str, ArmStyle],
    names: Mapping[str, str],
    days: Sequence[int],
    dates: pd.DataFrame,
    body: str = "",
    pillar: str = "",
    component: str = "",
) -> Chart | None:
    """Draw captured and latent capacity over quarters, with what is dated: what begins, ends, leaves.

    Parameters
    ----------
    capacity : table of an observation
    arm : which, beside the baseline
    label : of the arm
    styles : of arms
    names : of bodies for people
    days : on which quarters end
    dates : table of an observation
    body, pillar, component : whose, which area, which part; empty for all
    """
    mine = chosen(capacity, body, pillar)
    if component:
        mine = mine[mine["component"] == component]
    arms = list(dict.fromkeys((BASELINE, arm)))
    mine = mine[mine["arm"].isin(arms)]
    if mine.empty:
        return None
    means = put_together(mine, ["arm", "quarter"])
    marks = dated(dates, arm, days, names)
    labels = {BASELINE: "Baseline"} | ({} if arm == BASELINE else {arm: label})
    series = [
        _line(means[means["arm"] == name], name, column, labels[name], styles[name], days)
        for name in arms
        for column in ("captured", "latent")
    ]
    if marks:
        series[0]["markLine"] = {
            "symbol": "none",
            "silent": False,
            "lineStyle": {"type": "dashed", "width": 1},
            "label": {"show": True, "formatter": "{b}", "fontSize": 12, "position": "end", "distance": 3},
            "data": [{"xAxis": q, "name": short, "tip": words} for q, short, words in marks],
        }
    quarters = sorted(int(q) for q in means["quarter"].unique())
    both = means[["latent", "captured"]]
    ends = _ends(float(both.min().min()), float(both.max().max()))
    legend = [{"name": str(s["name"])} for s in series]
    option: dict[str, Any] = {
        "grid": {"left": 46, "right": 16, "top": 72, "bottom": 42},
        "legend": {"top": 0, "left": 0, "itemWidth": 26, "data": legend},
        "tooltip": {"trigger": "axis", "formatter": "=tip"},
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": [quarter_name(q, days, short=True) for q in quarters],
            "name": "year / quarter",
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": {"hideOverlap": True},
        },
        "yAxis": {
            "type": "value",
            "min": ends[0],
            "max": ends[1],
            "axisLabel": {"formatter": "=share"},
            "splitNumber": 4,
        },
        "series": series,
    }
    what = COMPONENTS[component].lower() if component else "knowledge, procedures, skills and tools"
    runs = int(mine["replication"].nunique())
    title = f"{label}, {where_words(body, pillar, names)}: {time_finding(means, arm, marks, days)}"
    return Chart(
        "kpst-time",
        title,
        f"Mean of {what} over {counted(runs, 'run')}, share of what roles need. Strong lines: "
        f"[[captured capacity|in use]]; dotted: [[latent capacity|acquired and not in use]]. "
        f"{'Upright lines: ' + '; '.join(words for _, _, words in marks) + '.' if marks else ''}",
        option,
        pd.DataFrame(
            {
                "Arm": means["arm"].map(labels),
                "Quarter": means["quarter"],
                "In use, %": 100 * means["captured"],
                "Acquired and not in use, %": 100 * means["latent"],
            }
        ),
        f"{title}.",
        height=340,
        narrow={"grid": {"top": 112, "left": 40}, "xAxis": {"axisLabel": {"hideOverlap": True}}},
    )


def _line(
    own: pd.DataFrame, arm: str, column: str, label: str, style: ArmStyle, days: Sequence[int]
) -> dict[str, Any]:
    """Return the line of an arm: strong where it tells what is in use, dotted where what is not."""
    full, base = column == "captured", arm == BASELINE
    words = "in use" if full else "not in use"
    kind = "dotted" if not full else dashes(style) if base else "solid"
    own = own.sort_values("quarter")
    return {
        "id": f"{arm}-{column}",
        "name": f"{label}: {words}",
        "type": "line",
        **symbol(style),
        "symbolSize": 6 if full else 4,
        "itemStyle": {
            "color": style.colour if full and not base else CARD,
            "borderColor": style.colour,
            "borderWidth": 1.4,
        },
        "lineStyle": {"color": style.colour, "width": 2.2 if full else 1.3, "type": kind},
        "emphasis": {"disabled": True},
        "data": [
            {
                "value": float(f"{value:.5g}"),
                "tip": f"{label}, {quarter_name(int(q), days)}: {share_percent(float(value), 1)} {words}",
            }
            for q, value in zip(own["quarter"], own[column], strict=True)
        ],
        "z": 4 if full else 2,
    }


def _ends(low: float, high: float) -> tuple[float, float]:
    """Return ends of the axis in steps of 5 points; a narrow range is not blown up."""
    least, most = 0.05 * np.floor(low / 0.05), 0.05 * np.ceil(high / 0.05)
    if most - least < 0.2:
        least = max(0.0, least - 0.05)
    return round(float(least), 2), round(float(min(1.0, max(most, least + 0.2))), 2)


_ENDING = re.compile(r"\b(ends|leaves?)\b")
_SEEN = 0.005
"""Of a share: what changes by less is not told of what is not in use."""


def time_finding(
    means: pd.DataFrame, arm: str, marks: Sequence[tuple[int, str, str]], days: Sequence[int]
) -> str:
    """Return how capacity went: in use from the start, or what came after something ended or somebody left.

    Parameters
    ----------
    means : columns `arm`, `quarter`, `latent`, `captured`
    marks : what is dated, see `stcsim.charts.dated.dated`
    """
    own = means[means["arm"] == arm].set_index("quarter")
    used, rest = own["captured"].astype(float), own["latent"].astype(float)
    first, last = own.index.min(), own.index.max()
    ended = next((m for m in marks if _ENDING.search(m[2])), None)
    whole = f"in use {_way(used[first], used[last])}"
    if ended is None or ended[0] not in own.index:
        return whole
    then = ended[0]
    since = f"after {ended[2].partition(': ')[2]} ({quarter_name(then, days)})"
    whole = f"in use {_way(used[then], used[last])}"
    if abs(rest[last] - rest[then]) > max(_SEEN, abs(used[last] - used[then])):
        return f"{whole}, acquired and not in use {_way(rest[then], rest[last])} {since}"
    return f"{whole} {since}"


def _way(then: float, last: float) -> str:
    """Return how a share went; what is the same as it is printed stays."""
    before, after = share_percent(then, 1), share_percent(last, 1)
    if before == after:
        return f"stays at {after}"
    return f"{'falls' if last < then else 'rises'} from {before} to {after}"
