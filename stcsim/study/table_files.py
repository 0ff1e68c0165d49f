"""Tables on disk: Parquet, written beside its target and renamed, so that no reader meets half a table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from stcsim.study.tables import RunTables
from stcsim.study.whole_files import beside

FILES: tuple[str, ...] = ("runs.parquet", "series.parquet", "bodies.parquet")
FAILURES = "failures.parquet"


def write_tables(folder: Path, tables: RunTables) -> tuple[Path, ...]:
    """Write the tables into an existing folder and return the files; other files there are left alone.

    Failed runs have a file of their own, which is taken away where none failed.
    """
    named = dict(zip(FILES, (tables.runs, tables.series, tables.bodies), strict=True))
    written = [write_table(folder / name, table) for name, table in named.items()]
    if len(tables.failures):
        written.append(write_table(folder / FAILURES, tables.failures))
    else:
        (folder / FAILURES).unlink(missing_ok=True)
    return tuple(written)


def write_table(path: Path, table: pd.DataFrame) -> Path:
    """Write one table and return its file."""
    with beside(path) as draft:
        table.to_parquet(draft, index=False, compression="zstd")
    return path


def read_tables(folder: Path) -> RunTables:
    """Return the tables that `write_tables` has written into a folder."""
    runs, series, bodies = (pd.read_parquet(folder / name) for name in FILES)
    failed = folder / FAILURES
    failures = pd.read_parquet(failed) if failed.is_file() else runs.iloc[:0, :5].assign(error="")
    return RunTables(runs, series, bodies, failures)
