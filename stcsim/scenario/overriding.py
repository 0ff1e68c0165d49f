"""Values given beside the file, as in ``--set countries[A].will=0.6``."""

from __future__ import annotations

import re
from collections.abc import Sequence as Several

from stcsim.errors import InputError, Problem, quote
from stcsim.scenario.composing import compose
from stcsim.scenario.library import did_you_mean, known_here
from stcsim.scenario.merging import identity
from stcsim.scenario.nodes import Leaf, Mapping, Node, Place, Sequence, Step, Steps, leaves
from stcsim.scenario.reading import Source, printable, unprintable

OPTION = "--set"
_STEP = re.compile(r"(?:^|\.)([A-Za-z_][A-Za-z0-9_]*)|\[([A-Za-z0-9_]+)\]")
_LIMIT = 10_000


def _problem(path: str, message: str, repair: str = "") -> InputError:
    return InputError([Problem(OPTION, 0, 0, printable(path[:80]), message, repair)])


def steps_of(path: str) -> list[Step]:
    """Return the steps of a path such as ``countries[A].law.transit``; identities stand in brackets.

    Raises
    ------
    InputError
        When it is no path.
    """
    steps: list[Step] = []
    at = 0
    while at < len(path):
        found = _STEP.match(path, at)
        if not found or (at == 0 and found[2]):
            raise _problem(
                "", f"{quote(path)} is no path", "Write keys with dots, entries in brackets: a.b[0].c."
            )
        steps.append(found[1] or (int(found[2]) if found[2].isdecimal() else f"[{found[2]}]"))
        at = found.end()
    if not steps:
        raise _problem("", "a path is missing", "Write path=value.")
    return steps


def _entry(node: Sequence, key: str, step: Step, path: str) -> int:
    """Return the position of the entry of `node`, the list under `key`, that `step` means."""
    if isinstance(step, int) and step < len(node.items):
        return step
    if isinstance(step, int):
        raise _problem(path, f"there is no entry [{step}]: the list has {len(node.items)}, counted from 0")
    wanted = step[1:-1]
    for index, item in enumerate(node.items):
        if identity(key, item) == wanted:
            return index
    # Only what stands in the user's own file may be offered.
    own = [known for item in node.items if item.place.source.own and (known := identity(key, item))]
    repair = did_you_mean(wanted, own) or known_here(own)
    raise _problem(path, f"there is no entry {quote(wanted)}", repair)


def _resolved(node: Node | None, steps: list[Step], path: str) -> Steps:
    """Return `steps` from `node` on, positions in place of identities; keys may lead to what is not there."""
    found: list[Step] = []
    key = ""
    for step in steps:
        if isinstance(step, str) and not step.startswith("["):
            if node is not None and not isinstance(node, Mapping):
                raise _problem(path, f"there are no keys where {quote(step, 40)} should stand")
            node = node.items.get(step) if node is not None else None
            found.append(step)
            key = step
        else:
            if not isinstance(node, Sequence):
                raise _problem(path, "there is no list to choose an entry of")
            at = _entry(node, key, step, path)
            node, key = node.items[at], ""
            found.append(at)
    return tuple(found)


def _put(node: Node, steps: Steps, value: Node, place: Place) -> Node:
    """Return `node` with `value` where `steps` lead; missing mappings are made."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        assert isinstance(node, Sequence)
        entries = list(node.items)
        entries[step] = _put(entries[step], rest, value, place)
        return Sequence(node.place, entries)
    assert isinstance(node, Mapping)
    items, keys = dict(node.items), dict(node.keys)
    if not rest and isinstance(value, Leaf) and value.value is None and step in items:
        del items[step], keys[step]
        return Mapping(node.place, items, keys)
    items[step] = _put(items.get(step, Mapping(place)), rest, value, place)
    keys.setdefault(step, place)
    if not rest:
        keys[step] = place
    return Mapping(node.place, items, keys)


def override(root: Mapping, settings: Several[str]) -> tuple[Mapping, list[Problem]]:
    """Lay settings ``path=value`` on `root`, in order; values are YAML.

    As in a file that extends another, ``null`` takes a value away, so that the default holds. A setting may
    add to what an earlier one has laid, but not replace any of it: one of the two would be in vain.

    Returns
    -------
    tuple
        The tree with those that could be laid on it, and a problem for every other.
    """
    problems: list[Problem] = []
    given: dict[Steps, str] = {}
    for setting in settings:
        try:
            root = _one(root, setting, given)
        except InputError as error:
            problems += [p for p in error.problems if p not in problems]
    return root, problems


def _refuse_again(steps: Steps, path: str, given: dict[Steps, str]) -> None:
    """Refuse steps that lead to what another setting has laid, or to something that it is a part of."""
    for laid, earlier in given.items():
        if laid[: len(steps)] == steps:
            if path == earlier:
                raise _problem(path, "this is given twice", "Give it once.")
            said = f"this replaces what {quote(earlier)} gives"
            raise _problem(path, said, "Give one of them, or a part each.")


def _one(root: Mapping, setting: str, given: dict[Steps, str]) -> Mapping:
    """Return `root` with a setting laid on it; where each of its values lies is added to `given`."""
    path, equals, text = setting.partition("=")
    path = path.strip()
    if not equals:
        raise _problem("", f"{quote(setting)} gives no value", "Write path=value.")
    steps = _resolved(root, steps_of(path), path)
    _refuse_again(steps, path, given)
    if len(text) > _LIMIT or unprintable(text) >= 0:
        raise _problem(path, "this is no value", "Write a short value without control characters.")
    source = Source(OPTION, text=text, rank=1_000)
    value, wrong = compose(source) if text.strip() else (Leaf(None, Place(source)), [])
    if wrong or value is None:
        said = wrong[0].message if wrong else "this is no value"
        raise _problem(path, said, "Put text with special characters in quotes.")
    place = Place(source)
    changed = _put(root, steps, _without_lines(value, place), place)
    assert isinstance(changed, Mapping)
    given |= dict.fromkeys(((*steps, *inner) for inner, _ in leaves(value)), path)
    return changed


def _without_lines(node: Node, place: Place) -> Node:
    """Return `node` with every place replaced: a line number in an option helps nobody."""
    if isinstance(node, Mapping):
        items = {key: _without_lines(item, place) for key, item in node.items.items()}
        return Mapping(place, items, dict.fromkeys(items, place))
    if isinstance(node, Sequence):
        return Sequence(place, [_without_lines(item, place) for item in node.items])
    return Leaf(node.value, place, node.broken)
