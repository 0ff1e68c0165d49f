"""A chart in the page: ECharts as SVG, in the colours of the page, with a text alternative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.analysis.export import plain_json
from stcsim.charts.chart import Chart
from stcsim.charts.marked import plain_words
from stcsim.dashboard.element import Element

Click = dict[str, Any]
"""What was clicked: ``series`` and ``series_id``, ``name``, ``index``, ``value``, ``data`` as it stands in
the option, and ``kind`` (``node`` or ``edge`` of a network, else empty)."""


@solara.component_vue("chart.vue", vuetify=False)
def _Chart(
    option: dict[str, Any],
    narrow: dict[str, Any],
    label: str,
    height: int,
    name: str,
    title: str,
    subtitle: str,
    clickable: bool,
    event_click: Callable[[Click], None],
) -> None: ...


@solara.component
def ChartView(chart: Chart, on_click: Callable[[Click], None] | None = None) -> Element:
    """Draw a chart.

    It follows the theme of the page and the width of its place. Its element has ``data-chart`` (its name)
    and, once it is drawn, ``data-ready="1"``.

    Parameters
    ----------
    chart : what to draw
    on_click : called with what was clicked. A mouse is needed for that, so a page that gives it must offer
        the same choice as an input too
    """
    option, narrow = solara.use_memo(
        lambda: (plain_json(chart.option), plain_json(chart.narrow or {})), dependencies=[chart]
    )
    return _Chart(
        option=option,
        narrow=narrow,
        label=chart.label,
        height=chart.height,
        name=chart.name,
        title=plain_words(chart.title),
        subtitle=plain_words(chart.subtitle),
        clickable=on_click is not None,
        event_click=lambda found: on_click(found) if on_click is not None else None,
    )
