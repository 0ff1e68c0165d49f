"""The jobs of all sessions of a server: which run, which wait, and the results that are kept.

A job is one command of ours in a process of its own. Its result is a function of the command and the text of
the scenario, so that the same question is answered from what is kept, whoever asks it. One thread of the
server looks after all of them.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from stcsim.dashboard.command import Command, Order, end_all
from stcsim.dashboard.limits import ABSENT_SECONDS, KEPT_RESULTS, WAITING_JOBS
from stcsim.dashboard.status import State, Status
from stcsim.study.processes import usable_processors

TICK_SECONDS = 0.15
END_SECONDS = 3.0
"""So long may all jobs together take to end when the server does."""


@dataclass(eq=False)
class _Job:
    command: Command
    status: Status
    watchers: set[str] = field(default_factory=set)
    asked: float = field(default_factory=time.monotonic)


def slots() -> int:
    """Return how many jobs run at a time: more than one, so that a long one does not keep out the short."""
    return max(2, usable_processors() // 2)


class Board:
    """Starts jobs, each session one at a time, and keeps what comes of them.

    Parameters
    ----------
    folder : for what they write; made when the first is started
    starter : what runs the words of an order, given the number of its parent first
    """

    def __init__(
        self, folder: Path, starter: tuple[str, ...] = (sys.executable, "-m", "stcsim.cli.child")
    ) -> None:
        self._folder = folder
        self._starter = starter
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
            job = _Job(Command(order, folder), Status(State.QUEUED, text="waiting for its turn"), {session})
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
            end_all((job.command for job in self._jobs.values()), END_SECONDS)

    def _leave(self, job: _Job, session: str) -> None:
        job.watchers.discard(session)
        if job.watchers or not job.status.active:
            return
        if job.command.running:
            job.command.stop()
        else:
            job.status = Status(State.STOPPED, text="taken back before it began")

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
            if job.command.running:
                job.status = job.command.follow()
            if job.command.running:
                running.append(job)
        place = 0
        for job in [j for j in self._jobs.values() if j.status.state is State.QUEUED]:
            # Who watches a job that runs waits with the next one until that has ended.
            busy = {session for other in running for session in other.watchers}
            if len(running) < slots() and not job.watchers <= busy:
                job.status = job.command.start(self._starter)
                running.append(job)
                continue
            place += 1
            mine = (
                "your other run has to end first" if job.watchers <= busy else f"number {place} in the queue"
            )
            job.status = Status(State.QUEUED, text=f"waiting for its turn: {mine}")

    def _forget_old(self) -> None:
        over = [job for job in self._jobs.values() if not job.status.active]
        for job in sorted(over, key=lambda j: j.asked)[: max(0, len(over) - KEPT_RESULTS)]:
            del self._jobs[job.command.order.key]
            shutil.rmtree(job.command.folder, ignore_errors=True)
