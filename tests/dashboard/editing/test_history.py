"""Undo and redo, within bounds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stcsim.dashboard.editing.history import CHARACTERS, STEPS, History


@given(st.lists(st.one_of(st.text(max_size=3), st.sampled_from(["<undo>", "<redo>"])), max_size=30))
def test_it_behaves_like_two_stacks(moves: list[str]) -> None:
    history = History(("start",))
    past: list[str] = []
    future: list[str] = []
    now = "start"
    for move in moves:
        if move == "<undo>":
            history = history.undone()
            if past:
                future.append(now)
                now = past.pop()
        elif move == "<redo>":
            history = history.redone()
            if future:
                past.append(now)
                now = future.pop()
        elif move != now:
            history = history.then(move)
            past.append(now)
            now, future = move, []
        assert (history.text, history.can_undo, history.can_redo) == (now, bool(past), bool(future))


def test_it_does_not_grow_for_ever() -> None:
    history = History(("0",))
    for number in range(3 * STEPS):
        history = history.then(str(number + 1))
    assert len(history.texts) == STEPS
    for letter in "abcdefghijkl":
        history = history.then(letter * (CHARACTERS // 4))
    assert sum(map(len, history.texts)) <= CHARACTERS
    assert history.text[0] == "l"


def test_a_text_of_the_past_is_found() -> None:
    history = History(("a",)).then("b").then("c")
    assert history.found("b").at == 1
    assert history.found("b").can_redo
    assert history.found("d").texts == ("a", "b", "c", "d")
