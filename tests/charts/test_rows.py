"""Grounds of charts with rows: marks stand in their rows, words have the room that they need."""

from __future__ import annotations

from stcsim.charts.dots import dots_of
from stcsim.charts.names import room
from stcsim.charts.rows import between_rows, interval, points, rows_of
from stcsim.charts.stacks import stacks_of
from stcsim.pictures.style import arm_styles


def test_marks_between_rows_stand_on_numbers_and_leave_the_names() -> None:
    rows = rows_of(["a", "b"], ["1", "2"], (0.0, 1.0), "share", "=share", [points("marks", [])])
    option = between_rows(rows.option, 2)
    *names, numbers = option["yAxis"]
    assert [axis["data"] for axis in names] == [["a", "b"], ["1", "2"]]
    assert (numbers["min"], numbers["max"], numbers["inverse"]) == (-0.5, 1.5, True)
    assert [one["yAxisIndex"] for one in option["series"]] == [2]
    assert "yAxisIndex" not in rows.option["series"][0]


def test_an_interval_is_cut_at_the_ends_of_the_axis_and_none_is_not_drawn() -> None:
    (line,) = interval("x", 1, -5.0, 0.5, "#000000", (-1.0, 1.0))
    assert line["data"] == [[-1.0, 1], [0.5, 1]]
    assert interval("x", 1, float("nan"), 0.5, "#000000", (-1.0, 1.0)) == []


def test_stacks_are_as_high_as_they_have_rows_and_lines_of_their_key() -> None:
    def height(rows: int, lines: int) -> int:
        names = ["name"] * rows
        key = ["x"] if lines else []
        found = stacks_of(
            names, names, "", "=share", [], key=key, lines=(lines, lines), most=90, few=50, row=20
        )
        assert found.option["legend"]["show"] == bool(lines)
        return found.height

    assert height(3, 1) - height(2, 1) == 20
    assert height(2, 2) > height(2, 1) > height(2, 0)


def test_dots_give_each_arm_a_mark_a_row() -> None:
    names, arms = ["one", "a much longer name than there is room for"], {"baseline": "Baseline", "arm": "Arm"}
    found = {arm: [(0.1, f"{arm} here"), (0.2, f"{arm} there")] for arm in arms}
    rows = dots_of(names, found, arms, arm_styles(arms), "share", most=80, few=40, row=30)
    marks = {one["id"]: one["data"] for one in rows.option["series"]}
    assert marks["arm"] == [{"value": [0.1, 0], "tip": "arm here"}, {"value": [0.2, 1], "tip": "arm there"}]
    assert rows.option["grid"]["left"] == room(names, 80) < room(names, 1000)
    assert rows.narrow["grid"]["left"] == room(names, 40)
