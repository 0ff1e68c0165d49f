"""Lines of a text by positions of characters, and what belongs to them."""

from __future__ import annotations

from stcsim.dashboard.editing.spans import Span


def newline(text: str) -> str:
    """Return the line break that a text has."""
    return "\r\n" if "\r\n" in text else "\n"


def line_end(text: str, at: int) -> int:
    """Return the position behind the last character of the line that holds position `at`."""
    found = text.find("\n", at)
    found = len(text) if found < 0 else found
    return found - 1 if found > at and text[found - 1] == "\r" else found


def line_start(text: str, at: int) -> int:
    """Return the position of the first character of the line that holds position `at`."""
    return text.rfind("\n", 0, at) + 1


def indent_of(text: str, at: int) -> int:
    """Return the indentation of the line that starts at `at`, -1 where it is blank."""
    line = text[at : line_end(text, at)]
    return len(line) - len(line.lstrip(" ")) if line.strip() else -1


def next_line(text: str, at: int) -> int:
    """Return where the line behind the one that holds position `at` starts."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def is_comment(text: str, at: int) -> bool:
    """Whether the line that starts at `at` is nothing but a remark."""
    return text[at : line_end(text, at)].lstrip().startswith("#")


def behind(text: str, span_end: int, indent: int) -> int:
    """Return the end of the last line that belongs to a value: its own, and remarks below it further in."""
    found = line_end(text, span_end)
    at = next_line(text, found)
    while at < len(text) and is_comment(text, at) and indent_of(text, at) > indent:
        found = line_end(text, at)
        at = next_line(text, found)
    return found


def lines_after(text: str, at: int, lines: list[str]) -> str:
    """Return a text with lines put behind the one that ends at `at`."""
    new = newline(text)
    return text[:at] + new + new.join(lines) + text[at:]


def dash_of(text: str, item: Span) -> int:
    """Return the position of the dash in front of an entry of a list, whatever follows it."""
    return text.rindex("-", 0, max(item.start, 1))


def column_of(text: str, at: int) -> int:
    """Return how far in a position stands, from 0."""
    return at - line_start(text, at)
