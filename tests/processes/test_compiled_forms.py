"""Compiled loops of processes give, bit for bit, what their NumPy form gives."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import Draws, compiled
from stcsim.engine.engine import Engine
from stcsim.processes import capacity
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


@pytest.mark.parametrize("shares", [(0.15, 0.15), (0.15, 0.4)])
def test_capacity_moves_as_without(loops: None, shares: tuple[float, float]) -> None:
    """Academies, activities with and without follow-up, assumptions shared or not; and over a year."""
    worlds = [changed(SPEC.parameters, **{"capacity.capture_unmanaged": each}) for each in shares]
    state = Engine.begin(SPEC, SEEDS, worlds).warm().branch([0, 1], [everything()] * 2).finish().state
    kernels = compiled.form("stcsim.processes.capacity_kernels", 1)
    terms, holders = capacity.terms_now(state), state.holders
    support = capacity.support_now(state, terms)
    assert (terms.given > 0).any()
    assert (terms.captured_by_plan > 0).any()
    for dt in (1 / 52, 1.0):
        for part in (slice(0, 30), slice(30, len(terms.pairs))):
            with_loops = capacity._moved_in_loops(kernels, holders, terms, support, dt, part)
            assert with_loops is not None
            for mine, other in zip(
                with_loops, capacity._moved(holders, terms, support, dt, part), strict=True
            ):
                np.testing.assert_array_equal(mine, other)
    # where stocks swing about their rest, which takes equal losses all in all, it is left to the other form
    swinging = terms.doses.reshape(-1, 4) + support.capture[terms.rows][:, None] + terms.decay_latent
    terms.decay_captured[:] = swinging
    part = slice(0, len(terms.pairs))
    assert capacity._moved_in_loops(kernels, holders, terms, support, 1.0, part) is None
    moved = capacity.moved(holders, terms, support, 1.0, part)
    np.testing.assert_array_equal(moved, capacity._moved(holders, terms, support, 1.0, part))
