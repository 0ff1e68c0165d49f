"""What is made beside a page: values, problems and defects arrive, what is in vain is dropped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("solara")

import solara

from stcsim.dashboard.making import Made, Tell, use_looked, use_made
from stcsim.errors import InputError


def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def shown(make: Callable[[Tell], Any], key: Any = 1) -> tuple[list[Made[Any]], Callable[[Any], None], Any]:
    """Render a component that makes something; return what it saw, and a function that changes the key."""
    seen: list[Made[Any]] = []
    change: list[Callable[[Any], None]] = []

    @solara.component
    def maker() -> Any:
        now, set_now = solara.use_state(key)
        change[:] = [set_now]
        seen.append(use_made(make, now))
        return solara.Text(seen[-1].text)

    _, context = solara.render(maker(), handle_error=False)
    return seen, lambda new: change[0](new), context


def test_a_value_arrives_with_how_long_it_took() -> None:
    seen, _, context = shown(lambda tell: (tell("Thinking"), 42)[1])
    until(lambda: seen[-1].value == 42)
    assert not seen[0].busy
    assert seen[-1].key == 1
    assert seen[-1].seconds >= 0
    assert not seen[-1].busy
    context.close()


def test_nothing_is_made_of_no_key() -> None:
    asked: list[int] = []
    seen, _, context = shown(lambda _: asked.append(1), None)
    time.sleep(0.1)
    assert not asked
    assert seen[-1].value is None
    context.close()


def test_a_problem_is_told_and_a_defect_is_raised() -> None:
    def refuse(_: Tell) -> int:
        raise InputError("there is nothing")

    seen, _, context = shown(refuse)
    until(lambda: seen[-1].problem is not None)
    assert str(seen[-1].problem) == "there is nothing."
    context.close()


def test_what_is_in_vain_is_dropped_and_the_last_value_stays_meanwhile() -> None:
    gate, dropped = threading.Event(), threading.Event()

    def make(tell: Tell) -> str:
        if not gate.is_set():
            gate.wait(10)
            try:
                tell("Still at it")
            except BaseException:
                dropped.set()
                raise
        return "new"

    seen, change, context = shown(make)
    until(lambda: seen[-1].busy)
    change(2)
    gate.set()
    until(lambda: seen[-1].value == "new")
    assert dropped.wait(10)
    assert seen[-1].key == 2
    context.close()


def test_looks_show_what_has_changed_and_nothing_else() -> None:
    numbers = iter([1, 1, 2, *[2] * 1000])
    seen: list[int | None] = []

    @solara.component
    def looker() -> Any:
        seen.append(use_looked(lambda: next(numbers), "a", 0.01))
        return solara.Text(str(seen[-1]))

    _, context = solara.render(looker(), handle_error=False)
    until(lambda: seen[-1] == 2)
    context.close()
    assert [value for value, before in zip(seen, [..., *seen], strict=False) if value != before] == [
        None,
        1,
        2,
    ]
