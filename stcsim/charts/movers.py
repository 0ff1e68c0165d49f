"""Which assumptions move a result, by Morris' or Sobol's design: intervals, and what may be said of each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS
from stcsim.analysis.screening import Screening
from stcsim.analysis.sobol_indices import SobolIndices
from stcsim.charts.chart import Chart
from stcsim.charts.rows import between_rows, interval, points, rows_of
from stcsim.pictures.sensitivity import (
    Namer,
    ends_of,
    finding_colour,
    finding_of,
    finding_words,
    largest_first,
    what_marks_mean,
)
from stcsim.pictures.style import PAPER
from stcsim.pictures.words import capital, number, signed

_FEW = {MATTERS: "matters", CHANGES_NOTHING: "no change"}


def movers_chart(found: Screening | SobolIndices, target: str, unit: str, name_of: Namer, name: str) -> Chart:
    """Draw a row a quantity, the largest first: the change over its range, or its share of the variance.

    Parameters
    ----------
    target, unit : what is moved, in words
    name_of : gives names of quantities
    name : of the chart
    """
    order = largest_first(found)
    names = [name_of(found.paths[i]) for i in order]
    ends = ends_of(found, order)
    if isinstance(found, Screening):
        below, form = f"change over the range of the quantity, {unit}", "=signed"
        drawn = [("effect", found.effect, 0.0, False)]
    else:
        below, form = "share of the variance over assumptions and runs", "=share"
        drawn = [("first", found.first, -0.16, False), ("total", found.total, 0.16, True)]
    series: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for row, i in enumerate(int(i) for i in order):
        colour = finding_colour(found.findings[i])
        for key, e, up, hollow in drawn:
            low, high, value = float(e.low[i]), float(e.high[i]), float(e.value[i])
            series += interval(f"{key}-{row}", row + up, low, high, colour, ends, 1.6)
            if not math.isfinite(value):
                continue
            marks.append(
                {
                    "value": [min(max(value, ends[0]), ends[1]), row + up],
                    "symbol": "rect" if hollow else "circle",
                    "itemStyle": {
                        "color": PAPER if hollow else colour,
                        "borderColor": colour,
                        "borderWidth": 1.5,
                    },
                    "tip": _tip(found, i, names[row]),
                }
            )
    beside = [finding_words(found.findings[i]) for i in order]
    several = len(drawn) > 1
    rows = rows_of(
        names,
        beside,
        ends,
        below,
        form,
        [*series, points("marks", marks, size=9, zero=True)],
        short="share of the variance" if several else "change over its range",
        few=[_FEW.get(found.findings[i], "unclear") for i in order],
        right=190,
        row=40 if several else 32,
    )
    label = "; ".join(_tip(found, int(i), names[row]).replace("\n", ", ") for row, i in enumerate(order[:8]))
    return Chart(
        name,
        finding_of(found, target, name_of),
        what_marks_mean(found),
        between_rows(rows.option, len(names)) if several else rows.option,
        movers_table(found, name_of),
        f"{label}.",
        height=rows.height,
        narrow=rows.narrow,
    )


def movers_table(found: Screening | SobolIndices, name_of: Namer) -> pd.DataFrame:
    """Return one row a quantity with its numbers, the largest first, none left out."""
    if isinstance(found, Screening):
        columns: dict[str, Any] = {
            "Mean change over its range": found.effect.value,
            "Change: from": found.effect.low,
            "Change: to": found.effect.high,
            "Share of squared changes, %": 100 * found.shares,
        }
        weight = found.shares
    else:
        columns = {
            f"{head}{end}": 100 * values
            for head, e in (("Alone, %", found.first), ("In total, %", found.total))
            for end, values in (("", e.value), (": from", e.low), (": to", e.high))
        }
        weight = found.total.value
    table = pd.DataFrame({"Assumption": [name_of(path) for path in found.paths], **columns})
    table["Finding"] = list(found.findings)
    return table.iloc[np.argsort(-np.nan_to_num(weight, nan=-math.inf), kind="stable")].reset_index(drop=True)


def _tip(found: Screening | SobolIndices, i: int, name: str) -> str:
    head = f"{name}: {finding_words(found.findings[i])}"
    if isinstance(found, Screening):
        e = found.effect
        ends = f"{signed(float(e.low[i]))} to {signed(float(e.high[i]))}"
        share = f"{100 * float(found.shares[i]):.0f}%"
        return f"{head}\n{signed(float(e.value[i]))} ({ends})\n{share} of squared changes"
    said = [
        f"{capital(word)} {number(100 * float(e.value[i]))}% ({number(100 * float(e.low[i]))} to "
        f"{number(100 * float(e.high[i]))}%)"
        for word, e in (("alone", found.first), ("in total", found.total))
    ]
    return "\n".join([head, *said])
