"""Idle equipment: tools of each body that nobody there has the skill to use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.paired import paired, points_against
from stcsim.charts.quarters import quarter_name
from stcsim.charts.stacks import stacks_of
from stcsim.pictures.style import BASELINE, WORSE
from stcsim.pictures.words import capital, counted, share_percent

MOST_ROWS = 14
_ROW = 26
_NAMES, _FEW = 220.0, 116.0
_PARTS = (
    ("in_use", "in use", "#2f6690"),
    ("ready", "could be used, is not", "#a9cbe0"),
    ("idle", "idle: no skill to use it", WORSE),
)


def idle_chart(
    equipment: pd.DataFrame,
    region: pd.DataFrame,
    arm: str,
    quarter: int,
    *,
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
) -> Chart | None:
    """Draw a row a body, most idle first; None where nobody holds equipment.

    Parameters
    ----------
    equipment, region : tables of an observation
    arm : which
    quarter : at the end of which
    label : of the arm
    names : of bodies for people
    days : on which quarters end
    """
    now = equipment[(equipment["arm"] == arm) & (equipment["quarter"] == quarter)]
    columns = ["held", "usable", "idle", "in_use", "weight"]
    means = now.groupby("body")[columns].mean()
    means = means[means["held"] > 0]
    if means.empty:
        return None
    means["in_use"] = means[["in_use", "usable"]].min(axis=1)
    means["ready"] = (means["usable"] - means["in_use"]).clip(lower=0)
    # In the order of what stands behind the rows, as it is printed there; among equals who holds more.
    ranked = means.assign(part=(means["idle"] / means["held"]).round(3), size=means["held"] * means["weight"])
    ranked = ranked.sort_values(["part", "size"], ascending=False, kind="stable")
    shown = ranked.iloc[:MOST_ROWS]
    rows = [capital(names.get(str(b), str(b))) for b in shown.index]
    beside = [_share(float(x)) for x in shown["idle"] / shown["held"]]
    series = [
        {
            "id": key,
            "name": words,
            "type": "bar",
            "stack": "tools",
            "barWidth": 14,
            "itemStyle": {"color": colour},
            "emphasis": {"disabled": True},
            "data": [
                {"value": float(f"{value:.5g}"), "tip": f"{row}: {_share(float(value))} {words}"}
                for row, value in zip(rows, shown[key], strict=True)
            ],
        }
        for key, words, colour in _PARTS
    ]
    stacks = stacks_of(
        rows,
        beside,
        "share of what their roles need",
        "=share",
        series,
        key=[words for _, words, _ in _PARTS],
        lines=(1, 3),
        most=_NAMES,
        few=_FEW,
        row=_ROW,
    )
    whole = region[region["quarter"] == quarter].pivot(
        index="replication", columns="arm", values="tools_idle"
    )
    level = float(whole[arm].mean())
    most = f", most at {rows[0]}" if float(shown["idle"].iloc[0]) > 0 else ""
    if level < 0.0005 and float(ranked["idle"].max()) < 0.0005:
        title = f"{label}: no equipment lies idle for want of skill"
    else:
        share = "under 0.1%" if level < 0.0005 else share_percent(level, 1)
        title = f"{label}: {share} of equipment lies idle for want of skill{most}"
    said = ""
    if arm != BASELINE:
        change = paired(np.asarray(whole[BASELINE], float), np.asarray(whole[arm], float))
        said = f"{points_against(change, 'Idle')} "
    bounded = (
        f"The {len(shown)} of {len(means)} with the largest part idle. " if len(shown) < len(means) else ""
    )
    runs = int(now["replication"].nunique())
    return Chart(
        "idle",
        title,
        f"[[idle equipment|Idle equipment]] at the end of {quarter_name(quarter, days)}, mean of "
        f"{counted(runs, 'run')}; behind each row the part of what it holds that is idle. {said}{bounded}",
        stacks.option,
        pd.DataFrame(
            {
                "Body": [capital(names.get(str(b), str(b))) for b in ranked.index],
                "Held, %": 100 * ranked["held"],
                "In use, %": 100 * ranked["in_use"],
                "Could be used and is not, %": 100 * ranked["ready"],
                "Idle, %": 100 * ranked["idle"],
            }
        ),
        f"{title}. " + "; ".join(f"{r}: {b} idle" for r, b in zip(rows[:5], beside[:5], strict=True)) + ".",
        height=stacks.height,
        narrow=stacks.narrow,
    )


def _share(value: float) -> str:
    return f"{100 * value:.1f}%" if 0.0005 <= value < 0.00995 else f"{100 * value:.0f}%"
