"""One shard: some finished runs as three Parquet files of one number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.study.specs import RunResult
from stcsim.study.store.durable import write_durably

RUNS, MONTHS, BODIES = "runs", "months", "bodies"
KINDS: tuple[str, ...] = (MONTHS, BODIES, RUNS)
"""Folders of shards in the order in which the files of one are written: with the last it counts."""
UNIT: tuple[str, ...] = ("key", "arm", "world", "replication")
"""Columns by which rows of all three know each other."""
EXECUTION: tuple[str, ...] = ("started", "finished", "host", "pid", "seconds")
"""Columns of `runs` that may differ between two executions of the same run."""
_WORDS = ["key", "scenario", "arm", "body", "host"]
_TIME = pa.timestamp("us", "UTC")


@dataclass(frozen=True, eq=False)
class Finished:
    """A run that came to its end, and the scenario's name in its study."""

    scenario: str
    result: RunResult


def write_shard(folder: Path, name: str, runs: Sequence[Finished]) -> None:
    """Write a shard durably.

    Parameters
    ----------
    folder : of the study, with the folders of `KINDS` in it
    name : of its files, in each of these folders
    runs : at least one

    Raises
    ------
    OSError
        it could not be written; then it does not count
    """
    results = [run.result for run in runs]
    tables = {
        MONTHS: _months_table(results),
        BODIES: _bodies_table(results),
        RUNS: _runs_table([run.scenario for run in runs], results),
    }
    for kind in KINDS:
        _write(folder / kind / name, tables[kind])


def _write(path: Path, table: Any) -> None:
    write_durably(
        path,
        lambda file: pq.write_table(
            table,
            file,
            compression="zstd",
            use_dictionary=[name for name in _WORDS if name in table.column_names],
            write_page_checksum=True,
            store_schema=False,
        ),
    )


def _runs_table(scenarios: Sequence[str], results: Sequence[RunResult]) -> Any:
    """Return one row a run; outcomes that are undefined are null."""
    made = [result.execution for result in results]
    columns: dict[str, Any] = {
        "key": pa.array([r.key for r in results], pa.string()),
        "scenario": pa.array(scenarios, pa.string()),
        "arm": pa.array([r.arm for r in results], pa.string()),
        "world": pa.array([r.world for r in results], pa.int64()),
        "replication": pa.array([r.replication for r in results], pa.int64()),
        "seed": pa.array([r.seed for r in results], pa.int64()),
    }
    for name in results[0].outcomes:
        columns[name] = _numbers(np.array([r.outcomes[name] for r in results]))
    columns |= {
        "started": _times([None if m is None else m.started for m in made]),
        "finished": _times([None if m is None else m.finished for m in made]),
        "host": pa.array([None if m is None else m.host for m in made], pa.string()),
        "pid": pa.array([None if m is None else m.pid for m in made], pa.int64()),
        "seconds": pa.array([None if m is None else m.seconds for m in made], pa.float64()),
    }
    return pa.table(columns)


def _months_table(results: Sequence[RunResult]) -> Any:
    """Return one row a run and month, from 0."""
    names = list(results[0].series)
    lengths = [max((len(v) for v in r.series.values()), default=0) for r in results]
    columns = _unit(results, lengths)
    columns["month"] = pa.array(np.concatenate([np.arange(n) for n in lengths]), pa.int64())
    for name in names:
        columns[name] = _numbers(np.concatenate([r.series[name] for r in results]))
    return pa.table(columns)


def _bodies_table(results: Sequence[RunResult]) -> Any:
    """Return one row a run and body."""
    columns = _unit(results, [len(r.bodies) for r in results])
    columns["body"] = pa.array([name for r in results for name in r.bodies], pa.string())
    columns["hours"] = pa.array([hours for r in results for hours in r.bodies.values()], pa.float64())
    return pa.table(columns)


def _unit(results: Sequence[RunResult], lengths: Sequence[int]) -> dict[str, Any]:
    """Return the columns that name a run, each value as often as it has rows."""
    rows = pa.array(np.repeat(np.arange(len(results)), lengths))
    return {
        "key": pa.array([r.key for r in results], pa.string()).take(rows),
        "arm": pa.array([r.arm for r in results], pa.string()).take(rows),
        "world": pa.array([r.world for r in results], pa.int64()).take(rows),
        "replication": pa.array([r.replication for r in results], pa.int64()).take(rows),
    }


def _numbers(values: Any) -> Any:
    """Return numbers, null where undefined: other readers take NaN for a number like others."""
    return pa.array(values, pa.float64(), from_pandas=True)


def _times(seconds: Sequence[float | None]) -> Any:
    return pa.array([None if s is None else round(s * 1e6) for s in seconds], pa.int64()).cast(_TIME)
