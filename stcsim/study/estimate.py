"""What a study will take, before anything of it is run: runs, time, memory and room on the disk.

Time comes from a sample: one and a few replications of all arms, over the whole horizon where that is a
matter of seconds, over a part of it where it is not. A block takes a part that does not grow with its
replications (calls on small arrays) and one that does, so both are measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from stcsim.scenario.size import size
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import run_block
from stcsim.study.equal_cost import has_rival
from stcsim.study.plan import StudyPlan
from stcsim.study.specs import RunResult
from stcsim.study.stopping import StoppingRule

SAMPLE_SECONDS = 8.0
"""About so long a sample takes."""
SAMPLED = 4
"""Replications of the larger sample."""
_LEAST_WEEKS = 4
_NUMBER_BYTES = 8.0
_ROW_BYTES = 160.0
"""What a row of a run holds beside numbers: key, names, times."""

Clock = Callable[[], float]


@dataclass(frozen=True)
class Estimate:
    """What a study will take.

    Parameters
    ----------
    runs : in any case
    most_runs : at most, where a precision ends replications
    rivals : runs of rivals of equal cost among both, without those that are run again
    blocks : in which they are cut
    seconds : with all processes at work
    most_seconds : for `most_runs`
    seconds_of_run : of one process
    bytes : on the disk, not compressed; for `most_runs`
    """

    runs: int
    most_runs: int
    rivals: int
    blocks: int
    seconds: float
    most_seconds: float
    seconds_of_run: float
    bytes: float


def estimate(plan: StudyPlan, jobs: int, clock: Clock = time.perf_counter) -> Estimate:
    """Return what a study will take on this machine.

    Parameters
    ----------
    plan : of the study
    jobs : processes that will share the work
    clock : seconds
    """
    rivals_each = sum(map(has_rival, plan.arms)) if plan.spec.equal_cost else 0
    share = (len(plan.arms) + rivals_each) / len(plan.arms)
    shapes = list(plan.shapes(jobs))
    sampled = {kind: _sampled(plan, kind, clock) for kind in {shape.at_defaults for shape in shapes}}
    own = size(plan.scenarios[0]).seconds
    work = largest = 0.0
    for shape in shapes:
        seconds = (
            sampled[shape.at_defaults].block(shape.units) * size(plan.scenarios[shape.place]).seconds / own
        )
        work += seconds * shape.blocks
        largest = max(largest, seconds)
    blocks = sum(shape.blocks for shape in shapes)
    rule = plan.spec.replications
    further = (rule.max - rule.min) * len(plan.names) if isinstance(rule, StoppingRule) else 0
    some = sampled.get(True) or sampled[False]
    workers = max(1, min(jobs, blocks))
    seconds = max(work / workers, largest) * share
    most_runs = round((plan.runs + further * len(plan.arms)) * share)
    return Estimate(
        runs=round(plan.runs * share),
        most_runs=most_runs,
        rivals=round(plan.runs * (share - 1)),
        blocks=blocks,
        seconds=seconds,
        most_seconds=seconds + further * some.block(SAMPLED) / SAMPLED * share / workers,
        seconds_of_run=work / max(1, plan.runs),
        bytes=most_runs * (_ROW_BYTES + _NUMBER_BYTES * some.numbers),
    )


@dataclass(frozen=True)
class _Sample:
    """What a sample has told.

    Parameters
    ----------
    fixed : seconds of a block that do not grow with its replications
    each : seconds of a replication of all arms
    numbers : that are kept of a run: outcomes, and months of series
    """

    fixed: float
    each: float
    numbers: int

    def block(self, units: float) -> float:
        """Return the seconds of a block of some replications."""
        return self.fixed + self.each * units


def _sampled(plan: StudyPlan, at_defaults: bool, clock: Clock) -> _Sample:
    """Time one and some replications of a block of one kind, in the first scenario."""
    scenario = plan.scenarios[0]
    expected = size(scenario).seconds * (2.0 + len(plan.arms) * SAMPLED / 16)
    short = _shortened(scenario, SAMPLE_SECONDS / expected)
    part = _weeks(short) / _weeks(scenario)
    first = 0 if at_defaults else len(plan.names)
    numbers = range(first, min(len(plan.points), first + SAMPLED))
    wanted = {0: SAMPLED} if at_defaults else {n: plan.replications_at(n) for n in numbers}
    block = next(plan.blocks(1, wanted))
    block = replace(block, scenario=short, units=block.units[:SAMPLED], each=block.each[:SAMPLED])

    def timed(replications: int) -> tuple[float, RunResult]:
        some = replace(block, units=block.units[:replications], each=block.each[:replications])
        started = clock()
        results = run_block(some)
        return (clock() - started) / part, results[0]

    # What is imported and built once is no matter of the runs.
    run_block(replace(block, scenario=_shortened(scenario, 0.0), units=block.units[:1], each=block.each[:1]))
    one, kept = timed(1)
    several, _ = timed(len(block.units))
    each = max(several - one, 0.0) / max(1, len(block.units) - 1)
    months = sum(len(values) for values in kept.series.values()) / part
    return _Sample(max(one - each, 0.0), each, len(kept.outcomes) + round(months))


def _shortened(scenario: ScenarioSpec, part: float) -> ScenarioSpec:
    """Return a scenario with a part of its weeks, a few at least."""
    if part >= 1.0:
        return scenario
    weeks = {
        "warm_up_weeks": min(
            scenario.time.warm_up_weeks, max(_LEAST_WEEKS, round(part * scenario.time.warm_up_weeks))
        ),
        "counted_weeks": min(
            scenario.time.counted_weeks, max(_LEAST_WEEKS, round(part * scenario.time.counted_weeks))
        ),
    }
    return scenario.model_copy(update={"time": scenario.time.model_copy(update=weeks)})


def _weeks(scenario: ScenarioSpec) -> int:
    return scenario.time.warm_up_weeks + scenario.time.counted_weeks
