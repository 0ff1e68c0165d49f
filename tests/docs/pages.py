"""The pages of the documentation, and the pieces of them that tests look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"(?:^ {4}\S[^\n]*\n)+", re.MULTILINE)


def name_of(page: Path) -> str:
    """Return what a page is called in test names."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, kind: str) -> Iterator[str]:
    """Yield the fenced blocks of a page whose info string is `kind`."""
    for info, text in _FENCE.findall(page.read_text(encoding="utf-8")):
        if info.strip() == kind:
            yield text


def prose(page: Path) -> str:
    """Return a page without its fenced and indented blocks and without code in the line."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"`[^`\n]*`", "", _INDENTED.sub("", text))


def shell_lines(page: Path) -> Iterator[str]:
    """Yield the commands in the indented and ``sh`` blocks of a page, without remarks."""
    text = page.read_text(encoding="utf-8")
    found = [m[0] for m in _INDENTED.finditer(_FENCE.sub("", text))]
    for line in "\n".join([*found, *blocks(page, "sh")]).splitlines():
        command = line.split("#")[0].strip()
        if command:
            yield command
