"""What a new entry of a list says at least, and a copy of an entry with an identity of its own."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.fields import FormField, fields_at, form_fields
from stcsim.dashboard.editing.known import fresh, names_of
from stcsim.scenario.identity import LISTS, entry_identity
from stcsim.scenario.merging import identity
from stcsim.scenario.nodes import Mapping, Sequence, Steps, plain
from stcsim.scenario.vocabulary import at

_FIRST: dict[str, Any] = {"mean_delay_days": 14.0, "willingness": 0.5, "count": 10, "at_week": 52}
"""Where an entry has to say a quantity without a default: something to start from, to be changed."""
_CALLED = {"countries": "country", "donors": "donor", "networks": "network", "arms": "arm"}
_LONGEST = 40


def _siblings(draft: Draft, steps: Steps) -> list[Any]:
    node = draft.node(steps)
    return node.items if isinstance(node, Sequence) else []


def _taken(draft: Draft, steps: Steps) -> list[str]:
    return [identity(str(steps[-1]), item) for item in _siblings(draft, steps)]


def new_entry(draft: Draft, steps: Steps) -> dict[str, Any]:
    """Return the least that a new entry of the list at `steps` has to say, with a name that is not taken."""
    spec, _ = at(steps)
    if spec is None:
        return {}
    key = str(steps[-1])
    taken = _taken(draft, steps)
    made: dict[str, Any] = {}
    for field in form_fields(spec):
        if field.required:
            made[field.name] = _first(draft, field, made, taken, key)
    if {"source", "target"} <= made.keys():
        made |= _new_pair(draft, steps)
    known = entry_identity(key, lambda word: str(made.get(word) or ""))
    if known and known in taken and "id" in LISTS.get(key, ()) and "id" not in made:
        # two alike without an id have one identity
        made = {"id": fresh(known, taken)[:_LONGEST], **made}
    return made


def _new_pair(draft: Draft, steps: Steps) -> dict[str, str]:
    """Return a sender and a receiver of whom the list says nothing yet; empty where all pairs are taken."""
    field = next(f for f in fields_at((*steps, 0)) if f.name == "source")
    there = [plain(item) for item in _siblings(draft, steps)]
    taken = {(one.get("source"), one.get("target")) for one in there if isinstance(one, dict)}
    pairs = permutations(names_of(draft, field.space), 2)
    found = next((pair for pair in pairs if pair not in taken), None)
    return {"source": found[0], "target": found[1]} if found else {}


def _first(draft: Draft, field: FormField, made: dict[str, Any], taken: list[str], key: str) -> Any:
    if field.choices:
        return next((c for c in field.choices if c not in taken), field.choices[0])
    if field.name in LISTS.get(key, ()):
        stem = _CALLED.get(key, key)
        return fresh(f"{stem}_{len(taken) + 1}", taken)
    if field.kind in ("number", "whole"):
        return _FIRST.get(field.name, field.low or 0)
    names = [n for n in names_of(draft, field.space) if n not in made.values()] if field.space else []
    return names[0] if names else ""


def copy_of(draft: Draft, steps: Steps) -> dict[str, Any]:
    """Return what the entry at `steps` says, under another identity; empty where there is no such entry."""
    node = draft.node(steps)
    if not isinstance(node, Mapping):
        return {}
    value: dict[str, Any] = plain(node)
    key = next((str(s) for s in reversed(steps) if isinstance(s, str)), "")
    word = next(iter(LISTS.get(key, ())), "")
    known = identity(key, node)
    if word and known:
        if word == "pillar":
            return value
        value = {
            word: fresh(known, _taken(draft, steps[:-1]))[:_LONGEST],
            **{k: v for k, v in value.items() if k != word},
        }
        if value.get("label"):
            value["label"] = f"{value['label']} (copy)"[:80]
        elif value.get("name") and word != "name":
            value["name"] = f"{value['name']} (copy)"[:80]
    return value
