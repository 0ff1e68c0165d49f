"""Scenarios written back as YAML, with a remark on where each value comes from; how two differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from stcsim.scenario.loading import Loaded
from stcsim.scenario.nodes import Step, Steps, path_text
from stcsim.scenario.resolving import entry_id, resolved
from stcsim.scenario.scalars import resolve
from stcsim.scenario.spec import ScenarioSpec
from stcsim.scenario.vocabulary import at

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*\Z")
_OTHER_BREAKS = {
    "\x7f": "\\x7f",
    "\x85": "\\x85",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
    "\ufeff": "\\ufeff",
}
# YAML 1.1 reads these as true and false; a file should mean the same to every reader.
_OLD_WORDS = frozenset({"y", "n", "yes", "no", "on", "off"})
_FORM = re.compile(r"((?:mechanisms|shocks)\.\w+)\[0\]")


def scalar_text(value: Any) -> str:
    """Return a scalar as YAML that every version of YAML reads alike."""
    if isinstance(value, str):
        if _PLAIN.match(value) and value.lower() not in _OLD_WORDS and isinstance(resolve(value), str):
            return value
        quoted = json.dumps(value, ensure_ascii=False)
        return "".join(_OTHER_BREAKS.get(c, c) for c in quoted)
    return json.dumps(value)


def _is_flat(value: Any) -> bool:
    return not isinstance(value, (dict, list)) or (
        not any(isinstance(v, (dict, list)) for v in value) if isinstance(value, list) else not value
    )


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(scalar_text(v) for v in value)}]"
    return "{}" if isinstance(value, dict) else scalar_text(value)


class Remarks:
    """Where values come from, in a few words each."""

    def __init__(self, loaded: Loaded) -> None:
        self._origin = loaded.origin

    def of(self, steps: Steps) -> str:
        """Return the file and line of the value at `steps`, or what its default rests on."""
        path = path_text(steps, 1_000)
        # A mechanism given as one object has no index in the file; a list of scalars has one for each entry.
        single = _FORM.sub(r"\1", path)
        for known in (path, f"{path}[0]", single, f"{single}[0]"):
            if known in self._origin:
                return str(self._origin[known])
        _, info = at(steps)
        extra = info.json_schema_extra if info is not None else None
        basis = str(extra.get("basis", "")) if isinstance(extra, dict) else ""
        word = "register" if steps[0] == "parameters" else "default"
        return f"{word}, {basis}" if basis else word


def _lines(value: Any, steps: Steps, indent: str, remarks: Remarks | None) -> Iterator[str]:
    entries: list[tuple[Step, str, Any]]
    if isinstance(value, dict):
        entries = [(key, f"{key}:", item) for key, item in value.items()]
    else:
        entries = [(index, "-", item) for index, item in enumerate(value)]
    for step, head, item in entries:
        below = (*steps, step)
        if _is_flat(item):
            remark = f"  # {remarks.of(below)}" if remarks is not None else ""
            yield f"{indent}{head} {_flat(item)}{remark}"
        elif head == "-":
            first, *rest = _lines(item, below, f"{indent}  ", remarks)
            yield f"{indent}- {first[len(indent) + 2 :]}"
            yield from rest
        else:
            yield f"{indent}{head}"
            yield from _lines(item, below, f"{indent}  ", remarks)


def yaml_text(loaded: Loaded, origin: bool = False) -> str:
    """Return the whole scenario as YAML, defaults included; with `origin`, a remark on each value."""
    return spec_text(loaded.spec, Remarks(loaded) if origin else None)


def spec_text(spec: ScenarioSpec, remarks: Remarks | None = None) -> str:
    """Return a scenario as YAML, defaults included, whether it was loaded or made by a program."""
    return "\n".join(_lines(resolved(spec), (), "", remarks)) + "\n"


def flattened(value: Any, path: str = "", key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every value of a scenario with its path, in which entries are called by their identities."""
    if _is_flat(value):
        yield path, _flat(value)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from flattened(item, f"{path}.{name}" if path else name, name)
    else:
        for index, item in enumerate(value):
            yield from flattened(item, f"{path}[{entry_id(key, item) or index}]")


def difference(one: Loaded, other: Loaded) -> list[str]:
    """Return a line for each value in which two scenarios differ; entries are told apart by identity."""
    before, after = dict(flattened(resolved(one.spec))), dict(flattened(resolved(other.spec)))
    lines: list[str] = []
    for path in [*before, *(p for p in after if p not in before)]:
        if path not in after:
            lines.append(f"- {path}: {before[path]}")
        elif path not in before:
            lines.append(f"+ {path}: {after[path]}")
        elif before[path] != after[path]:
            lines.append(f"~ {path}: {before[path]} -> {after[path]}")
    return lines
