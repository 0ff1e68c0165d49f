"""Who bears the hours: coordination hours of each arm, split by the body that spends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from stcsim.pictures.axis import name_row, name_ticks
from stcsim.pictures.hours_table import (
    body_words,
    hours_finding,
    hours_table,
    hours_words,
    names_of,
    runs_of,
)
from stcsim.pictures.measure import SIZE, fit, text_width
from stcsim.pictures.picture import Panel, Picture
from stcsim.pictures.style import GREY, INK, PALE, canvas, drawing, page_of
from stcsim.pictures.words import counted, number

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
    with drawing():
        panel = _panel(table, names_of(table, labels))
    subtitle = (
        f"Hours a year that bodies spend on coordinating, mean of {counted(runs_of(bodies), 'run')} under "
        "default assumptions; share in percent where there is room."
    )
    return Picture("hours", hours_finding(table), subtitle, (panel,))


def _panel(table: pd.DataFrame, names: Sequence[str]) -> Panel:
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
    for row, (name, total) in enumerate(zip(names, totals, strict=True)):
        _bar(axes, row, table.iloc[row].to_numpy(dtype=np.float64), per_px)
        name_row(axes, name, row, _LEFT)
        axes.annotate(
            fit(number(float(total)), _RIGHT - 12, SIZE, bold=True),
            (float(total), row),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
            color=INK,
        )
    _key(axes, key)
    return Panel(figure, "", hours_words(table, names))


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
        name = fit(body_words(body), 200, 10)
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
