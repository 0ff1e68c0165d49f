"""Parts without a browser: what they say, and what they refuse."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest

pytest.importorskip("solara")

import ipyvue
import solara

from stcsim.charts import Chart
from stcsim.dashboard.parts import (
    Card,
    Choice,
    Choices,
    DataTable,
    FileField,
    NumberField,
    Option,
    Problems,
    Repeat,
    Slider,
)
from stcsim.dashboard.parts.figure import follows_theme, picture_markup
from stcsim.dashboard.parts.headline import change_words, chip, headline
from stcsim.dashboard.parts.table import in_words
from stcsim.pictures.effects import Effect, effects_of
from stcsim.pictures.plot import plot_comparison
from tests.report import synthetic

ARMS = {"one": {"diversions": -0.4}}
TABLE = pd.DataFrame({"Arm": ["b", "a", "c"], "Change": [0.25, -1.5, float("nan")], "Runs": [3, 12, 1]})
CHART = Chart("lines", "It falls", "The [[runs]]", {"series": []}, TABLE, "It falls")


def widget(element: Any) -> Any:
    """Return the widget of the part that the browser draws."""
    _, context = solara.render(element, handle_error=False)
    return context.find(ipyvue.VueTemplate).widgets[0]


def outermost(element: Any) -> Any:
    """Return the widget of a card, around all others."""
    _, context = solara.render(element, handle_error=False)
    return next(w for w in context.find(ipyvue.VueTemplate).widgets if hasattr(w, "tools"))


def test_a_card_hands_out_its_data_and_its_command():
    card = outermost(Card(chart=CHART, repeat=Repeat("stcsim compare x", (("x.yaml", "name: x\n"),))))
    assert card.tools == ["table", "csv", "svg", "png", "repeat"]
    assert card.heading == "It falls"
    assert "term-runs" in card.subtitle
    card.vue_tool("csv")
    assert card.file["name"] == "lines.csv"
    assert card.file["text"] == CHART.csv()
    card.vue_take(0)
    assert (card.file["name"], card.file["text"], card.file["count"]) == ("x.yaml", "name: x\n", 2)
    card.vue_take(7)
    assert card.file["count"] == 2
    card.vue_tool("table")
    assert card.shown == "table"
    assert len(card.table) == 1
    card.vue_tool("repeat")
    assert (card.shown, card.table) == ("repeat", [])
    card.vue_tool("repeat")
    assert card.shown == ""


def test_a_card_without_data_has_no_tools_and_takes_no_wishes():
    card = outermost(Card("Choose"))
    assert card.tools == []
    card.vue_tool("csv")
    card.vue_tool("repeat")
    assert (card.file["count"], card.shown) == (0, "")


def test_the_picture_of_a_report_can_be_saved():
    picture = plot_comparison(synthetic.comparison_of(synthetic.runs_of(ARMS)), "differences")
    card = outermost(Card(picture=picture, table=TABLE))
    card.vue_tool("png")
    assert card.file["name"] == f"{picture.name}.png"
    assert card.file["text"] == picture.svg()
    assert "var(--ink, #16202b)" in picture_markup(picture)
    assert follows_theme("fill:#0072B2") == "fill:var(--tone-0072b2, #0072b2)"


def test_a_table_is_sorted_with_what_is_missing_last_and_tells_its_own_rows():
    picked: list[int] = []
    table = widget(DataTable(TABLE, "Arms", on_row=picked.append, chosen=1))
    assert [row[0] for row in table.rows] == ["b", "a", "c"]
    assert table.chosen == 1
    table.vue_sort(1)
    assert [row[0] for row in table.rows] == ["b", "a", "c"]
    assert table.head[1]["sort"] == "descending"
    table.vue_sort(1)
    assert [row[0] for row in table.rows] == ["a", "b", "c"]
    table.vue_row(0)
    table.vue_row(9)
    assert picked == [1]
    assert table.rows[2] == ["c", "–", "1"]


def test_a_long_table_comes_in_parts():
    table = widget(DataTable(pd.DataFrame({"n": range(130)}), "Numbers"))
    assert (len(table.rows), table.more) == (50, "Show 50 more rows of 80")
    table.vue_more(1)
    table.vue_more(1)
    assert (len(table.rows), table.more) == (130, "")


def test_cells_are_written_for_people():
    cells = (None, True, -1234, 0.031, "text", pd.NA)
    assert [in_words(x) for x in cells] == ["–", "yes", "−1,234", "0.031", "text", "–"]


def test_what_a_browser_sends_is_taken_only_where_it_fits():
    taken: list[Any] = []
    choice = widget(Choice("One", "a", {"a": "A", "b": "B"}, taken.append))
    choice.vue_pick("b")
    choice.vue_pick("../../etc")
    ticks = widget(Choices("Some", ["a"], [Option("a", "A"), Option("b", "B")], taken.append))
    ticks.vue_pick(["b", "x", "a"])
    number = widget(NumberField("N", 8, taken.append, low=2, high=20))
    for typed in (9, 1, 21, 2.5, float("nan")):
        number.vue_give(typed)
    slider = widget(Slider("Quarter", 0, ["Q1", "Q2"], taken.append))
    slider.vue_move(1)
    slider.vue_move(2)
    assert taken == ["b", ("a", "b"), 9, 1]


def test_a_file_is_a_name_without_folders_and_a_text_that_is_not_too_long():
    taken: list[tuple[str, str]] = []
    field = widget(FileField("File", lambda name, text: taken.append((name, text)), largest=10))
    field.vue_give({"name": "C:\\secret\\..\\mine.yaml", "text": "a: 1"})
    field.vue_give({"name": "/etc/passwd\n", "text": "b: 2"})
    field.vue_give({"name": "large.yaml", "text": "x" * 11})
    field.vue_give({"name": "odd.yaml", "text": ["x"]})
    assert taken == [("mine.yaml", "a: 1"), ("passwd", "b: 2")]


def test_problems_are_text_and_nothing_else():
    said = widget(Problems(["<script>", "line 3: missing\n  Add it."]))
    assert "&lt;script&gt;" in said.content
    assert "There are 2 problems" in said.content


def small(verdict: str, share: float = -0.13, direction: str = "lower", judged: str = "better") -> Effect:
    effects = effects_of(synthetic.comparison_of(synthetic.runs_of(ARMS)))
    e = effects.get("one", effects.headline[0])
    return dataclasses.replace(e, verdict=verdict, share=share, direction=direction, judged=judged, mean=-4.0)


def test_a_headline_says_the_change_in_words():
    assert change_words(small("clearly"), True, "transfers") == "13% lower"
    assert change_words(small("probably"), False, "transfers") == "4 transfers lower"
    assert change_words(small("clearly", 12.0, "higher", "worse"), True, "hours") == "×13 of what it was"
    assert change_words(small("unclear", direction="", judged=""), True, "transfers") == "No clear change"
    assert change_words(small("no change", direction="", judged=""), True, "transfers") == "No change"


def test_what_is_unclear_has_no_colour():
    assert "better" not in chip(small("unclear", direction="", judged=""))
    assert 'class="st-chip better"' in chip(small("clearly"))
    assert 'class="st-chip"' in chip(small("clearly", judged=""))


def test_a_headline_holds_both_intervals_and_the_level():
    arms = {**ARMS, "one~staff": {"diversions": -0.1}}
    effects = effects_of(synthetic.comparison_of(synthetic.runs_of(arms)), {"one": "First <arm>"})
    text = headline(effects, "one", effects.headline[0])
    assert "First &lt;arm&gt;" in text
    for held in ("term-runs", "term-assumptions", "term-same-money-on-staff", "Level ", " against "):
        assert held in text
