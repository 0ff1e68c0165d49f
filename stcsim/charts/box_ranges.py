"""Boxes of assumptions in which something holds more often: where they lie in the range of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from stcsim.analysis.discovery import Box, Discovery
from stcsim.charts.chart import Chart
from stcsim.charts.rows import rows_of
from stcsim.pictures.discovery import box_words, finding, what_boxes_are
from stcsim.pictures.words import counted, number


def box_charts(
    found: Discovery,
    what: str,
    ranges: Mapping[str, tuple[float, float]],
    name_of: Callable[[str], str],
    name: str,
) -> tuple[Chart, ...]:
    """Draw each box, a row an input: its range within the whole one.

    Parameters
    ----------
    what : holds in a box, in words
    ranges : ends of each numeric input over all points
    name_of : gives names of inputs
    name : of the charts, which are numbered
    """
    return tuple(
        _chart(box, place, found, what, ranges, name_of, f"{name}-{place + 1}")
        for place, box in enumerate(found.boxes)
    )


def _chart(
    box: Box,
    place: int,
    found: Discovery,
    what: str,
    ranges: Mapping[str, tuple[float, float]],
    name_of: Callable[[str], str],
    name: str,
) -> Chart:
    names = [name_of(limit.path) for limit in box.limits]
    beside, before, within = [], [], []
    for limit in box.limits:
        low, high = ranges.get(limit.path, (0.0, 1.0))
        size = (high - low) or 1.0
        start = 0.0 if limit.low is None else (limit.low - low) / size
        end = 1.0 if limit.high is None else (limit.high - low) / size
        words = (
            " or ".join(limit.among)
            if limit.among
            else f"{number(low if limit.low is None else limit.low)} to "
            f"{number(high if limit.high is None else limit.high)}"
        )
        beside.append(words)
        shown = 0.0 if limit.among else max(end - start, 0.006)
        before.append(start)
        within.append({"value": shown, "tip": f"{name_of(limit.path)}: {words}"})
    bar: dict[str, Any] = {"type": "bar", "stack": "range", "barWidth": 16}
    hidden = {"silent": True, "tooltip": {"show": False}, "itemStyle": {"opacity": 0}}
    series = [
        {**bar, "id": "before", "data": before, **hidden},
        {
            **bar,
            "id": "within",
            "data": within,
            "itemStyle": {"color": "#0072b2"},
            "showBackground": True,
            "backgroundStyle": {"color": "var(--soft)"},
        },
    ]
    rows = rows_of(
        names,
        beside,
        (0.0, 1.0),
        "of the range of the assumption",
        "=share",
        series,
        short="of its range",
        right=140,
    )
    table = pd.DataFrame({"Assumption": names, "Range in the box": beside})
    return Chart(
        name,
        finding(box, what, name_of),
        f"{box_words(box, place)}. {what_boxes_are(found)}",
        rows.option,
        table,
        f"{box.words(name_of)}. {counted(box.density.count, 'point')} inside.",
        height=rows.height,
        narrow=rows.narrow,
    )
