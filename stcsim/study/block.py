"""A block: the arms of some replications of one world, warmed up together, branched, and run as stacks.

A stack takes one set of steps for all of its runs, so a run in company costs a fraction of a run alone, and
every number is the same, bit for bit. Where all parameters agree they are plain numbers, as in a run alone,
so a block mostly holds one world; worlds of a run or two each are better stacked together (`Block.each`).
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from stcsim.engine.engine import Engine
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.keys import ArmKeys, setting_hash
from stcsim.study.specs import Execution, RunResult, RunSpec, begin, failure, measure, run_one
from stcsim.study.worlds import Overrides

MOST_STACKED = 48
"""Runs in a stack: beyond, arrays outgrow the cache and little is gained."""


@dataclass(frozen=True)
class Unit:
    """A replication of a world: what all arms share."""

    world: int
    replication: int
    seed: int


@dataclass(frozen=True)
class Block:
    """Some replications of one world, and the arms to run in each.

    Parameters
    ----------
    scenario : resolved
    units : replications, all of one world unless `each` is given
    arms : what is run from each of them
    overrides : values of the world
    most : runs in a stack at most
    each : values of the world of each unit, where they are of several; nothing stands in `overrides` then
    """

    scenario: ScenarioSpec
    units: tuple[Unit, ...]
    arms: tuple[ResolvedArm, ...]
    overrides: Overrides = ()
    most: int = MOST_STACKED
    each: tuple[Overrides, ...] = ()

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return len(self.units) * len(self.arms)

    def specs(self) -> list[RunSpec]:
        """Return its runs, replication after replication, arms in their order."""
        return [self.spec(place, arm) for place in range(len(self.units)) for arm in self.arms]

    def spec(self, place: int, arm: ResolvedArm) -> RunSpec:
        """Return the run of an arm in the unit at `place`."""
        unit, values = self.units[place], self.each[place] if self.each else self.overrides
        return RunSpec(self.scenario, arm, unit.seed, unit.replication, unit.world, values)

    def keys(self) -> list[str]:
        """Return the content keys of its runs, in the order of `specs`."""
        setting = setting_hash(self.scenario)
        if self.each:
            return [spec.key_within(setting) for spec in self.specs()]
        arms = [ArmKeys(setting, arm.mechanisms, self.overrides) for arm in self.arms]
        return [arm.of(unit.seed, unit.replication) for unit in self.units for arm in arms]


def run_block(block: Block) -> list[RunResult]:
    """Run a block. Never raises: where a stack fails it is run in halves, so that one run spoils no other.

    Returns
    -------
    list of RunResult
        in the order of `Block.specs`
    """
    clock = time.perf_counter()
    specs, keys = block.specs(), block.keys()
    try:
        warm = begin([block.spec(place, block.arms[0]) for place in range(len(block.units))])
    except Exception as error:
        if len(block.units) == 1:
            failed = [failure(spec, key, error, "warm-up") for spec, key in zip(specs, keys, strict=True)]
            return _noted(failed, time.perf_counter() - clock)
        return [result for spec in specs for result in _alone(spec)]
    warming = (time.perf_counter() - clock) / len(specs)
    results: list[RunResult] = []
    for rows in _stacks(len(specs), block.most):
        clock = time.perf_counter()
        chosen = [specs[i] for i in rows]
        found = _run_stack(warm, chosen, [keys[i] for i in rows], [i // len(block.arms) for i in rows])
        results += _noted(found, time.perf_counter() - clock + warming * len(chosen))
    return results


def _alone(spec: RunSpec) -> list[RunResult]:
    """Run one run by itself."""
    clock = time.perf_counter()
    result = run_one(spec)
    return _noted([result], time.perf_counter() - clock)


def _noted(results: list[RunResult], seconds: float) -> list[RunResult]:
    """Return results of runs that were made together with when and where that was."""
    now = time.time()
    shared = Execution(now - seconds, now, platform.node(), os.getpid(), seconds / len(results))
    return [replace(result, execution=shared) for result in results]


def _run_stack(
    warm: Engine, specs: Sequence[RunSpec], keys: Sequence[str], rows: Sequence[int]
) -> list[RunResult]:
    """Run the stack that branches from some runs of `warm`; in halves where it fails."""
    stage = "steps"
    try:
        engine = warm.branch(rows, [s.mechanisms for s in specs]).finish()
        stage = "outcomes"
        return list(measure(engine, specs, keys))
    except Exception as error:
        if len(specs) == 1:
            return [failure(specs[0], keys[0], error, stage)]
        half = len(specs) // 2
        return [
            *_run_stack(warm, specs[:half], keys[:half], rows[:half]),
            *_run_stack(warm, specs[half:], keys[half:], rows[half:]),
        ]


def _stacks(runs: int, most: int) -> Iterator[range]:
    """Yield ranges of almost equal length, none longer than `most`."""
    count = -(-runs // max(1, most))
    ends = [runs * i // count for i in range(count + 1)]
    yield from (range(a, b) for a, b in pairwise(ends))
