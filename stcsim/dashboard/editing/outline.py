"""A scenario as a tree of parts, each with a form of its own; made of what is written, valid or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.fields import FormField, form_fields, in_words
from stcsim.scenario.merging import identity
from stcsim.scenario.nodes import Leaf, Mapping, Node, Sequence, Steps, leaves
from stcsim.scenario.spec import MechanismSet, ScenarioSpec, ShockSet
from stcsim.spec import Spec

_ONE = {
    "countries": "country",
    "agencies": "agency",
    "stretches": "stretch of border",
    "firms": "group of firms",
    "priorities": "priority",
}
_SETS: tuple[type[Spec], ...] = (MechanismSet, ShockSet)


@dataclass(frozen=True)
class Part:
    """A part of a scenario.

    Parameters
    ----------
    steps : where it stands, or would
    label : for people
    kind : ``group`` has one form, ``list`` entries, ``set`` mechanisms or shocks by name, ``entry`` is one of
        either
    spec : of its form, or of each of its entries
    size : number of entries; of a group how many of its values are said
    children : parts in it
    """

    steps: Steps
    label: str
    kind: Literal["group", "list", "set", "entry"]
    spec: type[Spec]
    size: int = 0
    children: tuple[Part, ...] = ()

    def walk(self) -> Iterator[Part]:
        """Yield this part and all in it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def one_of(key: str) -> str:
    """Return what one entry of the list under `key` is called."""
    return _ONE.get(key, key.removesuffix("s").replace("_", " "))


def outline(draft: Draft) -> Part:
    """Return the parts of a scenario, the whole of it in front."""
    root = draft.root
    return _form(ScenarioSpec, root, (), "Scenario", "group")


def part_at(root: Part, steps: Steps) -> Part:
    """Return the part that `steps` lead to, or the nearest around it."""
    found = root
    while True:
        below = [c for c in found.children if c.steps == steps[: len(c.steps)]]
        if not below:
            return found
        found = below[0]


def _said(node: Node | None, key: str) -> Node | None:
    return node.items.get(key) if isinstance(node, Mapping) else None


def _form(
    spec: type[Spec], node: Node | None, steps: Steps, label: str, kind: Literal["group", "entry"]
) -> Part:
    children: list[Part] = []
    size = 0
    for field in form_fields(spec):
        below, there = (*steps, field.name), _said(node, field.name)
        if field.entry is None:
            size += there is not None
        elif field.kind == "entries":
            children.append(_list(field, there, below))
        elif field.entry in _SETS:
            children.append(_set(field, there, below))
        else:
            children.append(_form(field.entry, there, below, field.label, "group"))
    if not steps:
        # who is there and what is chosen comes before what holds for all
        children.sort(key=lambda part: part.kind == "group")
    return Part(steps, label, kind, spec, size, tuple(children))


def _list(field: FormField, node: Node | None, steps: Steps) -> Part:
    assert field.entry is not None
    items = node.items if isinstance(node, Sequence) else []
    entries = tuple(
        _form(field.entry, item, (*steps, i), entry_label(field.name, item, i), "entry")
        for i, item in enumerate(items)
    )
    return Part(steps, field.label, "list", field.entry, len(entries), entries)


def _set(field: FormField, node: Node | None, steps: Steps) -> Part:
    """Return the part of mechanisms or shocks by name: one object or several under each name."""
    assert field.entry is not None
    found: list[Part] = []
    known = {one.name: one for one in form_fields(field.entry)}
    for name, there in node.items.items() if isinstance(node, Mapping) else ():
        one = known.get(name)
        if one is None or one.entry is None:
            continue
        title = str(getattr(one.entry, "title", "") or one.label)
        below = (*steps, one.name)
        if isinstance(there, Sequence):
            for i, item in enumerate(there.items):
                label = f"{title} {i + 1}" if len(there.items) > 1 else title
                found.append(_form(one.entry, item, (*below, i), label, "entry"))
        else:
            found.append(_form(one.entry, there, below, title, "entry"))
    return Part(steps, field.label, "set", field.entry, len(found), tuple(found))


def _text(node: Node, key: str) -> str:
    there = _said(node, key)
    return str(there.value) if isinstance(there, Leaf) and there.value not in (None, "") else ""


def entry_label(key: str, node: Node, index: int) -> str:
    """Return what to call an entry of the list under `key`: its name for people, else its identity."""
    for word in ("name", "label") if key != "arms" else ("label", "name"):
        if said := _text(node, word):
            return said
    source, target = _text(node, "source"), _text(node, "target")
    if source or target:
        return f"{source or '?'} to {target or '?'}"
    known = identity(key, node)
    shown = known if _text(node, "id") else in_words(known)
    return shown or f"Entry {index + 1}"


def part_of_line(root: Part, draft: Draft, line: int) -> Part:
    """Return the part that a line of the text belongs to: of the last value that begins on or before it."""
    before = [
        (leaf.place.line, steps)
        for steps, leaf in (leaves(draft.root) if draft.root is not None else ())
        if leaf.place.source.own and 0 < leaf.place.line <= line
    ]
    return part_at(root, max(before, key=lambda one: one[0])[1]) if before else root
