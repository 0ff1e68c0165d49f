"""KPST: knowledge, procedures, skills and tools, captured and latent, now and over time, body by body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.capacity import COMPONENTS, PILLARS, chosen, put_together
from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.marks import CARD, dashes, symbol
from stcsim.charts.names import names_axis, room
from stcsim.charts.paired import Paired, paired, points_against, points_finding
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.style import BASELINE, ArmStyle
from stcsim.pictures.words import capital, counted, number

MOST_BODIES = 20
_NAMES = 120.0


def where_words(body: str, pillar: str, names: Mapping[str, str]) -> str:
    """Return of whom and of which area capacity is shown."""
    of = names.get(body, body) if body else "all bodies"
    return f"{of}, {PILLARS.get(pillar, pillar)}" if pillar else of


def captured_change(capacity: pd.DataFrame, arm: str, quarter: int) -> Paired:
    """Return how captured capacity differs from the baseline at the end of a quarter, over paired runs.

    Parameters
    ----------
    capacity : rows that are looked at, see `stcsim.charts.capacity.chosen`
    """
    now = capacity[(capacity["quarter"] == quarter) & capacity["arm"].isin((BASELINE, arm))]
    means = put_together(now, ["arm", "replication"]).pivot(
        index="replication", columns="arm", values="captured"
    )
    return paired(np.asarray(means[BASELINE], float), np.asarray(means[arm], float))


def kpst_chart(
    capacity: pd.DataFrame,
    arm: str,
    quarter: int,
    *,
    label: str,
    styles: Mapping[str, ArmStyle],
    names: Mapping[str, str],
    days: Sequence[int],
    body: str = "",
    pillar: str = "",
) -> Chart | None:
    """Draw the four parts: what is in use, and upon it what is acquired and not in use.

    Parameters
    ----------
    capacity : table of an observation
    arm : which, beside the baseline
    quarter : at the end of which
    label : of the arm
    styles : of arms
    names : of bodies for people
    days : on which quarters end
    body, pillar : whose and which area; empty for all
    """
    mine = chosen(capacity, body, pillar)
    arms = list(dict.fromkeys((arm, BASELINE)))
    now = mine[(mine["quarter"] == quarter) & mine["arm"].isin(arms)]
    if now.empty:
        return None
    means = put_together(now, ["arm", "component"])
    held = {
        (str(a), str(c)): {"captured": float(used), "latent": float(rest)}
        for a, c, used, rest in zip(
            means["arm"], means["component"], means["captured"], means["latent"], strict=True
        )
    }
    parts = [c for c in COMPONENTS if (arm, c) in held]
    texts = [COMPONENTS[c] for c in parts]
    series: list[dict[str, Any]] = []
    for name in arms:
        said = "Baseline" if name == BASELINE else label
        for column, opacity, words in (("captured", 1.0, "in use"), ("latent", 0.35, "acquired, not in use")):
            series.append(
                {
                    "id": f"{name}-{column}",
                    "name": f"{said}: {words}",
                    "type": "bar",
                    "stack": name,
                    "barWidth": 16 if name == arms[0] else 9,
                    "barGap": "25%",
                    "itemStyle": {"color": styles[name].colour, "opacity": opacity},
                    "emphasis": {"disabled": True},
                    "data": [
                        {
                            "value": float(f"{held[name, c][column]:.5g}"),
                            "tip": f"{said}, {COMPONENTS[c].lower()}: "
                            f"{_share(held[name, c][column])} {words}",
                        }
                        for c in parts
                    ],
                }
            )
    beside = [f"{_share(held[arm, c]['captured'])} + {_share(held[arm, c]['latent'])}" for c in parts]
    option: dict[str, Any] = {
        "grid": {"left": room(texts, _NAMES), "right": room(beside, _NAMES), "top": 6, "bottom": 44},
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": 1,
            "name": "share of what their roles need",
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": {"formatter": "=share", "hideOverlap": True},
            "interval": 0.25,
        },
        "yAxis": [names_axis(texts, _NAMES), names_axis(beside, _NAMES, right=True)],
        "series": series,
    }
    least = min(parts, key=lambda c: held[arm, c]["captured"])
    title = (
        f"{label}, {where_words(body, pillar, names)}: {COMPONENTS[least].lower()} are least in use, "
        f"{_share(held[arm, least]['captured'])}"
    ).replace("knowledge are", "knowledge is")
    said = ""
    if arm != BASELINE:
        change = captured_change(mine, arm, quarter)
        title = f"{title}; in all four {points_finding(change, less='less')}"
        said = points_against(change, "Captured in all four")
    runs = int(now["replication"].nunique())
    table = pd.DataFrame(
        [
            (
                "Baseline" if a == BASELINE else label,
                COMPONENTS[c],
                100 * held[a, c]["captured"],
                100 * held[a, c]["latent"],
            )
            for a in arms
            for c in parts
        ],
        columns=["Arm", "Part", "In use, %", "Acquired and not in use, %"],
    )
    return Chart(
        "kpst",
        title,
        f"[[KPST]] at the end of {quarter_name(quarter, days)}, mean of {counted(runs, 'run')}. Full "
        "tone: [[captured capacity|captured]]; pale: [[latent capacity|latent]]"
        f"{'; thin grey bars: the baseline' if arm != BASELINE else ''}. {said}",
        option,
        table,
        f"{title}. " + "; ".join(f"{t}: {b}" for t, b in zip(texts, beside, strict=True)) + ".",
        height=60 + 48 * len(parts),
        narrow={"xAxis": {"interval": 0.5}},
    )


def _share(value: float) -> str:
    return f"{100 * value:.0f}%"


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
    series: list[dict[str, Any]] = []
    marks = _dated(dates, arm, days, names)
    for name in arms:
        own = means[means["arm"] == name].sort_values("quarter")
        said = "Baseline" if name == BASELINE else label
        for column, words in (("captured", "in use"), ("latent", "not in use")):
            full = column == "captured"
            colour = styles[name].colour
            series.append(
                {
                    "id": f"{name}-{column}",
                    "name": f"{said}: {words}",
                    "type": "line",
                    **symbol(styles[name]),
                    "symbolSize": 6 if full else 4,
                    "itemStyle": {
                        "color": colour if full and name != BASELINE else CARD,
                        "borderColor": colour,
                        "borderWidth": 1.4,
                    },
                    "lineStyle": {
                        "color": colour,
                        "width": 2.2 if full else 1.3,
                        "type": dashes(styles[name])
                        if full and name == BASELINE
                        else "solid"
                        if full
                        else "dotted",
                    },
                    "emphasis": {"disabled": True},
                    "data": [
                        {
                            "value": float(f"{value:.5g}"),
                            "tip": f"{said}, {quarter_name(int(q), days)}: {_fine(float(value))} {words}",
                        }
                        for q, value in zip(own["quarter"], own[column], strict=True)
                    ],
                    "z": 4 if full else 2,
                }
            )
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
    wide = means.assign(arm=[("Baseline" if a == BASELINE else label) for a in means["arm"]])
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
                "Arm": wide["arm"],
                "Quarter": wide["quarter"],
                "In use, %": 100 * wide["captured"],
                "Acquired and not in use, %": 100 * wide["latent"],
            }
        ),
        f"{title}.",
        height=340,
        narrow={"grid": {"top": 112, "left": 40}, "xAxis": {"axisLabel": {"hideOverlap": True}}},
    )


def _ends(low: float, high: float) -> tuple[float, float]:
    """Return ends of the axis in steps of 5 points; a narrow range is not blown up."""
    least, most = 0.05 * np.floor(low / 0.05), 0.05 * np.ceil(high / 0.05)
    if most - least < 0.2:
        least = max(0.0, least - 0.05)
    return round(float(least), 2), round(float(min(1.0, max(most, least + 0.2))), 2)


def _fine(share: float) -> str:
    return f"{100 * share:.1f}%"


_DATED = {
    "effect": "takes effect",
    "ends": "ends",
    "leaves": "leaves",
    "announced": "leaving is announced",
    "shock": "strikes",
}


def _dated(
    dates: pd.DataFrame, arm: str, days: Sequence[int], names: Mapping[str, str]
) -> list[tuple[int, str, str]]:
    """Return what is dated for an arm: place on the axis, a number, and words for all of that quarter."""
    mine = dates[dates["arm"].isin(("", arm)) & dates["what"].isin(tuple(_DATED))]
    found: dict[int, list[str]] = {}
    for day, what, who, detail in zip(mine["day"], mine["what"], mine["who"], mine["detail"], strict=True):
        subject = names.get(str(who), str(who)) if what in ("leaves", "announced") else str(detail)
        place = int(np.searchsorted(np.asarray(days), float(day)))
        words = f"{subject} {_DATED[str(what)]}"
        if 0 < place < len(days) and words not in found.setdefault(place, []):
            found[place].append(words)
    return [
        (place, str(i + 1), f"{i + 1}: {' and '.join(words)}")
        for i, (place, words) in enumerate(sorted(found.items()))
    ]


def time_finding(
    means: pd.DataFrame, arm: str, marks: Sequence[tuple[int, str, str]], days: Sequence[int]
) -> str:
    """Return how captured capacity went: from the start, and from what ended or left.

    Parameters
    ----------
    means : columns `arm`, `quarter`, `latent`, `captured`
    """
    own = means[means["arm"] == arm].set_index("quarter")["captured"]
    first, last = float(own.loc[own.index.min()]), float(own.loc[own.index.max()])
    ended = next((m for m in marks if "ends" in m[2] or "leaves" in m[2]), None)
    whole = f"in use goes from {_fine(first)} to {_fine(last)}"
    if ended is None or ended[0] not in own.index:
        return whole
    then = float(own.loc[ended[0]])
    if abs(last - then) < 0.0005:
        return f"{whole}, unchanged after {ended[2].partition(': ')[2]}"
    way = "falls" if last < then else "rises"
    when = quarter_name(ended[0], days)
    return f"in use {way} from {_fine(then)} to {_fine(last)} after {ended[2].partition(': ')[2]} ({when})"


def kpst_bodies_chart(
    capacity: pd.DataFrame,
    arm: str,
    quarter: int,
    *,
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
    pillar: str = "",
    latent: bool = False,
) -> Chart | None:
    """Draw a row a body and a column a part: what is in use, or what is acquired and not in use.

    Parameters
    ----------
    capacity : table of an observation
    arm : which
    quarter : at the end of which
    label : of the arm
    names : of bodies for people
    days : on which quarters end
    pillar : area; empty for all
    latent : what is not in use instead of what is
    """
    column = "latent" if latent else "captured"
    mine = chosen(capacity, "", pillar)
    now = mine[(mine["quarter"] == quarter) & (mine["arm"] == arm)]
    if now.empty:
        return None
    means = put_together(now, ["body", "component"])
    held = {
        (str(b), str(c)): float(x)
        for b, c, x in zip(means["body"], means["component"], means[column], strict=True)
    }
    weight = now.groupby("body")["weight"].sum()
    kept = weight.sort_values(ascending=False, kind="stable").index[:MOST_BODIES]
    order = sorted((str(b) for b in kept), key=lambda b: names.get(b, b))
    parts = [c for c in COMPONENTS if any((b, c) in held for b in order)]
    rows = [capital(names.get(b, b)) for b in order]
    cells = []
    for i, who in enumerate(order):
        for j, part in enumerate(parts):
            if (who, part) not in held:
                continue
            value = held[who, part]
            tip = f"{rows[i]}, {COMPONENTS[part].lower()}: {_fine(value)}"
            cells.append(cell(i, j, value, value, _share(value), tip) | {"body": who})
    whole = {b: float(np.mean([held[b, c] for c in parts if (b, c) in held])) for b in order}
    best, worst = max(whole, key=whole.__getitem__), min(whole, key=whole.__getitem__)
    words = "acquired and not in use" if latent else "in use"
    title = (
        f"{label}: most {words} at {names.get(best, best)} ({_share(whole[best])}), least at "
        f"{names.get(worst, worst)} ({_share(whole[worst])})"
    )
    runs = int(now["replication"].nunique())
    bounded = f" The {len(order)} largest of {len(weight)}." if len(order) < len(weight) else ""
    what = f"Area: {PILLARS[pillar]}. " if pillar else ""
    return Chart(
        "kpst-bodies",
        title,
        f"Share of what its roles need that is {words}, at the end of {quarter_name(quarter, days)}, mean of "
        f"{counted(runs, 'run')}. {what}The fuller the colour, the more.{bounded}",
        heat_option(cells, rows, [COMPONENTS[c] for c in parts]),
        pd.DataFrame(
            {"Body": rows}
            | {f"{COMPONENTS[c]}, %": [100 * held.get((b, c), np.nan) for b in order] for c in parts}
        ),
        f"{title}. Mean over bodies: {number(100 * float(np.mean(list(whole.values()))))}%.",
        height=height_of(len(order)),
        narrow=heat_narrow(
            cells, quiet=False, columns=[c[:1].upper() for c in (COMPONENTS[p] for p in parts)]
        ),
    )
