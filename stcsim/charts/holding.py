"""Whether the best arm stays the best: in how many sampled sets, and where some sets count more."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from stcsim.analysis.robustness import Robustness
from stcsim.charts.chart import Chart
from stcsim.charts.rows import interval, points, rows_of
from stcsim.pictures.robustness import WHAT_MEASURES_ARE, WHAT_SETS_ARE, counts_of, drawn_arms, finding
from stcsim.pictures.style import GREY, INK, PAPER, arm_styles
from stcsim.pictures.words import capital

_WIDE = 0.2
"""Width of the intervals from which on the finding tells them."""


def sets_chart(found: Robustness, outcome: str, labels: Mapping[str, str], name: str) -> Chart:
    """Draw in how many sampled sets each arm is best.

    Parameters
    ----------
    outcome : what arms are ordered by, in words
    labels : names of arms for people
    name : of the chart
    """
    styles = arm_styles(found.arms)
    shown = [found.arms[i] for i in drawn_arms(found)]
    counts = [float(found.firsts[i]) for i in drawn_arms(found)]
    names = [labels.get(arm, arm) for arm in shown]
    whole = counts_of(found)
    bars = [
        {
            "value": round(count, 3),
            "tip": f"{named}: best in {count:.1f} of {found.of} sets",
            "itemStyle": {"color": styles[arm].colour if arm == found.best else GREY},
        }
        for arm, named, count in zip(shown, names, counts, strict=True)
    ]
    rows = rows_of(
        names,
        [f"{whole[arm]} of {found.of}" for arm in shown],
        (0.0, float(found.of)),
        "sampled sets of assumptions in which it is best",
        "=number",
        [{"id": "sets", "type": "bar", "barWidth": 16, "data": bars}],
        short="sets in which it is best",
        right=80,
    )
    table = pd.DataFrame({"Arm": names, "Sets in which it is best": counts, "Sets": found.of})
    return Chart(
        name,
        finding(found, outcome, labels),
        WHAT_SETS_ARE,
        rows.option,
        table,
        " ".join(found.sentences(labels)[:1]),
        height=rows.height,
        narrow=rows.narrow,
    )


def measures_chart(found: Robustness, labels: Mapping[str, str], name: str) -> Chart:
    """Draw the share of the sets in which the best arm is best, where some of them count more."""
    best = labels.get(found.best, found.best)
    ends = (0.0, 1.0)
    lines, marks = [], []
    for row, held in enumerate(found.held):
        own = held.first == found.best
        colour = INK if own else GREY
        lines += interval(f"held-{row}", row, held.low, held.high, colour, ends)
        there = "" if own else f"\n{labels.get(held.first, held.first)} is best on average there"
        marks.append(
            {
                "value": [held.share, row],
                "tip": f"{capital(held.words)}\n{held.share:.0%} ({held.low:.0%} to {held.high:.0%}){there}",
                "itemStyle": {"color": colour if own else PAPER, "borderColor": colour, "borderWidth": 1.5},
            }
        )
    rows = rows_of(
        [held.words for held in found.held],
        [f"{100 * held.share:.0f}%" for held in found.held],
        ends,
        f"share of the sets in which {best} is best",
        "=share",
        [*lines, points("shares", marks)],
        short="share of the sets",
        left=260,
        right=50,
        row=40,
    )
    return Chart(
        name,
        _finding(found, best),
        capital(WHAT_MEASURES_ARE),
        rows.option,
        _table(found, labels),
        "; ".join(f"{held.words}: {held.share:.0%}" for held in found.held) + ".",
        height=rows.height,
        narrow=rows.narrow,
    )


def _finding(found: Robustness, best: str) -> str:
    """Say between which shares the best arm is best, and what other sets drawn in the same way might say."""
    shares = [held.share for held in found.held]
    least, most = f"{min(shares):.0%}", f"{max(shares):.0%}"
    said = f"{best} is best in {least if least == most else f'{least} to {most}'} of the sets"
    said += ", however they are counted" if len(shares) > 1 else ""
    low, high = min(held.low for held in found.held), max(held.high for held in found.held)
    return said if high - low < _WIDE else f"{said}; other sets drawn so might say {low:.0%} to {high:.0%}"


def _table(found: Robustness, labels: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Sets counted so": [held.words for held in found.held],
            "Share, %": [100 * held.share for held in found.held],
            "From": [100 * held.low for held in found.held],
            "To": [100 * held.high for held in found.held],
            "Best on average there": [labels.get(held.first, held.first) for held in found.held],
            "Sets of equal weight": [held.effective for held in found.held],
        }
    )
