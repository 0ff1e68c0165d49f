"""The story of one occasion, event by event: in the baseline and with an arm."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from stcsim.actors.vocabulary import family_words
from stcsim.charts.attempts import FATES, NEITHER, ORIGINS, THROUGH, WAYS
from stcsim.charts.chart import Chart
from stcsim.charts.marks import fill, symbol
from stcsim.charts.names import names_axis, room
from stcsim.pictures.style import BASELINE, ArmStyle
from stcsim.pictures.words import capital, counted

NOBODY = "nobody in particular"
_ID = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_]+")
"""Identity of a body in words."""
_ROW, _FRAME = 30, 74
_NAMES, _FEW = 210.0, 112.0

EVENTS: Final[Mapping[str, str]] = {
    "attempt": "tries",
    "forgone": "lets it pass",
    "application": "receives an application",
    "returned": "returns the application",
    "licence": "grants the licence",
    "refusal": "refuses the licence",
    "check": "begins a check",
    "knowledge": "knows of the front or the network",
    "unread": "has not read what lies there",
    "arrival": "sees the goods arrive",
    "screening": "screens",
    "held": "detains on doubt",
    "stopped": "stops it",
    "released": "has to let it go",
    "delivered": "lets it through",
    "completed": "has the goods",
    "discovery": "learns of it afterwards",
    "news": "tells others",
    "case": "takes a step in law",
    "open": "no more is watched",
}
"""What happens in a story, in a few words, by `what` of an observation."""


@dataclass(frozen=True)
class Told:
    """An occasion that has a story in every arm.

    Parameters
    ----------
    key : what the address calls it, ``replication-case``
    replication, case : which
    day : on which it arose in the baseline
    network : whose
    goods : family, in words
    supplier : country
    fates : by arm
    ways : by arm
    """

    key: str
    replication: int
    case: str
    day: float
    network: str
    goods: str
    supplier: str
    fates: Mapping[str, str]
    ways: Mapping[str, str]

    def differs(self, arm: str) -> bool:
        """Whether it ends otherwise, or goes another way, than in the baseline."""
        return (self.fates[arm], self.ways[arm]) != (self.fates[BASELINE], self.ways[BASELINE])

    def turned(self, arm: str) -> bool:
        """Whether it gets through in one of the two alone."""
        return (self.fates[arm] in THROUGH) != (self.fates[BASELINE] in THROUGH)


def stories(cases: pd.DataFrame, arms: Sequence[str]) -> tuple[Told, ...]:
    """Return the occasions that have a story, in the order of runs and days.

    Parameters
    ----------
    cases : table of an observation
    arms : all of them, the baseline first
    """
    told = cases[cases["story"] & cases["origin"].isin(ORIGINS["networks"])]
    found = []
    by_key: dict[tuple[int, str], dict[str, dict[Any, Any]]] = {}
    for row in told.to_dict("records"):
        by_key.setdefault((int(row["replication"]), str(row["case"])), {})[str(row["arm"])] = row
    for (replication, case), by_arm in by_key.items():
        if not all(arm in by_arm for arm in arms):
            continue
        first = by_arm[arms[0]]
        found.append(
            Told(
                f"{replication}-{case}",
                replication,
                case,
                float(first["day"]),
                str(first["network"]),
                family_words(str(first["family"])),
                str(first["supplier"]),
                {a: str(by_arm[a]["fate"]) for a in arms},
                {a: str(by_arm[a]["way"]) for a in arms},
            )
        )
    return tuple(sorted(found, key=lambda t: (t.replication, t.day)))


def best_told(found: Sequence[Told], arm: str) -> Told | None:
    """Return the story to show where none was asked for: one that an arm turns, else one that it changes."""
    return next(
        (t for test in (Told.turned, Told.differs) for t in found if test(t, arm)),
        found[0] if found else None,
    )


def fate_words(fate: str) -> str:
    """Return what becomes of an attempt."""
    return FATES.get(fate, fate.replace("_", " "))


def story_title(told: Told, arm: str, label: str) -> str:
    """Return how it ends in the baseline and with the arm."""
    before, now = told.fates[BASELINE], told.fates[arm]
    if arm == BASELINE:
        return f"An occasion for {told.goods} from {told.supplier}: {fate_words(before)}"
    if before == now and told.ways[arm] == told.ways[BASELINE]:
        return f"The same occasion: {fate_words(before)} in the baseline, and no otherwise with {label}"
    if before == now:
        return (
            f"The same occasion: {fate_words(before)} in both, {WAYS[told.ways[BASELINE]]} in the baseline, "
            f"{WAYS[told.ways[arm]]} with {label}"
        )
    return f"The same occasion: {fate_words(before)} in the baseline, {fate_words(now)} with {label}"


def events_of(events: pd.DataFrame, told: Told, arm: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the story in one arm for people: columns `Day`, `Who`, `What`, `Detail`, in order.

    Parameters
    ----------
    events : table of an observation
    told : occasion
    arm : which
    names : of actors for people, by identity

    Notes
    -----
    Days are counted from the day on which the occasion arose; what was known before has negative ones.
    """
    mine = events[
        (events["arm"] == arm) & (events["replication"] == told.replication) & (events["case"] == told.case)
    ]
    return pd.DataFrame(
        {
            "Day": (mine["day"] - told.day).round().astype(int),
            "Who": [_name(w, names) if w else NOBODY for w in mine["who"].astype(str)],
            "What": [EVENTS.get(w, w) for w in mine["what"].astype(str)],
            "Detail": [_ID.sub(lambda m: names.get(m[0], m[0]), d) for d in mine["detail"].astype(str)],
        }
    ).reset_index(drop=True)


