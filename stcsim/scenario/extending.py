"""A scenario file with all that it extends, as one tree.

``extends:`` names a scenario of the library, or a file by its path from the file that says so. What is
extended has to lie in the folder of the file that was named first, or below it, or in the library: a scenario
from elsewhere cannot make this program read other files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from stcsim.errors import InputError, Problem, quote
from stcsim.scenario.composing import compose
from stcsim.scenario.library import did_you_mean, folder, is_name, names
from stcsim.scenario.merging import merge
from stcsim.scenario.nodes import Leaf, Mapping, Node, Place
from stcsim.scenario.reading import Source, read

CHAIN_LIMIT = 8
"""Most files that extend one another."""


@dataclass(frozen=True)
class Tree:
    """A scenario as written: merged nodes and the files that they come from, the one named first in front."""

    root: Mapping
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]


def _target(name: str, source: Source, place: Place, path: Path | None, home: Path | None) -> Path:
    """Return the path of what `name` means in the file at `path`, None for text that lies in no folder."""

    def refuse(message: str, repair: str = "") -> InputError:
        said = f"{quote(name)} {message}" if source.own else f"this {message}"
        return InputError([place.problem("extends", said, repair)])

    if is_name(name):
        if name not in names():
            raise refuse("is no scenario of the library", did_you_mean(name, names()))
        return folder() / f"{name}.yaml"
    if "\0" in name or len(name) > 500:
        raise refuse("is no path of a file")
    if path is None:
        raise refuse("is no scenario of the library, and there is no folder here", "Name one of the library.")
    found = path.parent / name
    resolved = Path(os.path.realpath(found))
    allowed = [Path(os.path.realpath(p)) for p in (home, folder()) if p is not None]
    if not any(resolved.is_relative_to(a) for a in allowed):
        raise refuse(
            "lies outside the folder of the file that was named and outside the library",
            "Put the file beside it.",
        )
    return found


def _extends(root: Mapping, source: Source) -> tuple[str, Place] | None:
    """Return what `root` extends and where it says so; takes the key out."""
    node = root.items.pop("extends", None)
    if node is None:
        return None
    place = root.keys.pop("extends")
    if not isinstance(node, Leaf) or not isinstance(node.value, str) or not node.value:
        raise InputError([place.problem("extends", "this has to be the name or path of one scenario")])
    if source.rank + 1 >= CHAIN_LIMIT:
        raise InputError([place.problem("extends", f"more than {CHAIN_LIMIT} files extend one another")])
    return node.value, place


def _read_extended(target: Path, name: str, place: Place, source: Source) -> Source:
    shown = name if source.own else target.name
    try:
        return read(target, shown, own=False, rank=source.rank + 1)
    except InputError as error:
        found = error.problems[0]
        said = (
            f"{quote(shown)} cannot be extended: it {found.message}"
            if source.own
            else f"this file {found.message}"
        )
        raise InputError([place.problem("extends", said, found.repair)]) from None


def _tree(source: Source) -> tuple[Mapping | None, list[Problem]]:
    root, problems = compose(source)
    if root is not None and not isinstance(root, Mapping):
        problems.append(
            root.place.problem("", "a scenario is a mapping of keys to values", "Write 'key: value'.")
        )
        root = None
    return root, problems


def read_tree(path: Path, name: str) -> Tree:
    """Read the file at `path`, called `name`, with all that it extends.

    Raises
    ------
    InputError
        Where a file cannot be read or is no YAML, where `extends` runs in a cycle, strays or names nothing.
    """
    return with_extended(read(path, name), path)


def with_extended(source: Source, path: Path | None = None) -> Tree:
    """Return the tree of a text with all that it extends.

    Parameters
    ----------
    source : the text named first
    path : of its file; None for text of no file, which can extend scenarios of the library alone

    Raises
    ------
    InputError
        Where it is no YAML, where `extends` runs in a cycle, strays or names nothing.
    """
    home = path.parent if path is not None else None
    layers: list[Mapping] = []
    sources: list[Source] = []
    problems: list[Problem] = []
    seen: list[str] = []
    while True:
        sources.append(source)
        seen.append(os.path.realpath(path) if path is not None else "")
        root, found = _tree(source)
        problems += found
        if root is None:
            raise InputError(problems)
        layers.append(root)
        try:
            extended = _extends(root, source)
            if extended is None:
                break
            name, place = extended
            path = _target(name, source, place, path, home)
            if os.path.realpath(path) in seen:
                circle = [s.name for s in sources[seen.index(os.path.realpath(path)) :]]
                said = f"this leads in a circle: {' to '.join(quote(n) for n in (*circle, circle[0]))}"
                raise InputError([place.problem("extends", said, "Take one of these 'extends' out.")])
            source = _read_extended(path, name, place, source)
        except InputError as error:
            raise InputError([*problems, *error.problems]) from None
    merged: Node = layers[-1]
    for over in reversed(layers[:-1]):
        assert isinstance(merged, Mapping)
        merged.items.pop("name", None)
        merged.keys.pop("name", None)
        merged = merge(merged, over)
    assert isinstance(merged, Mapping)
    return Tree(merged, tuple(sources), tuple(problems))
