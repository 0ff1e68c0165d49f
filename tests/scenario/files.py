"""Scenario files for tests, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.errors import InputError, Problem
from stcsim.scenario.loading import load

HEAD = "format: 1\nname: s\n"
MINIMAL = f"{HEAD}countries:\n  - id: A\n"


def write(folder: Path, text: str | bytes, name: str = "s.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(path: Path, *settings: str) -> list[Problem]:
    """Return what is wrong with the file at `path`; fail where nothing is."""
    with pytest.raises(InputError) as caught:
        load(path, settings)
    return list(caught.value.problems)


def lines(folder: Path, text: str | bytes, *settings: str) -> list[str]:
    """Return the problems of a text as lines without the name of the file."""
    path = write(folder, text)
    return [str(p).removeprefix(str(path)) for p in problems(path, *settings)]
