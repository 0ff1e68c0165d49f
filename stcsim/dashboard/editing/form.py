"""A form of one part of a scenario, as data: each field with its value, its place, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stcsim.dashboard.editing.draft import Draft, Placed
from stcsim.dashboard.editing.fields import FormField, form_fields, in_words
from stcsim.dashboard.editing.known import names_of
from stcsim.dashboard.editing.outline import Part, one_of
from stcsim.dashboard.editing.spans import Span, spans, way
from stcsim.mechanisms import Mechanism
from stcsim.scenario.nodes import Leaf, Mapping, Node, Sequence, Steps
from stcsim.scenario.scalars import UnusableNumberError, resolve
from stcsim.sources import sources
from stcsim.spec import ASSUMED

_SAID_AT_MOST = 5


@dataclass(frozen=True)
class Row:
    """A field with what stands in it.

    Parameters
    ----------
    field : what can be said
    value : as a form shows it: text, True or False, or texts in a list
    default : in words; empty where there is none
    line : of the text that says it; 0 where it is not said there
    inherited : whether a scenario that this one extends says it
    back : what holds where the text does not say it, in words; empty where it has to, or does not
    remark : beside it in the text
    problems : what is wrong with it, in the words of the reader
    names : that can be chosen
    free : whether other names can be given than those
    """

    field: FormField
    value: str | bool | tuple[str, ...]
    default: str
    line: int
    inherited: bool
    remark: str
    problems: tuple[str, ...]
    back: str = ""
    names: tuple[str, ...] = ()
    free: bool = False

    @property
    def said(self) -> bool:
        """Whether the text says it."""
        return self.line > 0


def rows(draft: Draft, part: Part) -> tuple[Row, ...]:
    """Return the fields of a part that are neither groups nor entries."""
    if part.kind not in ("group", "entry"):
        return ()
    shown = [f for f in form_fields(part.spec) if f.entry is None and len(f.choices) != 1]
    if issubclass(part.spec, Mechanism):
        # what it is alone comes before what all mechanisms have
        shown.sort(key=lambda field: field.name in Mechanism.model_fields)
    return tuple(_row(draft, part, field) for field in shown)


def _row(draft: Draft, part: Part, field: FormField) -> Row:
    steps = (*part.steps, field.name)
    node = draft.node(steps)
    line = draft.line(steps)
    names = names_of(draft, field.space) if field.space else tuple(str(c) for c in field.choices)
    return Row(
        field=field,
        value=_shown(field, node),
        default=_words(field, field.default) if not field.required else "",
        line=line,
        inherited=node is not None and not line,
        remark=_remark(draft, steps) if line else "",
        problems=tuple(told(p) for p in draft.within(steps)),
        back=_back(draft, field) if line and not field.required else "",
        names=names,
        free=field.space == "sectors" and field.kind == "text",
    )


def _back(draft: Draft, field: FormField) -> str:
    if draft.extends:
        return "what holds without it"
    default = _words(field, field.default)
    return f"the default: {default}" if default else "nothing said"


def told(placed: Placed) -> str:
    """Return what is wrong and how to mend it, without the place, which is where it is shown."""
    problem = placed.problem
    said = problem.message[:1].upper() + problem.message[1:]
    return f"{said}. {problem.repair}".strip()


def beside(draft: Draft, part: Part) -> tuple[Placed, ...]:
    """Return the problems of a part that none of its fields or of the parts in it shows."""
    shown = (
        {(*part.steps, f.name) for f in form_fields(part.spec)} if part.kind in ("group", "entry") else set()
    )
    inner = {child.steps for child in part.children} | shown
    return tuple(p for p in draft.within(part.steps) if not any(p.within(steps) for steps in inner))


def _scalar(node: Node | None) -> str:
    if not isinstance(node, Leaf) or node.value is None:
        return ""
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return repr(node.value) if isinstance(node.value, float) else str(node.value)


def _shown(field: FormField, node: Node | None) -> str | bool | tuple[str, ...]:
    if field.kind in ("choices", "names"):
        if node is None:
            return tuple(str(v) for v in field.default or ())
        return tuple(_scalar(item) for item in node.items) if isinstance(node, Sequence) else ()
    if field.kind == "switch":
        if isinstance(node, Leaf) and isinstance(node.value, bool):
            return node.value
        # what is neither true nor false is shown as it stands
        return _scalar(node) if node is not None else bool(field.default)
    return _scalar(node)


def _words(field: FormField, value: Any) -> str:
    """Return a default in words."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(str(v)).lower() for v in value) if value else "none named"
    if isinstance(value, (int, float)):
        return f"{value:,.10g}" + (f" {field.unit}" if field.unit not in ("", "-") else "")
    return in_words(value).lower() if field.choices else str(value)


