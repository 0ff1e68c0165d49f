"""A scenario as data: everything said, defaults included; and the part of it on which a run depends."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from stcsim.mechanisms import Mechanism
from stcsim.scenario.identity import LISTS, entry_identity
from stcsim.scenario.spec import ScenarioSpec

_LABELS = ("name", "title", "question", "label")
"""Keys for people: they change no run. The identity of an arm is its mechanisms, that of an actor its id."""


def entry_id(key: str, entry: dict[str, Any]) -> str:
    """Return the identity of an entry of the list under `key`, empty when its place is all there is."""
    return entry_identity(key, lambda name: str(entry.get(name) or ""))


def resolved(spec: ScenarioSpec) -> dict[str, Any]:
    """Return everything that `spec` says, defaults included, as JSON values; itself a valid scenario.

    Only mechanisms and shocks that nobody chose are left out.
    """
    data: dict[str, Any] = spec.model_dump(mode="json")
    data["shocks"] = _chosen(data["shocks"])
    for arm in data["arms"]:
        arm["mechanisms"] = _chosen(arm["mechanisms"])
    return data


def _chosen(by_name: dict[str, Any]) -> dict[str, Any]:
    return {name: entries for name, entries in by_name.items() if entries}


def _canonical(value: Any, key: str = "") -> Any:
    """Return `value` so that equal worlds are equal data: no labels, entries by identity, numbers floats."""
    if isinstance(value, dict):
        return {k: _canonical(v, k) for k, v in sorted(value.items()) if k not in _LABELS}
    if isinstance(value, list):
        entries = [_canonical(entry) for entry in value]
        if key in LISTS and all(isinstance(entry, dict) for entry in value):
            named = [{**e, "id": entry_id(key, v)} for e, v in zip(entries, value, strict=True)]
            return sorted(named, key=lambda e: str(e["id"]))
        if any(isinstance(entry, dict) for entry in entries):
            return sorted(entries, key=canonical_json)
        return entries
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def content(spec: ScenarioSpec) -> dict[str, Any]:
    """Return the part of `spec` on which a run of any arm depends, the same for every order of the file.

    Labels, arms and headline outcomes are no part of it: what is asked and how it is called changes no run.
    """
    data = resolved(spec)
    for key in ("arms", "headline"):
        del data[key]
    found: dict[str, Any] = _canonical(data)
    return found


def arm_content(mechanisms: Iterable[Mechanism]) -> list[dict[str, Any]]:
    """Return what is chosen in an arm as data, the same for every order of its mechanisms."""
    entries = [{"mechanism": m.name, **_canonical(m.model_dump(mode="json"))} for m in mechanisms]
    return sorted(entries, key=canonical_json)


def canonical_json(data: Any) -> str:
    """Return JSON that is the same wherever and whenever it is written; made for hashing."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
