"""How far a job is, from the lines of its command."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.dashboard.status import State, Status, ended, lines_of, under_way, without_paths


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/tmp/a/b.yaml:1:2  x: wrong", "b.yaml:1:2  x: wrong"),
        ("see '/home/me/own.yaml'", "see 'own.yaml'"),
        ("hours/week and 3/4 of it", "hours/week and 3/4 of it"),
        ("tables in (/srv/x y)", "tables in (x y)"),
    ],
)
def test_paths_become_names(line: str, told: str) -> None:
    assert without_paths(line) == told


def test_last_line_of_progress_is_told_and_what_is_none_is_a_note() -> None:
    lines = ["a note", "3 of 12 runs", "6 of 12 runs, about 2 min left"]
    assert under_way(lines, stopping=False) == Status(
        State.RUNNING, 0.5, "6 of 12 runs, about 2 min left", notes=("a note",)
    )
    assert under_way([], stopping=False).progress is None
    assert under_way(lines, stopping=True).text == "stopping: what is finished is kept"


@pytest.mark.parametrize(
    ("status", "told_to_stop", "state", "text"),
    [
        (0, False, State.DONE, "done"),
        (143, False, State.STOPPED, "kept what was finished"),
        (1, True, State.STOPPED, "kept what was finished"),
        (2, False, State.FAILED, "it could not be run as asked"),
        (1, False, State.FAILED, "the run ended without a result"),
    ],
)
def test_end_is_told_by_its_status(status: int, told_to_stop: bool, state: State, text: str) -> None:
    found = ended(status, ["1 of 2 runs", "kept what was finished"], None, told_to_stop)
    assert (found.state, found.text) == (state, text)


def test_what_was_never_written_has_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path / "said") == []
