"""A chart in the page: ECharts as SVG, in the colours of the page, with a text alternative."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import solara
import traitlets

from stcsim.analysis.export import plain_json
from stcsim.charts.chart import Chart
from stcsim.charts.marked import plain_words
from stcsim.dashboard.element import Element

Click = dict[str, Any]
"""What was clicked: ``series`` and ``series_id``, ``name``, ``index``, ``value``, ``data`` as it stands in
the option, and ``kind`` (``node`` or ``edge`` of a network, else empty)."""


class ChartWidget(anywidget.AnyWidget):
    """The browser's side of a chart; see ``chart.js``."""

    _esm = (Path(__file__).parent / "chart.js").read_text(encoding="utf-8")
    option = traitlets.Dict().tag(sync=True)
    narrow = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    height = traitlets.Int(320).tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    subtitle = traitlets.Unicode().tag(sync=True)
    clickable = traitlets.Bool(False).tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)


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

    def clicked(data: Click) -> None:
        if on_click is not None and data:
            on_click({key: value for key, value in data.items() if key != "count"})

    option, narrow = solara.use_memo(
        lambda: (plain_json(chart.option), plain_json(chart.narrow or {})), dependencies=[chart]
    )
    element: Element = ChartWidget.element(
        option=option,
        narrow=narrow,
        label=chart.label,
        height=chart.height,
        name=chart.name,
        title=plain_words(chart.title),
        subtitle=plain_words(chart.subtitle),
        clickable=on_click is not None,
        on_clicked=clicked,
    )
    return element
