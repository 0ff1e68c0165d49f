"""Runs cells for units in stacks: one set of steps for all that share calendar, roster, channels and shocks.

A unit is a sampled set of assumptions (0: the defaults) and one chance. All rows have their chances in
common, so arms and starts are shared between rows; starts that differ in nothing but numbers share a stack.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from stcsim.engine.build import build_runs
from stcsim.engine.engine import Arm, Engine
from stcsim.outcomes.registry import OUTCOMES
from stcsim.outcomes.tables import Tables
from stcsim.parameters import Parameters
from stcsim.scenario.resolving import canonical_json
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.worlds import Overrides, mechanisms_in, parameters_in, sample_world
from tests.conftest import row_seed
from tests.evidence.rows import Cell, specification

F8 = NDArray[np.float64]
MOST = 240
"""Runs in a stack at most."""
NUMBERS = ("law", "will", "competence", "upkeep", "funding", "vulnerability")
"""What countries may differ in within a stack: what is read from columns of the state alone."""


@dataclass(frozen=True)
class Unit:
    """One set of assumptions and one chance."""

    world: int
    pair: int
    offset: int = 0

    @property
    def seed(self) -> int:
        """Seed of the run; the chances of a set of assumptions are its own."""
        return row_seed(f"evidence/{self.world}/{self.pair}", self.offset)


def units(worlds: Iterable[int], pairs: int, offset: int = 0) -> tuple[Unit, ...]:
    """Return the units of some sets of assumptions with so many chances each."""
    return tuple(Unit(w, p, offset) for w in worlds for p in range(pairs))


@cache
def world_of(source: str, settings: tuple[str, ...], world: int, offset: int) -> Overrides:
    """Return what a set of assumptions puts in place of defaults; what a cell sets itself holds in all."""
    if world == 0:
        return ()
    said = {s.partition("=")[0] for s in settings}
    drawn = sample_world(specification(source, ()), row_seed("evidence/worlds", offset), world)
    return tuple((path, value) for path, value in drawn if path not in said)


@cache
def _parameters(source: str, settings: tuple[str, ...], world: int, offset: int) -> Parameters:
    drawn = world_of(source, settings, world, offset)
    return parameters_in(specification(source, settings).parameters, drawn)


@cache
def frame(source: str, settings: tuple[str, ...]) -> str:
    """Return a name of everything in which the runs of one stack have to agree."""
    spec = specification(source, settings)
    content = spec.model_dump(
        mode="json", exclude={"parameters", "relations", "name", "title", "question", "headline", "arms"}
    )
    for country in content["countries"]:
        for name in NUMBERS:
            del country[name]
        for stretch in country["stretches"]:
            del stretch["patrols"]
        for firms in country["firms"]:
            del firms["awareness"]
        for body in (*country["agencies"], *country["partners"]):
            del body["interest"]
    return hashlib.blake2b(canonical_json(content).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Task:
    """Cells of one frame, to be run for some units: what one process does at a time."""

    cells: tuple[Cell, ...]
    units: tuple[Unit, ...]
    outcomes: tuple[str, ...]


def tasks(cells: Iterable[Cell], wanted: Sequence[Unit], outcomes: Iterable[str]) -> Iterator[Task]:
    """Yield tasks that together run all cells for all units."""
    frames: dict[str, list[Cell]] = {}
    for cell in dict.fromkeys(cells):
        frames.setdefault(frame(cell.source, cell.settings), []).append(cell)
    names = tuple(sorted(set(outcomes)))
    for group in frames.values():
        starts = len({(c.source, c.settings) for c in group})
        size = max(1, MOST // max(starts, len(group) // 4))
        for first in range(0, len(wanted), size):
            yield Task(tuple(group), tuple(wanted[first : first + size]), names)


Values = dict[tuple[Cell, Unit], F8]
"""Outcomes of each run, in the order of the task."""


def run(task: Task) -> tuple[Values, dict[Cell, str]]:
    """Return the outcomes of a task's runs, and what went wrong in cells that could not be run."""
    starts = list(dict.fromkeys((c.source, c.settings) for c in task.cells))
    first = specification(*starts[0])
    wanted = [
        (specification(*start), unit.seed, _parameters(*start, unit.world, unit.offset))
        for start in starts
        for unit in task.units
    ]
    warm = Engine.started(first, build_runs(wanted)).warm()
    row = {(start, unit): i for i, (start, unit) in enumerate((s, u) for s in starts for u in task.units)}
    values: Values = {}
    failed: dict[Cell, str] = {}
    for part in _parts([(c, u) for c in task.cells for u in task.units]):
        _stack(warm, row, part, task.outcomes, values, failed)
    return values, failed


def _parts(runs: list[tuple[Cell, Unit]]) -> Iterator[list[tuple[Cell, Unit]]]:
    count = -(-len(runs) // MOST)
    for i in range(count):
        yield runs[len(runs) * i // count : len(runs) * (i + 1) // count]


def _stack(
    warm: Engine,
    row: Mapping[tuple[tuple[str, tuple[str, ...]], Unit], int],
    runs: list[tuple[Cell, Unit]],
    outcomes: Sequence[str],
    values: Values,
    failed: dict[Cell, str],
) -> None:
    """Run a stack; in halves where it fails, so that one cell spoils no other."""
    try:
        blocks = [row[(c.source, c.settings), u] for c, u in runs]
        arms, mute = [_arm(c, u) for c, u in runs], [c.mute for c, _ in runs]
        engine = warm.branch(blocks, arms, mute).finish()
        tables = Tables.of(engine.spec, engine.state)
        found = np.stack([np.asarray(OUTCOMES[name].compute(tables), dtype=np.float64) for name in outcomes])
    except Exception as error:
        if len(runs) == 1:
            failed[runs[0][0]] = f"{type(error).__name__}: {error}"
            return
        half = len(runs) // 2
        for part in (runs[:half], runs[half:]):
            _stack(warm, row, part, outcomes, values, failed)
        return
    values.update({one: found[:, i] for i, one in enumerate(runs)})


def _arm(cell: Cell, unit: Unit) -> Arm:
    return mechanisms_in(cell.arm, world_of(cell.source, cell.settings, unit.world, unit.offset))


def scenario(cell: Cell) -> ScenarioSpec:
    """Return the scenario that a cell is run in."""
    return specification(cell.source, cell.settings)
