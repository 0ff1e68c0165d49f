"""A page with every part that a reader can use, and what came of using it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import solara

from stcsim.charts import Chart
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import (
    Button,
    Card,
    Choice,
    Choices,
    DataTable,
    Download,
    FileField,
    Notice,
    NumberField,
    Option,
    Problems,
    ProgressLine,
    Repeat,
    Slider,
    Switch,
    TextField,
)
from stcsim.pictures.style import BASELINE, GREY, arm_styles

ARMS = ("one", "two", "three", "four", "five", "six", "seven")


def lines() -> Chart:
    styles = arm_styles(ARMS)
    series = [
        {
            "type": "line",
            "id": arm,
            "name": arm,
            "data": [i * (k + 1) for i in range(6)],
            "lineStyle": {"color": style.colour},
            "itemStyle": {"color": style.colour},
            "endLabel": {"show": True, "formatter": "{a}", "color": style.colour},
        }
        for k, (arm, style) in enumerate(styles.items())
    ]
    option = {
        "grid": {"left": 40, "right": 90, "top": 16, "bottom": 30},
        "xAxis": {"type": "category", "data": list("abcdef")},
        "yAxis": {"type": "value", "axisLabel": {"formatter": "=percent"}},
        "tooltip": {"trigger": "axis", "valueFormatter": "=number"},
        "series": series,
    }
    table = pd.DataFrame(
        {"Arm": [BASELINE, *ARMS], "Last value": [5 * (k + 1) for k in range(len(ARMS) + 1)]}
    )
    narrow = {"grid": {"right": 20}, "series": [{"endLabel": {"show": False}}] * (len(ARMS) + 1)}
    return Chart(
        "lines", "All lines rise", "Mean of [[runs]]", option, table, "Eight lines rise", 260, narrow
    )


def bars() -> Chart:
    data = [{"value": 3, "tip": "three & <b>more</b>\nof them"}, {"value": None}, {"value": float("nan")}]
    option = {
        "xAxis": {"type": "category", "data": ["a", "b", "c"]},
        "yAxis": {"type": "value"},
        "tooltip": {"formatter": "=tip"},
        "series": [{"type": "bar", "data": data, "itemStyle": {"color": "var(--grey)"}}, mark()],
    }
    table = pd.DataFrame({"Bar": ["a"], "Value": [3]})
    return Chart("bars", "One bar stands", "", option, table, "One bar of height 3", 200)


def mark() -> dict[str, Any]:
    return {"type": "scatter", "data": [[2, 2]], "itemStyle": {"color": GREY}, "silent": True}


@solara.component
def PartsPage() -> Any:
    said, say = solara.use_state("")
    place, go = solara.use_state(0)
    arms, choose = solara.use_state(("one",))
    one, pick = solara.use_state("a")
    view, turn = solara.use_state("runs")
    count, set_count = solara.use_state(8)
    text, write = solara.use_state("")
    quarters = [f"Quarter {i}" for i in range(12)]
    options = [
        Option("one", "One", "the first", "Group"),
        Option("two", "Two"),
        Option("off", "Off", off=True),
    ]
    repeat = Repeat(
        "stcsim compare mine.yaml --seed 1", (("mine.yaml", "name: mine\n"),), "Put it beside you."
    )
    table = pd.DataFrame({"Name": ["b", "a"], "Number": [1.5, 2.5]})
    inputs = html(
        "div",
        Choice("Scenario", one, {"a": "First", "b": "Second"}, pick, note="Of the [[scenario]]"),
        Choices("Arms", arms, options, choose, problem="" if arms else "Choose at least one."),
        Switch("View", view, {"runs": "Runs", "assumptions": "Assumptions"}, turn),
        NumberField("Replications", count, set_count, low=2, high=20),
        Slider("Time", place, quarters, go),
        TextField("Search", text, write, live=True),
        TextField("Lines", "a: 1\n", lambda lines: say(f"{len(lines)} characters"), rows=3, code=True),
        FileField("File", lambda name, held: say(f"{name}: {len(held)}"), largest=64),
        Button("Do it", lambda: say("done"), kind="main"),
        Button("Not now", lambda: say("wrong"), off=True),
        Download("Save it", "saved.yaml", "a: 1\n"),
        class_="st-form",
    )
    shown = f"{one} {','.join(arms)} {view} {count} {quarters[place]} {text} | {said}"
    return html(
        "div",
        html("p", shown, data_testid="said"),
        Problems(["line 3: a name is missing\n  Add one."]),
        Notice("Words such as [[clearly]] have a meaning."),
        Card("Inputs", children=[inputs]),
        Card(chart=lines(), repeat=repeat),
        Card(chart=bars(), on_click=lambda clicked: say(f"clicked {clicked['name']} {clicked['value']}")),
        Card("Running", children=[ProgressLine("3 of 9 runs", 1 / 3, lambda: say("stopped"))]),
        Card("Rows", children=[DataTable(table, "Rows", on_row=lambda row: say(f"row {row}"))], table=table),
        Card("Many columns", children=[DataTable(wide(7), "Many columns")]),
        Card("Very many columns", children=[DataTable(wide(24), "Very many columns", sortable=False)]),
        class_="st-stack",
    )


def wide(columns: int) -> pd.DataFrame:
    """Return a table of twelve rows and as many columns beside their names as are wanted."""
    rows = {f"Column {chr(97 + i)}": [10 * row + i + 1 for row in range(12)] for i in range(columns)}
    return pd.DataFrame({"Row": [f"row {chr(65 + row)}" for row in range(12)], **rows})
