"""Worker processes: spawned, each with one thread for linear algebra, gone when their parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from stcsim.study.worker import ready, start_worker

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
"""What libraries of linear algebra read when they are loaded: processes already share the cores."""


class WorkersError(Exception):
    """No worker process could be started."""


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


@contextmanager
def worker_processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool of `jobs` processes, and end them when the context is left, finished or not.

    Raises
    ------
    WorkersError
        they do not start, as in a script that starts them outside of ``if __name__ == "__main__":``
    """
    context = multiprocessing.get_context("spawn")
    with _deaf():
        # With it the process starts that keeps account of semaphores.
        stop = context.Event()
    with _one_thread():
        pool = ProcessPoolExecutor(jobs, context, start_worker, (os.getpid(), stop))
        try:
            with _deaf():
                started = [pool.submit(ready) for _ in range(jobs)]
            try:
                wait(started)
                _ = [future.result() for future in started]
            except BrokenProcessPool as error:
                raise WorkersError from error
            yield pool
        except BaseException:
            stop.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def being_started() -> bool:
    """Whether this process is a worker that is only being started, and imports its parent's script again."""
    return bool(getattr(multiprocessing.current_process(), "_inheriting", False))


@contextmanager
def _deaf() -> Iterator[None]:
    """Hold interrupts back meanwhile: processes started now never hear of them, this one does afterwards.

    Nor do they hear that their terminal is closed: their parent ends them. They have to hear SIGTERM, by
    which a broken pool ends them.
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
