"""What differs between a text and the one that it was made from: line by line, and value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from stcsim.dashboard.editing.draft import Draft
from stcsim.scenario.resolving import resolved
from stcsim.scenario.writing import difference, flattened

AROUND = 2
"""Lines that are the same, shown before and after those that differ."""
_STEPS = re.compile(r"\w+(?:\[[^\]]*\])?")
LONGEST = 6_000
"""Texts of more lines are not compared line by line."""
CLOSELY = 400
"""Where so many lines may differ, lines that occur often are no longer matched first, for that takes long."""


@dataclass(frozen=True)
class Row:
    """A line of the comparison.

    Parameters
    ----------
    kind : ``same``, ``gone``, ``new``, or ``gap`` where lines that are the same are left out
    before, after : its number in either text, 0 where it is not in it
    text : the line
    """

    kind: Literal["same", "gone", "new", "gap"]
    before: int
    after: int
    text: str


def rows(before: str, after: str) -> tuple[Row, ...]:
    """Return the lines in which two texts differ, with a few around them; empty where none does."""
    old, new = before.splitlines(), after.splitlines()
    if old == new or max(len(old), len(new)) > LONGEST:
        return ()
    return tuple(_rows(old, new))


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    # Most changes are at one place: what is the same before and behind it is not looked at closely.
    first = max(0, _same(old, new) - AROUND)
    behind = max(0, _same(old[first:][::-1], new[first:][::-1]) - AROUND)
    mine, other = old[first : len(old) - behind], new[first : len(new) - behind]
    matcher = SequenceMatcher(None, mine, other, autojunk=max(len(mine), len(other)) > CLOSELY)
    last = -first
    for group in matcher.get_grouped_opcodes(AROUND):
        skipped = group[0][1] - last
        if skipped > 0:
            yield Row("gap", 0, 0, _lines(skipped, "the same"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                for k in range(i2 - i1):
                    yield Row("same", first + i1 + k + 1, first + j1 + k + 1, mine[i1 + k])
                continue
            for i in range(i1, i2):
                yield Row("gone", first + i + 1, 0, mine[i])
            for j in range(j1, j2):
                yield Row("new", 0, first + j + 1, other[j])
        last = group[-1][2]
    if len(old) - first > last:
        yield Row("gap", 0, 0, _lines(len(old) - first - last, "the same"))


def _same(one: list[str], other: list[str]) -> int:
    """Return how many lines are the same from the start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _lines(number: int, what: str) -> str:
    return f"{number:,} line{'' if number == 1 else 's'} {what}"


def summary(before: str, after: str) -> str:
    """Return in a sentence how far two texts differ."""
    if before == after:
        return "Nothing differs from the original."
    found = rows(before, after)
    if not found:
        longest = max(len(before.splitlines()), len(after.splitlines()))
        if longest > LONGEST:
            return f"The text differs from the original; {longest:,} lines are too many to compare."
        return "Only blanks at the ends of lines or the last line break differ from the original."
    new, gone = (sum(r.kind == kind for r in found) for kind in ("new", "gone"))
    said = [_lines(n, word) for n, word in ((new, "new or changed"), (gone, "gone or changed")) if n]
    return f"{' and '.join(said)}, against the original."


def value_lines(before: Draft, after: Draft) -> tuple[str, ...] | None:
    """Return a line for each value in which two scenarios differ, None where one of them is not valid."""
    if before.loaded is None or after.loaded is None:
        return None
    return tuple(difference(before.loaded, after.loaded))


def value_words(before: Draft, after: Draft, most: int = 6) -> str:
    """Return in a sentence which values differ, whole entries as one; empty where it is not known."""
    lines = value_lines(before, after)
    if lines is None or before.loaded is None or after.loaded is None:
        return ""
    paths = [dict(flattened(resolved(draft.loaded.spec))) for draft in (before, after) if draft.loaded]
    found: list[str] = []
    for line in lines:
        path, _, said = line[2:].partition(": ")
        if line[0] == "~":
            found.append(f"{path} {said.replace(' -> ', ' → ')}")
            continue
        others = paths[0] if line[0] == "+" else paths[1]
        word = "is new" if line[0] == "+" else "is gone"
        found.append(f"{_entry(path, others)} {word}")
    found = list(dict.fromkeys(found))
    shown = "; ".join(found[:most])
    more = f"; and {len(found) - most:,} more" if len(found) > most else ""
    return f"{shown}{more}." if found else "No value differs: a run gives the same."


def _entry(path: str, others: dict[str, str]) -> str:
    """Return the outermost entry or group on a path that the other scenario has nothing of."""
    for end in (m.end() for m in _STEPS.finditer(path)):
        if not any(other.startswith(path[:end]) for other in others):
            return path[:end]
    return path
