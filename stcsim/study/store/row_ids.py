"""Which rows are there: sixteen bytes a row, however many there are.

Points that differ only in what an arm does not have share the content of its runs, hence their keys; each
has its row all the same, and a row is known by point, arm and key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MOST_RECENT = 4096
"""Rows that are kept apart until they are sorted among the others."""
_U8 = NDArray[np.uint64]


def row_id(key: str, arm: str, world: int) -> str:
    """Return 32 hexadecimal digits that stand for one row.

    Parameters
    ----------
    key : content key of the run
    arm : its name
    world : number of its point
    """
    return hashlib.blake2b(f"{world}:{key}:{arm}".encode(), digest_size=16).hexdigest()


class RowIds:
    """A set of rows, in little memory.

    Parameters
    ----------
    ids : as `row_id` gives them
    """

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._high: _U8 = np.zeros(0, dtype=np.uint64)
        self._low: _U8 = np.zeros(0, dtype=np.uint64)
        self._recent: set[str] = set()
        for one in ids:
            self.add(one)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._high) + len(self._recent)

    def __contains__(self, one: object) -> bool:
        """Whether a row is among them."""
        if one in self._recent:
            return True
        if not isinstance(one, str) or not len(self._high):
            return False
        number = int(one, 16)
        low = np.uint64(number & (2**64 - 1))
        first, last = (np.searchsorted(self._high, np.uint64(number >> 64), s) for s in ("left", "right"))
        return bool((self._low[first:last] == low).any())

    def add(self, one: str) -> None:
        """Add a row, unless it is there."""
        if one in self:
            return
        self._recent.add(one)
        if len(self._recent) >= max(MOST_RECENT, len(self._high) // 8):
            self._sort()

    def _sort(self) -> None:
        numbers = [int(one, 16) for one in self._recent]
        high = np.array([n >> 64 for n in numbers], dtype=np.uint64)
        low = np.array([n & (2**64 - 1) for n in numbers], dtype=np.uint64)
        high, low = np.concatenate([self._high, high]), np.concatenate([self._low, low])
        order = np.argsort(high, kind="stable")
        self._high, self._low = high[order], low[order]
        self._recent.clear()
