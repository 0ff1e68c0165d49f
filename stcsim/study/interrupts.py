"""Interrupts held back until work is at a place where it may stop.

A handler that raises does so between any two instructions: also while an executor holds its locks, which are
then never released, or while a file is half written. Here a signal is noted, and raised where we ask for it.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

LOOK_SECONDS = 0.2
"""How long anybody who holds interrupts back may wait before looking whether one has come."""
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


class Held:
    """Notes the first signal that comes, and hands it to whoever handled it before."""

    def __init__(self) -> None:
        self._before: dict[int, Callable[[int, FrameType | None], Any]] = {}
        self._heard: tuple[int, FrameType | None] | None = None
        self._told = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Keep a signal for later, as its handler; what comes after the first adds nothing to it."""
        if self._heard is None:
            self._heard = (number, frame)

    def raise_if_any(self) -> None:
        """Hand over the signal that has come, if one has.

        Raises
        ------
        KeyboardInterrupt
            where its own handler raises it, as those of Python and of our command line do
        """
        if self._heard is not None and not self._told:
            self._told = True
            number, frame = self._heard
            self._before[number](number, frame)

    def _begin(self) -> None:
        for name in _NAMES:
            number = getattr(signal, name, None)
            handler = None if number is None else signal.getsignal(number)
            # Who ignores a signal, or is ended by it at once, has nothing that could be done later.
            if number is not None and callable(handler) and not isinstance(handler, signal.Handlers):
                self._before[number] = handler
                signal.signal(number, self.note)

    def _end(self) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


@contextmanager
def held() -> Iterator[Held]:
    """Hold interrupts back meanwhile; one that was not asked for is raised when the context is left.

    Where something else is raised, that is enough. Only the main thread hears signals: elsewhere nothing is
    done.
    """
    found = Held()
    if threading.current_thread() is threading.main_thread():
        found._begin()
    try:
        yield found
    finally:
        found._end()
    found.raise_if_any()
