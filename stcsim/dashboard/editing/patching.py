"""A value of a YAML text put, added or taken away, with every comment and line that is not touched kept.

Text is replaced by its place, never written anew from values. What comes out is read again: where anything
but the value asked for would differ, such as behind an alias, the change is refused.
"""

from __future__ import annotations

import json
from typing import Any

from stcsim.dashboard.editing.rendering import inline, listed, under_key
from stcsim.dashboard.editing.spans import Entry, Span, spans, way
from stcsim.errors import InputError, Problem
from stcsim.scenario.composing import compose
from stcsim.scenario.nodes import Mapping, Steps, path_text, plain
from stcsim.scenario.reading import Source
from stcsim.scenario.vocabulary import at

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
    found: dict[str, Any] = plain(root)
    return found


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
    wanted = _with(said(text), steps, value)
    root = spans(text)
    if root is None or not steps:
        raise _refusal(steps)
    walked = way(root, steps)
    if len(walked) > len(steps):
        made = _replaced(text, walked, steps, value)
    else:
        rest = steps[len(walked) :]
        made = _added(text, walked, steps[: len(walked)], _nested(rest, value, steps))
    return _same(made, wanted, steps)


def add(text: str, steps: Steps, value: Any) -> str:
    """Return `text` with `value` as the last entry of the list to which `steps` lead.

    Raises
    ------
    InputError
        Where that cannot be done without touching anything else.
    """
    there: Any = said(text)
    for step in steps:
        if isinstance(there, dict):
            there = there.get(step)
        else:
            there = there[step] if isinstance(there, list) and isinstance(step, int) else None
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
    root = spans(text)
    walked = way(root, steps) if root is not None else []
    if not steps or len(walked) <= len(steps):
        return text
    wanted = _without(said(text), steps)
    above, last = walked[-2], steps[-1]
    if len(above.entries) + len(above.items) == 1:
        empty: Any = {} if above.kind == "mapping" else []
        made = _replaced(text, walked[:-1], steps[:-1], empty)
    elif above.flow:
        made = _out_of_line(text, above, last)
    else:
        made = _out_of_block(text, above, last)
    return _same(made, wanted, steps)


def _refusal(steps: Steps) -> InputError:
    message = "this cannot be changed here without touching anything else"
    return InputError([Problem("", 0, 0, path_text(steps, 160), message, _REPAIR)])


