"""Which assumptions move a result, by Morris' or Sobol's design: intervals, and what may be said of each."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from stcsim.analysis.findings import CHANGES_NOTHING, MATTERS
from stcsim.analysis.screening import Screening
from stcsim.analysis.set_means import Estimates
from stcsim.analysis.sobol_indices import SobolIndices
from stcsim.charts.chart import Chart
from stcsim.charts.rows import interval, points, rows_of
from stcsim.draws import I8
from stcsim.pictures.sensitivity import Namer, finding_of, largest_first, what_marks_mean
from stcsim.pictures.style import GREY, PAPER
from stcsim.pictures.words import capital, number, signed

_BLUE = "#0072b2"
_FEW = {MATTERS: "matters", CHANGES_NOTHING: "no change"}
_SAID = {MATTERS: "matters", CHANGES_NOTHING: "changes no run"}


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
    if isinstance(found, Screening):
        ends = _ends(found.effect, order)
        below, form = f"change over the range of the quantity, {unit}", "=signed"
        drawn = [("effect", found.effect, 0.0, False)]
    else:
        shares = (found.first, found.total)
        low = min(0.0, *(float(e.low[i]) for e in shares for i in order if math.isfinite(e.low[i])))
        high = max(1.0, *(float(e.high[i]) for e in shares for i in order if math.isfinite(e.high[i])))
        ends = (max(low, -0.5), min(high, 1.5))
        below, form = "share of the variance over assumptions and runs", "=share"
        drawn = [("first", found.first, -0.16, False), ("total", found.total, 0.16, True)]
    series: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    for row, i in enumerate(int(i) for i in order):
        colour = _BLUE if found.findings[i] == MATTERS else GREY
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
    beside = [_SAID.get(found.findings[i], "not distinguishable from zero") for i in order]
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
    if several:
        # Two marks stand beside each other in a row, which names of rows cannot say: rows are numbers.
        rows.option["yAxis"].append(
            {"type": "value", "inverse": True, "min": -0.5, "max": len(names) - 0.5, "show": False}
        )
        for one in rows.option["series"]:
            one["yAxisIndex"] = 2
    label = "; ".join(_tip(found, int(i), names[row]).replace("\n", ", ") for row, i in enumerate(order[:8]))
    return Chart(
        name,
        finding_of(found, target, name_of),
        what_marks_mean(found),
        rows.option,
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
    head = f"{name}: {_SAID.get(found.findings[i], 'not distinguishable from zero')}"
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


def _ends(found: Estimates, order: I8) -> tuple[float, float]:
    every = np.concatenate([found.low[order], found.high[order], found.value[order], [0.0]])
    every = every[np.isfinite(every)]
    low, high = float(every.min()), float(every.max())
    pad = 0.06 * (high - low) or 1.0
    return low - pad, high + pad
