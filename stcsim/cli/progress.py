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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("running"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("runs,"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("left"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Progress:
    started = said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        now = time.monotonic()
        if not 0 < done < total or now - said < LINE_SECONDS:
            return
        said = now
        left = (now - started) / done * (total - done)
        sys.stderr.write(f"{done} of {total} runs, about {duration(left)} left\n")
        sys.stderr.flush()

    return tell


def duration(seconds: float) -> str:
    """Return a time in words of one unit."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
