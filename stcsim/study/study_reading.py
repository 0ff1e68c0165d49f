"""From a study file to its plan, or to everything that is wrong with it, each at its line."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from stcsim.errors import InputError, Problem, quote
from stcsim.scenario.arms import ResolvedArm, arm_names, resolve_arms
from stcsim.scenario.composing import compose
from stcsim.scenario.crosscheck import crosscheck
from stcsim.scenario.library import did_you_mean, find, is_name
from stcsim.scenario.loading import load, without_forms
from stcsim.scenario.nodes import Mapping, Steps, follow, path_text, plain
from stcsim.scenario.outcome_names import OUTCOME_NAMES
from stcsim.scenario.overriding import OPTION, steps_of
from stcsim.scenario.reading import FileKind, Source, read
from stcsim.scenario.spec import ArmSpec, ScenarioSpec
from stcsim.scenario.validating import validate_as
from stcsim.study.design import with_baseline
from stcsim.study.factor_reading import factors_of
from stcsim.study.plan import StudyPlan
from stcsim.study.point_design_reading import design_of
from stcsim.study.points import Points
from stcsim.study.stopping import StoppingRule
from stcsim.study.study_file import StudySpec, Variant

STUDY_KIND = FileKind(
    "study", "docs/studies.md shows how one begins; experiments/quick.yaml is one to start from."
)
_ASSUMPTIONS = "Write all, none, a list of paths or groups, or a mapping from paths to ranges."


@dataclass
class Places:
    """Collects what is wrong with a study, each at the place where it stands.

    Parameters
    ----------
    root : what the file says
    """

    root: Mapping
    problems: list[Problem] = field(default_factory=list)

    def say(self, steps: Steps, message: str, repair: str = "") -> None:
        """Note a problem at what `steps` lead to, or at the nearest place that exists."""
        place = follow(self.root, steps).place
        problem = place.problem(path_text(steps, 160), message, repair)
        if problem not in self.problems:
            self.problems.append(problem)

    def check(self) -> None:
        """Stop where a problem was noted.

        Raises
        ------
        InputError
            with all of them, in the order of the file
        """
        if self.problems:
            raise InputError(sorted(self.problems, key=lambda p: (p.line, p.column)))


@dataclass(frozen=True)
class StudyFile:
    """A study file as written.

    Parameters
    ----------
    spec : what it says
    source : its text
    plan : what it runs
    """

    spec: StudySpec
    source: Source
    plan: StudyPlan


def read_study(path: str | os.PathLike[str], *, kept: bool = False) -> StudyFile:
    """Read a study file.

    Parameters
    ----------
    kept : whether its runs are only read, so that what draws its points need not be installed

    Raises
    ------
    InputError
        With every problem that was found, in the order of the file.
    """
    source = read(path, kind=STUDY_KIND)
    root, problems = compose(source)
    if root is not None and not isinstance(root, Mapping):
        problems.append(
            root.place.problem("", "a study is a mapping of keys to values", "Write 'key: value'.")
        )
    if not isinstance(root, Mapping):
        raise InputError(problems)
    if "format" not in root.items:
        problems.append(
            Problem(source.name, 1, 1, "format", "this is required and missing", "Write 'format: 1'.")
        )
    spec, invalid, more = validate_as(StudySpec, root)
    problems += [_with_forms(problem) for problem in invalid]
    if spec is None or problems:
        problems += _wrong_names(root, problems, Path(path).parent)
        raise InputError(sorted(problems, key=lambda p: (p.line, p.column)), "", more)
    return StudyFile(spec, source, plan_of(spec, Places(root), Path(path).parent, kept=kept))


def _with_forms(problem: Problem) -> Problem:
    """Return a problem that names all forms a key may have, where validation looked at one of them."""
    if problem.path == "uncertainties" and problem.repair.startswith("Choose from"):
        return replace(problem, repair=_ASSUMPTIONS)
    return problem


def _wrong_names(root: Mapping, problems: Sequence[Problem], folder: Path) -> list[Problem]:
    """Return what is wrong with names of outcomes, arms and levers where other keys are wrong already.

    Keys with problems are left aside, and what hangs on them is not judged.
    """
    wrong = {re.split(r"[.\[]", problem.path)[0] for problem in problems}
    kept = {key: value for key, value in plain(root).items() if key not in wrong}
    has_scenario = "scenario" in kept
    try:
        spec = StudySpec.model_validate_json(json.dumps({"name": "unnamed", "scenario": "none", **kept}))
    except ValueError:
        return []
    places = Places(root)
    _check_outcomes(spec, places)
    if has_scenario and "settings" not in wrong:
        names, scenarios = _scenarios(spec, places, folder)
        if scenarios and "arms" not in wrong:
            arms = [
                _arms(spec, scenario, name, places) for name, scenario in zip(names, scenarios, strict=True)
            ]
            if all(arms):
                factors_of(spec, scenarios, [a for own in arms for a in own], places.say)
    return places.problems


def plan_of(spec: StudySpec, places: Places, folder: Path, *, kept: bool = False) -> StudyPlan:
    """Return the plan of a study.

    Parameters
    ----------
    spec : what the study file says
    places : where it says what
    folder : from which paths of scenarios are read
    kept : see `read_study`

    Raises
    ------
    InputError
        With every problem that was found.
    """
    _check_outcomes(spec, places)
    names, scenarios = _scenarios(spec, places, folder)
    if not scenarios:
        places.check()
    arms = [_arms(spec, scenario, name, places) for name, scenario in zip(names, scenarios, strict=True)]
    factors = factors_of(spec, scenarios, [a for own in arms for a in own], places.say)
    design = design_of(spec, factors, scenarios, [a for own in arms for a in own], places.say, kept=kept)
    places.check()
    assert design is not None
    points = Points(tuple(names), tuple(scenarios), design)
    return StudyPlan(spec, tuple(names), tuple(scenarios), tuple(arms), points)


def _variants(spec: StudySpec) -> Iterator[tuple[Steps, str, str, tuple[str, ...]]]:
    """Yield each scenario: where it stands, the name it is given, what names it, its own settings."""
    given = spec.scenario if isinstance(spec.scenario, tuple) else (spec.scenario,)
    for i, entry in enumerate(given):
        steps: Steps = ("scenario", i) if isinstance(spec.scenario, tuple) else ("scenario",)
        if isinstance(entry, Variant):
            yield steps, entry.name, entry.scenario, entry.settings
        else:
            yield steps, "", entry, ()


def _scenarios(spec: StudySpec, places: Places, folder: Path) -> tuple[list[str], list[ScenarioSpec]]:
    """Load every scenario; those that cannot be are left out, and a problem is noted."""
    names: list[str] = []
    scenarios: list[ScenarioSpec] = []
    for steps, name, text, own in _variants(spec):
        try:
            path = find(text) if is_name(text) else folder / text
            loaded = load(path, (*own, *spec.settings)).spec
        except InputError as error:
            for problem in error.problems:
                _replace(problem, steps, text, own, spec, places)
            continue
        called = name or loaded.name
        if called in names:
            places.say(steps, f"{quote(called)} is the name of another one", "Give each a 'name' of its own.")
        else:
            names.append(called)
            scenarios.append(loaded)
    return names, scenarios


def _replace(
    problem: Problem, steps: Steps, text: str, own: Sequence[str], spec: StudySpec, places: Places
) -> None:
    """Note a problem of a scenario: where the study names it, or where the study's settings stand."""
    if problem.file == OPTION:
        head = problem.path.split(".")[0]
        for key, settings in (((*steps, "settings"), own), (("settings",), spec.settings)):
            for i, setting in enumerate(settings):
                path = setting.partition("=")[0].strip()
                if not problem.path or problem.path.startswith(path) or path.startswith(problem.path):
                    said = f"{problem.path}: {problem.message}" if problem.path else problem.message
                    places.say((*key, i), said, problem.repair)
                    return
        places.say(("settings",), f"{head}: {problem.message}", problem.repair)
    elif problem.line:
        places.problems.append(problem)
    else:
        said = problem.message if quote(text) in problem.message else f"{quote(text)} {problem.message}"
        places.say(steps, said, problem.repair)


