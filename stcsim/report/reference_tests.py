"""The table of tests that ask about the model rather than about one function, from their own first lines."""

from __future__ import annotations

import ast
from pathlib import Path

from stcsim.errors import InputError
from stcsim.report.markdown import first_line, grid

FOLDERS: tuple[str, ...] = ("theory", "invariance", "conformance", "properties", "evidence", "golden")
"""Folders of `tests/`, by what they prove."""


def verification() -> str:
    """Return one row for each file of tests in `FOLDERS`.

    Raises
    ------
    InputError
        this is no checkout: the tests do not travel with the package
    """
    root = Path(__file__).resolve().parents[2] / "tests"
    if not root.is_dir():
        raise InputError("the table of tests is made in a checkout: there is no folder of tests here")
    rows = []
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("test_*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            link = f"[{path.stem.removeprefix('test_').replace('_', ' ')}](../tests/{folder}/{path.name})"
            rows.append([folder, link, first_line(ast.get_docstring(tree))])
    return grid(["Kind", "File", "What it asks"], rows)
