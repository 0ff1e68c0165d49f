"""Values as YAML text: in one line where they are short and flat, else below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stcsim.scenario.writing import scalar_text

WIDTH = 110
"""Lines are not made longer than this where it can be helped."""
_FOLDED = re.compile(r"[^\s#&*!|>'\"%@`{}\[\],?:-]\S*(?: \S+)+\Z")


def inline(value: Any) -> str:
    """Return a value in one line, in brackets where it is a collection."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{k}: {inline(v)}' for k, v in value.items())} }}" if value else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(inline(v) for v in value)}]"
    return scalar_text(value)


def folded(value: Any, indent: int) -> list[str]:
    """Return a long text as lines that YAML folds into one; empty where it would not come back as it is.

    Parameters
    ----------
    indent : spaces in front of each line
    """
    if not isinstance(value, str) or len(value) + indent <= WIDTH or not _FOLDED.match(value):
        return []
    lines: list[str] = []
    for word in value.split(" "):
        if lines and indent + len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [" " * indent + line for line in lines]


def _short(value: Any, indent: int) -> bool:
    """Whether a value is written in one line: scalars, lists of scalars, entries with scalars alone."""
    if isinstance(value, dict):
        flat = not any(isinstance(v, (dict, list, tuple)) and v for v in value.values())
        return not value or (flat and indent + len(inline(value)) <= WIDTH)
    if isinstance(value, (list, tuple)):
        return not any(isinstance(v, (dict, list, tuple)) for v in value)
    return not folded(value, indent)


def under_key(key: str, value: Any, indent: int) -> list[str]:
    """Return the lines of a key with its value, `indent` spaces in front of the key."""
    head = " " * indent + f"{key}:"
    if not isinstance(value, dict) or not value:
        if _short(value, indent + len(key) + 2):
            return [f"{head} {inline(value)}"]
        if lines := folded(value, indent + 2):
            return [f"{head} >-", *lines]
    return [head, *block(value, indent + 2)]


def block(value: Any, indent: int) -> list[str]:
    """Return the lines of a collection with anything in it, `indent` spaces in front of each."""
    return list(_block(value, indent))


def _block(value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from under_key(key, below, indent)
        return
    for item in value:
        yield from listed(item, indent)


def listed(item: Any, indent: int) -> list[str]:
    """Return the lines of an entry of a list, `indent` spaces in front of its dash."""
    dash = " " * indent + "- "
    if _short(item, indent + 2) or not isinstance(item, (dict, list, tuple)):
        return [dash + inline(item)]
    first, *rest = block(item, indent + 2)
    return [dash + first[indent + 2 :], *rest]
