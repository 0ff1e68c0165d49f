"""A card: a finding, its picture, and what everyone may want of it: the table, the files, the command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd
import solara

from stcsim.charts.chart import Chart
from stcsim.charts.marked import plain_words
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.figure import PictureView
from stcsim.dashboard.parts.file_names import FILES, MOST_OF_TITLE, joined, safe
from stcsim.dashboard.parts.repeat import Repeat
from stcsim.dashboard.parts.saved import Saved
from stcsim.dashboard.parts.table import DataTable
from stcsim.dashboard.parts.term import with_terms
from stcsim.dashboard.widgets.chart import ChartView, Click
from stcsim.pictures.picture import Picture


@solara.component_vue("card.vue", vuetify=False)
def _Card(
    heading: str,
    level: int,
    title: str,
    subtitle: str,
    stem: str,
    controls: list[Element],
    figure: list[Element],
    table: list[Element],
    children: list[Element],
    tools: list[str],
    shown: str,
    repeat: dict[str, Any],
    file: dict[str, Any],
    event_tool: Callable[[str], None],
    event_take: Callable[[int], None],
) -> None: ...


@solara.component
def Card(
    title: str = "",
    subtitle: str = "",
    children: Sequence[Element] = (),
    chart: Chart | None = None,
    table: pd.DataFrame | None = None,
    repeat: Repeat | None = None,
    *,
    picture: Picture | None = None,
    controls: Sequence[Element] = (),
    on_click: Callable[[Click], None] | None = None,
    level: int = 2,
    name: str = "",
    arm: str = "",
) -> Element:
    """Show a white card; one with data has the buttons *Table*, *CSV*, *SVG*, *PNG* and *Repeat this*.

    Parameters
    ----------
    title : the finding; that of the chart or picture where empty
    subtitle : what marks and intervals mean; that of the chart or picture where empty. Words in double
        brackets, such as ``[[runs]]`` or ``[[trust|trusted]]``, are terms with a definition
    children : what stands below the figure, or in its place where there is none
    chart : drawn by the card itself
    table : the data behind it; that of the chart where None. A picture needs it for its table and CSV
    repeat : how to get the same numbers without the dashboard
    picture : of a report, drawn by the card itself
    controls : inputs that choose what the figure shows, above it
    on_click : see `ChartView`
    level : of the heading, 2 to 4
    name : of its files; that of the chart or picture, else its title, where empty
    arm : the one arm that its data are of, for the names of its files; empty where it shows several
    """
    source = chart or picture
    shown, show = solara.use_state("")
    file, hand_out = solara.use_state(Saved())
    data = chart.table if table is None and chart is not None else table
    finding = title or (source.title if source is not None else "")
    own = name or (source.name if source is not None else safe(plain_words(finding), MOST_OF_TITLE))
    stem = joined((solara.use_context(FILES), own, arm))
    meaning = subtitle or (source.subtitle if source is not None else "")
    tools = [
        tool
        for tool, offered in (
            ("table", source is not None and data is not None),
            ("csv", data is not None),
            ("svg", source is not None),
            ("png", source is not None),
            ("repeat", repeat is not None),
        )
        if offered
    ]

    def give(ending: str, content: str, mime: str) -> None:
        hand_out(Saved(f"{stem}.{ending}", content, mime, file.count + 1))

    def use(tool: str) -> None:
        if tool == "csv" and data is not None:
            give("csv", data.to_csv(index=False, lineterminator="\n"), "text/csv")
        elif tool in ("svg", "png") and picture is not None:
            give(tool, picture.svg(), "image/svg+xml")
        elif tool in ("table", "repeat") and tool in tools:
            show("" if shown == tool else tool)

    def take(place: int) -> None:
        if repeat is not None and 0 <= place < len(repeat.files):
            file_name, content = repeat.files[place]
            hand_out(Saved(file_name, content, "text/yaml", file.count + 1))

    figures: list[Element] = []
    if chart is not None:
        figures.append(ChartView(chart, on_click))
    if picture is not None:
        figures.append(PictureView(picture))
    read = data is not None and shown == "table"
    return _Card(
        heading=finding,
        level=level,
        title=str(with_terms(finding)),
        subtitle=str(with_terms(meaning)),
        stem=stem,
        controls=list(controls),
        figure=figures,
        table=[DataTable(data, plain_words(finding))] if read and data is not None else [],
        children=list(children),
        tools=tools,
        shown=shown,
        repeat={}
        if repeat is None
        else {
            "command": repeat.command,
            "note": repeat.note,
            "files": [called for called, _ in repeat.files],
        },
        file=asdict(file),
        event_tool=use,
        event_take=take,
    )
