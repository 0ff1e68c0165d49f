"""Overlap: what donors pay for that another donor delivers to the same body in the same quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.capacity import PILLARS
from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.names import names_axis, room
from stcsim.charts.paired import LEAST, Paired, paired, points_against, points_finding
from stcsim.charts.quarters import YEAR_DAYS
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, number

MOST_ROWS = 20
_SHORT = {
    "legal_regulatory": "Law",
    "licensing": "Licensing",
    "enforcement": "Enforcement",
    "government_industry": "Industry",
    "interagency_international": "Coordination",
}
_ROW, _FRAME = 38, 82
_NAMES, _FEW = 190.0, 104.0


def _money(aid: pd.DataFrame, arm: str, runs: Sequence[int], *, overlapping: bool) -> F8:
    """Return money of donors run by run, all of it or what overlaps."""
    mine = aid[(aid["arm"] == arm) & (aid["donor"] != "")]
    if overlapping:
        mine = mine[mine["overlapping"]]
    sums = mine.groupby("replication")["money"].sum()
    return np.asarray(sums.reindex(list(runs), fill_value=0.0), float)


def overlap_share(aid: pd.DataFrame, arm: str, runs: Sequence[int]) -> F8:
    """Return the share of donors' money that overlaps, run by run; NaN where they spend nothing."""
    whole = _money(aid, arm, runs, overlapping=False)
    part = _money(aid, arm, runs, overlapping=True)
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan)


def overlap_chart(
    aid: pd.DataFrame,
    arm: str,
    *,
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
    replications: int,
) -> Chart | None:
    """Draw a row a donor: what it pays alone for, and what overlaps; None where no donor pays.

    Parameters
    ----------
    aid : table of an observation
    arm : which, beside the baseline
    label : of the arm
    names : of donors for people
    days : on which quarters end
    replications : runs of each arm
    """
    runs = list(range(replications))
    given = aid[aid["donor"] != ""]
    arms = list(dict.fromkeys((arm, BASELINE)))
    donors = sorted(str(d) for d in given.loc[given["arm"].isin(arms), "donor"].unique())
    if not donors:
        return None
    years = days[-1] / YEAR_DAYS
    sums = given.groupby(["arm", "donor", "overlapping"])["money"].sum() / (replications * years)
    held = {key: float(value) for key, value in sums.items()}
    rows = [capital(_plain(d, names)) for d in donors]
    series: list[dict[str, Any]] = []
    table = []
    for name in arms:
        said = "Baseline" if name == BASELINE else label
        for over, words, colour in ((False, "delivered alone", "#2f6690"), (True, "overlapping", "#8f6200")):
            values = [held.get((name, d, over), 0.0) for d in donors]
            series.append(
                {
                    "id": f"{name}-{over}",
                    "name": words,
                    "type": "bar",
                    "stack": name,
                    "barWidth": 16 if name == arms[0] else 8,
                    "barGap": "25%",
                    "itemStyle": {"color": colour, "opacity": 1.0 if name == arms[0] else 0.45},
                    "emphasis": {"disabled": True},
                    "data": [
                        {
                            "value": float(f"{value:.5g}"),
                            "tip": f"{said}, {row}: {number(value)} thousand USD a year {words}",
                        }
                        for row, value in zip(rows, values, strict=True)
                    ],
                }
            )
            table += [(said, row, capital(words), v) for row, v in zip(rows, values, strict=True)]
    beside = []
    for d in donors:
        alone, double = held.get((arm, d, False), 0.0), held.get((arm, d, True), 0.0)
        beside.append(f"{100 * double / (alone + double):.0f}%" if alone + double > 0 else "")
    option: dict[str, Any] = {
        "grid": {"left": room(rows, _NAMES), "right": room(beside, _NAMES), "top": 30, "bottom": 44},
        "legend": {
            "top": 0,
            "left": 0,
            "itemWidth": 14,
            "itemHeight": 10,
            "data": ["delivered alone", "overlapping"],
        },
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "xAxis": {
            "type": "value",
            "min": 0,
            "name": "thousand USD a year",
            "nameLocation": "middle",
            "nameGap": 26,
            "axisLabel": {"formatter": "=number", "hideOverlap": True},
            "splitNumber": 4,
        },
        "yAxis": [names_axis(rows, _NAMES), names_axis(beside, _NAMES, right=True)],
        "series": series,
    }
    change = paired(overlap_share(aid, BASELINE, runs), overlap_share(aid, arm, runs))
    title = f"{label}: {_finding(change, arm)}"
    said = "" if arm == BASELINE else points_against(change, "Overlapping")
    thin = "; thin bars: the baseline" if arm != BASELINE else ""
    return Chart(
        "overlap",
        title,
        f"Money that donors spend on assistance, mean of {counted(replications, 'run')}. "
        "[[overlap|Overlapping]]: another donor delivers the same activity to the same body in the same "
        f"quarter; its share stands behind{thin}. {said}",
        option,
        pd.DataFrame(table, columns=["Arm", "Donor", "What", "Thousand USD a year"]),
        f"{title}. " + "; ".join(f"{r}: {b}" for r, b in zip(rows, beside, strict=True)) + ".",
        height=_FRAME + _ROW * len(rows),
        narrow={
            "grid": {"left": room(rows, _FEW)},
            "yAxis": [{"axisLabel": {"width": _FEW}}, {}],
            "xAxis": {"splitNumber": 2},
        },
    )


