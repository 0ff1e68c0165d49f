"""Entries taken out of a text, by places of characters."""

from __future__ import annotations

from typing import Any

from stcsim.dashboard.editing.lines import (
    behind,
    column_of,
    dash_of,
    indent_of,
    is_comment,
    line_start,
    newline,
    next_line,
)
from stcsim.dashboard.editing.spans import Span


def out_of_line(text: str, above: Span, last: Any) -> str:
    """Return a text without an entry of a collection in brackets, and without one comma."""
    if above.kind == "list":
        places = [(s.start, s.end) for s in above.items]
        place = int(last)
    else:
        places = [(e.start, max(e.end, e.value.end)) for e in above.entries]
        place = next(i for i, e in enumerate(above.entries) if e.key == last)
    if place + 1 < len(places):
        return text[: places[place][0]] + text[places[place + 1][0] :]
    return text[: places[place - 1][1]] + text[places[place][1] :]


def out_of_block(text: str, above: Span, last: Any) -> str:
    """Return a text without the lines of an entry, and remarks that are about it alone."""
    if above.kind == "list":
        item = above.items[int(last)]
        first, end = dash_of(text, item), item.end
    else:
        index = next(i for i, e in enumerate(above.entries) if e.key == last)
        entry = above.entries[index]
        first, end = entry.start, max(entry.end, entry.value.end)
        start = line_start(text, first)
        if text[start:first].strip() and index + 1 < len(above.entries):
            # it stands behind the dash of its list: the next key takes its place
            return text[:first] + text[above.entries[index + 1].start :]
    start, indent = line_start(text, first), column_of(text, first)
    stop = next_line(text, behind(text, end, indent))
    alone = stop >= len(text) or indent_of(text, stop) < indent or is_comment(text, stop)
    if alone:
        start = _with_remarks(text, start, indent)
    kept, rest = text[:start], text[stop:]
    if (not kept or kept.endswith(("\n\n", "\n\r\n"))) and (not rest.strip() or indent_of(rest, 0) < 0):
        # no two blank lines where one was
        rest = rest[next_line(rest, 0) :] if rest.strip() else ""
        kept = kept if rest else kept.rstrip("\r\n") + newline(text)
    return kept + rest


def _with_remarks(text: str, start: int, indent: int) -> int:
    """Return the start of the remarks directly above a line, which are about what stands alone below them."""
    found = start
    while found:
        before = line_start(text, found - 1)
        if not is_comment(text, before) or indent_of(text, before) != indent:
            break
        found = before
    # what stands directly above them is spoken of as well, and stays
    return found if not found or indent_of(text, line_start(text, found - 1)) < max(indent, 1) else start
