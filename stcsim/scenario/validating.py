"""A tree against the specs: every problem at once, each at its line, in words and with a repair."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from stcsim.errors import Problem, quote
from stcsim.parameters import Parameters
from stcsim.scenario.library import did_you_mean
from stcsim.scenario.nodes import Found, Leaf, Mapping, Node, Step, Steps, follow, leaves, path_text, plain
from stcsim.scenario.spec import FORMAT_VERSION, MAPPING, ONE, SEVERAL, ScenarioSpec
from stcsim.scenario.vocabulary import at, groups_of, unit, what
from stcsim.spec import Spec, texts

PROBLEM_LIMIT = 300
"""At most so many problems are put into words; the others are counted."""

_KEY_SHOWN = 40
_LISTED = 20
"""So many keys are listed where none is near to the one that is not known."""
_FORMS = frozenset({ONE, SEVERAL, MAPPING})
_S = TypeVar("_S", bound=Spec)
_LONG = re.compile(r"\S{60,}")


def _value(found: Found, value: Any) -> str:
    """Return what stands there in words, quoted only where it stands in the user's own file."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    if not found.place.source.own:
        return "this text" if isinstance(value, str) else "this value"
    if isinstance(value, str):
        return quote(value)
    return quote(json.dumps(value)).strip("'")


def _number(found: Found, value: Any, wanted: str, measured: str) -> tuple[str, str]:
    repair = f"Write {wanted}{f' ({measured})' if measured else ''}."
    if value is None:
        repair = "Give a value or leave the key out."
    elif isinstance(value, str) and re.fullmatch(r"[-+]?[0-9.eE]+", value):
        repair = "Write it without quotes."
    elif isinstance(value, str) and re.match(r"\s*[-+]?[0-9]", value):
        repair = f"Write the number alone{f', in {measured}' if measured else ''}."
    return f"{_value(found, value)} stands where {wanted} belongs", repair


def _choices(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected) or re.split(r", | or ", expected)


def _choice(found: Found, value: Any, expected: str) -> tuple[str, str]:
    known = _choices(expected)
    own = found.place.source.own
    repair = did_you_mean(value, known) if isinstance(value, str) and own else ""
    return f"{_value(found, value)} is none of the choices", repair or f"Choose from: {', '.join(known)}."


_OF_FORM = {ONE: "a single value", SEVERAL: "a list", MAPPING: "a mapping"}


def _form(found: Found, value: Any, expected: str) -> tuple[str, str]:
    wanted = " or ".join(_OF_FORM.get(tag, tag) for tag in _choices(expected))
    return f"{_value(found, value)} stands where {wanted} belongs", ""


_PATTERNS: dict[str, tuple[str, str]] = {
    r"^[a-z][a-z0-9_]{0,39}$": ("a name", "Use a-z, 0-9 and _, at most 40, a letter first."),
    r"^[a-z][a-z0-9_]{0,59}$": ("a name", "Use a-z, 0-9 and _, at most 60, a letter first."),
}
_IDENTIFIER = ("an identifier", "Use letters, digits and _, at most 40, a letter first.")


def _pattern(found: Found, value: Any, pattern: str) -> tuple[str, str]:
    what, repair = _PATTERNS.get(pattern, _IDENTIFIER)
    return f"{_value(found, value)} is not {what}", repair