def _data(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _same(made: str, wanted: Any, steps: Steps) -> str:
    """Return the text if it says what is wanted and nothing else."""
    try:
        right = _data(said(made)) == _data(wanted)
    except InputError:
        right = False
    if not right:
        raise _refusal(steps)
    return made


def _with(tree: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        items = list(tree) if isinstance(tree, list) else []
        if step > len(items):
            raise _refusal(steps)
        below = _with(items[step] if step < len(items) else None, rest, value)
        return [*items[:step], below, *items[step + 1 :]]
    entries = dict(tree) if isinstance(tree, dict) else {}
    return {**entries, step: _with(entries.get(step), rest, value)}


def _without(tree: Any, steps: Steps) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(tree, list) and isinstance(step, int):
        below = [_without(tree[step], rest)] if rest else []
        return [*tree[:step], *below, *tree[step + 1 :]]
    kept = {k: v for k, v in tree.items() if k != step or rest}
    return {k: _without(v, rest) if k == step else v for k, v in kept.items()}


def _nested(steps: Steps, value: Any, whole: Steps) -> Any:
    """Return `value` under the steps that have to be made for it."""
    for step in reversed(steps):
        if isinstance(step, int):
            if step:
                raise _refusal(whole)
            value = [value]
        else:
            value = {step: value}
    return value


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _line_end(text: str, at: int) -> int:
    """Return the position behind the last character of the line that holds position `at`."""
    found = text.find("\n", at)
    found = len(text) if found < 0 else found
    return found - 1 if found > at and text[found - 1] == "\r" else found


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _indent(text: str, at: int) -> int:
    """Return the indentation of the line that starts at `at`, -1 where it is blank."""
    line = text[at : _line_end(text, at)]
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _is_comment(text: str, at: int) -> bool:
    return text[at : _line_end(text, at)].lstrip().startswith("#")


def _behind(text: str, span_end: int, indent: int) -> int:
    """Return the end of the last line that belongs to a value: its own, and remarks below it further in."""
    found = _line_end(text, span_end)
    while (
        (at := _next_line(text, found)) < len(text) and _is_comment(text, at) and _indent(text, at) > indent
    ):
        found = _line_end(text, at)
    return found


def _lines_after(text: str, at: int, lines: list[str]) -> str:
    new = _newline(text)
    return text[:at] + new + new.join(lines) + text[at:]


def _replaced(text: str, walked: list[Span], steps: Steps, value: Any) -> str:
    """Return `text` with another value in the place of the last span."""
    if len(walked) < 2:
        raise _refusal(steps)
    above, span = walked[-2:]
    in_line = any(s.flow for s in walked[:-1])
    one_line = "\n" not in text[span.start : span.end]
    entry = above.entry(steps[-1])
    if entry is None:
        if in_line or (one_line and not isinstance(value, (dict, list, tuple))):
            return text[: span.start] + inline(value) + text[span.end :]
        dash = _dash(text, span)
        lines = listed(value, _column(text, dash))
        return text[:dash] + _newline(text).join(lines).lstrip(" ") + text[span.end :]
    head = text.index(":", entry.end) + 1
    column = _column(text, entry.start)
    lines = [f"{entry.key}: {inline(value)}"] if in_line else under_key(entry.key, value, column)
    beside_key = span.start < _line_end(text, head)
    if one_line and beside_key and len(lines) == 1 and span.end > span.start:
        return text[: span.start] + inline(value) + text[span.end :]
    if in_line:
        return text[:head] + f" {inline(value)}" + text[span.end :]
    first, *below = lines
    first_end, stop = _line_end(text, head), _line_end(text, span.end)
    # a remark beside the key is kept, and so is one behind a value that ends on a line of its own
    below_key = not beside_key or span.style in ("|", ">")
    beside = text[head:first_end] if below_key else text[span.end : stop]
    hash_ = beside.find("#")
    remark = f" {beside[hash_:].rstrip()}" if hash_ >= 0 else ""
    shown = first[column + len(entry.key) + 1 :]
    return text[:head] + _newline(text).join([shown + remark, *below]) + text[stop:]


def _dash(text: str, item: Span) -> int:
    """Return the position of the dash in front of an entry of a list, whatever follows it."""
    return text.rindex("-", 0, max(item.start, 1))


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _added(text: str, walked: list[Span], steps: Steps, made: Any) -> str:
    """Return `text` with something made under the last span, which has no such key or entry."""
    span = walked[-1]
    step = steps[-1]
    in_line = any(s.flow for s in walked)
    # `made` has been nested under the steps behind the one that is missing
    if span.kind == "list" and step == len(span.items):
        if not span.items:
            return _replaced(text, walked, steps[:-1], [made])
        return _appended(text, span, made, in_line)
    if not isinstance(step, str):
        raise _refusal(steps)
    empty = span.kind == "scalar" and text[span.start : span.end] in ("", "~", "null")
    if empty or (span.kind == "mapping" and not span.entries):
        return _replaced(text, walked, steps[:-1], {step: made})
    if span.kind != "mapping":
        raise _refusal(steps)
    return _key_added(text, span, steps, made, in_line)


def _appended(text: str, span: Span, made: Any, in_line: bool) -> str:
    last = span.items[-1]
    if in_line:
        return text[: last.end] + f", {inline(made)}" + text[last.end :]
    indent = _column(text, _dash(text, last))
    return _lines_after(text, _behind(text, last.end, indent - 1), listed(made, indent))


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
    indent = _column(text, span.entries[0].start)
    lines = under_key(key, made, indent)
    if before is None:
        start = span.entries[0].start
        new = _newline(text)
        return text[:start] + new.join([lines[0].lstrip(), *lines[1:]]) + new + " " * indent + text[start:]
    if not indent and len(lines) > 1 and "\n\n" in text.replace("\r", ""):
        lines = ["", *lines]
    # a remark below the last entry, as far in as that, is not about what comes behind
    least = indent - 1 if before is span.entries[-1] else indent
    return _lines_after(text, _behind(text, max(before.value.end, before.end), least), lines)


def _out_of_line(text: str, above: Span, last: Any) -> str:
    if above.kind == "list":
        places = [(s.start, s.end) for s in above.items]
        at_ = int(last)
    else:
        places = [(e.start, max(e.end, e.value.end)) for e in above.entries]
        at_ = next(i for i, e in enumerate(above.entries) if e.key == last)
    if at_ + 1 < len(places):
        return text[: places[at_][0]] + text[places[at_ + 1][0] :]
    return text[: places[at_ - 1][1]] + text[places[at_][1] :]


def _out_of_block(text: str, above: Span, last: Any) -> str:
    if above.kind == "list":
        item = above.items[int(last)]
        first, end = _dash(text, item), item.end
    else:
        index = next(i for i, e in enumerate(above.entries) if e.key == last)
        entry = above.entries[index]
        first, end = entry.start, max(entry.end, entry.value.end)
        start = _line_start(text, first)
        if text[start:first].strip() and index + 1 < len(above.entries):
            # it stands behind the dash of its list: the next key takes its place
            return text[:first] + text[above.entries[index + 1].start :]
    start, indent = _line_start(text, first), _column(text, first)
    stop = _next_line(text, _behind(text, end, indent))
    alone = stop >= len(text) or _indent(text, stop) < indent or _is_comment(text, stop)
    if alone:
        start = _with_remarks(text, start, indent)
    kept, rest = text[:start], text[stop:]
    if (not kept or kept.endswith(("\n\n", "\n\r\n"))) and (not rest.strip() or _indent(rest, 0) < 0):
        # no two blank lines where one was
        rest = rest[_next_line(rest, 0) :] if rest.strip() else ""
        kept = kept if rest else kept.rstrip("\r\n") + _newline(text)
    return kept + rest


def _with_remarks(text: str, start: int, indent: int) -> int:
    """Return the start of the remarks directly above a line, which are about what stands alone below them."""
    found = start
    while found:
        before = _line_start(text, found - 1)
        if not _is_comment(text, before) or _indent(text, before) != indent:
            break
        found = before
    # what stands directly above them is spoken of as well, and stays
    return found if not found or _indent(text, _line_start(text, found - 1)) < max(indent, 1) else start
