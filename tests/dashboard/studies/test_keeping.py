"""What takes long is made once for all who wait, and goes on though readers leave or want something newer."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from stcsim.dashboard.studies import keeping
from stcsim.dashboard.studies.keeping import Kept, Tell


class Left(Exception):  # noqa: N818 - what a page raises where its tab was closed
    """The reader has gone."""


class Slow:
    """An analysis of two steps, the first of which lasts until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go, self.ended = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, tell: Tell) -> str:
        self.begun.set()
        try:
            tell("Ranking")
            assert self.go.wait(10)
            tell("Regret")
        finally:
            self.ended.set()
        return "slow"


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers look often, so that a test takes no time."""
    monkeypatch.setattr(keeping, "POLL_SECONDS", 0.01)


def reader(
    kept: Kept, name: Any, make: Any, of: Any = None
) -> tuple[Future[Any], list[str], threading.Event]:
    """Return what comes to a reader, what it is told, and what closes its tab."""
    told: list[str] = []
    closed = threading.Event()

    def tell(text: str) -> None:
        if closed.is_set():
            raise Left
        told.append(text)

    pool = ThreadPoolExecutor(1)
    found = pool.submit(kept.get, name, make, tell, of=of)
    pool.shutdown(wait=False)
    return found, told, closed


def test_what_was_made_is_kept_and_the_oldest_makes_room() -> None:
    kept, made = Kept(2), []

    def get(name: str) -> str:
        return kept.get(name, lambda _: (made.append(name), name)[1])

    for name in ("a", "a", "b", "a", "c", "a", "b"):
        assert get(name) == name
    assert made == ["a", "b", "c", "b"]


def test_who_comes_later_shares_what_has_begun_and_sees_its_step() -> None:
    kept, slow = Kept(), Slow()
    first, _, _ = reader(kept, "a1", slow, "a")
    assert slow.begun.wait(10)
    second, told, _ = reader(kept, "a2", lambda _: pytest.fail("it was begun again"), "a")
    while "Ranking" not in told:
        assert not second.done()
    slow.go.set()
    assert (first.result(10), second.result(10)) == ("slow", "slow")
    assert kept.get("a1", pytest.fail) == "slow"
    assert kept.get("a2", lambda _: "newer", of="a") == "newer"


def test_a_closed_tab_takes_nothing_from_another_reader() -> None:
    kept, slow = Kept(), Slow()
    first, _, closed = reader(kept, "a", slow)
    assert slow.begun.wait(10)
    second, told, _ = reader(kept, "a", slow)
    while not told:
        assert not second.done()
    closed.set()
    with pytest.raises(Left):
        first.result(10)
    slow.go.set()
    assert second.result(10) == "slow"


def test_where_all_have_left_it_ends_at_its_next_step_and_holds_nothing() -> None:
    kept, slow = Kept(), Slow()
    first, _, closed = reader(kept, "a", slow)
    assert slow.begun.wait(10)
    closed.set()
    with pytest.raises(Left):
        first.result(10)
    other, told, _ = reader(kept, "b", lambda _: "b")
    while "Waiting for its turn behind another analysis (Ranking)" not in told:
        assert not other.done()
    slow.go.set()
    assert other.result(10) == "b"
    assert slow.ended.is_set()
    assert kept.get("a", lambda _: "made anew") == "made anew"


def test_who_comes_back_before_that_finds_it_going_on() -> None:
    kept, slow = Kept(), Slow()
    first, _, closed = reader(kept, "a", slow)
    assert slow.begun.wait(10)
    closed.set()
    with pytest.raises(Left):
        first.result(10)
    again, told, _ = reader(kept, "a", lambda _: pytest.fail("it was begun again"))
    while not told:
        assert not again.done()
    slow.go.set()
    assert again.result(10) == "slow"


def test_why_it_cannot_be_made_reaches_everybody_and_is_not_kept() -> None:
    kept, gate = Kept(), threading.Event()

    def refuse(_: Tell) -> str:
        assert gate.wait(10)
        raise ValueError("nothing was run")

    readers = [reader(kept, "a", refuse) for _ in range(2)]
    gate.set()
    for found, _, _ in readers:
        with pytest.raises(ValueError, match="nothing was run"):
            found.result(10)
    assert kept.get("a", lambda _: "made") == "made"
