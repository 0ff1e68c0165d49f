"""A value of a YAML text put, added or taken away, with every comment and line that is not touched kept.

Text is replaced by its place, never written anew from values. What comes out is read again: where anything
but the value asked for would differ, such as behind an alias, the change is refused.
"""

from __future__ import annotations

import json
from typing import Any

from stcsim.dashboard.editing.cutting import out_of_block, out_of_line
from stcsim.dashboard.editing.putting import added, replaced
from stcsim.dashboard.editing.spans import spans, way
from stcsim.dashboard.editing.values import found, nested, refusal, said, with_value, without
from stcsim.errors import InputError
from stcsim.scenario.nodes import Step, Steps


def put(text: str, steps: Steps, value: Any) -> str:
    """Return `text` with `value` where `steps` lead; what leads there and does not exist is made.

    Parameters
    ----------
    steps : keys, and indices of lists from 0; the index behind the last entry adds one
    value : dicts, lists and scalars

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    wanted = with_value(said(text), steps, value)
    root = spans(text)
    if root is None or not steps:
        raise refusal(steps)
    walked = way(root, steps)
    if len(walked) > len(steps):
        made = replaced(text, walked, steps, value)
    else:
        rest = steps[len(walked) :]
        made = added(text, walked, steps[: len(walked)], nested(rest, value, steps))
    return _same(made, wanted, steps)


def add(text: str, steps: Steps, value: Any) -> str:
    """Return `text` with `value` as the last entry of the list to which `steps` lead.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    there = found(said(text), steps)
    if not there:
        return put(text, steps, [value])
    if isinstance(there, dict):
        # one object stands for a list of one
        return put(text, steps, [there, value])
    return put(text, (*steps, len(there)), value)


def take_away(text: str, steps: Steps) -> str:
    """Return `text` without the key or the entry to which `steps` lead; the same where there is none.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    data = said(text)
    if not steps or found(data, steps[:-1]) is None or not _has(found(data, steps[:-1]), steps[-1]):
        return text
    root = spans(text)
    walked = way(root, steps) if root is not None else []
    if len(walked) <= len(steps):
        raise refusal(steps)
    wanted = without(data, steps)
    above, last = walked[-2], steps[-1]
    if len(above.entries) + len(above.items) == 1:
        empty: Any = {} if above.kind == "mapping" else []
        made = replaced(text, walked[:-1], steps[:-1], empty)
    elif above.flow:
        made = out_of_line(text, above, last)
    else:
        made = out_of_block(text, above, last)
    return _same(made, wanted, steps)


def _has(there: Any, step: Step) -> bool:
    if isinstance(there, list):
        return isinstance(step, int) and 0 <= step < len(there)
    return isinstance(there, dict) and step in there


def _data(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _same(made: str, wanted: Any, steps: Steps) -> str:
    """Return the text if it says what is wanted and nothing else."""
    try:
        right = _data(said(made)) == _data(wanted)
    except InputError:
        right = False
    if not right:
        raise refusal(steps)
    return made
