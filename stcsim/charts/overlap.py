"""Overlap: what each donor pays for that another one delivers to the same body in the same quarter."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.names import name_of
from stcsim.charts.paired import LEAST, Paired, paired, points_against, points_finding
from stcsim.charts.quarters import YEAR_DAYS
from stcsim.charts.stacks import stacks_of
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, number, share_percent

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


def yearly_money(
    aid: pd.DataFrame, by: Sequence[str], replications: int, days: Sequence[int]
) -> dict[Hashable, float]:
    """Return thousand USD that donors spend in a run and year, by some columns and whether it overlaps."""
    sums = aid[aid["donor"] != ""].groupby([*by, "overlapping"])["money"].sum()
    years = replications * days[-1] / YEAR_DAYS
    return {key: float(value) / years for key, value in sums.items()}


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
    held = yearly_money(aid, ["arm", "donor"], replications, days)
    rows = [capital(name_of(d, names)) for d in donors]
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
        beside.append(share_percent(double / (alone + double)) if alone + double > 0 else "")
    stacks = stacks_of(
        rows,
        beside,
        "thousand USD a year",
        "=number",
        series,
        key=("delivered alone", "overlapping"),
        most=_NAMES,
        few=_FEW,
        row=38,
    )
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
        stacks.option,
        pd.DataFrame(table, columns=["Arm", "Donor", "What", "Thousand USD a year"]),
        f"{title}. " + "; ".join(f"{r}: {b}" for r, b in zip(rows, beside, strict=True)) + ".",
        height=stacks.height,
        narrow=stacks.narrow,
    )


def _finding(change: Paired, arm: str) -> str:
    said = f"{share_percent(change.level)} of donors' money overlaps with another donor's"
    if arm == BASELINE or change.pairs < LEAST:
        return said
    return f"{said}, {points_finding(change, less='less')}"
