"""Files that are there whole or not at all, also after the machine has lost its power."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from stcsim.errors import StoreError, quote

DRAFT = ".part"
"""How the name of a file ends that is still being written; it begins with a dot."""
_FULL = (errno.ENOSPC, errno.EDQUOT)


def write_durably(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file beside its place, force it to the disk and rename it.

    Raises
    ------
    OSError
        it could not be written; nothing is left of it, and what was in its place is still there
    """
    draft = path.with_name(f".{path.name}{DRAFT}")
    try:
        with draft.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_json(path: Path, data: Any) -> None:
    """Write JSON for people and programs durably."""
    text = json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_durably(path, lambda file: file.write(text.encode()))


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        # Some file systems keep names safe by themselves and refuse to be asked.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Let trouble with files be said in one line that tells what to do.

    Raises
    ------
    StoreError
        in place of an OSError
    """
    try:
        yield
    except OSError as error:
        raise StoreError(_words(error, folder)) from error


def _words(error: OSError, folder: Path) -> str:
    where = quote(folder, 200)
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return (
            f"the disk of {where} is full. What was finished before is kept there; make room and give the "
            "same command again: it goes on from there"
        )
    return (
        f"{where} can no longer be written: {reason}. What was finished before is kept there; the same "
        "command goes on once it can be written"
    )
