"""Who bears the hours: coordination hours of each arm, split by the body that spends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from stcsim.pictures.axis import name_row, name_ticks
from stcsim.pictures.measure import SIZE, fit, text_width
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import BASELINE, GREY, INK, PALE, canvas, drawing, is_rival, page_of, rival_of
from stcsim.pictures.words import capital_words, counted, listed, number

MOST = 6
"""Bodies that are shown one by one; all others are put together."""
OTHERS = "others"
_WIDTH, _LEFT, _RIGHT = 600.0, 186.0, 74.0
_FILLS = ("#12344d", "#2f6690", "#6fa3c7", "#a9cbe0", "#d3e4ef", "#8d99a6", "#eceff2")
_HATCHES = ("", "", "", "", "", "////", "")


def hours_by_body(bodies: pd.DataFrame, *, arms: Sequence[str], labels: Mapping[str, str]) -> Picture | None:
    """Draw a stacked bar for each arm; None when nobody spends an hour.

    Parameters
    ----------
    bodies : columns `arm`, `world`, `replication`, `body`, `hours` (per counted year)
    arms : in the order in which they are shown; rivals are left out, staff coordinates as the baseline does
    labels : names of arms for people
    """
    table = hours_table(bodies, arms)
    if table is None:
        return None
    runs = int(bodies[bodies["world"] == 0].groupby("arm")["replication"].nunique().max())
    with drawing():
        panel = _panel(table, labels)
    subtitle = (
        f"Hours a year that bodies spend on coordinating, mean of {counted(runs, 'run')} under default "
        "assumptions; "
        "share in percent where there is room."
    )
    return Picture("hours", hours_finding(table), subtitle, (panel,))


def hours_table(bodies: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame | None:
    """Return mean hours a year, arms as rows and the bodies that bear most as columns; None without any hour.

    Parameters
    ----------
    bodies, arms : as of `hours_by_body`
    """
    table = _means(bodies, [BASELINE, *(a for a in arms if not (is_rival(a) and rival_of(a) in arms))])
    if table.empty or not (table.to_numpy() > 0).any():
        return None
    return _few_bodies(table)


def _means(bodies: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """Mean hours, arms as rows in the order given, bodies as columns."""
    own = bodies[bodies["world"] == 0]
    runs = own.groupby("arm")["replication"].nunique()
    total = own.groupby(["arm", "body"])["hours"].sum().unstack("body", fill_value=0)
    table = total.div(runs, axis=0)
    return table.loc[[a for a in arms if a in table.index]]


def _few_bodies(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the bodies that bear most over all arms, in that order; put the others together."""
    total = table.sum().sort_index().sort_values(ascending=False, kind="stable")
    total = total[total > 0]
    kept = list(total.index[: MOST if len(total) > MOST + 1 else MOST + 1])
    few = table[kept].copy()
    if len(total) > len(kept):
        few[OTHERS] = table[[b for b in total.index if b not in kept]].sum(axis=1)
    return few


def hours_finding(table: pd.DataFrame) -> str:
    """Say on whom most hours fall."""
    named = table.drop(columns=OTHERS, errors="ignore")
    own = named.drop(index=BASELINE, errors="ignore")
    own = own if len(own) else named
    first = own.idxmax(axis=1)
    counts = first.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if 2 * counts.iloc[0] <= len(own):
        heads = [f"{capital_words(str(body)).lower()} in {n}" for body, n in counts.items()]
        return f"Who bears most coordination hours differs between arms: {listed(heads)}"
    body = str(counts.index[0])
    there = first[first == body].index
    share = float((table.loc[there, body] / table.sum(axis=1)[there]).mean())
    where = "in every arm" if counts.iloc[0] == len(own) else f"in {counts.iloc[0]} of {len(own)} arms"
    return (
        f"The largest part of coordination hours falls on {capital_words(body).lower()} {where}, "
        f"{100 * share:.0f}% on average"
    )


def _panel(table: pd.DataFrame, labels: Mapping[str, str]) -> Panel:
    key = _key_rows([str(b) for b in table.columns])
    top = 18.0 * len(key) + 8
    pitch = 34.0
    figure, axes = canvas(_WIDTH, top + pitch * len(table) + 46, _LEFT, _RIGHT, top, 46)
    totals = table.sum(axis=1)
    axes.set_xlim(0, float(totals.max()) * 1.01)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    name_ticks(axes, number, 5)
    axes.grid(axis="x", color=PALE, linewidth=0.7)
    axes.set_xlabel("hours a year", fontsize=10)
    per_px = float(totals.max()) * 1.01 / (_WIDTH - _LEFT - _RIGHT)
    for row, arm in enumerate(table.index):
        _bar(axes, row, table.loc[arm].to_numpy(dtype=np.float64), per_px)
        name = "Baseline" if arm == BASELINE else labels[str(arm)]
        name_row(axes, name, row, _LEFT)
        axes.annotate(
            fit(number(float(totals[arm])), _RIGHT - 12, SIZE, bold=True),
            (float(totals[arm]), row),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
            color=INK,
        )
    _key(axes, key)
    text = "; ".join(
        f"{'Baseline' if arm == BASELINE else labels[str(arm)]}: {number(float(totals[arm]))} hours a year, "
        "most by "
        f"{capital_words(str(table.loc[arm].idxmax())).lower()}"
        for arm in table.index
    )
    return Panel(figure, "", text + ".")


def _bar(
    axes: Axes, row: int, hours: np.ndarray[tuple[int, ...], np.dtype[np.float64]], per_px: float
) -> None:
    left = 0.0
    for i, value in enumerate(hours):
        if value <= 0:
            continue
        axes.barh(
            row,
            value,
            height=0.62,
            left=left,
            color=_FILLS[i],
            hatch=_HATCHES[i],
            edgecolor="#ffffff",
            linewidth=0.8,
        )
        share = f"{100 * value / hours.sum():.0f}%"
        if value / per_px > text_width(share, 10) + 8:
            axes.annotate(
                share,
                (left + value / 2, row),
                ha="center",
                va="center",
                fontsize=10,
                color="#ffffff" if i < 2 else INK,
                bbox={"facecolor": _FILLS[i], "edgecolor": "none", "pad": 1.0} if _HATCHES[i] else None,
            )
        left += value


def _key_rows(bodies: Sequence[str]) -> list[list[tuple[int, str, float]]]:
    """Lay the names of bodies out in the order of the stack: rows of (position, name, left in px)."""
    rows: list[list[tuple[int, str, float]]] = [[]]
    left = 4.0
    for i, body in enumerate(bodies):
        name = fit(capital_words(body).lower() if body != OTHERS else OTHERS, 200, 10)
        width = 18 + text_width(name, 10) + 14
        if left + width > _WIDTH and rows[-1]:
            rows.append([])
            left = 4.0
        rows[-1].append((i, name, left))
        left += width
    return rows


def _key(axes: Axes, rows: Sequence[Sequence[tuple[int, str, float]]]) -> None:
    figure = page_of(axes)
    height = figure.get_figheight() * 72
    for line, row in enumerate(rows):
        y = height - 14 - 18 * line
        for i, name, left in row:
            figure.add_artist(
                Rectangle(
                    (left / _WIDTH, (y - 5) / height),
                    13 / _WIDTH,
                    11 / height,
                    facecolor=_FILLS[i],
                    hatch=_HATCHES[i],
                    edgecolor="#ffffff" if i < 6 else GREY,
                    linewidth=0.5,
                    transform=figure.transFigure,
                )
            )
            figure.text((left + 18) / _WIDTH, y / height, name, fontsize=10, color=INK, va="center")
