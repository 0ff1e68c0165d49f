"""Whole runs and single steps of stcsim as blocks, and what a run cannot do without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import stcsim
from benchmarks.twins.regions import region
from benchmarks.worker import Block
from stcsim.draws import F8, Draws, keys_of, mix
from stcsim.engine.engine import Engine
from stcsim.model import EcosystemModel
from stcsim.processes.new_items import Birth, bear
from stcsim.state.items import SUBJECT_PARTY
from stcsim.state.state import State, When
from stcsim.state.table import columns_of


def run(scenario: str, overrides: tuple[str, ...] = (), seed: int = 1) -> Block:
    """Return a block of one run as `stcsim.run` does it, warm-up and outcomes included."""
    spec = stcsim.load(scenario, tuple(overrides))
    return lambda: {"runs": float(len(stcsim.run(spec, seed=seed).arm) > 0)}


def run_of_volume(consignments: float, weeks: int, inspectors: float) -> Block:
    """Return a block of one run of a region with so many declarations a week and inspectors at a post."""
    spec = region(declarations=consignments * 52, weeks=weeks, inspectors=inspectors)
    return lambda: {"runs": float(len(stcsim.run(spec).arm) > 0)}


def steps(count: int, warm: int = 2, items: int = 0, **sizes: Any) -> Block:
    """Return a block of steps from one and the same state of a region of some size.

    Parameters
    ----------
    count : steps in a block
    warm : steps before, so that what is made at first need is made
    items : put in so many items of information beside those that are born
    """
    engine = Engine.begin(region(weeks=520, **sizes), [1])
    for _ in range(warm):
        engine.step()
    if items:
        _put_in(engine, items)

    def block() -> dict[str, float]:
        copy = engine.branch([0], [()])
        for _ in range(count):
            copy.step()
        return {"days": float(copy.day)}

    return block


def _put_in(engine: Engine, number: int) -> None:
    """Let so many items be born at holders in turn."""
    state, n = engine.state, engine.state.holders.n
    when = When(engine.day, 7, engine.warm_up)
    birth = Birth(
        run=np.zeros(number, dtype=np.int64),
        category=np.arange(number) % 5,
        subject_kind=SUBJECT_PARTY,
        subject=0,
        generation=0,
        origin=np.arange(number) % n,
        home=0,
        truth=True,
        handling=0,
        reliability=1.0,
        day=float(engine.day),
        key=mix(keys_of(("benchmark",)), np.arange(number)),
    )
    bear(state, engine.draws, when, birth)


def model_of(firms: int) -> Block:
    """Return a block of two steps of a Mesa model with so many firms, no agent of which was asked for."""
    model = EcosystemModel(region(firms=firms, countries=1), rng=1)

    def block() -> dict[str, float]:
        model.step()
        model.step()
        return {"steps": 2.0}

    return block


def numbers_keyed(scenario: str, seed: int = 1) -> tuple[int, int]:
    """Return how many random numbers one run keys, and in how many steps."""
    counted = 0
    uniform: Callable[..., F8] = Draws.uniform

    def counting(self: Draws, *arguments: Any) -> F8:
        nonlocal counted
        numbers = uniform(self, *arguments)
        counted += numbers.size
        return numbers

    setattr(Draws, "uniform", counting)  # noqa: B010 -- counted from outside, for one run
    try:
        engine = Engine.begin(stcsim.load(scenario), [seed])
        first = engine.day
        engine = engine.warm().branch([0], [()]).finish()
    finally:
        setattr(Draws, "uniform", uniform)  # noqa: B010
    return counted, (engine.day - first) // engine.days


def floor(scenario: str, seed: int = 1) -> Block:
    """Return a block that draws what a run keys and copies each column of its state each step."""
    total, number = numbers_keyed(scenario, seed)
    columns = _columns(Engine.begin(stcsim.load(scenario), [seed]).warm().state)
    rng = np.random.default_rng(seed)

    def block() -> dict[str, float]:
        for _ in range(number):
            rng.random(total // number)
            for column in columns:
                column.copy()
        return {"numbers": float(total), "steps": float(number), "columns": float(len(columns))}

    return block


def _columns(state: State) -> list[Any]:
    """Return every column of a state: populations whole, events as far as they are in use, items."""
    found = []
    for name in State.POPULATIONS:
        table = getattr(state, name)
        found += [getattr(table, f.name) for f in columns_of(table)]
    for name in State.EVENTS:
        table = getattr(state, name)
        found += [table.col(f.name) for f in columns_of(table)]
    return found + [getattr(state.items, f.name) for f in columns_of(state.items)]