def _arms(spec: StudySpec, scenario: ScenarioSpec, name: str, places: Places) -> tuple[ResolvedArm, ...]:
    """Return the arms of the study in one scenario, the baseline first; none where something is wrong."""
    before = len(places.problems)
    own = {i: entry for i, entry in enumerate(spec.arms) if isinstance(entry, ArmSpec)}
    taken = {arm.name for arm in own.values()}
    with_own = scenario.model_copy(
        update={"arms": (*(a for a in scenario.arms if a.name not in taken), *own.values())}
    )
    first = len(with_own.arms) - len(own)
    for finding in crosscheck(with_own):
        where = tuple(steps_of(finding.path))
        if where[0] == "arms" and isinstance(where[1], int) and where[1] >= first:
            place = list(own)[where[1] - first]
            repair = did_you_mean(finding.word, list(finding.known)) or finding.repair
            steps = without_forms(places.root, ("arms", place, *where[2:]))
            places.say(steps, finding.words(), repair)
    names = [entry.name if isinstance(entry, ArmSpec) else entry for entry in spec.arms]
    for i, entry in enumerate(names):
        try:
            resolve_arms([entry], with_own)
        except InputError as error:
            for problem in error.problems:
                said = problem.message.replace("this scenario", f"scenario {quote(name)}")
                places.say(("arms", i), said, problem.repair)
    if not names:
        names = list(arm_names(scenario)[1:])
        if not names:
            places.say(
                ("arms",), f"scenario {quote(name)} has no arms of its own", "Name mechanisms or arms."
            )
    if len(places.problems) > before:
        return ()
    try:
        return with_baseline(resolve_arms(names, with_own))
    except InputError as error:
        for problem in error.problems:
            places.say(("arms",), problem.message, problem.repair)
    return ()


def _check_outcomes(spec: StudySpec, places: Places) -> None:
    """Note names that are no outcomes, and numbers that do not go together."""

    def known(name: str, steps: Steps) -> None:
        if name not in OUTCOME_NAMES:
            repair = did_you_mean(name, OUTCOME_NAMES) or "See: stcsim list outcomes."
            places.say(steps, f"{quote(name)} is no outcome", repair)

    for i, name in enumerate(spec.outcomes):
        known(name, ("outcomes", i))
        if name in spec.outcomes[:i]:
            places.say(("outcomes", i), f"{quote(name)} stands here twice", "Name it once.")
    for name, weight in spec.weights.items():
        known(name, ("weights", name))
        if weight < 0:
            places.say(("weights", name), f"{weight:g} is below the minimum 0", "Less is worth 0 or more.")
    if spec.weights and not any(spec.weights.values()):
        places.say(("weights",), "all weights are zero", "Give an outcome some weight.")
    if spec.budget is not None:
        known(spec.budget.outcome, ("budget", "outcome"))
    if isinstance(spec.replications, StoppingRule):
        known(spec.replications.until.outcome, ("replications", "until", "outcome"))
