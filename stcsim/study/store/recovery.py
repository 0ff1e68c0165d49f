"""What is found in a folder that somebody has written into before: kept, set aside, or swept out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.errors import quote
from stcsim.study.store.durable import DRAFT, sync_folder
from stcsim.study.store.failures import FAILURES
from stcsim.study.store.row_ids import RowIds, row_id
from stcsim.study.store.shard import KINDS, RUNS, UNIT

TORN = "torn"
"""Folder of what cannot be read, or has no place among shards."""
SHARD = re.compile(r"([0-9]{6,})-[0-9a-f]{8}\.parquet")
"""Names of our shards: number and execution."""


@dataclass(frozen=True, eq=False)
class Found:
    """What there is.

    Parameters
    ----------
    rows : of runs that are finished
    failed : rows of which there is a record of failure
    next : number of the next shard
    """

    rows: RowIds
    failed: frozenset[str]
    next: int


def recover(folder: Path, warn: Callable[[str], None]) -> Found:
    """Make a folder ready for being written further; whoever calls holds its lock.

    Drafts and files of shards that never counted go; what cannot be read, and files of others, which keep
    programs from reading a folder of shards as one table, are set aside in `TORN`.

    Raises
    ------
    OSError
        files can be read or renamed no more
    """
    for kind in (*KINDS, FAILURES, "."):
        for draft in (folder / kind).glob(f".*{DRAFT}"):
            draft.unlink()
    _set_strangers_aside(folder, warn)
    rows, last = RowIds(), 0
    counting = shards(folder)
    for name in counting:
        last = max(last, _number(name))
        try:
            _check_companions(folder, name)
            for row in _rows(folder / RUNS / name):
                rows.add(row)
        except (pa.ArrowException, OSError) as error:
            if (
                isinstance(error, OSError)
                and error.errno is not None
                and not isinstance(error, FileNotFoundError)
            ):
                # The disk does not give it, which says nothing about what is in it.
                raise
            _set_shard_aside(folder, name)
            said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            warn(f"shard {name} cannot be read ({said}): set aside in {TORN}/, its runs are run again")
    for kind in KINDS:
        for path in (folder / kind).iterdir():
            if SHARD.fullmatch(path.name) and path.name not in counting:
                last = max(last, _number(path.name))
                path.unlink()
    failed = frozenset(path.stem for path in (folder / FAILURES).glob("*.json"))
    return Found(rows, failed, last + 1)


def shards(folder: Path) -> list[str]:
    """Return the names of the shards that count, in their order."""
    return sorted(path.name for path in (folder / RUNS).glob("*.parquet") if SHARD.fullmatch(path.name))


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def _rows(path: Path) -> list[str]:
    """Return the rows of one file of runs; all of it is read, so that what is torn is seen."""
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        table = file.read()
    columns = [table.column(name).to_pylist() for name in UNIT[:3]]
    return [row_id(key, arm, world) for key, arm, world in zip(*columns, strict=True)]


def _check_companions(folder: Path, name: str) -> None:
    for kind in KINDS[:-1]:
        pq.read_metadata(folder / kind / name)


def set_aside(folder: Path, path: Path, name: str) -> str:
    """Move a file of a study's folder into `TORN` and return where it is then, from the folder.

    Parameters
    ----------
    name : under which it is kept there; where there is such a file, a number stands before it
    """
    target = folder / TORN
    target.mkdir(exist_ok=True)
    free, number = name, 1
    while (target / free).exists():
        number += 1
        free = f"{number}-{name}"
    path.replace(target / free)
    sync_folder(target)
    sync_folder(path.parent)
    return f"{TORN}/{free}"


def _set_strangers_aside(folder: Path, warn: Callable[[str], None]) -> None:
    """Set visible files aside that are no shards."""
    for kind in KINDS:
        for path in sorted((folder / kind).iterdir()):
            if path.is_file() and path.name[0] not in "._" and not SHARD.fullmatch(path.name):
                name = quote(f"{kind}/{path.name}", 200)
                place = quote(set_aside(folder, path, f"{kind}-{path.name}"), 200)
                warn(f"{name} is no file of this study: set aside as {place}")


def _set_shard_aside(folder: Path, name: str) -> None:
    target = folder / TORN
    target.mkdir(exist_ok=True)
    # That of runs goes first: with it the shard counts no more.
    for kind in reversed(KINDS):
        path = folder / kind / name
        if path.exists():
            path.replace(target / f"{kind}-{name}")
    sync_folder(target)
    sync_folder(folder / RUNS)
