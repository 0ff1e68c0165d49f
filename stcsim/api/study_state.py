"""How far the folder of a study has come, read cheaply and often, also while somebody writes there."""

from __future__ import annotations

import json
import os
import platform
import shlex
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stcsim.errors import InputError, StcsimError
from stcsim.pictures.style import RIVAL
from stcsim.pictures.words import counted
from stcsim.scenario.composing import compose
from stcsim.scenario.reading import read
from stcsim.study.store.failures import FAILURES
from stcsim.study.store.folder import COMPLETE, UNDER_WAY
from stcsim.study.store.lock import LOCK
from stcsim.study.store.manifest import MANIFEST, read_manifest
from stcsim.study.store.recovery import shards
from stcsim.study.store.shard import RUNS
from stcsim.study.study_reading import STUDY_KIND, read_study
from stcsim.study.study_writing import STUDY

Kind = Literal["preparing", "planned", "running", "stopped", "failed", "complete", "damaged", "unreadable"]
_SILENT = 600.0
"""Seconds without a new file after which nobody is believed to be at work on another machine."""


@dataclass(frozen=True)
class StudyState:
    """How far a study has come.

    Parameters
    ----------
    kind : ``preparing`` before there is a manifest, ``planned`` where nothing was run, ``running`` where
        somebody is at work, ``stopped`` where runs are missing, ``failed`` where nothing is missing but some
        runs came to no end, ``complete``, ``damaged`` where files of runs are lost or cannot be read, or
        ``unreadable``
    done : runs that are finished, rivals of equal cost aside
    total : runs that are wanted in any case; 0 where that is not known
    failed : runs that came to no end
    rivals : runs of rivals of equal cost that are finished
    left : seconds that it will take at the pace so far; None where there is none
    why : why it cannot be read, or what is damaged and how to repair it
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
            case "preparing":
                return "being prepared: nothing was run yet"
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
            case "damaged":
                return f"damaged: {far} can be read"
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
    _total: tuple[tuple[int, int], int, str] | None = field(default=None, init=False, repr=False)
    _sound: tuple[int, int] | None = field(default=None, init=False, repr=False)

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
                if is_being_prepared(self.folder):
                    return StudyState("preparing")
                why = "it has no manifest" if self.folder.is_dir() else "it is not there any more"
                return StudyState("unreadable", why=why)
            names = shards(self.folder)
            found = {name: self._counted(name) for name in names}
            rows = [row for row in found.values() if row is not None]
            torn = [name for name, row in found.items() if row is None]
            done, rivals = (sum(row[i] for row in rows) for i in (0, 1))
            failed = _count(self.folder / FAILURES)
            self._require_plan()
            total = self._wanted() if wanted else 0
        except (StcsimError, OSError) as error:
            return StudyState("unreadable", why=str(error))
        stamp = f"{_changed(self.folder / MANIFEST)}-{len(names)}-{names[-1] if names else ''}-{failed}"
        last: Mapping[str, Any] = manifest["executions"][-1] if manifest["executions"] else {}
        end = str(last.get("end", ""))
        running = end == UNDER_WAY and self._at_work(last, names)
        told = int(last.get("runs_before") or 0) + int(last.get("runs_added") or 0)
        missing = max(0, total - done - failed) if total else int(end != COMPLETE or done + rivals < told)
        lost = end == COMPLETE and told > 0 and not done + rivals
        kind: Kind = "complete"
        if running:
            kind = "running"
        elif torn or lost:
            kind = "damaged"
        elif not done and not failed:
            kind = "planned"
        elif missing:
            kind = "stopped"
        elif failed:
            kind = "failed"
        left = _left(last, done, total) if running and total else None
        why = self._damage(torn) if torn or lost else ""
        return StudyState(kind, done, max(total, done) if total else 0, failed, rivals, left, why, stamp)

    def _damage(self, torn: list[str]) -> str:
        """Return which files of runs are lost, and what runs them again."""
        study, out = (shlex.quote(str(path)) for path in (self.folder / STUDY, self.folder))
        more = len(torn) - 1
        which = f"{RUNS}/{torn[0]}" if torn else f"{RUNS}/ holds no file of runs any more"
        if torn:
            which += f" and {counted(more, 'more file')}" if more else ""
            which += " cannot be read: damaged" if more else " cannot be read: it is damaged"
        return f"{which}. The command runs what is missing again: stcsim study run {study} --out {out}"

    def _counted(self, name: str) -> tuple[int, int] | None:
        """Return the runs of a shard, those of rivals apart, None where it is torn; it never changes."""
        if name not in self._rows:
            try:
                # All of it is read: a wrong byte in any column loses its runs.
                with pq.ParquetFile(self.folder / RUNS / name, page_checksum_verification=True) as file:
                    arms = file.read().column("arm")
            except FileNotFoundError:
                return 0, 0
            except pa.ArrowException:
                return None
            except OSError as error:
                if error.errno is None:
                    return None
                raise
            rivals = int(pc.sum(pc.ends_with(arms.cast(pa.string()), RIVAL)).as_py() or 0)
            self._rows[name] = len(arms) - rivals, rivals
        return self._rows[name]

    def _require_plan(self) -> None:
        """Refuse a file of the study that is none, which is quickly seen, or that was found to be wrong."""
        path = self.folder / STUDY
        key = _key(path)
        if self._sound != key:
            _, problems = compose(read(path, kind=STUDY_KIND))
            if problems:
                raise InputError(problems)
            self._sound = key
        if self._total is not None and self._total[0] == key and self._total[2]:
            raise InputError(self._total[2])

    def _wanted(self) -> int:
        """Return how many runs the study asks for in any case."""
        path = self.folder / STUDY
        key = _key(path)
        if self._total is None or self._total[0] != key:
            try:
                self._total = key, read_study(path, kept=True).plan.runs, ""
            except InputError as error:
                self._total = key, 0, str(error)
                raise
        return self._total[1]

    def _at_work(self, last: Mapping[str, Any], names: list[str]) -> bool:
        """Whether the process that says it is at work still is; of another machine files tell."""
        if last.get("host") == platform.node():
            return _is_alive(int(last.get("pid") or 0))
        newest = self.folder / RUNS / names[-1] if names else self.folder / MANIFEST
        return time.time() - _changed(newest) / 1e9 < _SILENT


def is_being_prepared(folder: Path) -> bool:
    """Whether somebody has begun to write a study into a folder that has no manifest yet."""
    lock = folder / LOCK
    try:
        if not stat.S_ISREG(lock.lstat().st_mode) or (folder / MANIFEST).exists():
            return False
        told = json.loads(lock.read_bytes()[:4096])
        pid = int(told["pid"])
        if told["host"] == platform.node():
            return _is_alive(pid)
        return time.time() - _changed(lock) / 1e9 < _SILENT
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return False


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


def _key(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


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
