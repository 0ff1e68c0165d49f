"""Markdown as the documentation uses it: tables, code and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; cells may hold any text without line breaks."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return text set as code; nothing for nothing."""
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Return several texts set as code, with commas between."""
    return ", ".join(code(t) for t in texts)


def value(given: Any) -> str:
    """Return a default or bound for people: numbers without trailing zeros, lists with commas."""
    if given is None:
        return "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, (int, float)):
        return f"{given:,}" if isinstance(given, int) else f"{given:g}"
    if isinstance(given, (tuple, list)):
        return ", ".join(value(g) for g in given) or "all"
    return str(given) or "none"


def between(ends: tuple[float | None, float | None] | None) -> str:
    """Return a range, such as ``0 to 1``; open where an end is missing, empty where both are."""
    if ends is None or ends == (None, None):
        return ""
    low, high = ends
    if high is None:
        return f"from {low:g}"
    if low is None:
        return f"to {high:g}"
    return f"{low:g} to {high:g}"


def first_line(doc: str | None) -> str:
    """Return the first line of a docstring."""
    return (doc or "").strip().split("\n")[0].strip()


def first_paragraph(doc: str | None) -> str:
    """Return the first paragraph of a docstring in one line."""
    return " ".join((doc or "").strip().split("\n\n")[0].split())
