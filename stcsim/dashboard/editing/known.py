"""Names that a field can be given: those of the scenario itself, outcomes, activities; and fresh ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from stcsim.actors.activity import CATALOGUE, TRAIN
from stcsim.dashboard.editing.draft import Draft
from stcsim.scenario.merging import identity
from stcsim.scenario.nodes import Leaf, Mapping, Node, Sequence
from stcsim.scenario.outcome_names import OUTCOME_NAMES
from stcsim.scenario.roster import INTERNATIONAL, holder_entries

_AT_HOME = ("agencies", "partners", "checkpoints", "stretches")


def names_of(draft: Draft, space: str) -> tuple[str, ...]:
    """Return the names of a space (`stcsim.dashboard.editing.fields.SPACES`) that a scenario knows."""
    known: dict[str, Callable[[Draft], Iterable[str]]] = {
        "countries": lambda d: _ids(d.root, "countries"),
        "donors": lambda d: _ids(d.root, "donors"),
        "sectors": lambda d: (
            _word(f, "sector") for c in _items(d.root, "countries") for f in _items(c, "firms")
        ),
        "holders": _holders,
        "posts": lambda d: _holders(d, ("post", "stretch")),
        "bodies": lambda d: (
            "post",
            *(_word(a, "role") for c in _items(d.root, "countries") for a in _items(c, "agencies")),
        ),
        "outcomes": lambda _: OUTCOME_NAMES,
        "activities": lambda _: sorted(TRAIN),
        "equipment": lambda _: (a.name for a in CATALOGUE if a.modality == "equipment"),
    }
    found = known[space](draft) if space in known else ()
    return tuple(dict.fromkeys(name for name in found if name))


def _items(node: Node | None, key: str) -> list[Node]:
    there = node.items.get(key) if isinstance(node, Mapping) else None
    return there.items if isinstance(there, Sequence) else []


def _word(node: Node, key: str) -> str:
    there = node.items.get(key) if isinstance(node, Mapping) else None
    return there.value if isinstance(there, Leaf) and isinstance(there.value, str) else ""


def _ids(node: Node | None, key: str) -> Iterator[str]:
    return (identity(key, item) for item in _items(node, key))


def _holders(draft: Draft, kinds: tuple[str, ...] = ()) -> Iterator[str]:
    if draft.loaded is not None:
        yield from (h.id for h in holder_entries(draft.loaded.spec) if not kinds or h.kind in kinds)
        return
    # while something is wrong there is no roster; what is written says most of it
    for country in _items(draft.root, "countries"):
        for key in _AT_HOME[2:] if kinds else _AT_HOME:
            yield from (f"{_word(country, 'id')}/{one}" for one in _ids(country, key) if one)
    if not kinds:
        yield from (f"{INTERNATIONAL}/{one}" for one in _ids(draft.root, "partners") if one)


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or with the lowest number that makes it another name than all that are taken."""
    used = frozenset(taken)
    if wanted not in used:
        return wanted
    stem = re.sub(r"_?[0-9]+\Z", "", wanted) or wanted
    number = 2
    while f"{stem}_{number}" in used:
        number += 1
    return f"{stem}_{number}"
