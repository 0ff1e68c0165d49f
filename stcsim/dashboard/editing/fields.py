"""What can be said at a place of a scenario, read from the specs: kind, unit, range, default, basis, choices.

No field is listed here: whatever a spec declares has its place in a form from the day on which it is written.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from stcsim.actors.channel import ChannelSpec
from stcsim.actors.relation import RelationSpec
from stcsim.scenario.nodes import Steps
from stcsim.scenario.vocabulary import at, inside
from stcsim.spec import Spec, sweep_of, texts

Kind = Literal[
    "number", "whole", "text", "long text", "switch", "choice", "choices", "names", "group", "entries"
]
"""Forms of what can be said: ``choice`` is one of a closed list and ``choices`` several, ``names`` are texts
that may be suggested, ``group`` is a mapping and ``entries`` a list of mappings."""
_LONG = 200
"""Texts that may have more characters are written in several lines."""

SPACES: dict[str, str] = {
    "countries": "countries",
    "country": "countries",
    "home": "countries",
    "donors": "donors",
    "donor": "donors",
    "chair": "donors",
    "sectors": "sectors",
    "sector": "sectors",
    "post": "posts",
    "body": "bodies",
    "headline": "outcomes",
    "activities": "activities",
    "equipment": "equipment",
}
"""Names that can be suggested for a field, by what fields are called throughout the vocabulary."""
_SPACES_OF: dict[type[Spec], dict[str, str]] = {
    ChannelSpec: {"source": "holders", "target": "holders"},
    RelationSpec: {"source": "countries", "target": "countries"},
}


@dataclass(frozen=True)
class FormField:
    """One field of a form.

    Parameters
    ----------
    name : key in the file
    text : what it means, as the spec says it
    required : whether the file has to say it
    optional : whether ``null`` (nothing given) is allowed
    default : as data; None where there is none, or where nothing given is the default
    unit, low, high, above, sweep, basis : of a quantity; `above` is a bound that is itself not allowed
    choices : of a closed list, as data
    longest : most characters of a text, or most entries of a list; 0 where there is no bound
    space : which names of the scenario can be suggested, empty where none can
    entry : the spec of a group or of each of several entries
    """

    name: str
    kind: Kind
    text: str = ""
    required: bool = False
    optional: bool = False
    default: Any = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    above: float | None = None
    sweep: tuple[float, float] | None = None
    basis: str = ""
    choices: tuple[Any, ...] = ()
    longest: int = 0
    space: str = ""
    entry: type[Spec] | None = None

    @property
    def label(self) -> str:
        """Its name for people."""
        return in_words(self.name)

    @property
    def range_text(self) -> str:
        """Return the bounds in words, such as ``0 to 1``; empty where there are none."""
        low = (
            f"above {self.above:g}"
            if self.above is not None
            else f"{self.low:g}"
            if self.low is not None
            else ""
        )
        if self.high is not None and low:
            return f"{low} to {self.high:,.10g}" if self.above is None else f"{low}, up to {self.high:,.10g}"
        return f"at most {self.high:,.10g}" if self.high is not None else low and f"{low} or more"


def in_words(name: str) -> str:
    """Return a key as people read it."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _literals(annotation: Any) -> tuple[Any, ...]:
    """Return the members of closed lists, unions of them included; empty where it is anything else."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [_literals(part) for part in get_args(annotation)]
        return tuple(v for part in parts for v in part) if all(parts) else ()
    return ()


def _kind(annotation: Any, longest: int) -> tuple[Kind, tuple[Any, ...]]:
    """Return the kind of what an annotation allows, and the members of a closed list."""
    simple: dict[Any, Kind] = {bool: "switch", int: "whole", float: "number"}
    if annotation in simple:
        return simple[annotation], ()
    if annotation is str:
        return ("long text" if longest > _LONG else "text"), ()
    if members := _literals(annotation):
        return "choice", members
    if get_origin(annotation) is tuple:
        member = get_args(annotation)[0]
        if members := _literals(member):
            return "choices", members
        return ("names", ()) if member is str else ("entries", ())
    if isinstance(annotation, type) and issubclass(annotation, Spec):
        return "group", ()
    raise TypeError(f"no form is known for {annotation!r}")


def _bound(info: FieldInfo, name: str) -> Any:
    return next((v for part in info.metadata if (v := getattr(part, name, None)) is not None), None)


def _field(spec: type[Spec], name: str, info: FieldInfo) -> FormField:
    annotation: Any = info.annotation
    parts = get_args(annotation) if get_origin(annotation) in (Union, types.UnionType) else ()
    optional = type(None) in parts
    if optional:
        annotation = Union[tuple(p for p in parts if p is not type(None))]  # noqa: UP007 - made of what is there
    longest = _bound(info, "max_length") or 0
    kind, choices = _kind(annotation, longest)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    below = inside(spec, name) if kind in ("group", "entries") else ()
    default = None if info.is_required() or kind == "group" else info.get_default(call_default_factory=True)
    return FormField(
        name=name,
        kind=kind,
        text=texts(spec).get(name, "").replace("``", ""),
        required=info.is_required(),
        optional=optional,
        default=list(default) if isinstance(default, tuple) else default,
        unit=str(extra.get("unit", "")),
        low=_bound(info, "ge"),
        high=_bound(info, "le"),
        above=_bound(info, "gt"),
        sweep=sweep_of(extra),
        basis=str(extra.get("basis", "")),
        choices=choices,
        longest=longest,
        space=_SPACES_OF.get(spec, SPACES).get(name, "") if kind in ("text", "names") else "",
        entry=below[0] if below else None,
    )


@cache
def form_fields(spec: type[Spec]) -> tuple[FormField, ...]:
    """Return the fields of a spec in the order in which it declares them."""
    return tuple(_field(spec, name, info) for name, info in spec.model_fields.items())


def fields_at(steps: Steps) -> tuple[FormField, ...]:
    """Return what can be said where `steps` lead; empty where no mapping stands."""
    spec, _ = at(steps)
    return form_fields(spec) if spec is not None else ()


def field_at(steps: Steps) -> FormField | None:
    """Return the field to which `steps` lead, the last of them a key; None where there is none."""
    if not steps or not isinstance(steps[-1], str):
        return None
    return next((f for f in fields_at(steps[:-1]) if f.name == steps[-1]), None)


def every_spec(spec: type[Spec]) -> Iterator[type[Spec]]:
    """Yield `spec` and all that can stand in it, each once."""
    seen: set[type[Spec]] = set()
    waiting = [spec]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += [f.entry for f in form_fields(one) if f.entry is not None]
