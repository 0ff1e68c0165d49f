"""What a text says as data, and the same with one value put in or taken out."""

from __future__ import annotations

from typing import Any

from stcsim.errors import InputError, Problem
from stcsim.scenario.composing import compose
from stcsim.scenario.nodes import Mapping, Steps, path_text, plain
from stcsim.scenario.reading import Source

_REPAIR = "Change it in the text."


def said(text: str) -> dict[str, Any]:
    """Return what a text says, without what it extends.

    Raises
    ------
    InputError
        Where the reader cannot read it as a mapping of keys to values.
    """
    root, problems = compose(Source("scenario", text=text))
    if not isinstance(root, Mapping):
        raise InputError(problems or "a scenario is a mapping of keys to values")
    data: dict[str, Any] = plain(root)
    return data


def refusal(steps: Steps) -> InputError:
    """Return that a value cannot be changed without touching anything else."""
    message = "this cannot be changed here without touching anything else"
    return InputError([Problem("", 0, 0, path_text(steps, 160), message, _REPAIR)])


def found(tree: Any, steps: Steps) -> Any:
    """Return what a tree says where `steps` lead; None where it says nothing."""
    for step in steps:
        if isinstance(tree, dict):
            tree = tree.get(step)
        else:
            tree = (
                tree[step] if isinstance(tree, list) and isinstance(step, int) and step < len(tree) else None
            )
    return tree


def with_value(tree: Any, steps: Steps, value: Any) -> Any:
    """Return what a tree says with `value` where `steps` lead."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        items = list(tree) if isinstance(tree, list) else []
        if step > len(items):
            raise refusal(steps)
        below = with_value(items[step] if step < len(items) else None, rest, value)
        return [*items[:step], below, *items[step + 1 :]]
    entries = dict(tree) if isinstance(tree, dict) else {}
    return {**entries, step: with_value(entries.get(step), rest, value)}


def without(tree: Any, steps: Steps) -> Any:
    """Return what a tree says without what `steps` lead to."""
    step, rest = steps[0], steps[1:]
    if isinstance(tree, list) and isinstance(step, int):
        below = [without(tree[step], rest)] if rest else []
        return [*tree[:step], *below, *tree[step + 1 :]]
    kept = {k: v for k, v in tree.items() if k != step or rest}
    return {k: without(v, rest) if k == step else v for k, v in kept.items()}


def nested(steps: Steps, value: Any, whole: Steps) -> Any:
    """Return `value` under the steps that have to be made for it."""
    for step in reversed(steps):
        if isinstance(step, int):
            if step:
                raise refusal(whole)
            value = [value]
        else:
            value = {step: value}
    return value
