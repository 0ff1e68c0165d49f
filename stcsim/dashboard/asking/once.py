"""What a job has written is read once for all who look at it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")


def once(read: Callable[[Path], _T], marker: str, kept: int) -> Callable[[Path], _T]:
    """Return `read` that keeps what it gave, as long as a file in the folder stays as it is.

    Parameters
    ----------
    read : reads a folder
    marker : name of the file in it that is written last
    kept : of so many folders, the last that were asked for
    """

    @lru_cache(maxsize=kept)
    def known(folder: Path, stamp: int) -> _T:  # noqa: ARG001 - another stamp is another result
        return read(folder)

    def found(folder: Path) -> _T:
        try:
            stamp = (folder / marker).stat().st_mtime_ns
        except OSError:
            stamp = 0
        return known(folder, stamp)

    return found
