"""A text on its way to be a scenario: what the reader makes of it, and where each problem is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from stcsim.errors import InputError, Problem
from stcsim.scenario.arms import resolve_arms
from stcsim.scenario.extending import with_extended
from stcsim.scenario.loading import Loaded, checked
from stcsim.scenario.nodes import Leaf, Mapping, Node, Step, Steps, follow, leaves
from stcsim.scenario.notes import notes
from stcsim.scenario.reading import SIZE_LIMIT, decoded
from stcsim.scenario.timing import late_mechanisms

NAME = "scenario.yaml"
"""What problems call a text of which nobody has said another name."""
_REMEMBERED = 100_000
"""What is made of longer texts is not kept: it may take many times their room."""
_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[([0-9]+)\]")


@dataclass(frozen=True)
class Placed:
    """A problem and where a form shows it: steps to a field, or to the part that has no such field."""

    problem: Problem
    steps: Steps

    def within(self, steps: Steps) -> bool:
        """Whether it is about what `steps` lead to, or about something in it."""
        return self.steps[: len(steps)] == steps


@dataclass(frozen=True, eq=False)
class Draft:
    """A text, read.

    Parameters
    ----------
    text : as it stands
    root : what it says, with all that it extends; None where it cannot be read as a mapping
    loaded : the scenario; None while there are problems
    problems : everything that is wrong, in the order of the text
    more : how many problems there are beyond these
    notes : what it says in vain, of itself and of its arms
    lines : problems by the line of the text that they stand in
    extends : whether it builds on another scenario
    """

    text: str
    root: Mapping | None = None
    loaded: Loaded | None = None
    problems: tuple[Placed, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()
    lines: dict[int, tuple[Problem, ...]] = field(default_factory=dict)
    extends: bool = False

    def within(self, steps: Steps) -> tuple[Placed, ...]:
        """Return the problems of what `steps` lead to and of all in it."""
        return tuple(p for p in self.problems if p.within(steps))

    def node(self, steps: Steps) -> Node | None:
        """Return what is said where `steps` lead; None where nothing is."""
        if self.root is None:
            return None
        found = follow(self.root, steps)
        return found.node if found.steps == steps else None

    def says_itself(self, steps: Steps) -> bool:
        """Whether the text itself, and no scenario that it extends, says what stands where `steps` lead."""
        node = self.node(steps)
        if node is None:
            return False
        return any(leaf.place.source.own for _, leaf in leaves(node))

    def line(self, steps: Steps) -> int:
        """Return the line of what `steps` lead to, 0 where the text does not say it."""
        if self.root is None or self.node(steps) is None:
            return 0
        place = follow(self.root, steps).place
        return place.line if place.source.own else 0


def read_draft(text: str, name: str = NAME) -> Draft:
    """Return what the reader makes of a text; of one that is too large nothing is read.

    Parameters
    ----------
    name : what problems call the text
    """
    return _remembered(text, name) if len(text) <= _REMEMBERED else _read(text, name)


@lru_cache(maxsize=32)
def _remembered(text: str, name: str) -> Draft:
    return _read(text, name)


def _read(text: str, name: str) -> Draft:
    # a character has a byte at least: what has too many is not even encoded
    data = text[: SIZE_LIMIT + 1].encode(errors="replace")
    root: Mapping | None = None
    extends = False
    try:
        tree = with_extended(decoded(data, name))
        root, extends = tree.root, len(tree.sources) > 1
        loaded = checked(tree)
    except InputError as error:
        placed = tuple(Placed(p, _steps(p, root)) for p in error.problems)
        lines: dict[int, tuple[Problem, ...]] = {}
        for problem in error.problems:
            if problem.file == name and problem.line:
                lines[problem.line] = (*lines.get(problem.line, ()), problem)
        return Draft(text, root, None, placed, error.more, lines=lines, extends=extends)
    spec = loaded.spec
    arms = resolve_arms([arm.name for arm in spec.arms], spec)
    vain = (*notes(spec, arms), *late_mechanisms(arms, spec.time.counted_weeks))
    return Draft(text, root, loaded, notes=vain, extends=extends)


def _steps(problem: Problem, root: Mapping | None) -> Steps:
    """Return the steps of a problem: by its path, else to the last thing that begins before it."""
    found: list[Step] = []
    at = 0
    while at < len(problem.path):
        step = _STEP.match(problem.path, at)
        if step is None:
            break
        found.append(step[1] if step[1] is not None else int(step[2]))
        at = step.end()
    if at == len(problem.path) and found:
        return tuple(found)
    # a long path is cut; the line still tells which value it is about
    if root is not None and problem.line:
        here = [
            steps
            for steps, leaf in leaves(root)
            if isinstance(leaf, Leaf) and leaf.place.source.own and leaf.place.line == problem.line
        ]
        if here:
            return here[0]
    return tuple(found)
