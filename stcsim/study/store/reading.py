"""Reading the folder of a study, also while it is being written: rows in one order, whoever did the work."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.errors import InputError, quote
from stcsim.study.store.failures import read_failures
from stcsim.study.store.manifest import STUDY_FILE, anew, read_manifest
from stcsim.study.store.points_file import POINTS
from stcsim.study.store.recovery import shards
from stcsim.study.store.shard import BODIES, EXECUTION, MONTHS, RUNS, UNIT
from stcsim.study.tables import RunTables

COMPARISON = "comparison.json"
"""What marks a folder of ``stcsim compare --out``."""
_ROW = ["world", "replication", "arm"]
_FAILED = ["arm", "world", "replication", "seed", "key", "scenario", "stage", "error", "id"]


@dataclass(frozen=True, eq=False)
class StoredRuns:
    """What a folder holds at one moment. Its frames are those of `RunTables`, read when they are asked for.

    Parameters
    ----------
    folder : of the study
    manifest : where the numbers come from
    names : of the shards
    """

    folder: Path
    manifest: dict[str, Any]
    names: tuple[str, ...] = field(repr=False)

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms, the baseline first."""
        return tuple(self.manifest["study"]["arms"])

    @cached_property
    def torn(self) -> tuple[str, ...]:
        """Names of the shards whose runs cannot be read; they are left out of all frames."""
        return tuple(name for name in self.names if _is_torn(self.folder / RUNS / name))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: `arm`, `world`, `replication`, `seed`, `key`, `scenario`, one column an outcome."""
        return self.runs_with()

    def runs_with(self, outcomes: Sequence[str] | None = None, *, execution: bool = False) -> pd.DataFrame:
        """Return one row a run, by point, replication and arm.

        Parameters
        ----------
        outcomes : names; all when not given
        execution : whether the columns `EXECUTION` are wanted, which differ from one execution to the next
        """
        head = [*UNIT, "scenario", "seed"]
        wanted = None if outcomes is None else [*head, *outcomes, *(EXECUTION if execution else ())]
        found = self._read(RUNS, wanted)
        if not execution:
            found = found.drop(columns=[c for c in EXECUTION if c in found.columns])
        first = ["arm", "world", "replication", "seed", "key", "scenario"]
        ordered = self._ordered(found)
        return ordered[[*first, *(c for c in ordered.columns if c not in first)]]

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row a run and month: `key`, `arm`, `world`, `replication`, `month`, one column a series."""
        return self._ordered(self._read(MONTHS, None), ["month"])

    @property
    def series(self) -> pd.DataFrame:
        """One row a run, series and month: `arm`, `world`, `replication`, `month`, `name`, `value`."""
        wide = self.months.drop(columns="key")
        ids = ["arm", "world", "replication", "month"]
        names = [c for c in wide.columns if c not in ids]
        runs = wide.groupby(_ROW, sort=False).ngroup().to_numpy()
        long = wide.melt(ids, names, "name", "value")
        # all months of one series of one run stand together, as in the tables of a comparison
        order = np.lexsort(
            (long["month"], np.repeat(np.arange(len(names)), len(wide)), np.tile(runs, len(names)))
        )
        return long.iloc[order].reset_index(drop=True)

    @cached_property
    def bodies(self) -> pd.DataFrame:
        """Hours of coordination a counted year: `arm`, `world`, `replication`, `body`, `hours`."""
        found = self._ordered(self._read(BODIES, None))
        return found[["arm", "world", "replication", "body", "hours"]]

    @cached_property
    def failures(self) -> pd.DataFrame:
        """Runs that came to no end: `arm`, `world`, `replication`, `seed`, `key`, `stage`, `error`, `id`."""
        records = list(read_failures(self.folder))
        return pd.DataFrame({name: [r[name] for r in records] for name in _FAILED})

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: `world`, `scenario`, one column for everything that is varied, by path."""
        return pd.read_parquet(self.folder / POINTS)

    def tables(self) -> RunTables:
        """Return everything as the tables of a comparison."""
        return RunTables(self.runs, self.series, self.bodies, self.failures)

    def _read(self, kind: str, columns: Iterable[str] | None) -> pd.DataFrame:
        chosen = None if columns is None else list(columns)
        found = [_read_file(self.folder / kind / name, chosen) for name in self.names]
        whole = [table for table in found if table is not None]
        if not whole:
            return pd.DataFrame({name: [] for name in (*UNIT, "scenario", "seed", "month", "body", "hours")})
        frame: pd.DataFrame = pa.concat_tables(whole).to_pandas()
        return frame

    def _ordered(self, frame: pd.DataFrame, then: Sequence[str] = ()) -> pd.DataFrame:
        """Return rows by point, replication and arm, arms in the order of the study."""
        place = {name: i for i, name in enumerate(self.arms)}
        arm = frame["arm"].map(lambda name: place.get(name, len(place))).to_numpy(np.int64)
        keys = [*(frame[c].to_numpy() for c in reversed(then)), frame["arm"].to_numpy(object), arm]
        order = np.lexsort((*keys, frame["replication"].to_numpy(), frame["world"].to_numpy()))
        return frame.iloc[order].reset_index(drop=True)


def read_runs(folder: Path | str) -> StoredRuns:
    """Return what the folder of a study holds now; nothing in it is changed, and nobody is kept from writing.

    Shards that cannot be read are left out: their runs are run again when the study goes on.

    Raises
    ------
    InputError
        there is no study in the folder
    """
    path = Path(folder)
    try:
        is_file = path.exists() and not path.is_dir()
        manifest = None if is_file else read_manifest(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", "") or "no name that a folder can have"
        raise InputError(f"{quote(folder, 200)} cannot be read as a folder of a study: {reason}") from None
    if manifest is None:
        if not is_file and (path / STUDY_FILE).is_file() and shards(path):
            raise InputError(f"{quote(folder, 200)} has no manifest; `{anew(path)}` writes it anew")
        raise _no_study(path, "is a file, not a folder" if is_file else "")
    return StoredRuns(path, manifest, tuple(shards(path)))


def _no_study(folder: Path, said: str) -> InputError:
    """Return the error that a folder, which may be a file or not be there, holds no study."""
    where = quote(folder, 200)
    if (folder / COMPARISON).is_file():
        return InputError(
            f"{where} holds a comparison (of stcsim compare), not a study. Its page: "
            f"stcsim brief {shlex.quote(str(folder))}"
        )
    said = said or ("has no manifest" if folder.is_dir() else "is not there")
    return InputError(f"there is no study in {where}: it {said}. Name a folder of stcsim study run")


def _is_torn(path: Path) -> bool:
    """Whether a file is there and is no whole table; its rows are not looked at."""
    try:
        pq.read_metadata(path)
    except FileNotFoundError:
        return False
    except (pa.ArrowException, OSError):
        return True
    return False


def _read_file(path: Path, columns: list[str] | None) -> Any:
    """Return the table of one file, None where it is torn or has just been set aside."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return file.read(columns)
    except (pa.ArrowException, FileNotFoundError):
        return None
    except OSError as error:
        if error.errno is None:
            return None
        raise
