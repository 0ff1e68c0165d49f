"""What a study will take, before anything of it is run: runs, time, and room on the disk.

Time comes from a sample: one and a few replications of all arms, over the whole horizon where that is a
matter of seconds, over a part of it where it is not; how large a part, a few weeks tell. A block takes a part
that does not grow with its replications (calls on small arrays) and one that does, so both are measured.
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

SAMPLE_SECONDS = 3.0
"""The larger of the two samples takes about so long, of blocks at the defaults and of others each."""
SAMPLED = 4
"""Replications of the larger sample."""
_LEAST_WEEKS = 8
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
    first = 0 if at_defaults else len(plan.names)
    numbers = range(first, min(len(plan.points), first + SAMPLED))
    wanted = {0: SAMPLED} if at_defaults else {n: plan.replications_at(n) for n in numbers}
    block = next(plan.blocks(1, wanted))
    block = replace(block, units=block.units[:SAMPLED], each=block.each[:SAMPLED])

    weeks = _weeks(scenario)

    def timed(replications: int, short: ScenarioSpec) -> tuple[float, RunResult]:
        units, each = block.units[:replications], block.each[:replications]
        started = clock()
        results = run_block(replace(block, scenario=short, units=units, each=each))
        return clock() - started, results[0]

    few = _shortened(scenario, 0.0)
    # What is imported and built once is no matter of the runs.
    timed(1, few)
    begun = {n: timed(n, few)[0] for n in (1, len(block.units))}
    at_most = begun[len(block.units)] * weeks / _weeks(few)
    more = _shortened(scenario, SAMPLE_SECONDS / max(at_most, 1e-9))

    def whole(replications: int) -> tuple[float, RunResult]:
        # weeks that were not run are like the later ones of those that were
        seconds, result = timed(replications, more)
        pace = max(0.0, seconds - begun[replications]) / max(1, _weeks(more) - _weeks(few))
        return seconds + (weeks - _weeks(more)) * pace, result

    (one, kept), (several, _) = whole(1), whole(len(block.units))
    each = max(several - one, 0.0) / max(1, len(block.units) - 1)
    months = sum(len(values) for values in kept.series.values()) * weeks / _weeks(more)
    return _Sample(max(one - each, 0.0), each, len(kept.outcomes) + round(months))


def _shortened(scenario: ScenarioSpec, part: float) -> ScenarioSpec:
    """Return a scenario with a part of its weeks, a few at least; all of them where the part is 1 or more."""
    if part >= 1.0:
        return scenario
    least = _LEAST_WEEKS if part else _LEAST_WEEKS // 2
    whole = {name: getattr(scenario.time, name) for name in ("warm_up_weeks", "counted_weeks")}
    short = {name: min(n, max(least, round(part * n))) for name, n in whole.items()}
    return scenario.model_copy(update={"time": scenario.time.model_copy(update=short)})


def _weeks(scenario: ScenarioSpec) -> int:
    return scenario.time.warm_up_weeks + scenario.time.counted_weeks
