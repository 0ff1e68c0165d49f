"""Of which moment of a study that grows the analyses are wanted."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

from stcsim.api.study_state import StudyState
from stcsim.dashboard.pages import study_view
from stcsim.dashboard.pages.study_view import Paced


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time that is told, in a list that can be changed."""
    now = [1000.0]
    monkeypatch.setattr(study_view.time, "monotonic", lambda: now[0])
    return now


def running(stamp: str) -> StudyState:
    """Return the state of a study that runs."""
    return StudyState("running", done=10, stamp=stamp)


def test_what_has_begun_is_waited_for_however_fast_the_study_grows(clock: list[float]) -> None:
    paced = Paced()
    first = paced.next(running("s1"))
    paced.busy = True
    for second in range(600):
        clock[0] += 1
        assert paced.next(running(f"s{second}")) == first
    assert paced.next(StudyState("stopped", done=700, stamp="end")) == first
    paced.busy, paced.held, paced.seconds = False, "s1", 600.0
    assert paced.next(StudyState("stopped", done=700, stamp="end"))[1] == "end"


def test_a_pause_grows_with_what_it_takes(clock: list[float]) -> None:
    paced = Paced()
    first = paced.next(running("s1"))
    paced.held, paced.seconds = "s1", 5.0
    clock[0] += 39
    assert paced.next(running("s2")) == first
    clock[0] += 2
    assert paced.next(running("s3"))[1] == "s3"


def test_what_another_reader_had_begun_of_an_earlier_moment_is_followed_by_what_is_there_now(
    clock: list[float],
) -> None:
    paced = Paced()
    wanted = paced.next(StudyState("complete", done=20, stamp="end"))
    assert wanted[1] == "end"
    paced.held = "earlier"
    again = paced.next(StudyState("complete", done=20, stamp="end"))
    assert again[1] == "end"
    assert again != wanted
    paced.held = "end"
    assert paced.next(StudyState("complete", done=20, stamp="end")) == again
