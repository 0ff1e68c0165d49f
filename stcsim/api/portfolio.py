"""The best sets of a study's arms under its budget: searched, then estimated again on fresh seeds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from stcsim.analysis.cube import Cube, cube_of, sign_of
from stcsim.analysis.halving import Parts, Search, subsets_to_run
from stcsim.analysis.portfolio import Estimate, Portfolio, portfolio
from stcsim.analysis.study_ranking import By
from stcsim.draws import F8
from stcsim.errors import InputError, Problem
from stcsim.scenario.arms import BASELINE
from stcsim.study.carrying_out import Means, Progress, carry_out
from stcsim.study.fresh import check_fresh, fresh_plan
from stcsim.study.plan import StudyPlan
from stcsim.study.set_studies import SetStudy, plan_of_sets, set_name
from stcsim.study.store.durable import write_json
from stcsim.study.store.reading import StoredRuns, read_runs
from stcsim.study.study_file import Budget

SEARCH, FRESH, FOUND = "search", "fresh", "portfolio.json"
"""Folders of the runs that choose and of those that estimate, and the file that tells what was found."""


@dataclass(frozen=True)
class Effort:
    """How much is spent.

    Parameters
    ----------
    most_parts : arms that a set is joined of, at most
    start, last : units of the first round and of the last
    keep : sets that remain in the end
    fresh : units on which these are estimated again
    """

    most_parts: int = 3
    start: int = 8
    last: int = 64
    keep: int = 4
    fresh: int = 64


@dataclass(frozen=True)
class PortfolioResult:
    """What was searched and what was found.

    Parameters
    ----------
    search : rounds, with what each dropped
    found : sets on fresh seeds; None where no set is affordable
    by : what is gained: an outcome, or weights of several
    cost : what the budget limits
    fresh_runs : behind the estimates
    """

    search: Search
    found: Portfolio | None
    by: By
    cost: str
    fresh_runs: int = 0


@dataclass(eq=False)
class _SearchStudy(SetStudy):
    """A study that runs what a search asks for, until it asks for nothing more."""

    search: Search = field(kw_only=True)

    def further(self, kept: StoredRuns) -> tuple[Mapping[int, int], tuple[str, ...]]:
        """Hand the search what it asked for, and say what it asks for next."""
        search = self.search
        if not search.asked:
            return {}, ()
        names = [set_name(parts) for parts in search.asked]
        cube, gain, cost = measured(self.plan, kept, names)
        row = {int(world): place for place, world in enumerate(cube.worlds)}
        where = [(row.get(number, -1), r) for number, r in self.places(search.units)]
        search.take(_at(gain[1:], where), _at(cost[1:], where))
        self.sets, self.units = tuple(set_name(parts) for parts in search.asked), search.units
        return (self.wanted(search.units), ()) if search.asked else ({}, ())


def _at(values: F8, where: Sequence[tuple[int, int]]) -> F8:
    """Return the values of units, shape (sets, units); NaN where none was run."""
    _, worlds, replications = values.shape
    found = np.full((len(values), len(where)), np.nan)
    for unit, (world, replication) in enumerate(where):
        if 0 <= world < worlds and replication < replications:
            found[:, unit] = values[:, world, replication]
    return found


def measured(plan: StudyPlan, kept: StoredRuns, names: Sequence[str]) -> tuple[Cube, F8, F8]:
    """Return the runs of some arms, what they gain and what they cost over the baseline.

    Gains and costs have the shape (arms, points, replications). What is gained is the study's weights where
    it has some, else its first outcome.
    """
    assert plan.spec.budget is not None
    weights, cost = plan.spec.weights, plan.spec.budget.outcome
    outcomes = list(dict.fromkeys([*(weights or plan.outcomes[:1]), cost]))
    runs = kept.runs_with(outcomes)
    own = runs[runs["arm"].isin([BASELINE, *names])]
    cube = cube_of(own, None, outcomes, arms=names)
    gain = cube.score(weights) if weights else cube.gain(plan.outcomes[0])
    return cube, gain, sign_of(cost) * cube.gain(cost)


def budget_of(plan: StudyPlan, file: str = "") -> Budget:
    """Return the budget of a study.

    Parameters
    ----------
    file : in which it stands, as the user gave it

    Raises
    ------
    InputError
        the study has none
    """
    if plan.spec.budget is None:
        said = "a portfolio is bought with a budget, and the study has none"
        raise InputError([Problem(file, 0, 0, "budget", said, "Write 'budget: {most: 1000}'.")])
    return plan.spec.budget


def find_portfolio(
    plan: StudyPlan,
    folder: Path,
    means: Means,
    effort: Effort,
    *,
    level: float = 0.95,
    command: str = "",
    progress: Callable[[str, Progress], None] | None = None,
    warn: Callable[[str], None],
) -> PortfolioResult:
    """Find the best sets of a study's arms under its budget, and estimate them on fresh seeds.

    A second call with the same plan and effort goes on where the first was stopped.

    Parameters
    ----------
    plan : of a study with a budget; its arms are the parts of sets
    folder : `SEARCH` and `FRESH` in it hold the runs, `FOUND` what they say
    means : what does the work
    effort : how much is spent
    progress : told whether it is searching or estimating, and how far it has come
    warn : told what went wrong on the way

    Raises
    ------
    InputError
        the study has no budget or fewer than two arms; there are too many sets; a folder cannot be written
    StoreError
        the folder cannot be written any more; what was finished before is kept
    KeyboardInterrupt
        the user stopped it; what is finished is kept
    """
    budget = budget_of(plan)
    _check_directions(plan)
    parts = tuple(arm.name for arm in plan.arms if arm.name != BASELINE)
    search = Search(parts, budget.most, effort.most_parts, effort.start, effort.last, effort.keep)
    sets = plan_of_sets(plan, effort.most_parts)

    def told(stage: str) -> Callable[[Progress], None] | None:
        return None if progress is None else lambda so_far: progress(stage, so_far)

    study = _SearchStudy(sets, command, parts, search.units, search=search)
    carry_out(study, folder / SEARCH, means, progress=told("searching"), warn=warn)
    result = PortfolioResult(search, None, plan.spec.weights or plan.outcomes[0], budget.outcome)
    if search.found:
        names = tuple(set_name(chosen) for chosen in subsets_to_run(search.found))
        anew = SetStudy(fresh_plan(sets, names), command, names, effort.fresh)
        carry_out(anew, folder / FRESH, means, progress=told("estimating"), warn=warn)
        kept = read_runs(folder / FRESH)
        check_fresh(read_runs(folder / SEARCH).runs_with([]), kept.runs_with([]))
        cube, gained, _ = measured(anew.plan, kept, names)
        found = portfolio(
            cube, gained, budget.outcome, search.found, _searched(search), budget.most, level=level
        )
        result = replace(result, found=found, fresh_runs=len(kept.runs_with([])))
    write_json(folder / FOUND, document(result))
    return result


def _check_directions(plan: StudyPlan) -> None:
    """Refuse outcomes of which neither direction is better, before anything is run."""
    assert plan.spec.budget is not None
    for name in (*(plan.spec.weights or plan.outcomes[:1]), plan.spec.budget.outcome):
        sign_of(name)


def _searched(search: Search) -> list[float]:
    """Return the gains of the sets that were found in the runs that chose them."""
    end = search.rounds[-1]
    return [float(end.gain[place]) for place in end.kept]


def document(result: PortfolioResult) -> dict[str, Any]:
    """Return what was found as plain values; what is no number is None."""
    found = result.found
    return {
        "gain": result.by if isinstance(result.by, str) else dict(result.by),
        "cost": result.cost,
        "budget": result.search.budget,
        "parts": list(result.search.parts),
        "rounds": [
            {"units": r.units, "sets": len(r.sets), "kept": [set_name(r.sets[i]) for i in r.kept[:20]]}
            for r in result.search.rounds
        ],
        "estimated_on": None if found is None else {"units": found.units, "over": found.over},
        "level": None if found is None else found.level,
        "sets": [] if found is None else [_plain_set(s) for s in found.sets],
    }


def _plain_set(chosen: Any) -> dict[str, Any]:
    parts: Parts = chosen.parts
    return {
        "parts": list(parts),
        "gain": _plain(chosen.gain),
        "cost": _plain(chosen.cost),
        "best": chosen.best,
        "affordable": chosen.affordable,
        "gain_in_search": _number(chosen.searched),
        "synergy": None if chosen.synergy is None else _plain(chosen.synergy),
        "adds": {part: _plain(e) for part, e in chosen.adds.items()},
    }


def _plain(estimate: Estimate) -> dict[str, Any]:
    return {
        "mean": _number(estimate.mean),
        "low": _number(estimate.low),
        "high": _number(estimate.high),
        "word": estimate.word,
    }


def _number(x: float) -> float | None:
    return float(x) if math.isfinite(x) else None
