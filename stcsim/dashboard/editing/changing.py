"""Changes of a draft by a form: where in its own text each has to be made, what it extends included.

What a text inherits is changed by saying it anew: a key under the same keys, an entry of a list with an
identity under that identity. Entries of other lists cannot be told apart, so such a list is said anew as a
whole. An entry that is inherited cannot be taken away, for a text can only add to such a list.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence as Several
from functools import partial
from typing import Any

from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.patching import add, put, take_away
from stcsim.dashboard.editing.values import said
from stcsim.errors import InputError, Problem
from stcsim.scenario.identity import LISTS
from stcsim.scenario.merging import identity
from stcsim.scenario.nodes import Leaf, Mapping, Node, Place, Sequence, Step, Steps, path_text, plain
from stcsim.scenario.reading import Source

Make = Callable[[Any], Any]


def changed(draft: Draft, steps: Steps, value: Any) -> str:
    """Return the text with `value` where `steps` lead in the scenario.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    own, make = _own(draft, steps)
    if make is None:
        return put(draft.text, own, value)
    return put(draft.text, own, make(value))


def added(draft: Draft, steps: Steps, value: dict[str, Any]) -> str:
    """Return the text with one entry more in the list to which `steps` lead; raises as `changed` does."""
    node = draft.node(steps)
    if isinstance(node, Sequence) and steps[-1] not in LISTS and not _is_own(draft, steps):
        return put(draft.text, steps, [*plain(node), value])
    own, make = _own(draft, steps)
    if make is None:
        return add(draft.text, own, value)
    return put(draft.text, own, make([value]))


def reset(draft: Draft, steps: Steps) -> str:
    """Return the text that does not say what `steps` lead to, so that the default holds.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else, or what is extended says it in a list.
    """
    node = draft.node(steps)
    if node is None:
        return draft.text
    own, make = _own(draft, steps)
    text = take_away(draft.text, own) if make is None else draft.text
    inherited = not _is_own(draft, steps)
    if inherited and isinstance(steps[-1], int):
        message = "this entry comes from the scenario that this one extends and cannot be taken away here"
        raise InputError([Problem("", 0, 0, path_text(steps, 160), message)])
    if inherited:
        # null takes away what an extended scenario says
        return put(draft.text, own, None if make is None else make(None))
    return text


def list_changed(draft: Draft, steps: Steps, before: Several[Any], after: Several[Any]) -> str:
    """Return the text with another list of scalars, as little of it written anew as can be.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    own, make = _own(draft, steps)
    if make is None and draft.says_itself(steps):
        gone = [i for i, value in enumerate(before) if value not in after]
        if len(gone) == 1 and [*before[: gone[0]], *before[gone[0] + 1 :]] == [*after]:
            return take_away(draft.text, (*own, gone[0]))
        if len(after) == len(before) + 1 and [*after[:-1]] == [*before] and before:
            return add(draft.text, own, after[-1])
    return changed(draft, steps, list(after))


def _is_own(draft: Draft, steps: Steps) -> bool:
    node = draft.node(steps)
    return node is not None and node.place.source.own


def _own(draft: Draft, steps: Steps) -> tuple[Steps, Make | None]:
    """Return the steps to the same in the draft's own text, and what has to be put there for a value.

    The latter is None where the steps lead there by themselves. Else they lead to the nearest that has to be
    said anew, and from a value comes what the text has to say there.
    """
    own: Any = said(draft.text)
    merged: Node | None = draft.root
    if merged is None or "extends" not in own:
        return steps, None
    walked: list[Step] = []
    for at, step in enumerate(steps):
        if isinstance(step, str):
            merged = merged.items.get(step) if isinstance(merged, Mapping) else None
            own = own.get(step) if isinstance(own, dict) else None
            walked.append(step)
            continue
        if not isinstance(merged, Sequence) or step >= len(merged.items):
            return (*walked, step), None
        key = str(steps[at - 1])
        there, mine = merged, own if isinstance(own, list) else []
        merged, known = there.items[step], identity(key, there.items[step])
        if key in LISTS and known:
            found = [i for i, one in enumerate(mine) if identity(key, _node(one)) == known]
            if not found:
                return (*walked, len(mine)), partial(_entry_anew, key, merged, steps[at + 1 :])
            own = mine[found[0]]
            walked.append(found[0])
        elif isinstance(own, list):
            own = mine[step]
            walked.append(step)
        else:
            return tuple(walked), partial(_anew, key, there, steps[at:])
    return tuple(walked), None


def _anew(key: str, node: Node | None, steps: Steps, value: Any) -> Any:
    """Return what has to be said under `key`, whose `node` is inherited, for `value` to stand at `steps`."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, str):
        below = node.items.get(step) if isinstance(node, Mapping) else None
        return {step: _anew(step, below, rest, value)}
    if not isinstance(node, Sequence) or step >= len(node.items):
        return [value]
    item = node.items[step]
    if key in LISTS and identity(key, item):
        return [_entry_anew(key, item, rest, value)]
    whole = plain(node)
    whole[step] = _laid(whole[step], rest, value)
    return whole


def _entry_anew(key: str, item: Node, steps: Steps, value: Any) -> Any:
    """Return what has to be said of an entry that is inherited: its identity, and what changes."""
    if not steps:
        return value
    all_of_it = plain(item)
    word = next((w for w in LISTS[key] if w in all_of_it), "")
    # what a list of firms needs to be told apart stands in for an id
    needed = [word] if word else ["firm_class", "sector"]
    return {w: all_of_it[w] for w in needed if w in all_of_it} | _anew("", item, steps, value)


def _laid(tree: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    step, below = steps[0], steps[1:]
    if isinstance(step, int):
        return [_laid(one, below, value) if i == step else one for i, one in enumerate(tree)]
    return {**tree, step: _laid(tree.get(step, {}), below, value)}


def _node(value: Any) -> Node:
    place = Place(Source(""))
    if isinstance(value, dict):
        return Mapping(
            place, {k: Leaf(v, place) for k, v in value.items() if not isinstance(v, (dict, list))}
        )
    return Leaf(None, place)
