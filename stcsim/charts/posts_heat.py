"""Checkpoints over time: what each can do and what becomes of what comes to it, or how that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.paired import paired
from stcsim.charts.post_measures import MEASURES, Counts, Measure, over_time
from stcsim.charts.quarters import quarter_name
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, listed

MOST_ROWS = 18
"""Checkpoints that are drawn: those to which most comes."""
_FEW = 9
"""Up to so many quarters there is room for words in cells."""


def posts_heat_chart(
    posts: pd.DataFrame,
    arm: str,
    *,
    measure: str = "detection",
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
    difference: bool = False,
) -> Chart | None:
    """Draw a row a checkpoint and a column a quarter; the darker, the more.

    Parameters
    ----------
    posts : table of an observation
    arm : which
    measure : in `stcsim.charts.post_measures.MEASURES`
    label : of the arm
    names : of checkpoints for people
    days : on which quarters end
    difference : to the baseline, run by run; for another arm than that
    """
    what = MEASURES[measure]
    mine = posts[posts["arm"].isin((BASELINE, arm))]
    if not what.stands:
        mine = mine[mine["quarter"] > 0]
    if mine.empty:
        return None
    traffic = mine.groupby("checkpoint")["reached"].sum()
    kept = set(traffic.sort_values(ascending=False, kind="stable").index[:MOST_ROWS])
    order = [p for p in sorted(traffic.index, key=lambda p: names.get(p, p)) if p in kept]
    quarters = sorted(int(q) for q in mine["quarter"].unique())
    grid = _Grid(
        what,
        [names.get(p, p) for p in order],
        [quarter_name(q, days) for q in quarters],
        [quarter_name(q, days, short=True) for q in quarters],
        f"The {len(order)} of {len(traffic)} to which most comes." if len(order) < len(traffic) else "",
    )
    values = {a: Counts.of(mine[mine["arm"] == a], what, order, quarters) for a in {BASELINE, arm}}
    if difference and arm != BASELINE:
        return _differences(grid, values[BASELINE], values[arm], quarters, label)
    return _levels(grid, values[arm], quarters, label)


@dataclass(frozen=True)
class _Grid:
    """Checkpoints from the top downwards and quarters from left to right.

    Parameters
    ----------
    what : is shown
    posts : names of checkpoints
    quarters, short : names of quarters, and short ones
    rest : says how many checkpoints are left out
    """

    what: Measure
    posts: Sequence[str]
    quarters: Sequence[str]
    short: Sequence[str]
    rest: str

    def held(self, shown: F8) -> Iterator[tuple[int, int, float, str]]:
        """Give the cells that hold something: row, column, value, and which they are in words."""
        for row, column in np.ndindex(shown.shape):
            if np.isfinite(shown[row, column]):
                where = f"{self.posts[row]}\n{self.quarters[column]}"
                yield row, column, float(shown[row, column]), where

    def table(self, shown: F8, quarters: Sequence[int]) -> pd.DataFrame:
        """Return values as they are shown."""
        unit = ", %" if self.what.share else ""
        columns = {f"Quarter {q}{unit}": self.what.scale * shown[:, i] for i, q in enumerate(quarters)}
        return pd.DataFrame({"Checkpoint": [capital(name) for name in self.posts], **columns})

    def chart(
        self, name: str, title: str, meaning: str, cells: Sequence[dict[str, Any]], table: pd.DataFrame
    ) -> Chart:
        """Return the chart of cells."""
        return Chart(
            name,
            title,
            f"{meaning} {self.what.when} {self.rest}",
            heat_option(cells, [capital(post) for post in self.posts], self.short),
            table,
            f"{title}.",
            height=height_of(len(self.posts)),
            narrow=heat_narrow(cells, quiet=True),
        )


def _levels(grid: _Grid, counts: Counts, quarters: Sequence[int], label: str) -> Chart:
    what, shown = grid.what, counts.over_runs()
    most = float(np.nanmax(shown)) if np.isfinite(shown).any() else 0.0
    cells = []
    for row, column, value, where in grid.held(shown):
        words = what.told(value)
        tone = value / most if most else 0.0
        cells.append(cell(row, column, value, tone, words, f"{where}: {words}", shown=len(quarters) <= _FEW))
    title = f"{label}: {what.label}: nowhere any"
    if most:
        over = over_time(shown)
        best, worst = int(np.nanargmax(over)), int(np.nanargmin(over))
        title = (
            f"{label}: {what.label}: most at {grid.posts[best]} ({what.told(float(over[best]))}), least at "
            f"{grid.posts[worst]} ({what.told(float(over[worst]))})"
        )
    return grid.chart(
        "posts",
        title,
        f"Mean of {counted(len(counts.top), 'run')}; the fuller the colour, the more, up to "
        f"{what.told(most)}.",
        cells,
        grid.table(shown, quarters),
    )


def _differences(grid: _Grid, base: Counts, other: Counts, quarters: Sequence[int], label: str) -> Chart:
    what, shown = grid.what, other.over_runs() - base.over_runs()
    at_once = max(1, int(np.isfinite(shown).any(axis=1).sum()))
    whole = [
        paired(base.over_quarters(row), other.over_quarters(row), at_once) for row in range(len(grid.posts))
    ]
    clear = [x.sign for x in whole]
    most = float(np.nanmax(np.abs(shown))) if np.isfinite(shown).any() else 0.0
    cells = []
    for row, column, value, where in grid.held(shown):
        sure = clear[row] != 0 and np.sign(value) == clear[row]
        words = what.difference(value)
        cells.append(
            cell(
                row,
                column,
                value,
                abs(value) / most if most else 0.0,
                words,
                f"{where}: {words}{'' if sure else ' (unclear)'}",
                colour="var(--grey)" if not sure else "var(--link)" if value > 0 else "#8f6200",
                sure=bool(sure),
                shown=len(quarters) <= _FEW,
            )
        )
    parts = [
        f"{way} at {listed(some, 3)}"
        for way, sign in (("higher", 1), ("lower", -1))
        if (some := [grid.posts[i] for i, s in enumerate(clear) if s == sign])
    ]
    said = " and ".join(parts) or "no checkpoint clearly differs from the baseline"
    table = grid.table(shown, quarters)
    for head, values in (
        ("Mean over time", [x.mean for x in whole]),
        ("From", [x.low for x in whole]),
        ("To", [x.high for x in whole]),
    ):
        table[head] = what.scale * np.array(values)
    runs = whole[0].pairs if whole else 0
    return grid.chart(
        "posts-difference",
        f"{label}: {what.label}: {said}",
        f"Difference to the baseline{' in percentage points' if what.share else ''}, mean of "
        f"{counted(runs, 'paired run')}. Blue: higher, brown: lower, the darker, the more; grey: the "
        "checkpoint's mean over time is not clearly different, by 95% intervals over runs that hold for all "
        "of them at once.",
        cells,
        table,
    )