def _name(who: str, names: Mapping[str, str]) -> str:
    # A network that has no name of its own is told by its number.
    found = names.get(who, who)
    return found.replace("_", " ") if found == who else found


def day_words(day: int) -> str:
    """Return a day of a story: ``day 12``, or how long before where it is long ago."""
    if day >= 0:
        return f"day {day}"
    if day > -60:
        return f"{counted(-day, 'day')} before"
    months = round(-day / 30.4)
    return f"{counted(months, 'month')} before"


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
                "xAxisIndex": 0,
                "yAxisIndex": 1,
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
                "xAxisIndex": 0,
                "yAxisIndex": 1,
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
    # The axis of names stays drawn although all marks stand on that of numbers.
    series.append({"id": "names", "type": "scatter", "data": [], "silent": True, "yAxisIndex": 0})
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
        "yAxis": [
            {
                **names_axis([capital(w) for w in who], _NAMES),
                "splitLine": {"show": True, "lineStyle": {"color": "var(--rule)"}},
            },
            {"type": "value", "inverse": True, "min": -0.5, "max": len(who) - 0.5, "show": False},
        ],
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
        option,
        table[["Arm", "Day", "Who", "What", "Detail"]],
        f"{title}. {counted(len(whole), 'event')} in the list below.",
        height=_FRAME + _ROW * len(who),
        narrow=narrow,
    )


def story_option(told: Told, arm: str) -> str:
    """Return one line by which a story is chosen."""
    before, now = fate_words(told.fates[BASELINE]), fate_words(told.fates[arm])
    ends = before if arm == BASELINE or before == now else f"{before} → {now}"
    when = f"run {told.replication + 1}, day {told.day:.0f}"
    return f"{ends} · {told.goods} from {told.supplier} · {when}"


def story_group(told: Told, arm: str) -> str:
    """Return under which heading a story is chosen."""
    before, now = told.fates[BASELINE], told.fates[arm]
    if told.turned(arm):
        if now in NEITHER:
            return "No longer tried, or not over"
        return "Stopped with the arm" if before in THROUGH else "Gets through with the arm"
    return "Changed otherwise" if told.differs(arm) else "The same in both"
