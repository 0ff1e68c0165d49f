"""From a file or a name to a scenario that has passed every check, and where each of its values is said."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from stcsim.errors import InputError, Problem
from stcsim.scenario.crosscheck import Finding, crosscheck
from stcsim.scenario.extending import Tree, read_tree, with_extended
from stcsim.scenario.library import did_you_mean, find, known_here
from stcsim.scenario.nodes import Mapping as MappingNode
from stcsim.scenario.nodes import Step, Steps, follow, leaves, path_text
from stcsim.scenario.overriding import OPTION, override, steps_of
from stcsim.scenario.reading import Source, decoded
from stcsim.scenario.size import Size, refusal, size
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.validating import PROBLEM_LIMIT, validate

_SUGGESTIONS = 30
_LONG_LIST = 2_000


@dataclass(frozen=True)
class Origin:
    """Where a value is said: a file (or ``--set``) and a line, 0 where there is none."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Loaded:
    """A scenario and where it comes from.

    Parameters
    ----------
    spec : the scenario
    size : estimate for one run
    files : the texts read, the one named first in front, each with its SHA-256
    overrides : settings ``path=value`` laid on the files
    root : what the files say, with the place of each key and value; None for a scenario that a program made
    """

    spec: ScenarioSpec
    size: Size
    files: tuple[Source, ...] = ()
    overrides: tuple[str, ...] = ()
    root: MappingNode | None = field(default=None, repr=False, compare=False)

    @cached_property
    def origin(self) -> Mapping[str, Origin]:
        """Where each value is said, by path, such as ``countries[0].law.transit``; defaults are not in it."""
        found: dict[str, Origin] = {}
        if self.root is None:
            return found
        for steps, leaf in leaves(self.root):
            line = follow(self.root, steps).place.line
            found[path_text(steps, 1_000)] = Origin(leaf.place.source.name, line)
        return found


def _steps(path: str) -> Steps:
    return tuple(steps_of(path)) if path else ()


def without_forms(root: MappingNode, steps: Steps) -> Steps:
    """Return `steps` without the index of a mechanism that the user gave as one object instead of a list."""
    kept: list[Step] = []
    for step in steps:
        found = follow(root, (*kept, step))
        if isinstance(step, int) and len(found.steps) == len(kept):
            continue
        kept.append(step)
    return tuple(kept)


def _worded(finding: Finding, root: MappingNode, suggest: bool) -> Problem:
    steps = without_forms(root, _steps(finding.path))
    found = follow(root, steps)
    own = found.place.source.own
    repair = finding.repair
    if finding.word and finding.known and own and suggest:
        # A name that stands in an extended file is none of this file's text.
        offered = [
            name
            for name, path in islice(finding.known.items(), _LONG_LIST)
            if not path or follow(root, _steps(path)).place.source.own
        ]
        own_names = any(finding.known.values())
        repair = did_you_mean(finding.word, offered) or (known_here(offered) if own_names else "") or repair
    message = finding.words() if own or not finding.word else f"this text {finding.said}"
    return found.place.problem(path_text(steps, 160), message, repair)


def _in_order(problems: list[Problem], ranks: Mapping[str, int]) -> list[Problem]:
    return sorted(problems, key=lambda p: (ranks.get(p.file, len(ranks)), p.line, p.column))


def _checked(root: MappingNode, spec: ScenarioSpec, name: str) -> tuple[list[Problem], int, Size]:
    estimate = size(spec)
    refused = refusal(estimate)
    if refused:
        # Nothing that grows with the population is made before this.
        return [Problem(name, 0, 0, "", *refused)], 0, estimate
    problems: list[Problem] = []
    more = 0
    for number, finding in enumerate(crosscheck(spec)):
        if number < PROBLEM_LIMIT:
            problems.append(_worded(finding, root, number < _SUGGESTIONS))
        else:
            more += 1
    return problems, more, estimate


def load(source: str | os.PathLike[str], overrides: tuple[str, ...] | list[str] = ()) -> Loaded:
    """Load the scenario that `source` names, a path or a name of the library.

    Parameters
    ----------
    source : path of a file, or name of a scenario of the library
    overrides : settings such as ``countries[A].will=0.6``, laid on the file in order

    Raises
    ------
    InputError
        With every problem that was found, in the order of the file.
    """
    path = find(source)
    # What was found by name is called by its file's name, so that a problem can be opened.
    name = os.fspath(source) if path == Path(source) else os.path.relpath(path)
    return checked(read_tree(path, name), overrides)


def load_text(data: bytes, name: str) -> Loaded:
    """Load a scenario from the bytes of a file that is not, or not yet, on this machine.

    Parameters
    ----------
    data : the text in UTF-8, of which no more than `stcsim.scenario.reading.SIZE_LIMIT` bytes are looked at
    name : what to call it in messages

    Raises
    ------
    InputError
        With every problem that was found, in the order of the text. It can extend the library, and no file.
    """
    return checked(with_extended(decoded(data, name)))


def checked(tree: Tree, overrides: tuple[str, ...] | list[str] = ()) -> Loaded:
    """Load what has been read, with settings laid on it; raises as `load` does."""
    root, problems = override(tree.root, overrides)
    problems += tree.problems
    more = 0
    if "format" not in root.items:
        problems.append(
            Problem(
                tree.sources[0].name, 1, 1, "format", "this is required and missing", "Write 'format: 1'."
            )
        )
    spec, invalid, unsaid = validate(root)
    problems += invalid
    more += unsaid
    estimate = None
    if spec is not None:
        unfit, unsaid, estimate = _checked(root, spec, tree.sources[0].name)
        problems += unfit
        more += unsaid
    ranks = {source.name: source.rank for source in reversed(tree.sources)} | {OPTION: len(tree.sources)}
    if problems or spec is None or estimate is None:
        raise InputError(_in_order(problems, ranks), _hint(problems), more)
    return Loaded(
        spec=spec,
        size=estimate,
        files=tree.sources,
        overrides=tuple(overrides),
        root=root,
    )


def _hint(problems: list[Problem]) -> str:
    """Return the command that tells more about the most telling of the problems."""
    for word, command in (
        ("unknown mechanism", "stcsim list mechanisms"),
        ("unknown shock", "stcsim list shocks"),
        ("unknown parameter", "stcsim list parameters"),
        ("group of parameters", "stcsim list parameters"),
        ("is no outcome", "stcsim list outcomes"),
    ):
        if any(word in p.message for p in problems):
            return command
    return "stcsim schema"
