"""A value of a text replaced, and keys and entries put where they belong, by places of characters."""

from __future__ import annotations

from typing import Any

from stcsim.dashboard.editing.lines import behind, column_of, dash_of, line_end, lines_after, newline
from stcsim.dashboard.editing.rendering import inline, listed, under_key
from stcsim.dashboard.editing.spans import Entry, Span
from stcsim.dashboard.editing.values import refusal
from stcsim.scenario.nodes import Steps
from stcsim.scenario.vocabulary import at


def replaced(text: str, walked: list[Span], steps: Steps, value: Any) -> str:
    """Return `text` with another value in the place of the last span."""
    if len(walked) < 2:
        raise refusal(steps)
    above, span = walked[-2:]
    in_line = any(s.flow for s in walked[:-1])
    one_line = "\n" not in text[span.start : span.end]
    entry = above.entry(steps[-1])
    if entry is None:
        if in_line or (one_line and not isinstance(value, (dict, list, tuple))):
            return text[: span.start] + inline(value) + text[span.end :]
        dash = dash_of(text, span)
        lines = listed(value, column_of(text, dash))
        return text[:dash] + newline(text).join(lines).lstrip(" ") + text[span.end :]
    head = text.index(":", entry.end) + 1
    column = column_of(text, entry.start)
    lines = [f"{entry.key}: {inline(value)}"] if in_line else under_key(entry.key, value, column)
    beside_key = span.start < line_end(text, head)
    if one_line and beside_key and len(lines) == 1 and span.end > span.start:
        return text[: span.start] + inline(value) + text[span.end :]
    if in_line:
        return text[:head] + f" {inline(value)}" + text[span.end :]
    first, *below = lines
    first_end, stop = line_end(text, head), line_end(text, span.end)
    # a remark beside the key is kept, and so is one behind a value that ends on a line of its own
    below_key = not beside_key or span.style in ("|", ">")
    beside = text[head:first_end] if below_key else text[span.end : stop]
    hash_ = beside.find("#")
    remark = f" {beside[hash_:].rstrip()}" if hash_ >= 0 else ""
    shown = first[column + len(entry.key) + 1 :]
    return text[:head] + newline(text).join([shown + remark, *below]) + text[stop:]


def added(text: str, walked: list[Span], steps: Steps, made: Any) -> str:
    """Return `text` with something made under the last span, which has no such key or entry."""
    span = walked[-1]
    step = steps[-1]
    in_line = any(s.flow for s in walked)
    # `made` has been nested under the steps behind the one that is missing
    if span.kind == "list" and step == len(span.items):
        if not span.items:
            return replaced(text, walked, steps[:-1], [made])
        return _appended(text, span, made, in_line)
    if not isinstance(step, str):
        raise refusal(steps)
    empty = span.kind == "scalar" and text[span.start : span.end] in ("", "~", "null")
    if empty or (span.kind == "mapping" and not span.entries):
        return replaced(text, walked, steps[:-1], {step: made})
    if span.kind != "mapping":
        raise refusal(steps)
    return _key_added(text, span, steps, made, in_line)


def _appended(text: str, span: Span, made: Any, in_line: bool) -> str:
    last = span.items[-1]
    if in_line:
        return text[: last.end] + f", {inline(made)}" + text[last.end :]
    indent = column_of(text, dash_of(text, last))
    return lines_after(text, behind(text, last.end, indent - 1), listed(made, indent))


def _before(span: Span, steps: Steps) -> Entry | None:
    """Return the entry behind which a new key belongs by the order of the spec, None for the front."""
    spec, _ = at(steps[:-1])
    order = list(spec.model_fields) if spec is not None else []
    if len(steps) == 1:
        order.insert(0, "extends")
    key = steps[-1]
    if key not in order:
        return span.entries[-1]
    earlier = [e for e in span.entries if e.key in order[: order.index(key)]]
    return earlier[-1] if earlier else None


def _key_added(text: str, span: Span, steps: Steps, made: Any, in_line: bool) -> str:
    key = str(steps[-1])
    before = _before(span, steps)
    if in_line:
        if before is None:
            start = span.entries[0].start
            return text[:start] + f"{key}: {inline(made)}, " + text[start:]
        stop = max(before.value.end, before.end)
        return text[:stop] + f", {key}: {inline(made)}" + text[stop:]
    indent = column_of(text, span.entries[0].start)
    lines = under_key(key, made, indent)
    if before is None:
        start = span.entries[0].start
        new = newline(text)
        return text[:start] + new.join([lines[0].lstrip(), *lines[1:]]) + new + " " * indent + text[start:]
    if not indent and len(lines) > 1 and "\n\n" in text.replace("\r", ""):
        lines = ["", *lines]
    # a remark below the last entry, as far in as that, is not about what comes behind
    least = indent - 1 if before is span.entries[-1] else indent
    return lines_after(text, behind(text, max(before.value.end, before.end), least), lines)
