"""Tables of columns: populations with the same rows in every run, and event tables that grow.

A column is declared with its unit, bounds and, where it holds rows of another population, the name of that
population, so that stacking and branching runs can move rows without knowing what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import Field, dataclass, field, fields
from typing import Any, Self

import numpy as np

from stcsim.draws import I8, U64


def column(unit: str = "", low: float | None = None, high: float | None = None, refers: str = "") -> Any:
    """Declare a column.

    Parameters
    ----------
    unit : of its values
    low, high : bounds that hold at all times, checked by tests
    refers : name of the population whose rows it holds (-1: none)
    """
    return field(metadata={"column": True, "unit": unit, "low": low, "high": high, "refers": refers})


def columns_of(table: Any) -> list[Field[Any]]:
    """Return the declared columns of a table or table class."""
    return [f for f in fields(table) if f.metadata.get("column")]


def _names_of(table: type[Any]) -> tuple[str, ...]:
    """Return the names of the columns of a table class."""
    if table not in _NAMES:
        _NAMES[table] = tuple(f.name for f in columns_of(table))
    return _NAMES[table]


@dataclass
class Population:
    """Actors of one type: `n` rows per run, `runs` runs; row = run * n + index.

    Parameters
    ----------
    n : rows per run
    ids : identities, sorted, the same in every run, length n
    key : keyed identity mixed with the run's seed, shape (runs * n,)
    run : which run a row belongs to, shape (runs * n,)
    """

    n: int
    ids: tuple[str, ...]
    key: U64 = column()
    run: I8 = column(refers="runs")

    @property
    def runs(self) -> int:
        """How many runs are stacked."""
        return len(self.key) // self.n if self.n else 0

    def take(self, blocks: Sequence[int], sizes: dict[str, int]) -> Self:
        """Return a copy with the rows of the given runs, in that order; references are moved along."""
        picked = np.asarray(blocks, dtype=np.int64)
        new: dict[str, Any] = {}
        for f in fields(self):
            value = getattr(self, f.name)
            if not f.metadata.get("column") or not self.n:
                new[f.name] = value
                continue
            parts = value.reshape((self.runs, self.n, *value.shape[1:]))[picked]
            refers = f.metadata["refers"]
            if refers:
                shift = (np.arange(len(picked)) - picked) * sizes[refers]
                shift = shift.reshape((-1,) + (1,) * (parts.ndim - 1))
                parts = np.where(parts >= 0, parts + shift.astype(parts.dtype), parts)
            new[f.name] = np.ascontiguousarray(parts.reshape((len(picked) * self.n, *value.shape[1:])))
        return type(self)(**new)


@dataclass
class EventTable:
    """Rows that are added as things happen; `count` are in use, arrays are larger and double when full."""

    count: int

    @classmethod
    def empty(cls, capacity: int = 64) -> Self:
        """Return a table without rows."""
        made: dict[str, Any] = {"count": 0}
        for f in columns_of(cls):
            made[f.name] = np.zeros(capacity, dtype=_DTYPES[str(f.type)])
        return cls(**made)

    def append(self, **values: Any) -> I8:
        """Add rows, every column given (arrays of one length, or numbers), and return their numbers."""
        run = values.get("run")
        if isinstance(run, np.ndarray):
            size = len(run)
        else:
            size = max((len(v) for v in values.values() if isinstance(v, np.ndarray) and v.ndim), default=1)
        if not size:
            return np.zeros(0, dtype=np.int64)
        start, stop = self.count, self.count + size
        names, columns = _names_of(type(self)), self.__dict__
        if values.keys() != set(names):
            raise KeyError(sorted(set(values) ^ set(names)))
        if stop > len(columns[names[0]]):
            capacity = max(stop, 2 * len(columns[names[0]]))
            for name in names:
                old = columns[name]
                grown = np.zeros(capacity, dtype=old.dtype)
                grown[:start] = old[:start]
                columns[name] = grown
        for name in names:
            columns[name][start:stop] = values[name]
        self.count = stop
        return np.arange(start, stop, dtype=np.int64)

    def col(self, name: str) -> Any:
        """Return the rows in use of one column, as a view."""
        return getattr(self, name)[: self.count]

    def take(self, blocks: Sequence[int], sizes: dict[str, int]) -> Self:
        """Return a copy with the rows of the given runs, run after run."""
        run = self.col("run")
        rows = [np.flatnonzero(run == b) for b in blocks]
        picked = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
        lengths = [len(r) for r in rows]
        now = np.repeat(np.arange(len(rows)), lengths)
        was = np.repeat(np.asarray(blocks, dtype=np.int64), lengths)
        new: dict[str, Any] = {"count": len(picked)}
        for f in columns_of(self):
            part = self.col(f.name)[picked]
            refers = f.metadata["refers"]
            if refers:
                part = np.where(part >= 0, part + (now - was) * sizes[refers], part)
            new[f.name] = np.concatenate([part, np.zeros(max(16, len(part) // 2), dtype=part.dtype)])
        return type(self)(**new)


def join(tables: Sequence[Any], shifts: Sequence[int], sizes: dict[str, int]) -> Any:
    """Return one table with the rows of all; references move by `shifts` runs of the size they refer to.

    Parameters
    ----------
    tables : populations of equal `n` and `ids`, or event tables of one type
    shifts : number of runs that stand before each table
    sizes : rows per run by population
    """
    first = tables[0]
    events = isinstance(first, EventTable)
    made: dict[str, Any] = {"count": sum(t.count for t in tables)} if events else {}
    for f in fields(first):
        if not f.metadata.get("column"):
            if not events:
                made[f.name] = getattr(first, f.name)
            continue
        parts = [t.col(f.name) if events else getattr(t, f.name) for t in tables]
        refers = f.metadata["refers"]
        if refers:
            parts = [np.where(v >= 0, v + k * sizes[refers], v) for v, k in zip(parts, shifts, strict=True)]
        if events:
            parts.append(np.zeros(16, dtype=parts[0].dtype))
        made[f.name] = np.concatenate(parts)
    return type(first)(**made)


_NAMES: dict[type[Any], tuple[str, ...]] = {}
_DTYPES: dict[str, Any] = {"F8": np.float64, "I8": np.int64, "U64": np.uint64, "B1": np.bool_}
