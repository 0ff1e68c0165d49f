"""What a file that extends another takes from it: the law of precedence, on nodes, so that places survive.

1. The extending file wins. What it does not say comes from the file that it extends, ``name`` excepted.
2. Mappings merge key by key, as deep as they go. A key set to ``null`` takes the other file's value away, so
   that the default holds.
3. Lists of actors and arms merge by identity (table `IDENTITY`): the other file's entries in their order,
   each merged with the entry of the same identity, then those that are new.
4. Every other list, and every scalar, replaces.
"""

from __future__ import annotations

from collections.abc import Callable

from stcsim.scenario.nodes import Leaf, Mapping, Node, Sequence


def _scalar(item: Mapping, key: str) -> str:
    found = item.items.get(key)
    return found.value if isinstance(found, Leaf) and isinstance(found.value, str) else ""


def _by(*keys: str) -> Callable[[Mapping], str]:
    def identity(item: Mapping) -> str:
        return next((value for key in keys if (value := _scalar(item, key))), "")

    return identity


def _firms(item: Mapping) -> str:
    if given := _scalar(item, "id"):
        return given
    firm_class = _scalar(item, "firm_class")
    return f"{firm_class}_{_scalar(item, 'sector') or 'general'}" if firm_class else ""


IDENTITY: dict[str, Callable[[Mapping], str]] = {
    "countries": _by("id"),
    "agencies": _by("id", "role"),
    "partners": _by("id", "kind"),
    "checkpoints": _by("id", "kind"),
    "stretches": _by("id", "kind"),
    "firms": _firms,
    "donors": _by("id"),
    "networks": _by("id"),
    "arms": _by("name"),
    "priorities": _by("pillar"),
}
"""How entries of each list are told apart: as the roster tells actors, by id or what stands for it."""


def identity(key: str, item: Node) -> str:
    """Return the identity of an entry of the list under `key`, empty when it has none."""
    return IDENTITY[key](item) if key in IDENTITY and isinstance(item, Mapping) else ""


def merge(base: Node, over: Node, key: str = "") -> Node:
    """Return `base` with `over` laid on it, both under `key`; neither is changed."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _mappings(base, over)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and key in IDENTITY:
        return _lists(base, over, key)
    return over


def _mappings(base: Mapping, over: Mapping) -> Mapping:
    items, keys = dict(base.items), dict(base.keys)
    for key, node in over.items.items():
        if key in items and isinstance(node, Leaf) and node.value is None:
            del items[key], keys[key]
            continue
        items[key] = merge(items[key], node, key) if key in items else node
        keys[key] = over.keys[key]
    return Mapping(over.place, items, keys)


def _lists(base: Sequence, over: Sequence, key: str) -> Sequence:
    items = list(base.items)
    position: dict[str, int] = {}
    for index, item in enumerate(items):
        if known := identity(key, item):
            position.setdefault(known, index)
    taken: set[str] = set()
    for item in over.items:
        known = identity(key, item)
        # A second entry of one identity stays beside the first: it is an error that is to be seen.
        if known in position and known not in taken:
            items[position[known]] = merge(items[position[known]], item)
        else:
            items.append(item)
        taken.add(known)
    return Sequence(over.place, items)
