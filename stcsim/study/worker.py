"""What a worker process does: one task after the other, no interrupts, and an end with its parent.

This file imports nothing heavy: a worker watches before it loads anything else.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

WATCH_SECONDS = 0.5
"""How often a worker looks whether it still has its parent."""
READY = "ready"
"""What a worker says first."""


def serve(parent: int, pipe: Connection[Any, Any], work: bytes) -> None:
    """Do tasks from a pipe until it is closed; each answer is ``(True, result)`` or ``(False, error)``.

    Parameters
    ----------
    parent : process id of the parent; when it is gone the process ends, also in the middle of a task
    pipe : tasks come in as pickles, answers go out
    work : pickle of what is called with each task
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent,), name="watch-parent", daemon=True).start()
    do: Callable[[Any], Any] | None = None
    try:
        pipe.send(READY)
        while True:
            task = pipe.recv_bytes()
            try:
                do = pickle.loads(work) if do is None else do
                answer = pickle.dumps((True, do(pickle.loads(task))))
            except Exception as error:
                answer = pickle.dumps((False, f"{type(error).__name__}: {error}"))
            pipe.send_bytes(answer)
    except (EOFError, OSError):
        # Nobody is there to be told.
        return


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    # Nothing is left to be cleaned up, and a stack in the middle of its steps would not listen.
    os._exit(1)
