"""The brief of a folder: what each option needs, how far the order holds, and what is still to be run."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.analysis.again import Again
from stcsim.analysis.ahead import ahead
from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.findings import MATTERS
from stcsim.analysis.moments import moments
from stcsim.analysis.movers import movers
from stcsim.analysis.robustness import robustness
from stcsim.analysis.study_sensitivity import largest, sensitivity
from stcsim.analysis.turning import plain_label
from stcsim.api.describing import assumptions, scenario_info
from stcsim.api.opening import Kept, open_comparison, wrong_folder
from stcsim.api.opening_studies import OpenStudy, open_for_report, renumbered
from stcsim.api.provenance import RESOLVED, twice
from stcsim.api.results import JSON
from stcsim.api.study_sections import fresh_estimates
from stcsim.api.unfinished import gaps_of_comparison, gaps_of_study
from stcsim.errors import InputError
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.leading import best_of, first_outcome
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import capital
from stcsim.report.brief import BriefInputs, Gaps, Need, Robust, write_brief
from stcsim.report.brief.options import AS_NOW
from stcsim.report.brief.page import NAME
from stcsim.report.inputs import Provenance, ScenarioInfo
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.timing import too_late
from stcsim.study.environment import package_version
from stcsim.study.idle import idle_reasons
from stcsim.study.store.manifest import MANIFEST
from stcsim.study.worlds import MECHANISM, sample_world

ENOUGH_WORLDS = 10


def brief(folder: str | os.PathLike[str], path: str | os.PathLike[str] | None = None) -> Path:
    """Write the brief of a folder and return its path.

    Parameters
    ----------
    folder : of ``stcsim compare --out`` or of a study
    path : file to write; ``brief.html`` in the folder when not given

    Raises
    ------
    InputError
        the folder is none of these, or cannot be read or written
    """
    where = Path(folder)
    inputs = brief_inputs(where)
    target = where / NAME if path is None else Path(path)
    try:
        return write_brief(target, inputs)
    except OSError as error:
        raise wrong_folder(target, f"cannot be written: {error.strerror or error}") from None


def brief_inputs(folder: Path) -> BriefInputs:
    """Return what the brief of a folder tells.

    Raises
    ------
    InputError
        the folder is of no kind that is known, or cannot be read
    """
    if kind_of(folder) == "comparison":
        return inputs_of_comparison(open_comparison(folder))
    return _of_study(open_for_report(folder))


def kind_of(folder: Path) -> str:
    """Return whether a folder holds a ``comparison`` or a ``study``.

    Raises
    ------
    InputError
        neither
    """
    try:
        if not folder.exists():
            raise wrong_folder(folder, "is not there", _FORMS)
        if not folder.is_dir():
            raise wrong_folder(folder, "is a file, not a folder", _FORMS)
        if (folder / JSON).is_file():
            return "comparison"
        if (folder / MANIFEST).is_file():
            return "study"
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no name that a folder can have"
        raise wrong_folder(folder, f"cannot be read: {reason}", _FORMS) from None
    raise wrong_folder(folder, f"holds neither a comparison ({JSON}) nor a study ({MANIFEST})", _FORMS)


_FORMS = "Name a folder of stcsim compare --out or of stcsim study run."


def inputs_of_comparison(kept: Kept) -> BriefInputs:
    """Return what the brief of a comparison tells that has been opened."""
    spec, facts = kept.scenario, kept.provenance
    runs, arms = kept.tables.runs, kept.arms
    effects = effects_of(kept.comparison, {arm.name: arm.label for arm in arms})
    lacking, command = _lacking(kept)
    worlds = sorted({int(w) for w in runs.loc[runs["world"] > 0, "world"].unique()})
    drawn = [dict(sample_world(spec, int(facts["seed"]), world)) for world in worlds]
    return _inputs(
        scenario_info(spec, arms),
        spec,
        arms,
        effects,
        (runs, kept.tables.series, kept.tables.bodies),
        pd.DataFrame(drawn).assign(world=worlds),
        Provenance(
            str(facts["version"]), int(facts["seed"]), str(facts["scenario_hash"]), str(facts["command"])
        ),
        lacking,
        command,
        gaps=gaps_of_comparison(kept, effects),
    )


def _of_study(opened: OpenStudy) -> BriefInputs:
    """Return what the brief of a study tells: of its first scenario."""
    plan, kept = opened.study.plan, opened.study.kept
    spec, several = plan.scenarios[0], len(plan.names)
    found = opened.comparison(0)
    effects = effects_of(found, {arm.name: arm.label for arm in opened.arms})
    points = renumbered(kept.points, 0, several).drop(columns="scenario")
    missing = []
    if not opened.sampled or effects.worlds < ENOUGH_WORLDS:
        missing.append(f"sample {ENOUGH_WORLDS} or more sets of assumptions (design: kind: worlds)")
    if not effects.rivals:
        missing.append("set each option against the same money on staff (equal_cost: true)")
    changed = bool(missing)
    best, outcome = best_of(effects), first_outcome(effects)
    estimates = _fresh_of(opened, outcome)
    fresh = any(found.arm == best for found in estimates)
    if best is not None and len(effects.own) > 1 and not fresh:
        again = shlex.join(["stcsim", "study", "fresh", str(opened.study.folder)])
        # What is changed chooses anew: what these runs chose need not be run again.
        how = "its first option again on fresh seeds" if changed else f"the first option again ({again})"
        missing.append(f"run {how}")
    info = scenario_info(spec, opened.arms)
    study = plan.spec
    question = study.question or info.question
    if several > 1:
        here = plan.names[0].replace("_", " ")
        question = f"{question} (Here: {here}, one of {several} scenarios.)".strip()
    told = _inputs(
        replace(info, title=study.title or capital(study.name.replace("_", " ")), question=question),
        spec,
        opened.arms,
        effects,
        tuple(renumbered(t, 0, several) for t in (opened.runs, kept.series, kept.bodies)),
        points[points["world"] > 0] if opened.sampled else points.iloc[:0],
        Provenance(
            package_version(),
            study.design.seed,
            str(kept.manifest["study"]["scenarios"].get(plan.names[0], "")),
            str(kept.manifest["study"].get("command", "")),
        ),
        " and ".join(missing),
        changed_study(str(kept.manifest["study"].get("command", "")), opened.study.folder) if changed else "",
        gaps=gaps_of_study(opened.study, opened.runs, effects),
        fresh=fresh,
    )
    told = replace(told, again=estimates, report="the report (stcsim study report)")
    if study.design.kind in ("morris", "sobol"):
        told = replace(told, weighty=moving_by_design(opened, outcome, best))
    return told


def changed_study(command: str, folder: Path) -> str:
    """Return what to do with a study whose design has to change: its file is changed and run elsewhere.

    Parameters
    ----------
    command : that ran it; empty where it is not known
    folder : of the study
    """
    words = shlex.split(command)
    if "--out" not in words[:-1]:
        return ""
    words[words.index("--out") + 1] = os.fspath(folder.with_name(f"{folder.resolve().name}-more"))
    return f"change the study file, then {shlex.join(words)}"


def _fresh_of(opened: OpenStudy, outcome: str) -> tuple[Again, ...]:
    """Return what was run again on fresh seeds; nothing where that is not there or not finished."""
    try:
        return fresh_estimates(opened, 0, outcome) if opened.sampled else ()
    except InputError:
        return ()


def moving_by_design(opened: OpenStudy, outcome: str, best: str | None) -> tuple[str, ...]:
    """Return what moves the gain of the first option by the design of a study of sensitivity."""
    try:
        found = sensitivity(opened.study, [outcome], ("difference",))
    except InputError:
        return ()
    for part in found.parts:
        if part.scenario == opened.names[0] and part.target.arm == best:
            paths, said = part.found.paths, part.found.findings
            return tuple(plain_label(paths[i]) for i in largest(part, len(paths)) if said[i] == MATTERS)
    return ()


def _inputs(
    info: ScenarioInfo,
    spec: ScenarioSpec,
    arms: Sequence[ResolvedArm],
    effects: Effects,
    tables: tuple[pd.DataFrame, ...],
    points: pd.DataFrame,
    provenance: Provenance,
    lacking: str,
    command: str,
    *,
    gaps: Gaps,
    fresh: bool = False,
) -> BriefInputs:
    """Return what the brief tells of one scenario.

    Parameters
    ----------
    tables : runs, series and bodies
    points : sampled sets of assumptions, one row each with its number in `world`; may be empty
    gaps : runs that were asked for and have no result
    fresh : whether the first option was run again on fresh seeds
    """
    runs, series, bodies = tables
    register = assumptions(spec, arms)
    cube = _sampled_cube(runs, _in_play(points, arms), effects)
    return BriefInputs(
        info=info,
        effects=effects,
        runs=runs,
        series=series,
        bodies=bodies,
        needs=needs_of(spec, arms),
        provenance=provenance,
        assumed=sum(a.assumed for a in register),
        parameters=len(register),
        robust=None if cube is None else _robust(cube, effects, fresh=fresh),
        sampled=0 if cube is None else _whole_sets(cube),
        weighty=() if cube is None else moving_by_sets(cube, best_of(effects)),
        command=command,
        lacking=lacking,
        counted_weeks=spec.time.counted_weeks,
        gaps=gaps,
    )


def _in_play(points: pd.DataFrame, arms: Sequence[ResolvedArm]) -> pd.DataFrame:
    """Return the points without numbers of mechanisms that no arm has: they can turn no order."""
    chosen = {m.name for arm in arms for m in arm.mechanisms}
    idle = [c for c in points.columns if c.startswith(f"{MECHANISM}.") and c.split(".")[1] not in chosen]
    return points.drop(columns=idle)


def _sampled_cube(runs: pd.DataFrame, points: pd.DataFrame, effects: Effects) -> Cube | None:
    """Return the first outcome of the options over sampled assumptions; None where none were sampled."""
    sampled = runs[runs["world"].isin(set(points["world"]))] if len(points) else runs.iloc[:0]
    arms = [arm for arm in effects.own if (sampled["arm"] == arm).any()]
    if not arms or not (sampled["arm"] == BASELINE).any():
        return None
    return cube_of(sampled, points, [first_outcome(effects)], arms=arms)


def moving_by_sets(cube: Cube, best: str | None) -> tuple[str, ...]:
    """Return the assumptions that move the gain of the first option over sampled sets, in words."""
    if best not in cube.arms:
        return ()
    difference = cube.difference(cube.outcomes[0])[cube.arms.index(best) - 1]
    found = movers(moments(difference.T).mean, cube.inputs)
    return tuple(plain_label(mover.path) for mover in found)


def _whole_sets(cube: Cube) -> int:
    """Return the number of sampled sets in which every option has a value."""
    pairs = np.isfinite(cube.of(cube.outcomes[0])).all(axis=0).sum(axis=1)
    return int((pairs > 0).sum())


def _robust(cube: Cube, effects: Effects, *, fresh: bool) -> Robust | None:
    """Return how far the order of options holds over sampled assumptions; None with too few to say so."""
    outcome = first_outcome(effects)
    leading = best_of(effects)
    try:
        found = robustness(cube, outcome, arm=leading if leading in cube.arms else None)
        sets = ahead(cube, outcome)
    except InputError:
        return None
    label: Mapping[str, str] = {
        arm: AS_NOW.lower() if arm == BASELINE else effects.label(arm) for arm in found.arms
    }
    turns = [f"{turn.words()}: then {label[other]} is better" for other, turn in found.turns]
    return Robust(
        sets.sets, sets.of, tuple(turns), looked=True, fresh=fresh, same=sets.same, close=sets.close
    )


def needs_of(scenario: ScenarioSpec, arms: Sequence[ResolvedArm]) -> dict[str, tuple[Need, ...]]:
    """Return what the mechanisms of each arm need, and what of it is missing at the start."""
    missing = {(arm.name, m): reason for arm, m, reason in idle_reasons(scenario, arms)}
    return {
        arm.name: tuple(
            Need(m.title, m.prerequisites, m.start, m.lead_time, "", late=True)
            if too_late(m, scenario.time.counted_weeks)
            else Need(m.title, m.prerequisites, m.start, m.lead_time, missing.get((arm.name, m), ""))
            for m in arm.mechanisms
        )
        for arm in arms
    }


def _lacking(kept: Kept) -> tuple[str, str]:
    """Return what is still to be run before a decision, in words and as a command; empty where nothing is."""
    facts = kept.provenance
    staff = bool(facts.get("equal_cost"))
    worlds = int(facts.get("worlds") or 0)
    missing = []
    if worlds < ENOUGH_WORLDS:
        missing.append(
            "repeat it over more sets of assumptions" if worlds else "repeat it with assumptions varied"
        )
    if not staff:
        missing.append("set each option against the same money on staff")
    if not missing:
        return "", ""
    named = facts.get("arms")
    words = ["stcsim", "compare", os.fspath(kept.folder / RESOLVED)]
    words += ["--arms", ",".join(named)] if named else []
    runs, sets = twice(int(facts.get("replications") or 20), worlds)
    words += ["--replications", str(runs), "--worlds", str(sets)]
    if int(facts.get("pairs_per_world") or 2) != 2:
        words += ["--pairs", str(facts["pairs_per_world"])]
    more = kept.folder.with_name(f"{kept.folder.resolve().name}-more")
    words += ["--seed", str(facts["seed"]), "--equal-cost", "--out", os.fspath(more)]
    return " and ".join(missing), shlex.join(words)
