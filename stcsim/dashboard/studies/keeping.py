"""What takes long is made once for all who wait for it, one at a time, and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

MOST_KEPT = 12
"""Results that are kept; those that were asked for longest ago make room."""
POLL_SECONDS = 0.5
"""Time between two looks of a reader at the work that it waits for."""

_T = TypeVar("_T")
Tell = Callable[[str], None]


class _Unwanted(Exception):  # noqa: N818 - nobody's error
    """Nobody waits for it any more."""


@dataclass(eq=False)
class _Work:
    """Something that is being made in a thread of its own.

    Parameters
    ----------
    name : of what comes of it
    of : who asks for anything of the same waits for this
    text : what is going on
    readers : that wait for it
    over : set at its end
    """

    name: Hashable
    of: Hashable
    text: str = "Starting"
    readers: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    value: Any = None
    error: BaseException | None = None


class Kept:
    """Keeps what was made by its name.

    The work belongs to no reader: who comes while it is under way waits for the same, who leaves holds
    nothing, and where all have left it ends at its next step.
    """

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._under_way: dict[Hashable, _Work] = {}
        self._guard = threading.Lock()
        self._turn = threading.Lock()
        self._now = ""

    def get(
        self,
        name: Hashable,
        make: Callable[[Tell], _T],
        tell: Tell | None = None,
        *,
        of: Hashable = None,
    ) -> _T:
        """Return what has that name, made where it is not there.

        Parameters
        ----------
        make : called in another thread with a function that is told which step begins
        tell : told again and again which step runs; what it raises ends the waiting
        of : where something of the same is being made, what comes of that is returned, whatever its name; the
            name when not given
        """
        of = name if of is None else of
        with self._guard:
            if name in self._made:
                self._made.move_to_end(name)
                return cast(_T, self._made[name])
            work = self._under_way.get(of)
            if work is None:
                work = self._under_way[of] = _Work(name, of)
                threading.Thread(target=self._run, args=(work, make), name="analysis", daemon=True).start()
            work.readers += 1
        try:
            while not work.over.wait(POLL_SECONDS):
                if tell is not None:
                    tell(work.text)
        finally:
            with self._guard:
                work.readers -= 1
        if work.error is not None:
            raise work.error
        return cast(_T, work.value)

    def _run(self, work: _Work, make: Callable[[Tell], Any]) -> None:
        def tell(text: str) -> None:
            self._step(work, text)
            self._now = text

        try:
            while not self._turn.acquire(timeout=POLL_SECONDS):
                self._step(work, f"Waiting for its turn behind another analysis ({self._now})")
            try:
                tell("Starting")
                # Somebody who asked in another way may have had it made meanwhile.
                work.value = self._made[work.name] if work.name in self._made else make(tell)
            finally:
                self._turn.release()
        except _Unwanted:
            # Taken out already; whoever comes now begins anew.
            return
        except BaseException as error:
            work.error = error
        with self._guard:
            del self._under_way[work.of]
            if work.error is None:
                self._made[work.name] = work.value
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
        work.over.set()

    def _step(self, work: _Work, text: str) -> None:
        """Say what is going on, and end what nobody waits for."""
        with self._guard:
            if not work.readers:
                del self._under_way[work.of]
                raise _Unwanted
            work.text = text
