"""Worker processes: spawned, each with a pipe of its own and one thread for linear algebra.

A worker that is killed in the middle of an answer leaves half of it in its own pipe, where the end of the
process is seen at once. Workers that share a pipe and its lock, as those of `concurrent.futures`, leave their
parent waiting for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from stcsim.study.worker import READY, serve

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""What libraries of linear algebra read when they are loaded: processes already share the cores."""
PATIENCE = 5.0
"""Seconds that a worker with nothing left to do is given to end by itself."""


class WorkersError(Exception):
    """No worker process could be started."""


@dataclass(eq=False)
class Worker:
    """One process.

    Parameters
    ----------
    process : of the operating system
    pipe : our end
    started : whether it has said that it is there
    task : number of what it does, None when it has nothing to do
    """

    process: BaseProcess
    pipe: Connection[Any, Any]
    started: bool = False
    task: int | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a task.

    Parameters
    ----------
    task : its number
    result : what came of it; None where nothing did
    error : why nothing came of it; empty where its process died
    done : whether something came of it
    """

    task: int
    result: Any = None
    error: str = ""
    done: bool = False


def usable_processors() -> int:
    """Return how many processors this process may use."""
    known = hasattr(os, "sched_getaffinity")
    allowed = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    return max(1, min(allowed, _quota()))


def _quota() -> int:
    """Return the processors that a container is given, as whole ones; many where it does not say."""
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return max(1, int(quota) // int(period))
    except (OSError, ValueError):
        return 1_000_000


class Workers:
    """Processes that do tasks; one that dies is replaced when there is something to do.

    Parameters
    ----------
    jobs : how many
    work : what is called with each task, of a module that a new process can import
    """

    def __init__(self, jobs: int, work: Callable[[Any], Any]) -> None:
        self.jobs = jobs
        self._work = pickle.dumps(work)
        self._all: list[Worker] = []
        self._stillborn = 0

    @property
    def idle(self) -> bool:
        """Whether a task may be given."""
        return self._room() is not None

    @property
    def tasks(self) -> int:
        """How many tasks are under way."""
        return sum(w.task is not None for w in self._all)

    def give(self, number: int, task: Any) -> None:
        """Give a task to a worker that has nothing to do.

        Parameters
        ----------
        number : by which its answer is known
        task : anything that can be pickled
        """
        worker = self._room()
        assert worker is not None
        worker.task = number
        try:
            worker.pipe.send_bytes(pickle.dumps(task))
        except OSError:
            # It has just died, which is seen where answers are looked for.
            return

    def answers(self, seconds: float) -> Iterator[Answer]:
        """Yield the answers that have come, after waiting for one at most so long.

        Raises
        ------
        WorkersError
            none starts
        """
        try:
            while len(self._all) < self.jobs:
                self._all.append(self._start())
        except OSError as error:
            # The system allows no more of them: go on with those that there are.
            if not self._all:
                raise WorkersError from error
        for pipe in wait([w.pipe for w in self._all], seconds):
            worker = next(w for w in self._all if w.pipe is pipe)
            try:
                said = pickle.loads(worker.pipe.recv_bytes())
            except (EOFError, OSError):
                yield from self._buried(worker)
                continue
            if not worker.started:
                assert said == READY
                worker.started = True
                self._stillborn = 0
                continue
            assert worker.task is not None
            number, worker.task = worker.task, None
            done, content = said
            yield Answer(number, content, "", True) if done else Answer(number, None, content)

    def _room(self) -> Worker | None:
        return next((w for w in self._all if w.started and w.task is None), None)

    def _start(self) -> Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        with _one_thread(), _deaf():
            process = context.Process(target=serve, args=(os.getpid(), theirs, self._work), daemon=True)
            process.start()
        # Its end has to be its alone, or its death would not close the pipe.
        theirs.close()
        return Worker(process, ours)

    def _buried(self, worker: Worker) -> Iterator[Answer]:
        """Take a dead worker out, and say what it leaves undone."""
        self._all.remove(worker)
        _end(worker, 0.0)
        if worker.task is not None:
            yield Answer(worker.task)
        elif not worker.started:
            self._stillborn += 1
            if self._stillborn > self.jobs:
                raise WorkersError

    def end(self, seconds: float) -> None:
        """End all processes: at once, or when they end by themselves within some seconds."""
        for worker in self._all:
            worker.pipe.close() if seconds else worker.process.kill()
        for worker in self._all:
            _end(worker, seconds)
        self._all.clear()


@contextmanager
def worker_processes(jobs: int, work: Callable[[Any], Any]) -> Iterator[Workers]:
    """Have `jobs` processes, and end them when the context is left: at once where something was raised."""
    workers = Workers(jobs, work)
    try:
        yield workers
    except BaseException:
        workers.end(0.0)
        raise
    workers.end(PATIENCE)


def _end(worker: Worker, seconds: float) -> None:
    """See a process to its end."""
    worker.pipe.close()
    worker.process.join(seconds)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def being_started() -> bool:
    """Whether this process is a worker that is only being started, and imports its parent's script again."""
    return bool(getattr(multiprocessing.current_process(), "_inheriting", False))


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes started meanwhile never hear of interrupts or a closed terminal.

    Their parent ends them.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let processes started meanwhile see one thread where nothing else is set.

    Set in this process, for a worker that imports its parent's script may load a library before it reaches
    ours.
    """
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update({name: "1" for name, value in before.items() if value is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
