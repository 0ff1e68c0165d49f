"""What a worker process does besides its work: it leaves interrupts to its parent, and ends with it.

This file imports nothing heavy: a worker watches before it loads anything else.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Protocol

WATCH_SECONDS = 0.5
"""How often a worker looks whether it is still wanted."""


class Stop(Protocol):
    """An event that the parent sets when no worker is wanted any more."""

    def is_set(self) -> bool:
        """Whether it is set."""


def start_worker(parent: int, stop: Stop) -> None:
    """Prepare a worker process: ignore interrupts, and watch the parent.

    A parent that is killed cannot tell its workers; they see that they have another one.

    Parameters
    ----------
    parent : process id of the parent
    stop : set by the parent to end its workers at once
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(parent, stop), name="watch-parent", daemon=True).start()


def _watch(parent: int, stop: Stop) -> None:
    while os.getppid() == parent and not _is_set(stop):
        time.sleep(WATCH_SECONDS)
    # Nothing is left to be cleaned up, and a stack in the middle of its steps would not listen.
    os._exit(1)


def _is_set(stop: Stop) -> bool:
    try:
        return stop.is_set()
    except OSError:
        return True


def ready() -> bool:
    """Return True: shows that a worker has started."""
    return True
