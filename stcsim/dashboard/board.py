"""The jobs of all sessions of a server: which run, which wait, and the results that are kept.

A job is one command of ours in a process of its own. Its result is a function of the command and the text of
the scenario, so that the same question is answered from what is kept, whoever asks it. One thread of the
server looks after all of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from stcsim.dashboard.limits import ABSENT_SECONDS, KEPT_RESULTS, WAITING_JOBS
from stcsim.study.processes import usable_processors

TICK_SECONDS = 0.15
PATIENCE_SECONDS = 8.0
"""So long may a job take to keep what is finished, after it was told to stop."""
USAGE_STATUS, STOPPED_STATUSES = 2, (130, 143)
_PROGRESS = re.compile(r"(\d+) of (\d+) (?:runs|quarters)\b")
_PATH = re.compile(r"(?<![\w.~])/(?:[^\s/'\":;,()]+/)*([^\s/'\":;,()]+)")
_MOST_PROBLEMS = 200
_ROOT = Path(__file__).resolve().parents[2]


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


@dataclass(frozen=True)
class Order:
    """What is to be run.

    Parameters
    ----------
    words : command and options, without scenario, ``--out`` and ``--jobs``
    scenario : by which the command finds it: a name of the library, or that of the file
    text : of the file; empty where the library has it
    digest : of the scenario's text
    """

    words: tuple[str, ...]
    scenario: str
    text: str
    digest: str

    @property
    def key(self) -> str:
        """A name for what comes of it."""
        said = json.dumps([self.words, self.scenario, self.digest])
        return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(eq=False)
class _Job:
    order: Order
    folder: Path
    status: Status
    watchers: set[str] = field(default_factory=set)
    process: subprocess.Popen[bytes] | None = None
    told_to_stop: float = 0.0
    asked: float = field(default_factory=time.monotonic)


def slots() -> int:
    """Return how many jobs run at a time: more than one, so that a long one does not keep out the short."""
    return max(2, usable_processors() // 2)


def processes_each() -> int:
    """Return how many processes a job may have."""
    return max(1, usable_processors() // 2)


class Board:
    """Starts jobs, each session one at a time, and keeps what comes of them.

    Parameters
    ----------
    folder : for what they write; made when the first is started
    command : what runs the words of a job, given the number of its parent first
    """

    def __init__(
        self, folder: Path, command: tuple[str, ...] = (sys.executable, "-m", "stcsim.cli.child")
    ) -> None:
        self._folder = folder
        self._command = command
        self._tabs: Counter[str] = Counter()
        self._absent: dict[str, float] = {}
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def status(self, order: Order) -> Status:
        """Return how far the job is that this order asks for."""
        with self._lock:
            job = self._jobs.get(order.key)
            if job is None:
                return Status()
            job.asked = time.monotonic()
            return job.status

    def request(self, order: Order, session: str) -> Status:
        """Ask for a job: answered from what is kept, joined where it is under way, else put in the queue."""
        with self._lock:
            if self._over.is_set():
                return Status(State.FAILED, text="The server is ending.")
            job = self._jobs.get(order.key)
            if job is not None and job.status.state in (State.QUEUED, State.RUNNING, State.DONE):
                job.watchers.add(session)
                return job.status
            waiting = sum(1 for other in self._jobs.values() if other.status.state is State.QUEUED)
            if waiting >= WAITING_JOBS:
                said = f"{waiting} runs of other readers wait already: try again in a minute."
                return Status(State.FAILED, text=said)
            folder = self._folder / order.key
            shutil.rmtree(folder, ignore_errors=True)
            self._jobs.pop(order.key, None)
            job = _Job(order, folder, Status(State.QUEUED, text="waiting for its turn"), {session})
            self._jobs[order.key] = job
            self._forget_old()
            self._start_thread()
            self._look()
            return job.status

    def leave(self, order: Order, session: str) -> None:
        """Take one session's wish for a job back; it is stopped where nobody else wants it."""
        with self._lock:
            job = self._jobs.get(order.key)
            if job is not None:
                self._leave(job, session)

    def enter(self, session: str) -> None:
        """Note that a session has opened a tab."""
        with self._lock:
            self._tabs[session] += 1
            self._absent.pop(session, None)

    def exit(self, session: str) -> None:
        """Note that a tab was closed; after the last, what it has asked for is taken back, in a while."""
        with self._lock:
            self._tabs[session] -= 1
            if self._tabs[session] <= 0:
                del self._tabs[session]
                self._absent[session] = time.monotonic() + ABSENT_SECONDS

    def close(self) -> None:
        """Stop everything; what does not end by itself is ended."""
        self._over.set()
        with self._lock:
            running = [job.process for job in self._jobs.values() if job.process is not None]
            for process in running:
                _signal(process, signal.SIGTERM)
            limit = time.monotonic() + 3.0
            for process in running:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(max(0.05, limit - time.monotonic()))
                _signal(process, signal.SIGKILL)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(2.0)
            for job in self._jobs.values():
                job.process = None

    def _leave(self, job: _Job, session: str) -> None:
        job.watchers.discard(session)
        if job.watchers or not job.status.active:
            return
        if job.process is None:
            job.status = Status(State.STOPPED, text="taken back before it began")
        elif not job.told_to_stop:
            job.told_to_stop = time.monotonic()
            _signal(job.process, signal.SIGTERM, group=False)

    def _start_thread(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._look_after, name="jobs", daemon=True)
            self._thread.start()

    def _look_after(self) -> None:
        while not self._over.wait(TICK_SECONDS):
            with self._lock:
                self._look()

    def _look(self) -> None:
        now = time.monotonic()
        for session in [s for s, end in self._absent.items() if end < now]:
            del self._absent[session]
            for job in self._jobs.values():
                self._leave(job, session)
        running: list[_Job] = []
        for job in self._jobs.values():
            if job.process is not None:
                self._follow(job)
            if job.process is not None:
                running.append(job)
        place = 0
        for job in [j for j in self._jobs.values() if j.status.state is State.QUEUED]:
            # Who watches a job that runs waits with the next one until that has ended.
            busy = {session for other in running for session in other.watchers}
            if len(running) < slots() and not job.watchers <= busy:
                self._start(job)
                running.append(job)
                continue
            place += 1
            mine = (
                "your other run has to end first" if job.watchers <= busy else f"number {place} in the queue"
            )
            job.status = Status(State.QUEUED, text=f"waiting for its turn: {mine}")

    def _start(self, job: _Job) -> None:
        job.folder.mkdir(parents=True, exist_ok=True)
        if job.order.text:
            (job.folder / job.order.scenario).write_text(job.order.text, encoding="utf-8")
        first, *options = job.order.words
        words = [first, job.order.scenario, *options, "--out", "result"]
        if first == "compare":
            words += ["--jobs", str(processes_each())]
        known = os.environ.get("PYTHONPATH", "")
        surroundings = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(_ROOT), *([known] if known else [])]),
            "COLUMNS": "200",
        }
        with (job.folder / "said").open("wb") as said, (job.folder / "printed").open("wb") as printed:
            job.process = subprocess.Popen(
                [*self._command, str(os.getpid()), *words],
                cwd=job.folder,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=said,
                start_new_session=True,
            )
        job.status = Status(State.RUNNING, text="starting")

    def _follow(self, job: _Job) -> None:
        assert job.process is not None
        ended = job.process.poll()
        lines = _lines(job.folder / "said")
        if ended is None:
            if job.told_to_stop and time.monotonic() - job.told_to_stop > PATIENCE_SECONDS:
                _signal(job.process, signal.SIGKILL)
            job.status = _under_way(lines, bool(job.told_to_stop))
            return
        # What a worker has left behind ends with its command.
        _signal(job.process, signal.SIGKILL)
        job.process = None
        written = job.folder / "result"
        job.status = _ended(ended, lines, written if written.is_dir() else None, bool(job.told_to_stop))

    def _forget_old(self) -> None:
        over = [job for job in self._jobs.values() if not job.status.active]
        for job in sorted(over, key=lambda j: j.asked)[: max(0, len(over) - KEPT_RESULTS)]:
            del self._jobs[job.order.key]
            shutil.rmtree(job.folder, ignore_errors=True)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals, *, group: bool = True) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            data = file.read(200_000)
    except OSError:
        return []
    return [without_paths(line) for line in data.decode("utf-8", "replace").splitlines() if line.strip()]


def without_paths(line: str) -> str:
    """Return a line in which every absolute path is the name at its end."""
    return _PATH.sub(r"\1", line)


def _under_way(lines: list[str], stopping: bool) -> Status:
    told = [line for line in lines if _PROGRESS.match(line)]
    notes = tuple(line for line in lines if not _PROGRESS.match(line))
    match = _PROGRESS.match(told[-1]) if told else None
    share = int(match[1]) / max(1, int(match[2])) if match else None
    text = "stopping: what is finished is kept" if stopping else told[-1] if told else "starting"
    return Status(State.RUNNING, share, text, notes=notes)


def _ended(status: int, lines: list[str], folder: Path | None, told_to_stop: bool) -> Status:
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
