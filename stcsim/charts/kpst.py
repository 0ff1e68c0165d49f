"""KPST: knowledge, procedures, skills and tools, captured and latent, at the end of a quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.capacity import COMPONENTS, chosen, put_together, where_words
from stcsim.charts.chart import Chart
from stcsim.charts.paired import Paired, paired, points_against, points_finding
from stcsim.charts.quarters import quarter_name
from stcsim.charts.stacks import stacks_of
from stcsim.pictures.style import BASELINE, ArmStyle
from stcsim.pictures.words import counted, share_percent

_NAMES = 120.0


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
                            f"{share_percent(held[name, c][column])} {words}",
                        }
                        for c in parts
                    ],
                }
            )
    beside = [
        " + ".join(share_percent(held[arm, c][column]) for column in ("captured", "latent")) for c in parts
    ]
    rows = stacks_of(
        texts,
        beside,
        "share of what their roles need",
        "=share",
        series,
        most=_NAMES,
        few=_NAMES,
        row=48,
    )
    rows.option["xAxis"] |= {"max": 1, "interval": 0.25}
    rows.narrow["xAxis"] |= {"interval": 0.5}
    least = min(parts, key=lambda c: held[arm, c]["captured"])
    title = (
        f"{label}, {where_words(body, pillar, names)}: {COMPONENTS[least].lower()} are least in use, "
        f"{share_percent(held[arm, least]['captured'])}"
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
        rows.option,
        table,
        f"{title}. " + "; ".join(f"{t}: {b}" for t, b in zip(texts, beside, strict=True)) + ".",
        height=rows.height,
        narrow=rows.narrow,
    )
