"""How far the folder of a study has come, read cheaply and often, also while somebody writes there."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stcsim.errors import StcsimError
from stcsim.pictures.style import RIVAL
from stcsim.pictures.words import capital, counted
from stcsim.study.store.failures import FAILURES
from stcsim.study.store.folder import COMPLETE, UNDER_WAY
from stcsim.study.store.manifest import MANIFEST, read_manifest
from stcsim.study.store.recovery import shards
from stcsim.study.store.shard import RUNS
from stcsim.study.study_reading import read_study
from stcsim.study.study_writing import STUDY

Kind = Literal["planned", "running", "stopped", "failed", "complete", "unreadable"]
_SILENT = 600.0
"""Seconds without a new file after which nobody is believed to be at work on another machine."""


@dataclass(frozen=True)
class StudyState:
    """How far a study has come.

    Parameters
    ----------
    kind : ``planned`` where nothing was run, ``running`` where somebody is at work, ``stopped`` where runs
        are missing, ``failed`` where nothing is missing but some runs came to no end, ``complete``, or
        ``unreadable``
    done : runs that are finished, rivals of equal cost aside
    total : runs that are wanted in any case; 0 where that is not known
    failed : runs that came to no end
    rivals : runs of rivals of equal cost that are finished
    left : seconds that it will take at the pace so far; None where there is none
    why : why it cannot be read
    stamp : changes whenever something comes to the folder; equal stamps hold equal runs
    """

    kind: Kind
    done: int = 0
    total: int = 0
    failed: int = 0
    rivals: int = 0
    left: float | None = None
    why: str = ""
    stamp: str = ""

    @property
    def share(self) -> float | None:
        """How much of it is finished, from 0 to 1; None where that is not known."""
        return min(1.0, (self.done + self.failed) / self.total) if self.total else None

    @property
    def words(self) -> str:
        """The state in words, such as ``running: 144 of 396 runs, about 2 min left``."""
        far = counted(self.done, "run")
        if self.total and self.done < self.total:
            far = f"{self.done:,} of {counted(self.total, 'run')}"
        far += f" and {self.rivals:,} with the same money on staff" if self.rivals else ""
        lost = f", {self.failed:,} failed" if self.failed else ""
        match self.kind:
            case "planned":
                return "planned: nothing was run yet"
            case "running":
                left = "" if self.left is None else f", {time_words(self.left)} left"
                return f"running: {far}{lost}{left}"
            case "stopped":
                return f"stopped: {far}{lost}"
            case "failed":
                return f"{counted(self.failed, 'run')} failed, {self.done:,} finished"
            case "complete":
                return f"complete: {far}"
            case _:
                return "cannot be read"


@dataclass
class StudyWatch:
    """Looks at the folder of a study as often as wanted; files that were seen are not read again.

    Parameters
    ----------
    folder : of the study
    """

    folder: Path
    _rows: dict[str, tuple[int, int]] = field(default_factory=dict, init=False, repr=False)
    _total: tuple[tuple[int, int], int] | None = field(default=None, init=False, repr=False)

    def look(self, *, wanted: bool = True) -> StudyState:
        """Return how far it is now.

        Parameters
        ----------
        wanted : whether to read how many runs are wanted, which takes a second the first time; known without
            where the last execution has come to its end
        """
        try:
            manifest = read_manifest(self.folder)
            if manifest is None:
                return StudyState("unreadable", why="it has no manifest")
            names = shards(self.folder)
            rows = [self._counted(name) for name in names]
            done, rivals = (sum(row[i] for row in rows) for i in (0, 1))
            failed = _count(self.folder / FAILURES)
        except (StcsimError, OSError) as error:
            return StudyState("unreadable", why=capital(str(error)))
        stamp = f"{_changed(self.folder / MANIFEST)}-{len(names)}-{names[-1] if names else ''}-{failed}"
        last: Mapping[str, Any] = manifest["executions"][-1] if manifest["executions"] else {}
        end = str(last.get("end", ""))
        running = end == UNDER_WAY and self._at_work(last, names)
        total = self._wanted() if wanted else 0
        missing = max(0, total - done - failed) if total else int(end != COMPLETE)
        kind: Kind = "complete"
        if running:
            kind = "running"
        elif not done and not failed:
            kind = "planned"
        elif missing:
            kind = "stopped"
        elif failed:
            kind = "failed"
        left = _left(last, done, total) if running and total else None
        return StudyState(kind, done, max(total, done) if total else 0, failed, rivals, left, stamp=stamp)

    def _counted(self, name: str) -> tuple[int, int]:
        """Return the runs of one shard, those of rivals apart; a shard never changes."""
        if name not in self._rows:
            try:
                arms = pq.read_table(self.folder / RUNS / name, columns=["arm"]).column("arm")
            except (pa.ArrowException, FileNotFoundError):
                return 0, 0
            rivals = int(pc.sum(pc.ends_with(arms.cast(pa.string()), RIVAL)).as_py() or 0)
            self._rows[name] = len(arms) - rivals, rivals
        return self._rows[name]

    def _wanted(self) -> int:
        """Return how many runs the study asks for in any case, 0 where its file cannot be read."""
        path = self.folder / STUDY
        try:
            found = path.stat()
            key = (found.st_mtime_ns, found.st_size)
            if self._total is None or self._total[0] != key:
                self._total = key, read_study(path, kept=True).plan.runs
        except (StcsimError, OSError):
            return 0
        return self._total[1]

    def _at_work(self, last: Mapping[str, Any], names: list[str]) -> bool:
        """Whether the process that says it is at work still is; of another machine files tell."""
        if last.get("host") == platform.node():
            return _is_alive(int(last.get("pid") or 0))
        newest = self.folder / RUNS / names[-1] if names else self.folder / MANIFEST
        return time.time() - _changed(newest) / 1e9 < _SILENT


def time_words(seconds: float) -> str:
    """Return a time to come for people: ``less than a minute``, ``about 12 min``, ``about 3 h``."""
    minutes = seconds / 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return f"about {round(minutes)} min"
    hours = minutes / 60
    return f"about {round(hours)} h" if hours < 48 else f"about {round(hours / 24)} days"


def _left(last: Mapping[str, Any], done: int, total: int) -> float | None:
    """Return the seconds that are left at the pace of this execution, None before it has one."""
    try:
        begun = datetime.fromisoformat(str(last["started"]))
        added = done - int(last.get("runs_before") or 0)
    except (KeyError, ValueError):
        return None
    gone = (datetime.now(UTC) - begun).total_seconds()
    return (total - done) * gone / added if added > 0 and gone > 0 else None


def _is_alive(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _count(folder: Path) -> int:
    try:
        return sum(1 for entry in os.scandir(folder) if entry.name.endswith(".json"))
    except FileNotFoundError:
        return 0


def _changed(path: Path) -> int:
    """Return when a file was changed in ns, 0 where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
