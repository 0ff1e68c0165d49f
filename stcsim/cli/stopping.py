"""Being told to end: a batch system's SIGTERM and a closed terminal's SIGHUP stop work as Ctrl-C does."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED_STATUS = 130
"""Exit status where the user stopped the work: 128 and the number of SIGINT."""
_SHELLS = 128
_NAMES = ("SIGTERM", "SIGHUP")


class Stopping:
    """Turns the first of these signals into an interrupt; later ones do not disturb what is being kept."""

    def __init__(self) -> None:
        self.number = 0
        self._terminals = [fd for fd in (1, 2) if os.isatty(fd)]

    def hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - what handlers are given
        """Interrupt the work, as a handler of signals."""
        if self.number:
            return
        self.number = number
        if signal.Signals(number).name == "SIGHUP":
            # The terminal is gone: writing to it would fail before anything is kept.
            for fd in self._terminals:
                os.dup2(os.open(os.devnull, os.O_WRONLY), fd)
        raise KeyboardInterrupt

    def status(self, status: int) -> int:
        """Return the exit status, naming the signal that stopped the work where one did."""
        return _SHELLS + self.number if self.number and status == INTERRUPTED_STATUS else status


@contextmanager
def stopping() -> Iterator[Stopping]:
    """Listen meanwhile; signals that are ignored, as under nohup, or handled by somebody stay as they are."""
    heard = Stopping()
    own: list[signal.Signals] = []
    if threading.current_thread() is threading.main_thread():
        known = [signal.Signals[name] for name in _NAMES if hasattr(signal, name)]
        own = [s for s in known if signal.getsignal(s) == signal.SIG_DFL]
    for s in own:
        signal.signal(s, heard.hear)
    try:
        yield heard
    finally:
        for s in own:
            signal.signal(s, signal.SIG_DFL)
