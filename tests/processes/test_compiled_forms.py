"""Compiled loops of processes give, bit for bit, what their NumPy form gives."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import Draws, compiled
from stcsim.engine.engine import Engine
from stcsim.processes.information import step_information
from stcsim.processes.new_items import bear
from stcsim.state.state import State, When, stack
from tests.columns import differing
from tests.processes.births import births
from tests.regions import changed, everything, small_region, warmed

SPEC = small_region(26, 13)
SEEDS = (3, 4)


@pytest.fixture
def loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled loops from the first number on, where nothing else is said."""
    pytest.importorskip("numba")
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", 1)
    assert compiled.form("stcsim.processes.reading_kernels", 1) is not None


def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_kernels", None)
    monkeypatch.setattr(compiled, "_left", 0)


def assert_same(one: State, other: State) -> None:
    for run in range(one.runs):
        assert differing(one.take([run]), other.take([run])) == []


def test_a_stack_runs_as_without(loops: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone and with runs that differ in what they assume, which makes a column of what else is a number."""
    worlds = (
        changed(SPEC.parameters, **{"firms.contagion": 0.25, "firms.norm": 2.5}),
        changed(SPEC.parameters, **{"firms.awareness_decay": 0.4, "information.reading_share": 0.3}),
    )

    def ran() -> State:
        one = Engine.begin(SPEC, SEEDS).warm().branch([0, 1], [(), everything()]).finish()
        other = Engine.begin(SPEC, SEEDS, worlds).warm().branch([1, 0], [everything(), ()]).finish()
        return stack([one.state, other.state])

    with_loops = ran()
    without(monkeypatch)
    assert_same(with_loops, ran())


def test_mail_that_comes_late_and_more_than_can_be_read(loops: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties of reliability and of birth, hours for a part of the mail only, and steps of several weeks."""
    start = warmed(SPEC, SEEDS).state

    def flooded() -> State:
        state = start.take([0, 1])
        for birth in births(state, (0, 90, 0, 400)):
            bear(state, Draws(), When(182, 7, 182), birth)
        state.items.reliability[:, ::3] = 0.5
        state.items.born[:, ::2] = 182.0
        state.holders.staff[::2] *= 0.2
        for day in (182, 189):
            step_information(state, Draws(), When(day, 7, 182))
        step_information(state, Draws(), When(196, 28, 182))
        return state

    with_loops = flooded()
    without(monkeypatch)
    assert_same(with_loops, flooded())
    assert np.isfinite(with_loops.items.read).sum() > np.isfinite(start.items.read).sum() + 500
