"""How far a comparison or study has come, on stderr: a bar with the time that is left, or a line at times."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    """Told how far it has come."""

    def __call__(self, done: int, total: int, before: int = 0, failed: int = 0) -> None:
        """Take note.

        Parameters
        ----------
        done : runs that are finished
        total : runs that are wanted
        before : of those that are finished, runs of an earlier execution, which say nothing of the pace
        failed : runs that came to no end
        """


LINE_SECONDS = 15.0
"""Where stderr is no terminal, a line is written so often, also while nothing comes to its end."""
START_SECONDS = 3.0
"""Where nothing was run by then, a line says so."""


@contextmanager
def shown(what: str = "runs", seconds: float | None = None) -> Iterator[Progress]:
    """Give a function that is told how many runs are finished, and of how many.

    Parameters
    ----------
    what : is counted
    seconds : between lines where stderr is no terminal; `LINE_SECONDS` of the moment where not given
    """
    if sys.stderr.isatty():
        with _bar(what) as progress:
            yield progress
    else:
        with _lines(what, LINE_SECONDS if seconds is None else seconds) as progress:
            yield progress


@contextmanager
def _bar(what: str) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    clock = _Clock()

    class Left(ProgressColumn):
        """The remaining time, running down between one block of runs and the next."""

        max_refresh = 1.0

        def render(self, task: Task) -> Text:  # noqa: ARG002 - the clock knows
            return Text(_joined(clock.words(), clock.failures()))

    columns = (TextColumn("running"), BarColumn(), MofNCompleteColumn(), TextColumn(what), Left())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, before: int = 0, failed: int = 0) -> None:
            clock.tell(done, total, before, failed)
            bar.update(task, completed=done, total=total)

        yield tell


@contextmanager
def _lines(what: str, seconds: float) -> Iterator[Progress]:
    lines, over = _Lines(what, seconds), threading.Event()

    def tick() -> None:
        while not over.wait(1.0):
            lines.tick()

    thread = threading.Thread(target=tick, name="progress", daemon=True)
    thread.start()
    try:
        yield lines.tell
    finally:
        over.set()
        thread.join()


class _Lines:
    """Writes a line at times, whether runs come to their end or not."""

    def __init__(self, what: str, seconds: float) -> None:
        self._what, self._seconds = what, seconds
        self._clock = _Clock()
        self._said = self._clock.started
        self._done = self._total = 0
        self._lock = threading.Lock()

    def tell(self, done: int, total: int, before: int = 0, failed: int = 0) -> None:
        """Take note, and write a line where it is time."""
        with self._lock:
            self._done, self._total = done, total
            now = self._clock.tell(done, total, before, failed)
            if 0 < done < total and now - self._said >= self._seconds:
                self._write(now)

    def tick(self) -> None:
        """Write a line where it is time though nothing has come."""
        with self._lock:
            now, silent = time.monotonic(), self._said == self._clock.started
            due = START_SECONDS if silent and self._clock.end is None else self._seconds
            if self._done < self._total and now - self._said >= due:
                self._write(now)

    def _write(self, now: float) -> None:
        begun = self._clock.words() or "the first are being started"
        self._said = now
        said = _joined(f"{self._done} of {self._total} {self._what}", begun, self._clock.failures())
        sys.stderr.write(f"{said}\n")
        sys.stderr.flush()


class _Clock:
    """Tells how long it will take: what is left at the pace so far."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.end: float | None = None
        self.failed = 0

    def tell(self, done: int, total: int, before: int, failed: int) -> float:
        """Note how far it has come and return the time."""
        now = time.monotonic()
        self.failed = failed
        if done + failed > before:
            pace = (now - self.started) / (done + failed - before)
            self.end = now + pace * max(0, total - done - failed)
        return now

    def words(self) -> str:
        """Return the time that is left, in words."""
        if self.end is None:
            return ""
        return f"about {duration(max(self.end - time.monotonic(), 0.0))} left"

    def failures(self) -> str:
        """Return how many runs have failed, in words; nothing where none has."""
        return f"{self.failed} failed" if self.failed else ""


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def duration(seconds: float) -> str:
    """Return a time in words of one unit."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
