"""How far a job is, read from what its command has said so far and how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

USAGE_STATUS, STOPPED_STATUSES = 2, (130, 143)
_PROGRESS = re.compile(r"(\d+) of (\d+) (?:runs|quarters)\b")
_PATH = re.compile(r"(?<![\w.~])/(?:[^\s/'\":;,()]+/)*([^\s/'\":;,()]+)")
_MOST_PROBLEMS = 200
_MOST_BYTES = 200_000


class State(StrEnum):
    """How far a job is."""

    IDLE = "idle"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True)
class Status:
    """What there is to say of a job.

    Parameters
    ----------
    state : how far it is
    progress : share of its runs that are finished, None where that is not known
    text : one line: progress, place in the queue, or how it ended
    folder : what it has written, None where there is nothing
    problems : what is wrong with what was asked for
    notes : what the command said beside
    """

    state: State = State.IDLE
    progress: float | None = None
    text: str = ""
    folder: Path | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (State.QUEUED, State.RUNNING)


def lines_of(path: Path) -> list[str]:
    """Return the lines that a command has said into a file, without paths; empty where there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES)
    except OSError:
        return []
    return [without_paths(line) for line in data.decode("utf-8", "replace").splitlines() if line.strip()]


def without_paths(line: str) -> str:
    """Return a line in which every absolute path is the name at its end."""
    return _PATH.sub(r"\1", line)


def under_way(lines: list[str], stopping: bool) -> Status:
    """Return how far a command is that runs.

    Parameters
    ----------
    lines : what it has said
    stopping : whether it was told to stop
    """
    told = [line for line in lines if _PROGRESS.match(line)]
    notes = tuple(line for line in lines if not _PROGRESS.match(line))
    match = _PROGRESS.match(told[-1]) if told else None
    share = int(match[1]) / max(1, int(match[2])) if match else None
    text = "stopping: what is finished is kept" if stopping else told[-1] if told else "starting"
    return Status(State.RUNNING, share, text, notes=notes)


def ended(status: int, lines: list[str], folder: Path | None, told_to_stop: bool) -> Status:
    """Return how a command has ended.

    Parameters
    ----------
    status : with which it ended
    lines : what it has said
    folder : what it has written, None where there is nothing
    told_to_stop : whether it was
    """
    rest = tuple(line for line in lines if not _PROGRESS.match(line))[:_MOST_PROBLEMS]
    if status == 0:
        return Status(State.DONE, 1.0, "done", folder, notes=rest)
    if told_to_stop or status in STOPPED_STATUSES:
        said = rest[-1] if rest else "stopped"
        return Status(State.STOPPED, None, said, folder, notes=rest[:-1])
    if status == USAGE_STATUS:
        return Status(State.FAILED, None, "it could not be run as asked", None, rest)
    said = next((line for line in reversed(rest) if line.startswith("stcsim: ")), "")
    return Status(State.FAILED, None, said.removeprefix("stcsim: ") or "the run ended without a result", None)
