"""Files that a reader meets whole or not at all: written beside their place and renamed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Have a draft in the folder of a file, which takes its place when the block ends; else nothing is left.

    Unlike `stcsim.study.store.durable` this forces nothing to the disk: what is written can be made again.

    Raises
    ------
    OSError
        it could not be written; what was in its place is still there
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> Path:
    """Write a text, the same bytes on every system, and return its file."""
    with beside(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    return path


def write_page(path: Path | str, name: str, page: str) -> Path:
    """Write a page and return its file.

    Parameters
    ----------
    path : file to write, or a folder
    name : of the file where `path` is a folder
    """
    path = Path(path)
    return write_text(path / name if path.is_dir() else path, page)
