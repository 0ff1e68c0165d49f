"""Scenario files as trees whose every key and value knows its file, line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stcsim.errors import Problem
from stcsim.scenario.reading import Source, printable
from stcsim.scenario.scalars import Scalar

PATH_LIMIT = 80
"""A path in a message is cut to this many characters."""

Step = str | int
Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place in a text; line and column count from 1 and are 0 where there are none."""

    source: Source
    line: int = 0
    column: int = 0

    def problem(self, path: str, message: str, repair: str = "") -> Problem:
        """Return a problem at this place."""
        return Problem(self.source.name, self.line, self.column, path, message, repair)

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}" if self.line else self.source.name


@dataclass(slots=True, eq=False, repr=False)
class Leaf:
    """A scalar; `broken` when it is known to be wrong, so that nothing further need be said of it."""

    value: Scalar
    place: Place
    broken: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Sequence:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Mapping:
    """A mapping from text to nodes; `keys` holds the place of each key."""

    place: Place
    items: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Node = Leaf | Sequence | Mapping


def plain(node: Node) -> Any:
    """Return the value of `node` as dicts, lists and scalars."""
    if isinstance(node, Mapping):
        return {key: plain(item) for key, item in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.value


def path_text(steps: Steps, limit: int = PATH_LIMIT) -> str:
    """Return steps as people write them, ``countries[0].law.transit``, cut to `limit` characters."""
    parts: list[str] = []
    length = 0
    for step in steps:
        part = (
            f"[{step}]" if isinstance(step, int) else f"{'.' if parts else ''}{printable(step[: limit + 1])}"
        )
        parts.append(part)
        length += len(part)
        if length > limit:
            return "".join(parts)[: limit - 1] + "…"
    return "".join(parts)


def leaves(node: Node, steps: Steps = ()) -> Iterator[tuple[Steps, Leaf | Sequence | Mapping]]:
    """Yield every scalar, and every empty list or mapping, with its steps from `node`."""
    if isinstance(node, Mapping) and node.items:
        for key, item in node.items.items():
            yield from leaves(item, (*steps, key))
    elif isinstance(node, Sequence) and node.items:
        for index, item in enumerate(node.items):
            yield from leaves(item, (*steps, index))
    else:
        yield steps, node


@dataclass(slots=True, eq=False, repr=False)
class Found:
    """Where steps lead in a tree.

    Parameters
    ----------
    node : the deepest node that exists
    place : of the key or item that leads there
    steps : those that exist in the tree
    missing : the last step, when it is a key that the mapping `node` does not have
    """

    node: Node
    place: Place
    steps: Steps
    missing: str = ""


def follow(root: Node, steps: Steps) -> Found:
    """Follow `steps` from `root`; those that are no part of the tree are skipped."""
    node, place, missing = root, root.place, ""
    walked: list[Step] = []
    for step in steps:
        missing = ""
        if isinstance(node, Mapping) and isinstance(step, str):
            if step in node.items:
                place = node.keys[step]
                node = node.items[step]
                walked.append(step)
            else:
                missing = step
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            node = node.items[step]
            place = node.place
            walked.append(step)
    return Found(node, place, tuple(walked), missing)
