"""Whether the best arm stays the best: in how many sampled sets it is ahead, and where some count more."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from stcsim.analysis.ahead import Ahead
from stcsim.analysis.robustness import Robustness
from stcsim.charts.chart import Chart
from stcsim.charts.rows import interval, points, rows_of
from stcsim.pictures.robustness import (
    NO_DIFFERENCE,
    TOO_CLOSE,
    WHAT_MEASURES_ARE,
    counted_sets,
    finding,
    what_sets_are,
)
from stcsim.pictures.style import GREY, INK, PAPER, arm_styles
from stcsim.pictures.words import capital

_WIDE = 0.2
"""Width of the intervals from which on the finding tells them."""


def sets_chart(found: Robustness, sets: Ahead, outcome: str, labels: Mapping[str, str], name: str) -> Chart:
    """Draw in how many sampled sets each arm is ahead, and in how many none is; they add up to all.

    The table tells as well in how many sets an arm is the best in expectation, where sets in which arms
    cannot be told apart are shared out by their chances, and between which numbers that may lie.

    Parameters
    ----------
    sets : by the arm that is ahead in them
    outcome : what arms are ordered by, in words
    labels : names of arms for people
    name : of the chart
    """
    styles, counts = arm_styles(found.arms), counted_sets(found, sets)
    names = [labels.get(arm, arm) for arm in counts]
    hollow = {"color": PAPER, "borderColor": GREY, "borderWidth": 1.5}
    bars = [
        {
            "value": count,
            "tip": f"{named}: {count} of {sets.of} sets",
            "itemStyle": {"color": styles[arm].colour if arm == found.best else GREY}
            if arm in styles
            else hollow,
        }
        for (arm, count), named in zip(counts.items(), names, strict=True)
    ]
    rows = rows_of(
        names,
        [f"{count} of {sets.of}" for count in counts.values()],
        (0.0, float(sets.of)),
        "sampled sets of assumptions in which it is ahead of all others",
        "=number",
        [{"id": "sets", "type": "bar", "barWidth": 16, "data": bars}],
        short="sets in which it is ahead",
        right=80,
    )
    return Chart(
        name,
        finding(found, sets, outcome, labels),
        what_sets_are(found, labels),
        rows.option,
        _sets_table(found, sets, labels),
        f"{finding(found, sets, outcome, labels)}.",
        height=rows.height,
        narrow=rows.narrow,
    )


def _sets_table(found: Robustness, sets: Ahead, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return every way to count the sets, a row an arm, with the sets in which none is ahead below."""
    counts = {**dict.fromkeys(found.arms, 0), **sets.sets}
    arms = sorted(found.arms, key=lambda arm: (-counts[arm], -float(found.firsts[found.arms.index(arm)])))
    none = {NO_DIFFERENCE: sets.same, TOO_CLOSE: sets.close}
    blank = [np.nan] * len(none)

    def of_best(value: int) -> list[float]:
        return [float(value) if arm == found.best else np.nan for arm in arms] + blank

    return pd.DataFrame(
        {
            "Arm": [labels.get(arm, arm) for arm in arms] + list(none),
            "Ahead in": [counts[arm] for arm in arms] + list(none.values()),
            "Best in, expected": [float(found.firsts[found.arms.index(arm)]) for arm in arms] + blank,
            "Best in: from": of_best(found.count_low),
            "Best in: to": of_best(found.count_high),
            "Highest mean of its runs in": of_best(found.seen),
            "Sets": sets.of,
        }
    )


def measures_chart(found: Robustness, sets: Ahead, labels: Mapping[str, str], name: str) -> Chart:
    """Draw the share of the sets in which the best arm is best, where some of them count more.

    Parameters
    ----------
    sets : by the arm that is ahead in them
    labels : names of arms for people
    name : of the chart
    """
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
        _finding(found, sets, best),
        capital(WHAT_MEASURES_ARE),
        rows.option,
        _table(found, labels),
        "; ".join(f"{held.words}: {held.share:.0%}" for held in found.held) + ".",
        height=rows.height,
        narrow=rows.narrow,
    )


def _finding(found: Robustness, sets: Ahead, best: str) -> str:
    """Say between which shares the best arm is best, and what other sets drawn in the same way might say."""
    shares = [held.share for held in found.held]
    said = f"{best} is best in {_between(min(shares), max(shares))} of the sets"
    said += ", however they are weighted" if len(shares) > 1 else ""
    said += ", those in which none stands out shared out by chance" if sets.none else ""
    low, high = min(held.low for held in found.held), max(held.high for held in found.held)
    return said if high - low < _WIDE else f"{said}; other sets drawn so might say {_between(low, high)}"


def _between(low: float, high: float) -> str:
    """Return two shares, or one where they are told alike: ``58 to 59%``."""
    least, most = f"{100 * low:.0f}", f"{100 * high:.0f}"
    return f"{least}%" if least == most else f"{least} to {most}%"


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
