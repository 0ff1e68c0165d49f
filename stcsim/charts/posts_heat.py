"""Checkpoints over time: what each can do and what becomes of what comes to it, or how that differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from stcsim.charts.chart import Chart
from stcsim.charts.heat import cell, heat_narrow, heat_option, height_of
from stcsim.charts.paired import Paired, paired
from stcsim.charts.quarters import quarter_name
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital, counted, listed, number, signed

MOST_ROWS = 18


@dataclass(frozen=True)
class Measure:
    """Something that a checkpoint has or does.

    Parameters
    ----------
    label : in words
    top : column of the table, or what is counted
    below : column by which sums over runs are divided, empty for none
    share : whether it is shown in percent
    stands : whether it is given at the end of a quarter, not for what happens in it
    """

    label: str
    top: str
    below: str = ""
    share: bool = False
    stands: bool = False


MEASURES: Final[Mapping[str, Measure]] = {
    "detection": Measure("chance that plain smuggling is found", "detection", share=True, stands=True),
    "inspected": Measure(
        "share of ordinary trade that is inspected", "inspected_share", share=True, stands=True
    ),
    "answered": Measure("share of doubts answered in time", "answered", share=True, stands=True),
    "detained": Measure("consignments held, honest ones included", "detained", stands=True),
    "reached": Measure("illicit consignments that come", "reached"),
    "passed": Measure("illicit consignments that pass", "passed"),
    "stopped": Measure("illicit consignments that are stopped", "stopped"),
    "caught": Measure(
        "share of illicit consignments that is stopped", "stopped", below="reached", share=True
    ),
}
"""What can be shown, by name."""


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
    measure : in `MEASURES`
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
    values = {a: _cube(mine[mine["arm"] == a], what, order, quarters) for a in {BASELINE, arm}}
    if difference and arm != BASELINE:
        return _differences(values, what, order, quarters, arm, label, names, days, len(traffic))
    shown = _over_runs(*values[arm])
    most = float(np.nanmax(shown)) if np.isfinite(shown).any() else 0.0
    few = len(quarters) <= 9
    cells = []
    for row, column in np.ndindex(shown.shape):
        value = float(shown[row, column])
        if not np.isfinite(value):
            continue
        words = _said(value, what)
        tip = f"{names.get(order[row], order[row])}\n{quarter_name(quarters[column], days)}: {words}"
        cells.append(cell(row, column, value, value / most if most else 0.0, words, tip, shown=few))
    over = _over_time(shown)
    best = order[int(np.nanargmax(over))] if np.isfinite(over).any() else ""
    worst = order[int(np.nanargmin(over))] if np.isfinite(over).any() else ""
    title = f"{label}: {what.label}: nowhere any"
    if best and most:
        title = (
            f"{label}: {what.label}: most at {names[best]} ({_said(float(np.nanmax(over)), what)}), least at "
            f"{names[worst]} ({_said(float(np.nanmin(over)), what)})"
        )
    runs = int(mine["replication"].nunique())
    return Chart(
        "posts",
        title,
        f"Mean of {counted(runs, 'run')}; the fuller the colour, the more, up to {_said(most, what)}. "
        f"{_when(what)}{_left(len(traffic), len(order))}",
        _grid(cells, order, quarters, names, days),
        _table(shown, order, quarters, names, what),
        f"{title}.",
        height=height_of(len(order)),
        narrow=heat_narrow(cells, quiet=True),
    )


def _cube(
    mine: pd.DataFrame, what: Measure, order: Sequence[str], quarters: Sequence[int]
) -> tuple[F8, F8 | None]:
    """Return counts, and what they are divided by, as run by checkpoint by quarter."""
    runs = sorted(int(r) for r in mine["replication"].unique())
    index = pd.MultiIndex.from_product([runs, order, quarters])
    held = mine.set_index(["replication", "checkpoint", "quarter"])
    shape = (len(runs), len(order), len(quarters))
    top = held[what.top].reindex(index).to_numpy(float).reshape(shape)
    return top, held[what.below].reindex(index).to_numpy(float).reshape(shape) if what.below else None


def _over_runs(top: F8, below: F8 | None) -> F8:
    """Return means over runs; of shares, those of all runs together."""
    if below is None:
        return np.asarray(top.mean(axis=0))
    whole = below.sum(axis=0)
    return np.where(whole > 0, top.sum(axis=0) / np.where(whole > 0, whole, 1), np.nan)


def _over_time(shown: F8) -> F8:
    """Return the mean over quarters of each checkpoint, NaN where it has none."""
    there = np.isfinite(shown)
    count = there.sum(axis=1)
    return np.where(count > 0, np.where(there, shown, 0).sum(axis=1) / np.maximum(count, 1), np.nan)


def _differences(
    values: Mapping[str, tuple[F8, F8 | None]],
    what: Measure,
    order: Sequence[str],
    quarters: Sequence[int],
    arm: str,
    label: str,
    names: Mapping[str, str],
    days: Sequence[int],
    all_posts: int,
) -> Chart:
    (top, below), (base_top, base_below) = values[arm], values[BASELINE]
    shown = _over_runs(top, below) - _over_runs(base_top, base_below)
    several = np.isfinite(shown).any(axis=1)
    at_once = max(1, int(several.sum()))
    whole = [_row(values, arm, row, at_once) for row in range(len(order))]
    clear = [x.sign for x in whole]
    most = float(np.nanmax(np.abs(shown))) if several.any() else 0.0
    few = len(quarters) <= 9
    cells = []
    for row, column in np.ndindex(shown.shape):
        value = float(shown[row, column])
        if not np.isfinite(value):
            continue
        sure = clear[row] and np.sign(value) == clear[row]
        words = _said(value, what, sign=True)
        where = f"{names.get(order[row], order[row])}\n{quarter_name(quarters[column], days)}"
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
                shown=few,
            )
        )
    up = [names[order[i]] for i, s in enumerate(clear) if s > 0]
    down = [names[order[i]] for i, s in enumerate(clear) if s < 0]
    parts = [f"higher at {listed(up, 3)}"] if up else []
    parts += [f"lower at {listed(down, 3)}"] if down else []
    said = " and ".join(parts) if parts else "no checkpoint clearly differs from the baseline"
    title = f"{label}: {what.label}: {said}"
    runs = whole[0].pairs if whole else 0
    table = _table(shown, order, quarters, names, what)
    table["Mean over time"] = [x.mean * (100 if what.share else 1) for x in whole]
    table["From"] = [x.low * (100 if what.share else 1) for x in whole]
    table["To"] = [x.high * (100 if what.share else 1) for x in whole]
    return Chart(
        "posts-difference",
        title,
        f"Difference to the baseline{' in percentage points' if what.share else ''}, mean of "
        f"{counted(runs, 'paired run')}. Blue: higher, brown: lower, the "
        "darker, the more; grey: the checkpoint's mean over time is not clearly different, by 95% intervals "
        f"over runs that hold for all of them at once. {_when(what)}{_left(all_posts, len(order))}",
        _grid(cells, order, quarters, names, days),
        table,
        f"{title}.",
        height=height_of(len(order)),
        narrow=heat_narrow(cells, quiet=True),
    )


def _row(values: Mapping[str, tuple[F8, F8 | None]], arm: str, row: int, at_once: int) -> Paired:
    """Return the difference of a checkpoint over all quarters, run by run."""

    def mean(top: F8, below: F8 | None) -> F8:
        if below is None:
            return np.asarray(top[:, row].mean(axis=1))
        whole = below[:, row].sum(axis=1)
        return np.where(whole > 0, top[:, row].sum(axis=1) / np.maximum(whole, 1), np.nan)

    return paired(mean(*values[BASELINE]), mean(*values[arm]), at_once)


def _said(value: float, what: Measure, *, sign: bool = False) -> str:
    size = 100 * value if what.share else value
    text = signed(size, 2) if sign else number(size, 2)
    if what.share:
        return text if sign else f"{text}%"
    return text


def _when(what: Measure) -> str:
    return "At the end of each quarter. " if what.stands else "In each quarter. "


def _left(all_posts: int, shown: int) -> str:
    return f"The {shown} of {all_posts} to which most comes." if shown < all_posts else ""


def _grid(
    cells: Sequence[dict[str, Any]],
    order: Sequence[str],
    quarters: Sequence[int],
    names: Mapping[str, str],
    days: Sequence[int],
) -> dict[str, Any]:
    rows = [capital(names.get(p, p)) for p in order]
    return heat_option(cells, rows, [quarter_name(q, days, short=True) for q in quarters])


def _table(
    shown: F8, order: Sequence[str], quarters: Sequence[int], names: Mapping[str, str], what: Measure
) -> pd.DataFrame:
    scale = 100 if what.share else 1
    unit = ", %" if what.share else ""
    columns = {f"Quarter {q}{unit}": scale * shown[:, i] for i, q in enumerate(quarters)}
    return pd.DataFrame({"Checkpoint": [capital(names.get(p, p)) for p in order], **columns})
