"""The table of points: one row a point, one column for everything that is varied.

A field is null where the point leaves it as the scenario has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.study.store.durable import write_durably

POINTS = "points.parquet"
BATCH = 1000
"""Points that are in memory at a time."""


def write_points(path: Path, points: Iterable[pd.DataFrame], columns: Mapping[str, bool]) -> None:
    """Write the points durably, a part at a time.

    Parameters
    ----------
    points : one row a point: `world`, `scenario`, one column a path
    columns : by path, whether its values are numbers; else they are words
    """
    kinds = {p: pa.float64() if numeric else pa.string() for p, numeric in columns.items()}
    schema = pa.schema([("world", pa.int64()), ("scenario", pa.string()), *kinds.items()])

    def write(file: IO[bytes]) -> None:
        with pq.ParquetWriter(file, schema, compression="zstd", store_schema=False) as writer:
            for part in points:
                writer.write_table(pa.Table.from_pandas(part, schema=schema, preserve_index=False))

    write_durably(path, write)


def first_difference(one: Path, other: Path) -> int | None:
    """Return the number of the first point that two tables have both and tell differently, None if none."""
    with pq.ParquetFile(one) as first, pq.ParquetFile(other) as second:
        if first.schema_arrow.names != second.schema_arrow.names:
            return 0
        for a, b in zip(_rows(first), _rows(second), strict=False):
            if a != b:
                return int(a.column("world")[0].as_py())
    return None


def _rows(file: Any) -> Iterator[Any]:
    """Yield one row after the other."""
    for part in file.iter_batches(BATCH):
        yield from (part.slice(i, 1) for i in range(len(part)))


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