def _plain(who: str, names: Mapping[str, str]) -> str:
    found = names.get(who, who)
    return found.replace("_", " ") if found == who else found


def _finding(change: Paired, arm: str) -> str:
    said = f"{100 * change.level:.0f}% of donors' money overlaps with another donor's"
    if arm == BASELINE or change.pairs < LEAST:
        return said
    return f"{said}, {points_finding(change, less='less')}"


def overlap_bodies_chart(
    aid: pd.DataFrame,
    arm: str,
    *,
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
    replications: int,
) -> Chart | None:
    """Draw who is taught what by donors: a row a body, a column an area, the darker, the more overlaps.

    Parameters
    ----------
    aid : table of an observation
    arm : which
    label : of the arm
    names : of bodies for people
    days : on which quarters end
    replications : runs of each arm
    """
    mine = aid[(aid["arm"] == arm) & (aid["donor"] != "")]
    if mine.empty:
        return None
    scale = replications * days[-1] / YEAR_DAYS
    sums = mine.groupby(["recipient", "topic", "overlapping"])["money"].sum() / scale
    held = {key: float(value) for key, value in sums.items()}
    bodies = sorted({str(b) for b in mine["recipient"]})

    def double(body: str, topic: str) -> float:
        return held.get((body, topic, True), 0.0)

    def whole(body: str, topic: str) -> float:
        return held.get((body, topic, False), 0.0) + double(body, topic)

    topics = [t for t in PILLARS if (mine["topic"] == t).any()]
    lost = {b: sum(double(b, t) for t in topics) for b in bodies}
    order = sorted(bodies, key=lambda b: -lost[b])[:MOST_ROWS]
    rows = [capital(names.get(b, b)) for b in order]
    cells = []
    for i, body in enumerate(order):
        for j, topic in enumerate(topics):
            money = whole(body, topic)
            if money <= 0:
                continue
            share = double(body, topic) / money
            words = f"{100 * share:.0f}%"
            tip = (
                f"{rows[i]}, {PILLARS[topic]}\n{number(money)} thousand USD a year by donors, "
                f"{words} of it overlapping"
            )
            cells.append(cell(i, j, share, share, words, tip))
    first = order[0]
    beside = [number(lost[b], 2) for b in order]
    title = (
        f"{label}: most money overlaps at {names.get(first, first)}, {beside[0]} thousand USD a year"
        if lost[first] > 0
        else f"{label}: no donor delivers what another one does"
    )
    bounded = f" The {len(order)} of {len(bodies)} with most of it." if len(order) < len(bodies) else ""
    return Chart(
        "overlap-bodies",
        title,
        f"Share of donors' money on a body and an area that [[overlap|overlaps]], mean of "
        f"{counted(replications, 'run')} over the whole time; empty where donors give nothing. Behind, and "
        f"what rows are ordered by: thousand USD a year that overlap in all areas.{bounded}",
        heat_option(cells, rows, [_SHORT[t] for t in topics], turned=True, beside=beside),
        pd.DataFrame(
            [
                (
                    rows[i],
                    PILLARS[t],
                    whole(b, t),
                    double(b, t),
                )
                for i, b in enumerate(order)
                for t in topics
            ],
            columns=["Body", "Area", "Thousand USD a year", "Of it overlapping"],
        ),
        f"{title}.",
        height=height_of(len(order)) + 40,
        narrow=heat_narrow(cells, quiet=False, upright=True, beside=True),
    )
