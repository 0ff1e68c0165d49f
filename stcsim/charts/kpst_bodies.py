"""KPST body by body: what of each part is in use, or acquired and not in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stcsim.charts.capacity import COMPONENTS, PILLARS, chosen, put_together
from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.quarters import quarter_name
from stcsim.pictures.words import capital, counted, number, share_percent

MOST_BODIES = 20


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
            tip = f"{rows[i]}, {COMPONENTS[part].lower()}: {share_percent(value, 1)}"
            cells.append(cell(i, j, value, value, share_percent(value), tip) | {"body": who})
    whole = {b: float(np.mean([held[b, c] for c in parts if (b, c) in held])) for b in order}
    best, worst = max(whole, key=whole.__getitem__), min(whole, key=whole.__getitem__)
    words = "acquired and not in use" if latent else "in use"
    title = (
        f"{label}: most {words} at {names.get(best, best)} ({share_percent(whole[best])}), least at "
        f"{names.get(worst, worst)} ({share_percent(whole[worst])})"
    )
    runs = int(now["replication"].nunique())
    bounded = (
        f" Of {len(weight)} bodies the {len(order)} whose roles need most."
        if len(order) < len(weight)
        else ""
    )
    what = f"Area: {PILLARS[pillar]}. " if pillar else ""
    return Chart(
        "kpst-bodies",
        title,
        f"Share of what its roles need that is {words}, at the end of {quarter_name(quarter, days)}, mean of "
        f"{counted(runs, 'run')}. {what}The fuller the colour, the more; the title tells the mean of a row."
        f"{bounded}",
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
