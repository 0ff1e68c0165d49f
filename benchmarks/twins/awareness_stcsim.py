"""Awareness as stcsim moves it: one phase of its schedule on a state with so many firms."""

from __future__ import annotations

from benchmarks.twins.awareness_columns import MOVED, region_of
from benchmarks.worker import Block
from stcsim.draws import Draws
from stcsim.engine.engine import Engine
from stcsim.processes.firms import step_awareness
from stcsim.state.state import When


def build(firms: int, days: int, seed: int = 1) -> Block:
    """Return a block of some days from the start; compliance, weighed when a week ends, is left out."""
    state = Engine.begin(region_of(firms), [seed]).state
    draws, when = Draws(), When(day=0, days=1, warm_up=0)
    start = MOVED * state.firms.awareness

    def block() -> dict[str, float]:
        state.firms.awareness[:] = start
        for _ in range(days):
            step_awareness(state, draws, when)
        return {"awareness": float(state.firms.awareness.sum())}

    return block
