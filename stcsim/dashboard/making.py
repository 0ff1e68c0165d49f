"""What takes a while is made beside the page, told about, and dropped when nobody wants it any more."""

from __future__ import annotations

import logging
import operator
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import solara

from stcsim.errors import StcsimError

LOG = logging.getLogger("stcsim.dashboard")
_T = TypeVar("_T")
Tell = Callable[[str], None]


class _Dropped(Exception):  # noqa: N818 - nobody's error
    """Nobody wants it any more."""


@dataclass(frozen=True, eq=False)
class Made(Generic[_T]):
    """Something that is made beside the page.

    Parameters
    ----------
    value : the last that was made, None before; it stays while the next one is being made
    text : what is going on, empty where nothing is
    problem : why it cannot be made
    broken : a defect, to be raised where the page can show it
    seconds : how long the last one took
    key : what the value, or the problem, belongs to
    """

    value: _T | None = None
    text: str = ""
    problem: StcsimError | None = None
    broken: Exception | None = None
    seconds: float = 0.0
    key: Hashable = None

    @property
    def busy(self) -> bool:
        """Whether it is being made."""
        return bool(self.text)


def use_made(make: Callable[[Tell], _T], key: Hashable) -> Made[_T]:
    """Make something in a thread of its own whenever `key` changes.

    Parameters
    ----------
    make : called with a function that is told what is going on, and that ends the work where it is in vain
    key : of what it is made from; None makes nothing

    Raises
    ------
    Exception
        what `make` raised, unless it is an error of the package
    """
    nothing: Made[_T] = Made()
    state = solara.use_state(nothing, eq=operator.is_)
    made: Made[_T] = state[0]
    set_made = state[1]

    def begin() -> Callable[[], None] | None:
        if key is None:
            return None
        over = threading.Event()

        def tell(text: str) -> None:
            if over.is_set():
                raise _Dropped
            # Told again and again; what is the same needs no new page.
            set_made(lambda old: old if old.text == text else replace(old, text=text))

        def work() -> None:
            begun = time.monotonic()
            try:
                tell("Starting")
                value = make(tell)
            except _Dropped:
                return
            except StcsimError as error:
                ended: Made[_T] = Made(problem=error, key=key)
            except Exception as error:
                ended = Made(broken=error, key=key)
            else:
                ended = Made(value, seconds=time.monotonic() - begun, key=key)
            if not over.is_set():
                set_made(ended)

        threading.Thread(target=work, name="making", daemon=True).start()
        return over.set

    solara.use_effect(begin, [key])
    if made.broken is not None:
        raise made.broken
    return made


def use_looked(look: Callable[[], _T], key: Hashable, seconds: float) -> _T | None:
    """Look at something again and again beside the page, and show it anew when it has changed.

    Parameters
    ----------
    look : what is looked at; equal values change nothing
    key : whatever is looked at starts anew when it changes; None looks at nothing
    seconds : between two looks
    """
    nothing: tuple[Hashable, _T | None] = (None, None)
    seen, set_seen = solara.use_state(nothing)

    def begin() -> Callable[[], None] | None:
        if key is None:
            return None
        over = threading.Event()

        def follow() -> None:
            last: _T | None = None
            while True:
                try:
                    now = look()
                except Exception:
                    LOG.exception("a look failed")
                    return
                if over.is_set():
                    return
                if now != last:
                    last = now
                    set_seen((key, now))
                if over.wait(seconds):
                    return

        threading.Thread(target=follow, name="looking", daemon=True).start()
        return over.set

    solara.use_effect(begin, [key])
    return seen[1] if seen[0] == key else None
