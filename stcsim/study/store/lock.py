"""Who writes into the folder of a study: one process at a time.

The operating system holds the lock and lets go of it with the process, however that ends, so a writer that
was killed is in nobody's way. Worker processes do not inherit it.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from stcsim.errors import InputError, Problem, quote

LOCK = "lock"
_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Be the only writer meanwhile.

    Raises
    ------
    InputError
        another process writes into the folder, or nobody can
    """
    number = _taken(folder)
    try:
        about = {"pid": os.getpid(), "host": platform.node(), "started": _now()}
        os.ftruncate(number, 0)
        os.write(number, (json.dumps(about) + "\n").encode())
        yield
    finally:
        # The file stays: whoever took it away could take another's.
        os.close(number)


def unwritable(folder: Path, reason: str) -> InputError:
    """Return the error that nothing can be written into a folder."""
    said = f"{quote(folder, 200)} cannot be written: {reason}"
    return InputError([Problem("", 0, 0, "--out", said, "Choose another.")])


def _taken(folder: Path) -> int:
    """Return the open file that is locked."""
    path = folder / LOCK
    while True:
        number = -1
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Between opening and locking somebody may have put another file in its place.
            if os.path.samestat(os.fstat(number), path.stat()):
                return number
        except FileNotFoundError:
            pass
        except OSError as error:
            holder = _holder(number) if number >= 0 else ""
            _close(number)
            if error.errno not in _TAKEN:
                raise unwritable(folder, error.strerror or str(error)) from None
            said = f"{quote(folder, 200)} is being written by {holder}"
            repair = "Wait until it has ended, or choose another folder."
            raise InputError([Problem("", 0, 0, "--out", said, repair)]) from None
        _close(number)


def _close(number: int) -> None:
    if number >= 0:
        os.close(number)


def _holder(number: int) -> str:
    """Say who holds the lock."""
    try:
        about = json.loads(os.pread(number, 4096, 0))
        return f"process {about['pid']} on {quote(about['host'])}, since {about['started']}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
