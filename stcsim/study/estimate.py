"""What a study will take, before anything of it is run: runs, time, memory and room on the disk.

Time comes from a sample: one and a few replications of all arms, over the whole horizon where that is a
matter of seconds, over a part of it where it is not. A block takes a part that does not grow with its
replications (calls on small arrays) and one that does, so both are measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from stcsim.scenario.size import size
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, run_block
from stcsim.study.equal_cost import has_rival
from stcsim.study.plan import StudyPlan
from stcsim.study.specs import RunResult
from stcsim.study.stopping import StoppingRule

SAMPLE_SECONDS = 8.0
"""About so long a sample takes."""
_SAMPLED = 4
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
    fixed, each, numbers = _sampled(plan, clock)
    work = runs = blocks = 0.0
    largest = 0.0
    own = size(plan.scenarios[0]).seconds
    for place, scenario in enumerate(plan.scenarios):
        slower = size(scenario).seconds / own
        for number, times in ((place, 1), (len(plan.names) + place, len(plan.points.design))):
            if not times:
                continue
            lengths = plan.lengths(number, jobs)
            seconds = slower * sum(fixed + each * units for units in lengths)
            work += times * seconds
            largest = max(largest, slower * max(fixed + each * units for units in lengths))
            runs += times * sum(lengths) * len(plan.arms)
            blocks += times * len(lengths)
    rule = plan.spec.replications
    further = (rule.max - rule.min) * len(plan.names) if isinstance(rule, StoppingRule) else 0
    more = further * (each + fixed / _SAMPLED) * share
    work *= share
    workers = max(1, min(jobs, int(blocks)))
    seconds = max(work / workers, largest)
    most_runs = round((runs + further * len(plan.arms)) * share)
    return Estimate(
        runs=round(runs * share),
        most_runs=most_runs,
        rivals=round(runs * (share - 1)),
        blocks=round(blocks),
        seconds=seconds,
        most_seconds=seconds + more / workers,
        seconds_of_run=work / max(1.0, runs * share),
        bytes=most_runs * (_ROW_BYTES + _NUMBER_BYTES * numbers),
    )


def _sampled(plan: StudyPlan, clock: Clock) -> tuple[float, float, int]:
    """Return the seconds of a block that do not grow with its replications, those of a replication, numbers.

    Numbers are those that are kept of a run: outcomes, and months of series.
    """
    scenario = plan.scenarios[0]
    expected = size(scenario).seconds * (2.0 + len(plan.arms) * _SAMPLED / 16)
    part = min(1.0, SAMPLE_SECONDS / expected)
    short = _shortened(scenario, part)
    weeks = scenario.time.warm_up_weeks + scenario.time.counted_weeks
    part = (short.time.warm_up_weeks + short.time.counted_weeks) / weeks
    units = plan.units_at(0, _SAMPLED)

    def timed(replications: int) -> tuple[float, list[RunResult]]:
        started = clock()
        results = run_block(Block(short, units[:replications], plan.arms))
        return (clock() - started) / part, results

    run_block(Block(_shortened(scenario, 0.0), units[:1], plan.arms[:1]))
    one, results = timed(1)
    several, _ = timed(_SAMPLED)
    each = max(several - one, 0.0) / (_SAMPLED - 1)
    kept = results[0]
    numbers = len(kept.outcomes) + round(sum(len(v) for v in kept.series.values()) / part)
    return max(one - each, 0.0), each, numbers


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
