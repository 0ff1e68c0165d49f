"""A log that nobody can fill: at most so many lines a minute for each of those who cause them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

MINUTE = 60.0
_MOST_KEYS = 1000


class Sparing:
    """Counts lines.

    Parameters
    ----------
    lines : a minute, for each key
    clock : seconds
    """

    def __init__(self, lines: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._lines = lines
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._began = clock()

    def left(self, key: str) -> int:
        """Return how many lines may be written now, this one included; 1 is the last in this minute."""
        with self._lock:
            if self._clock() - self._began >= MINUTE:
                self._counts.clear()
                self._began = self._clock()
            if key not in self._counts and len(self._counts) >= _MOST_KEYS:
                return 0
            written = self._counts.get(key, 0)
            self._counts[key] = min(written + 1, self._lines)
            return self._lines - written


class PackagesSparing(logging.Filter):
    """Lets through what we say, and of each package so many records a minute, none of them long.

    Parameters
    ----------
    records : a minute, of each package
    length : of a message, in characters
    """

    def __init__(self, records: int = 10, length: int = 500) -> None:
        super().__init__()
        self._sparing = Sparing(records)
        self._length = length

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is written; the last in a minute says so."""
        package = record.name.partition(".")[0]
        if package == "stcsim":
            return True
        left = self._sparing.left(package)
        if left < 1:
            return False
        said = record.getMessage()
        record.msg = said if len(said) <= self._length else f"{said[: self._length]}..."
        record.args = None
        if left == 1:
            record.msg += f" (more of {package} is not written in this minute)"
        return True
