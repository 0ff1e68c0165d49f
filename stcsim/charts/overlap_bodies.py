"""Overlap body by body: of what donors spend there, the share that another donor delivers too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stcsim.charts.capacity import PILLARS
from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.overlap import yearly_money
from stcsim.pictures.words import capital, counted, number, share_percent

MOST_ROWS = 20
"""Bodies that are drawn: those at which most overlaps."""
_SHORT = {
    "legal_regulatory": "Law",
    "licensing": "Licensing",
    "enforcement": "Enforcement",
    "government_industry": "Industry",
    "interagency_international": "Coordination",
}
"""Areas above narrow columns."""


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
    aid, label, days, replications : as of `stcsim.charts.overlap.overlap_chart`
    arm : which
    names : of bodies for people
    """
    mine = aid[(aid["arm"] == arm) & (aid["donor"] != "")]
    if mine.empty:
        return None
    held = yearly_money(mine, ["recipient", "topic"], replications, days)
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
            words = share_percent(share)
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
            [(rows[i], PILLARS[t], whole(b, t), double(b, t)) for i, b in enumerate(order) for t in topics],
            columns=["Body", "Area", "Thousand USD a year", "Of it overlapping"],
        ),
        f"{title}.",
        height=height_of(len(order)) + 40,
        narrow=heat_narrow(cells, quiet=False, upright=True, beside=True),
    )