@lru_cache(maxsize=8)
def _spans(text: str) -> Span | None:
    return spans(text)


def _remark(draft: Draft, steps: Steps) -> str:
    """Return the remark behind a value on its line, empty where something else stands between."""
    root = _spans(draft.text)
    walked = way(root, steps) if root is not None else []
    if len(walked) <= len(steps) or any(s.kind == "alias" for s in walked):
        return ""
    rest = draft.text[walked[-1].end :].partition("\n")[0].strip()
    return rest[1:].strip() if rest.startswith("#") else ""


def part_remark(draft: Draft, part: Part) -> str:
    """Return the remark behind an entry that stands in one line."""
    if part.kind != "entry" or not draft.line(part.steps):
        return ""
    root = _spans(draft.text)
    walked = way(root, part.steps) if root is not None else []
    one_line = len(walked) > len(part.steps) and "\n" not in draft.text[walked[-1].start : walked[-1].end]
    return _remark(draft, part.steps) if one_line and walked[-1].flow else ""


def value_of(field: FormField, given: object) -> tuple[bool, Any]:
    """Return whether a field is to say anything, and what, from what a form sends.

    What does not fit is said all the same, so that the reader tells what is wrong with it.
    """
    if field.kind in ("choices", "names"):
        texts = [t for t in given if isinstance(t, str)] if isinstance(given, (list, tuple)) else []
        return True, [_choice(field, t) for t in texts]
    if field.kind == "switch":
        return (True, given) if isinstance(given, bool) else (bool(given), given)
    text = str(given).strip() if field.kind != "long text" else " ".join(str(given).split())
    if not text:
        return False, None
    if field.kind in ("number", "whole"):
        try:
            return True, resolve(text.replace("\N{MINUS SIGN}", "-"))
        except UnusableNumberError:
            return True, text
    return True, _choice(field, text)


def _choice(field: FormField, text: str) -> Any:
    return next((c for c in field.choices if str(c) == text), text)


def summary(draft: Draft, part: Part) -> str:
    """Return the first values that an entry says, or the first entries of a list."""
    if part.kind in ("list", "set"):
        more = f" and {part.size - _SAID_AT_MOST} more" if part.size > _SAID_AT_MOST else ""
        return f"{', '.join(c.label for c in part.children[:_SAID_AT_MOST])}{more}" if part.size else "none"
    if part.kind == "group":
        number = sum(f.entry is None for f in form_fields(part.spec))
        return f"{part.size} of {number} values said" if part.size else f"{number} values, all as by default"
    node = draft.node(part.steps)
    if not isinstance(node, Mapping):
        return ""
    found: list[str] = []
    for field in form_fields(part.spec):
        there = node.items.get(field.name)
        if field.name in ("id", "name", "label") or not isinstance(there, Leaf) or there.value is None:
            continue
        word = _words(field, there.value)
        for relative in (" share", " multiple"):
            word = word.removesuffix(relative)
        found.append(f"{field.label.lower()} {word}" if field.kind != "choice" else word)
    shown = "; ".join(found[:_SAID_AT_MOST])
    lists = [c for c in part.children if c.kind in ("list", "set") and c.size]
    inside = [f"{c.size} {c.label.lower() if c.size > 1 else one_of(str(c.steps[-1]))}" for c in lists]
    return "; ".join(s for s in (shown, ", ".join(inside)) if s)


def basis_words(field: FormField) -> str:
    """Return what a quantity rests on and how far it is varied, in words."""
    known = sources().get(field.basis)
    rests = "assumed" if field.basis == ASSUMED else f"after {known.title} ({known.year})" if known else ""
    if field.sweep and rests:
        return f"{rests}; varied from {field.sweep[0]:,.10g} to {field.sweep[1]:,.10g}"
    return rests
