"""The report of a study's folder: everything that can be said of it, and why the rest cannot."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from stcsim.analysis.again import Again, again
from stcsim.analysis.comparison import Comparison, compare_arms
from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.findings import CHANGES_NOTHING
from stcsim.analysis.over_values import ValueEffects, over_values
from stcsim.analysis.pareto import front
from stcsim.analysis.ranking import Ranking, rank, rank_by_weights
from stcsim.analysis.regret import regret
from stcsim.analysis.robustness import robustness
from stcsim.analysis.study_discovery import discover_in
from stcsim.analysis.study_points import StudyFolder, open_study
from stcsim.analysis.study_ranking import how_drawn, in_play, is_sampled, ranked_cube
from stcsim.analysis.study_sensitivity import sensitivity
from stcsim.api.opening import arms_of, wrong_folder
from stcsim.errors import InputError, StoreError
from stcsim.outcomes.registry import INFOS
from stcsim.pictures.effects import effects_of
from stcsim.pictures.plane import COST
from stcsim.pictures.style import BASELINE
from stcsim.report.study import ScenarioFindings, StudyFacts, StudyFindings, write_study_report
from stcsim.report.study.figures import figures
from stcsim.report.study.inputs import Moved, Where
from stcsim.report.study.page import NAME
from stcsim.scenario.arms import ResolvedArm
from stcsim.study.environment import package_version
from stcsim.study.store.manifest import MANIFEST
from stcsim.study.study_writing import STUDY

FRESH = "fresh"
"""Folder in that of a study where its first arms are run again."""
MOST_RANKED = 4
MOST_TARGETS = 12
_NAMED = 6

_T = TypeVar("_T")


@dataclass(frozen=True, eq=False)
class OpenStudy:
    """A study with its tables, ready to be told.

    Parameters
    ----------
    study : folder and plan
    arms : every arm that was run, rivals behind theirs
    runs : one row a finished run
    sampled : whether points beside the defaults are sampled sets of assumptions, and nothing of policy
    """

    study: StudyFolder
    arms: tuple[ResolvedArm, ...]
    runs: pd.DataFrame
    sampled: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return self.study.plan.names

    @property
    def headline(self) -> tuple[str, ...]:
        """Outcomes that the study looks at."""
        return tuple(o for o in self.study.plan.outcomes if o in self.runs.columns)

    def runs_of(self, place: int) -> pd.DataFrame:
        """Return the runs of one scenario, points renumbered so that 0 stands for its defaults."""
        return renumbered(self.runs, place, len(self.names))

    def comparison(self, place: int) -> Comparison:
        """Return the comparison of the arms of one scenario.

        Raises
        ------
        InputError
            there are too few pairs under the default assumptions
        """
        runs = self.runs_of(place)
        if not self.sampled:
            runs = runs[runs["world"] == 0]
        default = runs[runs["world"] == 0]
        base = set(default.loc[default["arm"] == BASELINE, "replication"])
        pairs = default[default["replication"].isin(base) & (default["arm"] != BASELINE)]
        if pairs.empty or int(pairs["arm"].value_counts().max()) < 2:
            raise InputError("fewer than two pairs of runs under the default assumptions")
        present = set(default["arm"])
        shown = [arm.name for arm in self.arms[1:] if arm.name in present]
        known = [info for name, info in INFOS.items() if name in runs.columns]
        seed = self.study.plan.spec.design.seed
        return compare_arms(runs, known, self.headline[:4], arms=shown, seed=seed)


def renumbered(table: pd.DataFrame, place: int, several: int) -> pd.DataFrame:
    """Return the rows of one scenario of several, its points numbered from 0."""
    if several == 1:
        return table
    own = table[table["world"] % several == place]
    return own.assign(world=own["world"] // several).reset_index(drop=True)


def open_for_report(folder: Path) -> OpenStudy:
    """Return a study that has runs.

    Raises
    ------
    InputError
        it is no study, cannot be read, or holds no finished run of the baseline and another arm
    """
    again = "Name a folder of stcsim study run."
    try:
        if not folder.is_dir():
            raise wrong_folder(
                folder, "is a file, not a folder" if folder.exists() else "is not there", again
            )
        study = open_study(folder)
        runs = study.kept.runs
    except StoreError as error:
        raise InputError(str(error)) from None
    except (OSError, ValueError) as error:
        raise wrong_folder(folder, f"cannot be read ({error})", again) from None
    arms = arms_of(study.plan.scenarios[0], runs, [a.name for a in study.plan.arms[1:]])
    arms = (arms[0], *(_named(a, study.plan.arms) for a in arms[1:]))
    if not {BASELINE} < set(runs["arm"].astype(str)):
        failed = len(study.kept.failures)
        why = f"To see why {failed:,} runs failed: {study.see_failures}. " if failed else ""
        raise wrong_folder(
            folder,
            "holds no finished runs of the baseline and another arm",
            f"{why}To run what is missing: {study.again}.",
        )
    return OpenStudy(study, arms, runs, is_sampled(study))


def _named(arm: ResolvedArm, planned: Sequence[ResolvedArm]) -> ResolvedArm:
    """Return the arm of the study by its name, which may be of its own making; others as they are."""
    known = {a.name: a for a in planned}
    own = known.get(arm.name)
    if own is not None:
        return own
    other = known.get(arm.name.partition("~")[0])
    return ResolvedArm(arm.name, f"The same money on staff: {other.label}") if other is not None else arm


def study_report(folder: str | os.PathLike[str], figure: str = "") -> Path:
    """Write the report of a study's folder, or one figure of it, and return its path.

    Parameters
    ----------
    folder : of the study
    figure : name of a figure, which is written as SVG instead of the report

    Raises
    ------
    InputError
        the folder is none of a study, cannot be read or written, or there is no such figure
    """
    where = Path(folder)
    findings = findings_of(open_for_report(where), os.fspath(folder))
    try:
        if not figure:
            return write_study_report(where / NAME, findings)
        for drawn in figures(findings):
            if drawn.name == figure:
                return drawn.picture.save(where / f"{figure}.svg")
    except OSError as error:
        raise wrong_folder(where, f"cannot be written: {error.strerror or error}") from None
    names = ", ".join(drawn.name for drawn in figures(findings))
    raise InputError(f"there is no figure {figure!r} in this report; there are {names or 'none'}")


def findings_of(opened: OpenStudy, folder: str) -> StudyFindings:
    """Return everything that can be said of a study."""
    spec = opened.study.plan.spec
    labels = {arm.name: arm.label for arm in opened.arms} | {BASELINE: "Baseline"}
    parts = [_scenario(opened, place, labels) for place in range(len(opened.names))]
    if len(parts) > 1:
        parts.append(_together(opened))
    return StudyFindings(_facts(opened, folder), labels, spec.weights, tuple(parts))


class _Trying:
    """Collects why something cannot be said."""

    def __init__(self) -> None:
        self.lacking: list[str] = []

    def __call__(self, what: str, make: Callable[[], _T]) -> _T | None:
        """Return what `make` makes, None where it refuses; the reason is kept."""
        try:
            return make()
        except InputError as error:
            self.lacking.append(f"{what}: {str(error).splitlines()[0].rstrip('.')}.")
            return None


def _scenario(opened: OpenStudy, place: int, labels: dict[str, str]) -> ScenarioFindings:
    """Return what a study says of one of its scenarios."""
    plan, trying = opened.study.plan, _Trying()
    name, spec = plan.names[place], plan.spec
    lost = opened.study.lost_words(opened.runs[opened.runs["world"] % len(plan.names) == place])
    found = trying("Differences", lambda: opened.comparison(place))
    several = len(plan.names)
    bodies = renumbered(opened.study.kept.bodies, place, several) if found is not None else pd.DataFrame()
    cube = _cube(opened, place)
    rankings: dict[str, Ranking] = {}
    ranked = [o for o in opened.headline if INFOS[o].better != "none"][:MOST_RANKED]
    first = next((o for o in ranked if o != COST), ranked[0] if ranked else "")
    weighted = losses = edge = robust = where = None
    if opened.sampled and cube is not None and first:
        for outcome in ranked:
            ranking = trying(f"Ranking by {outcome}", partial(rank, cube, outcome))
            if ranking is not None:
                rankings[outcome] = ranking
        if spec.weights:
            weighted = trying("Ranking by weights", lambda: rank_by_weights(cube, spec.weights))
        losses = trying("Regret", lambda: regret(cube, first)) if first in rankings else None
        edge = trying("Front of effect and cost", lambda: front(cube, first, COST)) if first != COST else None
        paths, drawn = in_play(opened.study), how_drawn(opened.study)
        robust = trying("Robustness", lambda: robustness(cube, first, paths=paths, drawn=drawn))
        where = trying("Discovery", lambda: _where(opened, place, first, labels))
    elif not opened.sampled:
        trying.lacking.append(
            "Ranking and robustness over assumptions: the points of this design are no sampled sets of "
            "assumptions (designs worlds and latin_hypercube without levers are)."
        )
    moved = trying("Sensitivity", lambda: _moved(opened, place, labels)) if _is_sensitivity(opened) else ()
    return ScenarioFindings(
        name,
        None if found is None else effects_of(found, labels),
        opened.runs_of(place),
        bodies,
        rankings,
        weighted,
        losses,
        edge,
        robust,
        trying("Fresh seeds", lambda: fresh_estimates(opened, place, first)) or ()
        if first in rankings
        else (),
        moved or (),
        where,
        tuple(_over(opened, place)),
        tuple(trying.lacking),
        tuple(f"{said}." for said in lost),
    )


def _cube(opened: OpenStudy, place: int) -> Cube | None:
    """Return the sampled points of one scenario, None without any."""
    kept, plan = opened.study.kept, opened.study.plan
    several = len(plan.names)
    wanted = list(dict.fromkeys([*opened.headline, *plan.spec.weights, COST]))
    columns = [o for o in wanted if o in opened.runs.columns]
    runs = opened.runs[(opened.runs["world"] >= several) & (opened.runs["world"] % several == place)]
    points = kept.points
    own = points[(points["world"] >= several) & (points["world"] % several == place)]
    arms = [a.name for a in plan.arms[1:] if (runs["arm"] == a.name).any()]
    if not arms or not (runs["arm"] == BASELINE).any():
        return None
    return cube_of(runs, own.drop(columns="scenario"), columns, arms=arms)


def _where(opened: OpenStudy, place: int, outcome: str, labels: dict[str, str]) -> Where:
    """Return the boxes of assumptions in which the best arm is beaten."""
    name = opened.names[place]
    found = next(d for d in discover_in(opened.study, outcome) if d.scenario == name)
    points = opened.study.kept.points.select_dtypes("number")
    ranges = {str(c): (float(points[c].min()), float(points[c].max())) for c in points.columns}
    return Where(f"{labels.get(found.arm, found.arm)} is not the best", found.found, ranges)


def fresh_estimates(opened: OpenStudy, place: int, outcome: str) -> tuple[Again, ...]:
    """Return what arms gain on fresh seeds, where ``stcsim study fresh`` has run them beside the study.

    Raises
    ------
    InputError
        its folder cannot be read, or too little was run
    """
    folder = opened.study.folder / FRESH
    if not (folder / MANIFEST).is_file():
        return ()
    try:
        fresh = open_study(folder)
        before, after = (ranked_cube(study, place, outcome) for study in (opened.study, fresh))
    except StoreError as error:
        raise InputError(str(error)) from None
    arms = [arm for arm in after.arms[1:] if arm in before.arms]
    return tuple(again(before, after, arm, outcome) for arm in arms)


def _is_sensitivity(opened: OpenStudy) -> bool:
    return opened.study.plan.spec.design.kind in ("morris", "sobol")


def _moved(opened: OpenStudy, place: int, labels: Mapping[str, str]) -> tuple[Moved, ...]:
    """Return the sensitivity of the targets of one scenario."""
    found = sensitivity(opened.study)
    own = [part for part in found.parts if part.scenario == opened.names[place]]
    moving = [part for part in own if any(f != CHANGES_NOTHING for f in part.found.findings)]
    if not moving:
        raise InputError("nothing that is varied changes any run in what was asked about")
    return tuple(
        Moved(_with_labels(part.target.name, part.target.arm, labels), part.target.unit, part.found)
        for part in moving[:MOST_TARGETS]
    )


def _with_labels(name: str, arm: str, labels: Mapping[str, str]) -> str:
    """Return the name of a target with its arms called as for people."""
    shown = " over ".join(labels.get(one, one) for one in arm.split(" over "))
    return name.replace(arm, shown) if arm else name


def _over(opened: OpenStudy, place: int) -> Iterator[tuple[str, ValueEffects]]:
    """Yield the effects over the values of what a design varies one by one."""
    plan = opened.study.plan
    if plan.spec.design.kind not in ("list", "grid") or not opened.headline:
        return
    cube = _cube(opened, place)
    if cube is None:
        return
    for outcome in opened.headline[:2]:
        for path in cube.inputs.columns:
            found = over_values(cube, outcome, str(path))
            if found is not None:
                yield outcome, found


def _together(opened: OpenStudy) -> ScenarioFindings:
    """Return the effects over the scenarios of a study, under their default assumptions."""
    several = len(opened.names)
    runs = opened.runs[opened.runs["world"] < several]
    points = opened.study.kept.points
    own = points.loc[points["world"] < several, ["world", "scenario"]]
    arms = [a.name for a in opened.arms[1:] if (runs["arm"] == a.name).any()]
    cube = cube_of(runs, own, list(opened.headline), arms=arms)
    found = [(o, over_values(cube, o, "scenario")) for o in opened.headline[:2]]
    return ScenarioFindings("", over=tuple((o, f) for o, f in found if f is not None))


def _facts(opened: OpenStudy, folder: str) -> StudyFacts:
    plan, kept = opened.study.plan, opened.study.kept
    spec, manifest = plan.spec, kept.manifest
    factors = plan.points.factors
    shown = ", ".join(f.path for f in factors[:6]) + (
        f" and {len(factors) - 6} more" if len(factors) > 6 else ""
    )
    asked = {
        "Scenarios": ", ".join(plan.names),
        "Arms": ", ".join(a.label for a in plan.arms[1:])
        + ("; rivals of equal cost" if spec.equal_cost else ""),
        "Varied": shown or "nothing",
        "Design": f"{spec.design.kind.replace('_', ' ')}, seed {spec.design.seed}",
        "Points": f"{len(plan.points):,}",
        "Outcomes": ", ".join(INFOS[o].label for o in opened.headline),
    }
    ends = manifest.get("executions", [])
    versions = ", ".join(dict.fromkeys(str(e.get("version", "")) for e in ends))
    where = "; ".join(dict.fromkeys(str(e.get("platform", "")) for e in ends))
    failures = kept.failures
    missing = max(0, plan.runs - int(opened.runs["arm"].isin([a.name for a in plan.arms]).sum()))
    ran = {
        "Runs": f"{len(opened.runs):,} runs of {opened.runs['arm'].nunique()} arms",
        "Failed or missing": f"{len(failures):,} failed, {missing:,} of those asked for are missing",
        "Executions": f"{len(ends)}; the last one {ends[-1].get('end', '') if ends else ''}",
        "Model": f"version {manifest.get('model_version')}, stcsim {versions}",
        "Computed on": where,
    }
    columns = ["arm", "scenario", "world", "replication", "stage", "error"]
    return StudyFacts(
        spec.name,
        spec.title,
        spec.question,
        folder,
        str(manifest["study"].get("command", "")),
        asked,
        ran,
        failures[[c for c in columns if c in failures.columns]],
        (opened.study.folder / STUDY).read_text(encoding="utf-8"),
        package_version(),
    )
