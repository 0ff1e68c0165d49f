"""What a file that extends another takes from it: the law of precedence, on nodes, so that places survive.

1. The extending file wins. What it does not say comes from the file that it extends, ``name`` excepted.
2. Mappings merge key by key, as deep as they go. A key set to ``null`` takes the other file's value away, so
   that the default holds.
3. Lists of actors and arms merge by identity (`stcsim.scenario.identity`): the other file's entries in their
   order, each merged with the entry of the same identity, then those that are new.
4. Every other list, and every scalar, replaces.
"""

from __future__ import annotations

from stcsim.scenario.identity import LISTS, entry_identity
from stcsim.scenario.nodes import Leaf, Mapping, Node, Sequence


def identity(key: str, item: Node) -> str:
    """Return the identity of an entry of the list under `key`, empty when it has none."""
    if not isinstance(item, Mapping):
        return ""

    def said(name: str) -> str:
        found = item.items.get(name)
        return found.value if isinstance(found, Leaf) and isinstance(found.value, str) else ""

    return entry_identity(key, said)


def merge(base: Node, over: Node, key: str = "") -> Node:
    """Return `base` with `over` laid on it, both under `key`; neither is changed."""
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _mappings(base, over)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and key in LISTS:
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
