"""What is made of a few columns that seldom change is made anew only when one of them has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from stcsim.state.state import State

T = TypeVar("T")


def kept(state: State, name: str, made_of: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Return what `make` gives, from memory while what it is made of has the same bytes.

    Nobody may write to what is returned. Parameters need not be named in `made_of`: they never change.

    Parameters
    ----------
    name : distinct for each use
    made_of : arrays that `make` reads
    """
    if state.kept is None:
        state.kept = {}
    key = tuple([column.tobytes() for column in made_of])
    found = state.kept.get(name)
    if found is None or found[0] != key:
        found = state.kept[name] = (key, make())
    value: T = found[1]
    return value
