"""Plans for tests: a design as the plan of a study, and runs that are made up instead of run."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from stcsim.scenario.arms import ResolvedArm
from stcsim.study.block import Block, Unit
from stcsim.study.carrying_out import Means, carry_out
from stcsim.study.design import Design
from stcsim.study.keys import digest, run_seed, setting_hash
from stcsim.study.specs import Execution, RunResult, failure
from stcsim.study.store.manifest import Identity
from stcsim.study.store.reading import StoredRuns, read_runs
from stcsim.study.store.shard import EXECUTION
from tests.study.studies import study_design

TEXT = "name: of_a_test\n"


@dataclass(frozen=True)
class DesignPlan:
    """The plan of a study that is a design: replications at the defaults, and sampled worlds."""

    design: Design
    stack: int = 48

    @property
    def runs(self) -> int:
        return len(self.design.units) * len(self.design.arms)

    def blocks(self, jobs: int, wanted: Mapping[int, int] | None = None) -> Iterator[Block]:
        units: dict[int, list[Unit]] = {}
        for unit in self.design.units:
            units.setdefault(unit.world, []).append(unit)
        for world, count in (wanted or {}).items():
            units[world] = [Unit(world, r, run_seed(self.design.seed, world, r)) for r in range(count)]
        for world, own in units.items():
            for i in range(0, len(own), max(1, self.stack // len(self.design.arms))):
                some = tuple(own[i : i + max(1, self.stack // len(self.design.arms))])
                overrides = self.design.overrides[world]
                yield Block(self.design.scenario, some, self.design.arms, overrides)

    def scenario_name(self, world: int) -> str:
        return self.design.scenario.name

    def identity(self) -> Identity:
        arms = {arm.name: digest(repr(arm.mechanisms)) for arm in self.design.arms}
        scenarios = {self.design.scenario.name: setting_hash(self.design.scenario)}
        return Identity("of_a_test", "", "", scenarios, arms, (self.design.units[0].seed,))

    def files(self) -> Mapping[str, str]:
        return {"study.yaml": TEXT}

    def points(self) -> Iterator[pd.DataFrame]:
        worlds = list(self.design.overrides)
        values = pd.DataFrame([dict(self.design.overrides[w]) for w in worlds], columns=list(self.columns()))
        yield pd.concat([pd.DataFrame({"world": worlds, "scenario": self.scenario_name(0)}), values], axis=1)

    def columns(self) -> Mapping[str, bool]:
        return {path: True for values in self.design.overrides.values() for path, _ in values}

    def inputs(self, result: RunResult, arm: ResolvedArm) -> Mapping[str, Any]:
        return {"overrides": dict(self.design.overrides[result.world]), "arm": arm.label}

    def further(self, kept: StoredRuns) -> tuple[Mapping[int, int], tuple[str, ...]]:
        return {}, ()

    def rivalry(self, kept: StoredRuns) -> None:
        return None


def plan_of(*arms: str, stack: int = 48, **options: Any) -> DesignPlan:
    """Return the plan of a design on the small region."""
    return DesignPlan(study_design(*arms, **options), stack)


def made_up(block: Block, seconds: float = 0.0, outcomes: int = 6, months: int = 4) -> list[RunResult]:
    """Return results that hang on the keys of runs alone, after some time."""
    time.sleep(seconds)
    now = time.time()
    out = []
    for spec, key in zip(block.specs(), block.keys(), strict=True):
        start = int(key[:8], 16) % 1000
        out.append(
            RunResult(
                spec.arm.name,
                spec.world,
                spec.replication,
                spec.seed,
                key,
                {f"y{i}": float(start + i) if i else float("nan") for i in range(outcomes)},
                {f"s{i}": np.arange(months) + start / 3 for i in range(outcomes)},
                {"body a": start / 7, "body b": 1.0},
                execution=Execution(now - seconds, now, "here", os.getpid(), seconds),
            )
        )
    return out


def slowly(block: Block) -> list[RunResult]:
    """Return made up results after a moment."""
    return made_up(block, 0.02)


def reluctantly(block: Block) -> list[RunResult]:
    """Return made up results after a while."""
    return made_up(block, 0.3)


def partly_failing(block: Block) -> list[RunResult]:
    """Return made up results; those of the last arm have failed."""
    specs = block.specs()
    name = block.arms[-1].name
    error = RuntimeError("the minister has resigned")
    return [
        failure(spec, result.key, error, "steps") if spec.arm.name == name else result
        for spec, result in zip(specs, made_up(block), strict=True)
    ]


def carried_out(plan: DesignPlan, folder: Path, means: Means | None = None, **options: Any) -> list[str]:
    """Carry a study out and return what was said on the way."""
    said: list[str] = []
    carry_out(plan, folder, means or Means(work=made_up), warn=said.append, **options)
    return said


def rows(folder: Path) -> dict[str, pd.DataFrame]:
    """Return everything that a folder holds, without what may differ between executions."""
    found = read_runs(folder)
    assert not set(EXECUTION) & set(found.runs.columns)
    return {"runs": found.runs, "months": found.months, "bodies": found.bodies, "points": found.points}


def assert_same_rows(one: Path, other: Path) -> None:
    """Assert that two folders hold the same rows, bit for bit."""
    first, second = rows(one), rows(other)
    for name, frame in first.items():
        pd.testing.assert_frame_equal(frame, second[name], check_exact=True, obj=name)


def with_replications(plan: DesignPlan, replications: int) -> DesignPlan:
    """Return a plan with another number of replications."""
    return replace(plan, design=replace(plan.design, replications=replications))