def _own_words(found: Found, value: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Return what a spec's own rule says, without long texts and those of an extended file."""
    if not all(leaf.place.source.own for _, leaf in leaves(found.node)):
        return (
            "values that do not go together or are not allowed here",
            "Check this entry against its description.",
        )
    said = str(context.get("error", "values that do not go together")).rstrip(".")
    texts = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    for text in sorted((t for t in texts if isinstance(t, str)), key=len, reverse=True):
        for shown in (repr(text), text):
            if len(text) > _KEY_SHOWN:
                said = said.replace(shown, quote(text))
    return _LONG.sub(lambda m: quote(m[0]), "".join(c if c.isprintable() else "\ufffd" for c in said)), ""


def _bound(word: str, key: str) -> Callable[[Found, Any, dict[str, Any], str], tuple[str, str]]:
    def say(found: Found, value: Any, context: dict[str, Any], measured: str) -> tuple[str, str]:
        tail = f" ({measured})" if measured else ""
        return f"{_value(found, value)} is {word} {context[key]:g}{tail}", ""

    return say


_BOUNDS = {
    "greater_than_equal": _bound("below the minimum", "ge"),
    "greater_than": _bound("not above", "gt"),
    "less_than_equal": _bound("above the maximum", "le"),
    "less_than": _bound("not below", "lt"),
}


def _unknown(key: str, spec: type[Spec] | None, own: bool) -> tuple[str, str]:
    if spec is None:
        return "unknown key", ""
    known = list(spec.model_fields)
    if spec is ScenarioSpec:
        known.append("extends")
    repair = did_you_mean(key, known) if own else ""
    if own and not repair and spec is Parameters:
        repair = next((f"Did you mean '{path}'?" for path in groups_of(key[:60])), "")
    if not repair and len(known) <= _LISTED:
        repair = f"Known here: {', '.join(known)}."
    return f"unknown {what(spec)}", repair


def _words(error: dict[str, Any], found: Found, steps: Steps, start: type[Spec]) -> tuple[str, str]:
    """Return message and repair of one of pydantic's errors."""
    kind, value, context = error["type"], error.get("input"), error.get("ctx", {})
    _, info = at(steps, start)
    measured = unit(info)
    if kind in _BOUNDS:
        return _BOUNDS[kind](found, value, context, measured)
    if kind == "literal_error" and steps == ("format",):
        said = f"{_value(found, value)} is a format that this version does not read"
        return said, f"Write {FORMAT_VERSION}, or update stcsim."
    simple: dict[str, Callable[[], tuple[str, str]]] = {
        "float_type": lambda: _number(found, value, "a number", measured),
        "float_parsing": lambda: _number(found, value, "a number", measured),
        "int_type": lambda: _number(found, value, "a whole number", measured),
        "int_parsing": lambda: _number(found, value, "a whole number", measured),
        "int_parsing_size": lambda: _number(found, value, "a whole number of usual size", measured),
        "int_from_float": lambda: (f"{_value(found, value)} is not a whole number", ""),
        "finite_number": lambda: (f"{_value(found, value)} is not finite", ""),
        "string_type": lambda: (f"{_value(found, value)} stands where text belongs", "Put text in quotes."),
        "bool_type": lambda: (f"{_value(found, value)} is neither true nor false", "Write true or false."),
        "tuple_type": lambda: (f"{_value(found, value)} stands where a list belongs", "Write [ ... ]."),
        "literal_error": lambda: _choice(found, value, str(context.get("expected", ""))),
        "string_pattern_mismatch": lambda: _pattern(found, value, str(context.get("pattern", ""))),
        "string_too_long": lambda: (f"longer than {context.get('max_length')} characters", "Shorten it."),
        "string_too_short": lambda: ("empty text", "Give it a value."),
        "too_long": lambda: (f"more than {context.get('max_length')} entries", "Leave some out."),
        "too_short": lambda: (f"fewer than {context.get('min_length')} entries", ""),
        "value_error": lambda: _own_words(found, value, context),
        "union_tag_invalid": lambda: _form(found, value, str(context.get("expected_tags", ""))),
    }
    if kind in simple:
        return simple[kind]()
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        repair = "Write {} for its defaults." if value is None else "Write keys and values."
        return f"{_value(found, value)} stands where a mapping belongs", repair
    return str(error["msg"])[:120], ""


def _problem(error: dict[str, Any], root: Node, steps: Steps, start: type[Spec]) -> Problem:
    found = follow(root, steps)
    own = found.place.source.own
    last = steps[-1] if steps else ""
    if error["type"] == "extra_forbidden" and isinstance(last, str):
        spec, _ = at(steps[:-1], start)
        shown = last if len(last) <= _KEY_SHOWN else f"{last[: _KEY_SHOWN - 1]}…"
        return found.place.problem(
            path_text((*found.steps[:-1], shown) if own else found.steps[:-1], 160),
            *_unknown(last, spec, own),
        )
    if error["type"] == "missing":
        owner, _ = at(steps[:-1], start)
        text = texts(owner).get(str(last), "") if owner is not None else ""
        return found.place.problem(path_text((*found.steps, last), 160), "this is required and missing", text)
    return found.place.problem(path_text(found.steps, 160), *_words(error, found, found.steps, start))


def _steps(location: tuple[Step, ...]) -> Steps:
    return tuple(step for step in location if step not in _FORMS)


def validate(root: Mapping) -> tuple[ScenarioSpec | None, list[Problem], int]:
    """Validate the tree of a scenario, as `validate_as` does."""
    return validate_as(ScenarioSpec, root)


def validate_as(kind: type[_S], root: Mapping) -> tuple[_S | None, list[Problem], int]:
    """Validate the tree of a file against the spec that such files are read by.

    Returns
    -------
    tuple
        What it says (None when there are problems), the first `PROBLEM_LIMIT` problems in the order of the
        file, and the number of those not put into words.
    """
    try:
        return kind.model_validate_json(json.dumps(plain(root))), [], 0
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
    placed = []
    for error in errors:
        # A list with entries that are wrong is short of right ones; that is no news.
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue
        steps = _steps(error["loc"])
        found = follow(root, steps)
        if isinstance(found.node, Leaf) and found.node.broken:
            continue
        place = found.place
        placed.append(((place.source.rank, place.line, place.column), steps, error))
    placed.sort(key=lambda row: row[0])
    shown = [_problem(dict(error), root, steps, kind) for _, steps, error in placed[:PROBLEM_LIMIT]]
    return None, shown, max(0, len(placed) - PROBLEM_LIMIT)
