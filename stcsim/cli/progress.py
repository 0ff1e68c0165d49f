"""How far a comparison has come, on stderr: a bar with the remaining time, or a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[int, int], None]
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
            return Text(clock.words())

    columns = (TextColumn("running"), BarColumn(), MofNCompleteColumn(), TextColumn("runs"), Left())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            clock.tell(done, total)
            bar.update(task, completed=done, total=total)

        yield tell


def _lines() -> Progress:
    clock = _Clock()
    said = clock.started

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = clock.tell(done, total)
        if 0 < done < total and now - said >= LINE_SECONDS:
            said = now
            sys.stderr.write(f"{done} of {total} runs, {clock.words()}\n")
            sys.stderr.flush()

    return tell


class _Clock:
    """Tells how long it will take: what is left at the pace so far."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.end: float | None = None

    def tell(self, done: int, total: int) -> float:
        """Note how far it has come and return the time."""
        now = time.monotonic()
        if done:
            self.end = now + (now - self.started) / done * (total - done)
        return now

    def words(self) -> str:
        """Return the time that is left, in words."""
        if self.end is None:
            return ""
        return f"about {duration(max(self.end - time.monotonic(), 0.0))} left"


def duration(seconds: float) -> str:
    """Return a time in words of one unit."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
