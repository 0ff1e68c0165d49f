"""How far a comparison or study has come, on stderr: a bar with the time that is left, or a line at times."""

from __future__ import annotations

import sys
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


LINE_SECONDS = 20.0
"""Where stderr is no terminal, a line is written at most so often."""


@contextmanager
def shown() -> Iterator[Progress]:
    """Give a function that is told how many runs are finished, and of how many."""
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    clock = _Clock()

    class Left(ProgressColumn):
        """The remaining time, running down between one block of runs and the next."""

        max_refresh = 1.0

        def render(self, task: Task) -> Text:  # noqa: ARG002 - the clock knows
            return Text(_joined(clock.words(), clock.failures()))

    columns = (TextColumn("running"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"), Left())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int, before: int = 0, failed: int = 0) -> None:
            clock.tell(done, total, before, failed)
            bar.update(task, completed=done, total=total)

        yield tell


def _lines() -> Progress:
    clock = _Clock()
    said = clock.started

    def tell(done: int, total: int, before: int = 0, failed: int = 0) -> None:
        nonlocal said
        now = clock.tell(done, total, before, failed)
        if 0 < done < total and now - said >= LINE_SECONDS:
            said = now
            said_so = _joined(f"{done} of {total} runs", clock.words(), clock.failures())
            sys.stderr.write(f"{said_so}\n")
            sys.stderr.flush()

    return tell


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
