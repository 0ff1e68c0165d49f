"""YAML text to nodes, event by event and within bounds.

Only what a scenario needs is taken: one document of mappings, lists and scalars. No tags, no merge keys, no
cycles, no key twice. Nothing here recurses, and no alias is expanded before it has been counted, so neither
deep nesting nor an alias bomb costs more than a message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from stcsim.errors import Problem
from stcsim.scenario.nodes import Leaf, Mapping, Node, Place, Sequence, Steps, path_text
from stcsim.scenario.reading import Source, unprintable
from stcsim.scenario.scalars import UnusableNumberError, resolve

DEPTH_LIMIT = 40
"""Deepest nesting, aliases included."""
NODE_LIMIT = 100_000
"""Most values in one file, those that aliases repeat included."""
ALIAS_LIMIT = 1000
"""Most aliases in one file."""
PROBLEM_LIMIT = 1000
"""After so many problems the rest of a file is not read."""

# The C parser is ten times faster; it is asked for events only, for it composes nested values by recursion.
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT_OF_PROBLEM = 120


@dataclass(slots=True, eq=False, repr=False)
class _Frame:
    """A collection that is still open."""

    node: Mapping | Sequence
    steps: Steps
    anchor: str
    key: str | None = None
    key_place: Place | None = None
    skip: bool = False
    """The value of this key is read and dropped: the key is a duplicate or no key."""
    size: int = 1
    height: int = 1


@dataclass(slots=True, eq=False, repr=False)
class _Anchored:
    """What an alias repeats; None while its node is open."""

    node: Node | None
    size: int = 1
    height: int = 1


class _StopError(Exception):
    """A problem after which the rest of the file cannot be read."""


@dataclass(slots=True, eq=False, repr=False)
class _Composer:
    source: Source
    problems: list[Problem] = field(default_factory=list)
    root: Node | None = None
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, _Anchored] = field(default_factory=dict)
    total: int = 0
    aliases: int = 0

    def place(self, mark: Any) -> Place:
        return Place(self.source, mark.line + 1, mark.column + 1)

    def say(self, place: Place, steps: Steps, message: str, repair: str = "") -> None:
        path = path_text(steps) if self.source.own else ""
        self.problems.append(place.problem(path, message, repair))
        if len(self.problems) == PROBLEM_LIMIT:
            self.problems.append(place.problem("", "so many problems that the rest was not read"))
            raise _StopError

    def stop(self, place: Place, steps: Steps, message: str, repair: str = "") -> _StopError:
        self.say(place, steps, message, repair)
        return _StopError()

    def steps(self) -> Steps:
        """Steps to the value that comes next."""
        if not self.frames:
            return ()
        frame = self.frames[-1]
        if isinstance(frame.node, Sequence):
            return (*frame.steps, len(frame.node.items))
        return frame.steps if frame.key is None else (*frame.steps, frame.key)

    def awaits_key(self) -> bool:
        return bool(self.frames) and isinstance(self.frames[-1].node, Mapping) and self.frames[-1].key is None

    def take_key(self, event: yaml.ScalarEvent) -> None:
        frame, place = self.frames[-1], self.place(event.start_mark)
        assert isinstance(frame.node, Mapping)
        frame.key, frame.key_place, frame.skip = event.value, place, False
        steps = self.steps()
        if event.value == "<<" and event.implicit[0]:
            self.say(place, steps, "merge keys are not taken", "Repeat the values, or use 'extends'.")
            frame.skip = True
        elif event.value in frame.node.items:
            first = frame.node.keys[event.value].line
            self.say(place, steps, f"this key is given twice, first in line {first}", "Keep one of them.")
            frame.skip = True

    def take(self, node: Node, size: int, height: int) -> None:
        """Put a finished value where it belongs."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        frame.size += size
        frame.height = max(frame.height, height + 1)
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
            return
        assert frame.key is not None
        assert frame.key_place is not None
        if not frame.skip:
            frame.node.items[frame.key] = node
            frame.node.keys[frame.key] = frame.key_place
        frame.key = None

    def count(self, place: Place, size: int, height: int) -> None:
        self.total += size
        if self.total > NODE_LIMIT:
            raise self.stop(place, (), f"more than {NODE_LIMIT:,} values, those that aliases repeat included")
        if len(self.frames) + height > DEPTH_LIMIT:
            raise self.stop(place, (), f"nested more than {DEPTH_LIMIT} levels deep")

    def scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        self.count(place, 1, 0)
        value: Any = event.value
        broken = False
        # The text itself has been searched; only an escape can bring one in.
        if event.style == '"' and unprintable(event.value) >= 0:
            self.say(place, self.steps(), "text with a control character", "Take it out.")
            broken = True
        elif event.implicit[0]:
            try:
                value = resolve(event.value)
            except UnusableNumberError as error:
                self.say(place, self.steps(), str(error))
                value, broken = 0, True
        node = Leaf(value, place, broken)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(node)
        self.take(node, 1, 0)

    def alias(self, event: yaml.AliasEvent, place: Place) -> None:
        held = self.anchors.get(event.anchor or "")
        self.aliases += 1
        if held is None:
            raise self.stop(place, self.steps(), "an alias of an anchor that does not stand before it")
        if held.node is None:
            raise self.stop(place, self.steps(), "an alias inside of what it repeats: this never ends")
        if self.aliases > ALIAS_LIMIT:
            raise self.stop(place, (), f"more than {ALIAS_LIMIT:,} aliases")
        self.count(place, held.size, held.height)
        self.take(held.node, held.size, held.height)

    def open(self, event: yaml.CollectionStartEvent, place: Place) -> None:
        self.count(place, 1, 1)
        node = Mapping(place) if isinstance(event, yaml.MappingStartEvent) else Sequence(place)
        if event.anchor:
            self.anchors[event.anchor] = _Anchored(None)
        self.frames.append(_Frame(node, self.steps(), event.anchor or ""))

    def close(self) -> None:
        frame = self.frames.pop()
        if frame.anchor:
            self.anchors[frame.anchor] = _Anchored(frame.node, frame.size, frame.height)
        self.take(frame.node, frame.size, frame.height)

    def feed(self, event: yaml.Event) -> None:
        place = self.place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            if self.root is not None:
                raise self.stop(place, (), "a second document", f"A {self.source.kind.name} file holds one.")
            if event.tags or (event.version or (1, 2)) != (1, 2):
                self.say(place, (), "directives are not taken", "Take the lines that begin with % out.")
        elif isinstance(event, yaml.NodeEvent):
            tag = getattr(event, "tag", None)
            if tag is not None:
                self.say(place, self.steps(), "tags are not taken", "Write the value without the tag.")
            if self.awaits_key():
                if not isinstance(event, yaml.ScalarEvent):
                    raise self.stop(place, self.steps(), "a key has to be plain text")
                self.take_key(event)
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event, place)
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event, place)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.open(event, place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=_PARSER)


def compose(source: Source) -> tuple[Node | None, list[Problem]]:
    """Compose the text of `source`.

    Returns
    -------
    tuple
        The tree, None where the text is no YAML or goes beyond a bound, and every problem on the way.
    """
    composer = _Composer(source)
    try:
        for event in _events(source.text):
            composer.feed(event)
    except _StopError:
        return None, composer.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = composer.place(mark) if mark else Place(source)
        said = " ".join((error.problem or error.context or "").split())[:_TEXT_OF_PROBLEM]
        composer.say(place, composer.steps(), f"not valid YAML: {said}" if source.own else "not valid YAML")
        return None, composer.problems
    except yaml.YAMLError:
        composer.say(Place(source), (), "not valid YAML")
        return None, composer.problems
    if composer.root is None:
        composer.say(Place(source), (), "is empty", source.kind.start)
    return composer.root, composer.problems
