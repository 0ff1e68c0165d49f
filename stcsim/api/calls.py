"""Load a scenario, run it once, compare its arms."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace

import pandas as pd

from stcsim.analysis.comparison import compare_arms
from stcsim.api.asking import ONE_WORLD, check_numbers, chosen_arms
from stcsim.api.naming import Source, named_scenario
from stcsim.api.provenance import Request
from stcsim.api.results import ComparisonInterrupted, ComparisonResult, SingleRun, outcome_rows
from stcsim.api.telling import told
from stcsim.errors import InputError, ModelError
from stcsim.outcomes.matrix import matrix
from stcsim.outcomes.registry import INFOS
from stcsim.scenario.arms import BASELINE, ResolvedArm, resolve_arms
from stcsim.scenario.loading import load as load_file
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.cases import case_table
from stcsim.study.comparing import Progress, Study, run_study
from stcsim.study.design import Design, check_seed
from stcsim.study.matrix_table import matrix_table
from stcsim.study.processes import being_started
from stcsim.study.specs import RunSpec, begin, finish, measure
from stcsim.study.tables import bodies_table, series_table


def load(scenario: str | os.PathLike[str], overrides: Sequence[str] = ()) -> ScenarioSpec:
    """Return a scenario that has passed every check.

    Parameters
    ----------
    scenario : name in the library, or path of a file
    overrides : settings such as ``countries[A].will=0.6``, laid on the file in order

    Raises
    ------
    InputError
        with every problem that was found
    """
    return load_file(scenario, tuple(overrides)).spec


def run(
    scenario: Source,
    arm: str | ResolvedArm = BASELINE,
    seed: int = 1,
    overrides: Sequence[str] = (),
    *,
    profile: bool = False,
    warn: Callable[[str], None] | None = None,
) -> SingleRun:
    """Run one arm of a scenario once.

    Parameters
    ----------
    scenario : name in the library, path of a file, or scenario
    arm : of the file, mechanisms with their defaults joined by ``+``, or ``baseline``
    seed : names the potential world: arms of one seed share it
    overrides : settings laid on the file
    profile : measure how long each phase of a step takes, from where arms branch
    warn : told before the run which mechanisms and shocks will do nothing; ``.notes`` of the result say it in
        any case

    Raises
    ------
    InputError
        the scenario, the arm or the seed is none
    """
    check_numbers(seed=seed)
    check_seed(seed)
    named = named_scenario(scenario, overrides)
    chosen = arm if isinstance(arm, ResolvedArm) else resolve_arms([arm], named.spec)[0]
    notes = told(named.spec, [chosen], seed, warn)
    spec = RunSpec(named.spec, chosen, seed)
    warm = begin([spec])
    before = matrix(warm.state)
    engine = finish(warm, spec, profile=profile)
    result = next(measure(engine, [spec], [spec.key]))
    return SingleRun(
        arm=chosen.name,
        seed=seed,
        key=result.key,
        outcomes=outcome_rows(dict(result.outcomes)),
        series=series_table([result]),
        cases=case_table(engine),
        bodies=bodies_table([result]),
        matrix=matrix_table(named.spec, before, matrix(engine.state)),
        seconds=dict(engine.seconds or {}),
        notes=notes,
    )


def compare(
    scenario: Source,
    arms: str | ResolvedArm | Sequence[str | ResolvedArm] | None = None,
    replications: int = 20,
    worlds: int = 0,
    pairs: int = 2,
    seed: int = 1,
    overrides: Sequence[str] = (),
    equal_cost: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
    *,
    executor: Executor | None = None,
    warn: Callable[[str], None] | None = None,
) -> ComparisonResult:
    """Compare arms of a scenario with its baseline by paired runs.

    Parameters
    ----------
    scenario : name in the library, path of a file, or scenario
    arms : names of the file, mechanisms with their defaults joined by ``+``, or arms; one of these, names in
        one text with commas between, or a list; all of the file when not given. The baseline is always among
        them
    replications : runs of each arm under the default assumptions, at least 2
    worlds : sampled sets of assumptions, at least 2 and for a verdict 10; 0 leaves them as they are
    pairs : runs of each arm in a sampled world, at least 2
    seed : of the study: its replications and its worlds follow from it
    overrides : settings laid on the file, such as ``countries[A].will=0.6``
    equal_cost : set beside each arm the same money spent on staff, as ``ARM~staff``
    jobs : processes; as many as there are processors when not given. Results do not depend on it
    progress : told how many runs are finished, and of how many
    executor : of `concurrent.futures`, used instead of processes of our own
    warn : told before the runs which mechanisms and shocks will do nothing (notes of the comparison say it in
        any case), and what went wrong on the way, as when a process died; Python's warnings when not given

    Raises
    ------
    InputError
        the scenario, an arm or a number is none
    ModelError
        too few runs came to their end
    ComparisonInterrupted
        it was stopped; ``.result`` holds what was finished
    """
    if being_started():
        # A worker that imports the script which started it: what the script has to do is said there.
        raise SystemExit(1)
    check_numbers(replications=replications, worlds=worlds, pairs=pairs, seed=seed)
    if jobs is not None:
        check_numbers(jobs=jobs)
        if jobs < 1:
            raise InputError(f"jobs has to be a whole number of at least 1, not {jobs}")
    if worlds == 1:
        raise InputError(f"worlds: {ONE_WORLD}")
    named = named_scenario(scenario, overrides)
    spec = named.spec
    chosen, asked = chosen_arms(arms, spec)
    if len(chosen) < 2:
        said = "there is nothing to compare: name an arm beside the baseline"
        raise InputError(said, "stcsim list mechanisms")
    design = Design(spec, chosen, replications, worlds, pairs, seed)
    request = Request(
        named.source,
        spec,
        named.files,
        named.settings,
        asked,
        replications,
        worlds,
        pairs,
        seed,
        equal_cost,
    )
    notes = told(spec, chosen, seed, warn)
    study = run_study(
        design, equal_cost=equal_cost, jobs=jobs, executor=executor, progress=progress, warn=warn
    )
    return _result(request, replace(study, notes=(*notes, *study.notes)), design)


def _result(request: Request, study: Study, design: Design) -> ComparisonResult:
    spec, found = design.scenario, study.tables.runs
    pairs = _most_pairs(found)
    enough = pairs >= 2
    if not study.interrupted and not enough:
        first = study.tables.failures["error"].iloc[0] if len(study.tables.failures) else "no runs"
        raise ModelError(f"too few runs came to their end to be compared: {first}")
    failed = f", {len(study.tables.failures)} of them failed" if len(study.tables.failures) else ""
    finished = f"stopped after {len(found) + len(study.tables.failures)} runs{failed}"
    if not enough:
        have = f"{pairs} pair{'' if pairs == 1 else 's'} of an arm and the baseline"
        said = f"{have} under the default assumptions, and a comparison needs 2"
        raise ComparisonInterrupted(f"{finished}: {said}; nothing was written")
    present = set(found["arm"])
    shown = [arm.name for arm in study.arms[1:] if arm.name in present]
    compared = compare_arms(found, list(INFOS.values()), spec.headline, arms=shown, seed=design.seed)
    notes = [
        *study.notes,
        *([f"{finished}: what was asked for is not complete"] if study.interrupted else []),
    ]
    result = ComparisonResult(request, study, replace(compared, notes=(*compared.notes, *notes)))
    if study.interrupted:
        raise ComparisonInterrupted(finished, result)
    return result


def _most_pairs(runs: pd.DataFrame) -> int:
    """Return how many replications of the default assumptions the best arm shares with the baseline."""
    default = runs[runs["world"] == 0]
    base = default.loc[default["arm"] == BASELINE, "replication"]
    shared = default[(default["arm"] != BASELINE) & default["replication"].isin(base)]
    return int(shared["arm"].value_counts().max()) if len(shared) else 0
