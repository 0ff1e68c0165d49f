"""Running the points of a calibration: draws from the prior, their runs, and each pattern in each of them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8
from stcsim.errors import InputError
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import QuantityInfo
from stcsim.study.block import Block, Unit
from stcsim.study.calibration.episodes import RUNS_OF_A_POINT, blocks, episodes
from stcsim.study.calibration.patterns import PATTERNS
from stcsim.study.calibration.prior import draw, free_quantities, path_of, place
from stcsim.study.comparing import Progress
from stcsim.study.design import affordable_processes
from stcsim.study.keys import run_seed
from stcsim.study.processes import usable_processors
from stcsim.study.runner import Finished, run_all, run_in_processes
from stcsim.study.specs import RunResult
from stcsim.study.worlds import Overrides

FEWEST_POINTS = 40
"""With fewer nothing can be said."""


@dataclass(frozen=True, eq=False)
class Trials:
    """Points drawn from the prior and what their runs showed. Point 0 stands for the defaults and is apart.

    Parameters
    ----------
    quantities : what was free, sorted by path
    numbers : of the points that came to an end, shape (points,)
    values : of each quantity at each point, shape (points, quantities)
    places : where these lie in their ranges, 0 to 1
    patterns : by name, value at each point, shape (points,); NaN where undefined
    defaults : by name, value under the defaults; NaN where undefined, or where that run failed
    failed : points of which a run failed
    interrupted : whether it was stopped before its end
    """

    quantities: tuple[QuantityInfo, ...]
    numbers: np.ndarray[tuple[int], np.dtype[np.int64]]
    values: F8
    places: F8
    patterns: dict[str, F8]
    defaults: dict[str, float]
    failed: int = 0
    interrupted: bool = False


def points_within(runs: int) -> int:
    """Return how many points a budget of runs allows, the defaults' own runs left out.

    Raises
    ------
    InputError
        too few to say anything
    """
    points = runs // RUNS_OF_A_POINT - 1
    if points < FEWEST_POINTS:
        least = (FEWEST_POINTS + 1) * RUNS_OF_A_POINT
        raise InputError(f"{runs:,} runs are too few to calibrate with: at least {least} are needed")
    return points


def run_trials(
    scenario: ScenarioSpec,
    points: int,
    seed: int = 1,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Trials:
    """Run points of the prior. The numbers are the same however many processes share the work.

    Parameters
    ----------
    scenario : resolved; its horizon is that of the episodes
    points : draws from the prior
    seed : of the draws and of the chance of the runs
    jobs : processes; when not given as many as there are processors and as memory holds
    progress : told how many runs are finished, and of how many
    warn : told what went wrong on the way
    """
    values: dict[int, Overrides] = {k: draw(scenario, seed, k) if k else () for k in range(points + 1)}
    drawn = [(Unit(k, 0, run_seed(seed, k, 0)), own) for k, own in values.items()]
    work = blocks(scenario, drawn)
    total = sum(block.runs for block in work)
    fitting = min(usable_processors(), affordable_processes(scenario))
    found: dict[int, dict[str, RunResult]] = {}
    done = 0
    interrupted = False
    try:
        with closing(_finished(work, fitting if jobs is None else jobs, warn)) as finished:
            for _, results in finished:
                done += len(results)
                for result in results:
                    found.setdefault(result.world, {})[result.arm] = result
                if progress is not None:
                    progress(done, total)
    except KeyboardInterrupt:
        interrupted = True
    return _trials(scenario, values, found, interrupted)


def _finished(
    work: list[Block], jobs: int, warn: Callable[[str], None] | None
) -> Generator[Finished, None, None]:
    return run_in_processes(work, jobs, warn) if jobs > 1 and len(work) > 1 else run_all(work)


def _trials(
    scenario: ScenarioSpec,
    drawn: dict[int, Overrides],
    found: dict[int, dict[str, RunResult]],
    interrupted: bool,
) -> Trials:
    """Read the patterns from what was run, point by point."""
    quantities = free_quantities(scenario)
    read: dict[int, dict[str, float]] = {}
    failed = 0
    for number, results in sorted(found.items()):
        shown = episodes(scenario, results)
        if shown is not None:
            read[number] = {name: p.read(shown) for name, p in PATTERNS.items()}
        failed += any(r.failed for r in results.values())
    defaults = read.pop(0, dict.fromkeys(PATTERNS, float("nan")))
    numbers = sorted(read)
    values = np.array([[dict(drawn[n])[path_of(q)] for q in quantities] for n in numbers], dtype=np.float64)
    values = values.reshape(len(numbers), len(quantities))
    places = np.array(
        [[place(q, float(v)) for q, v in zip(quantities, row, strict=True)] for row in values]
    ).reshape(values.shape)
    patterns = {name: np.array([read[n][name] for n in numbers], dtype=np.float64) for name in PATTERNS}
    return Trials(
        quantities,
        np.array(numbers, dtype=np.int64),
        values,
        places,
        patterns,
        defaults,
        failed,
        interrupted,
    )
