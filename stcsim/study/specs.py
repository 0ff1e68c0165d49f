"""One run: what it is made from, and what came of it, also where nothing came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from traceback import format_exception

import numpy as np

from stcsim.draws import F8
from stcsim.engine.engine import Engine
from stcsim.mechanisms import Mechanism
from stcsim.outcomes.bodies import bodies
from stcsim.outcomes.conservation import check
from stcsim.outcomes.registry import compute
from stcsim.outcomes.series import series
from stcsim.outcomes.tables import Tables
from stcsim.parameters import Parameters
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.keys import run_key, setting_hash
from stcsim.study.worlds import Overrides, mechanisms_in, parameters_in


@dataclass(frozen=True)
class RunSpec:
    """What one run is made from.

    Parameters
    ----------
    scenario : resolved, with every setting laid on it
    arm : what is chosen
    seed : of its chance
    replication : its number within the world
    world : 0 for the default assumptions, 1, 2, ... for sampled ones
    overrides : values that a sampled world puts in place of defaults
    """

    scenario: ScenarioSpec
    arm: ResolvedArm
    seed: int
    replication: int = 0
    world: int = 0
    overrides: Overrides = ()

    @property
    def parameters(self) -> Parameters:
        """Parameters as they are in its world."""
        return parameters_in(self.scenario.parameters, self.overrides)

    @property
    def mechanisms(self) -> tuple[Mechanism, ...]:
        """Mechanisms of its arm as they are in its world."""
        return mechanisms_in(self.arm.mechanisms, self.overrides)

    @cached_property
    def key(self) -> str:
        """Content key: equal for runs that are made from the same."""
        return self.key_within(setting_hash(self.scenario))

    def key_within(self, setting: str) -> str:
        """Return the content key, given the hash of the scenario."""
        return run_key(setting, self.arm.mechanisms, self.seed, self.replication, self.overrides)


STAGES = ("warm-up", "steps", "outcomes", "worker")
"""Where a run may fail; the last: nothing is wrong with it that could be told, its process was lost."""
MOST_TRACE = 20_000
"""Characters of a traceback that are kept, from its end."""


@dataclass(frozen=True)
class Execution:
    """When and where a run was made: all that may differ between two executions of the same run.

    Parameters
    ----------
    started, finished : of the stack in which it was run and its share of the warm-up, seconds since 1970
    host : name of the machine
    pid : process
    seconds : its share of the time of its stack and of the warm-up behind it
    """

    started: float
    finished: float
    host: str
    pid: int
    seconds: float


@dataclass(frozen=True, eq=False)
class RunResult:
    """What came of one run.

    Parameters
    ----------
    arm, world, replication, seed, key : of its spec
    outcomes : by name; empty where the run failed
    series : by name, one value a month
    bodies : hours of coordination a year by body
    error : why it failed, empty where it did not
    stage : one of `STAGES`, empty where it did not fail
    trace : the traceback of the error
    execution : when and where, None where nobody noted it
    """

    arm: str
    world: int
    replication: int
    seed: int
    key: str
    outcomes: Mapping[str, float] = field(default_factory=dict)
    series: Mapping[str, F8] = field(default_factory=dict)
    bodies: Mapping[str, float] = field(default_factory=dict)
    error: str = ""
    stage: str = ""
    trace: str = ""
    execution: Execution | None = None

    @property
    def failed(self) -> bool:
        """Whether the run came to no end."""
        return bool(self.error)


def begin(specs: Sequence[RunSpec]) -> Engine:
    """Return an engine where arms branch, one warmed-up run for each spec; all are of one scenario."""
    worlds = {s.overrides: s for s in specs}
    parameters = {overrides: s.parameters for overrides, s in worlds.items()}
    assumed = [parameters[s.overrides] for s in specs]
    return Engine.begin(specs[0].scenario, [s.seed for s in specs], assumed).warm()


def finish(warm: Engine, spec: RunSpec, *, profile: bool = False) -> Engine:
    """Return the engine of one run at its horizon; errors are raised.

    Parameters
    ----------
    warm : its one run, warmed up; left as it is
    profile : whether the engine keeps the seconds by phase, from where arms branch
    """
    engine = warm.branch([0], [spec.mechanisms])
    if profile:
        engine.seconds = {}
    return engine.finish()


def measure(engine: Engine, specs: Sequence[RunSpec], keys: Sequence[str]) -> Iterator[RunResult]:
    """Yield what came of the stacked runs of an engine at its horizon, each as it would be alone.

    Raises
    ------
    ModelError
        the model broke a law of its own
    """
    tables = Tables.of(engine.spec, engine.state)
    check(tables)
    outcomes, months, hours = compute(tables), series(tables), bodies(tables)
    for run, (spec, key) in enumerate(zip(specs, keys, strict=True)):
        rows = np.flatnonzero(hours.run == run)
        yield RunResult(
            arm=spec.arm.name,
            world=spec.world,
            replication=spec.replication,
            seed=spec.seed,
            key=key,
            outcomes={name: float(values[run]) for name, values in outcomes.items()},
            series={name: values[:, run].copy() for name, values in months.items()},
            bodies={hours.body[row]: float(hours.hours[row]) for row in rows},
        )


def failure(spec: RunSpec, key: str, error: Exception, stage: str = STAGES[-1]) -> RunResult:
    """Return the result of a run that came to no end.

    Parameters
    ----------
    stage : of `STAGES`
    """
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    trace = "".join(format_exception(error))[-MOST_TRACE:]
    return RunResult(
        spec.arm.name, spec.world, spec.replication, spec.seed, key, error=said, stage=stage, trace=trace
    )


def run_one(spec: RunSpec) -> RunResult:
    """Run one run by itself. Never raises: a run that fails says why in its result."""
    key, stage = spec.key, "warm-up"
    try:
        warm = begin([spec])
        stage = "steps"
        engine = finish(warm, spec)
        stage = "outcomes"
        return next(measure(engine, [spec], [key]))
    except Exception as error:
        return failure(spec, key, error, stage)
