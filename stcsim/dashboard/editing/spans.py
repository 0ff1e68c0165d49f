"""Where each key and value of a YAML text begins and ends, so that one can be replaced and the rest kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from stcsim.scenario.nodes import Step, Steps

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True, eq=False)
class Entry:
    """A key of a mapping with its value; positions are those of characters, counted from 0."""

    key: str
    start: int
    end: int
    value: Span


@dataclass(slots=True, eq=False)
class Span:
    """A value in a text.

    Parameters
    ----------
    kind : an alias is no collection, whatever it stands for
    start : position of its first character
    end : position behind its last one; of a collection in block style behind the last value in it
    column : of its first character, from 0
    flow : whether it is written in brackets, or is a scalar within such
    style : how a scalar is written: empty for plain, a quotation mark, ``|`` or ``>``
    entries, items : of a mapping, of a list
    """

    kind: Literal["scalar", "alias", "mapping", "list"]
    start: int
    end: int
    column: int
    flow: bool
    style: str = ""
    entries: list[Entry] = field(default_factory=list)
    items: list[Span] = field(default_factory=list)

    def entry(self, key: Step) -> Entry | None:
        """Return the first entry under `key`, None where there is none."""
        return next((e for e in self.entries if e.key == key), None)

    def below(self, step: Step) -> Span | None:
        """Return the value to which a key or an index leads, None where there is none."""
        if self.kind == "list" and isinstance(step, int):
            return self.items[step] if 0 <= step < len(self.items) else None
        found = self.entry(step) if self.kind == "mapping" else None
        return found.value if found else None


def _end_of_block_scalar(text: str, start: int, end: int) -> int:
    """Return where a scalar ends whose text stands on the lines below: behind its last line with anything."""
    last = text.find("\n", start)
    last = end if last < 0 else last
    indent, at = -1, last + 1
    while at < end:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        if line.strip():
            depth = len(line) - len(line.lstrip(" "))
            indent = depth if indent < 0 else indent
            if depth < indent:
                break
            last = at + len(line)
        at = stop + 1
    return last


def spans(text: str) -> Span | None:
    """Return the spans of a text that the reader has read; None where there is nothing in it.

    The reader has bounded size and depth before; nothing here recurses or expands an alias.
    """
    root: Span | None = None
    open_: list[Span] = []
    keys: list[tuple[str, int, int] | None] = []

    def put(span: Span) -> None:
        nonlocal root
        if not open_:
            root = root or span
            return
        above = open_[-1]
        if above.kind == "list":
            above.items.append(span)
        elif keys[-1] is None:
            # what is no text is no key that the reader takes
            keys[-1] = (text[span.start : span.end], span.start, span.end)
        else:
            above.entries.append(Entry(*keys[-1], span))
            keys[-1] = None

    for event in yaml.parse(text, Loader=_PARSER):
        if isinstance(event, yaml.CollectionEndEvent):
            closed = open_.pop()
            keys.pop()
            if closed.flow:
                closed.end = event.end_mark.index if event.end_mark else closed.start
            else:
                last = [e.value for e in closed.entries[-1:]] or closed.items[-1:]
                closed.end = last[0].end if last else closed.start
            put(closed)
        elif isinstance(event, yaml.NodeEvent):
            node: Any = event
            start, end = node.start_mark.index, node.end_mark.index
            within = bool(open_) and open_[-1].flow
            span = Span("scalar", start, end, node.start_mark.column, within)
            if isinstance(event, yaml.CollectionStartEvent):
                mapping = isinstance(event, yaml.MappingStartEvent)
                span.kind, span.flow = "mapping" if mapping else "list", bool(node.flow_style)
                open_.append(span)
                keys.append(None)
            elif isinstance(event, yaml.AliasEvent):
                span.kind = "alias"
                put(span)
            else:
                span.style = node.style or ""
                if span.style in ("|", ">"):
                    span.end = _end_of_block_scalar(text, start, end)
                if open_ and open_[-1].kind == "mapping" and keys[-1] is None:
                    keys[-1] = (node.value, start, end)
                else:
                    put(span)
    return root


def way(root: Span, steps: Steps) -> list[Span]:
    """Return the spans to which `steps` lead one after the other, `root` first, as far as they exist."""
    found = [root]
    for step in steps:
        below = found[-1].below(step)
        if below is None:
            break
        found.append(below)
    return found
