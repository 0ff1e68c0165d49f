"""The table of points: one row a point, one column for everything that is varied.

A field is null where the point leaves it as the scenario has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.study.store.durable import write_durably

POINTS = "points.parquet"
_BATCH = 1000
"""Points that are in memory at a time."""


@dataclass(frozen=True)
class PointRow:
    """What is written of a point.

    Parameters
    ----------
    world : its number
    scenario : name of its scenario
    values : everything in which it differs from the defaults, by path
    """

    world: int
    scenario: str
    values: Mapping[str, Any]


def write_points(path: Path, points: Iterable[PointRow], columns: Mapping[str, bool]) -> None:
    """Write the points durably, a part at a time.

    Parameters
    ----------
    columns : by path, whether its values are numbers; else they are words
    """
    kinds = {p: pa.float64() if numeric else pa.string() for p, numeric in columns.items()}
    schema = pa.schema([("world", pa.int64()), ("scenario", pa.string()), *kinds.items()])

    def write(file: IO[bytes]) -> None:
        rows = iter(points)
        with pq.ParquetWriter(file, schema, compression="zstd", store_schema=False) as writer:
            while part := list(islice(rows, _BATCH)):
                data: dict[str, list[Any]] = {
                    "world": [row.world for row in part],
                    "scenario": [row.scenario for row in part],
                }
                for p, numeric in columns.items():
                    found = [row.values.get(p) for row in part]
                    as_kind = float if numeric else str
                    data[p] = [None if value is None else as_kind(value) for value in found]
                writer.write_table(pa.table(data, schema=schema))

    write_durably(path, write)


def first_difference(one: Path, other: Path) -> int | None:
    """Return the number of the first point that two tables have both and tell differently, None if none.

    Raises
    ------
    OSError
        one of them cannot be read
    """
    with pq.ParquetFile(one) as first, pq.ParquetFile(other) as second:
        if first.schema_arrow.names != second.schema_arrow.names:
            return 0
        # both are written in parts of the same length
        for a, b in zip(_parts(first), _parts(second), strict=False):
            length = min(len(a), len(b))
            if a.slice(0, length) != b.slice(0, length):
                rows = (i for i in range(length) if a.slice(i, 1) != b.slice(i, 1))
                return int(a.column("world")[next(rows)].as_py())
    return None


def _parts(file: Any) -> Iterator[Any]:
    yield from file.iter_batches(_BATCH)


def is_readable(path: Path) -> bool:
    """Whether there is a table of points; one that is torn can be made anew, so it is none."""
    try:
        pq.read_metadata(path)
    except (pa.ArrowException, FileNotFoundError):
        return False
    return True


def count_points(path: Path) -> int:
    """Return how many points a table has."""
    return int(pq.read_metadata(path).num_rows)
