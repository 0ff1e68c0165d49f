"""Opening the folder of a study for writing: checked, locked, recovered, and closed with what was done."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from stcsim.errors import StoreError
from stcsim.study.interrupts import held
from stcsim.study.specs import RunResult
from stcsim.study.store.durable import told, write_durably
from stcsim.study.store.failures import FAILURES, failure_record
from stcsim.study.store.lock import locked, unwritable
from stcsim.study.store.manifest import (
    MANIFEST,
    Identity,
    check_files,
    check_same,
    execution,
    new_manifest,
    now,
    other_points,
    read_manifest,
    with_identity,
    write_manifest,
)
from stcsim.study.store.points_file import (
    POINTS,
    count_points,
    first_difference,
    is_readable,
    write_points,
)
from stcsim.study.store.recovery import recover, set_aside, shards
from stcsim.study.store.row_ids import RowIds, row_id
from stcsim.study.store.shard import KINDS, Finished
from stcsim.study.store.writer import Writer

_NEW_POINTS = "points.new"
UNDER_WAY, COMPLETE, STOPPED, BROKEN = "under way", "complete", "stopped", "failed"
"""How an execution ended, as the manifest says."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A run that has come to an end, or to none.

    Parameters
    ----------
    scenario : its name in the study
    result : what came of it
    inputs : what it was made from, for the record of its failure
    """

    scenario: str
    result: RunResult
    inputs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Store:
    """A folder that is open for writing.

    Parameters
    ----------
    folder : of the study
    rows : of runs that are finished, here or handed over
    manifest : of the folder, written when it is closed
    before : runs that were finished when it was opened
    tried_again : runs that had failed when it was opened
    added, failed : runs that were handed over since
    """

    folder: Path
    rows: RowIds
    manifest: dict[str, Any]
    before: int
    tried_again: int
    _writer: Writer
    added: int = 0
    failed: int = 0
    given_up: set[str] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        """Keep finished runs and records of failed ones; of what is there already nothing is kept twice.

        Raises
        ------
        StoreError
            the folder cannot be written any more
        """
        runs: list[Finished] = []
        records: list[Mapping[str, Any]] = []
        for entry in entries:
            result = entry.result
            row = row_id(result.key, result.arm, result.world)
            if row in self.rows or row in self.given_up:
                continue
            if result.failed:
                self.given_up.add(row)
                records.append(failure_record(entry.scenario, result, entry.inputs))
            else:
                self.rows.add(row)
                runs.append(Finished(entry.scenario, result))
        self._writer.add(runs, records)
        self.added += len(runs)
        self.failed += len(records)

    def flush(self) -> None:
        """Wait until everything that was handed over is on the disk.

        Raises
        ------
        StoreError
            the folder cannot be written any more
        """
        self._writer.flush()

    def settled(self, row: str) -> bool:
        """Whether a row is finished, or its run has failed since the folder was opened."""
        return row in self.rows or row in self.given_up


@contextmanager
def opened(
    folder: Path,
    identity: Identity,
    files: Mapping[str, str],
    points: Iterable[pd.DataFrame],
    columns: Mapping[str, bool],
    *,
    how: str = "",
    warn: Callable[[str], None],
) -> Iterator[Store]:
    """Open a folder for the runs of a study, new or to be gone on with, as its only writer.

    What was handed over when the context is left, however it is left, is on the disk afterwards.

    Parameters
    ----------
    identity : of the study
    files : texts that are kept beside the runs, by path in the folder
    points : one row a point, in their order, some at a time
    columns : what is varied by path, and whether its values are numbers
    how : what does the work, for people
    warn : told what was set aside

    Raises
    ------
    InputError
        the folder cannot be written, somebody else writes into it, or it holds another study
    StoreError
        it cannot be read or written any more
    """
    _make(folder)
    with locked(folder):
        word = secrets.token_hex(4)
        with told(folder):
            manifest = _manifest_of(folder, warn)
            if manifest is not None:
                check_same(folder, manifest, identity, files)
                manifest = with_identity(manifest, identity)
            elif shards(folder):
                check_files(folder, files)
            _write_points(folder, points, columns)
            found = recover(folder, warn)
            manifest = manifest or new_manifest(identity)
            entry = execution(word, how, len(found.rows))
            entry["end"] = UNDER_WAY
            manifest["executions"].append(entry)
            for name, text in files.items():
                _write_text(folder / name, text)
            write_manifest(folder, manifest)
        writer = Writer(folder, found.next, word, found.failed)
        store = Store(folder, found.rows, manifest, len(found.rows), len(found.failed), writer)
        end = BROKEN
        try:
            yield store
            end = COMPLETE
        except KeyboardInterrupt:
            end = STOPPED
            raise
        finally:
            # Nobody may stop here: what waits to be written is finished.
            with held():
                entry |= {"runs_added": store.added, "failed": store.failed, "ended": now(), "end": end}
                try:
                    writer.close()
                    with told(folder):
                        write_manifest(folder, manifest)
                except StoreError:
                    if end != BROKEN:
                        raise


def _manifest_of(folder: Path, warn: Callable[[str], None]) -> dict[str, Any] | None:
    """Return the manifest of a folder, None where there is none; one that nobody can read is set aside."""
    try:
        return read_manifest(folder)
    except StoreError:
        name = set_aside(folder, folder / MANIFEST, MANIFEST)
        warn(f"{MANIFEST} is damaged: set aside as {name} and written anew; it forgets earlier executions")
        return None


def _make(folder: Path) -> None:
    try:
        for kind in (*KINDS, FAILURES):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            if not all(os.access(path, os.W_OK | os.X_OK) for path in (folder, folder / kind)):
                raise unwritable(folder, "you may not write there")
    except (OSError, ValueError) as error:
        raise unwritable(folder, getattr(error, "strerror", "") or "no name that a folder can have") from None


def _write_text(path: Path, text: str) -> None:
    """Write a text durably, unless it is there."""
    data = text.encode()
    path.parent.mkdir(exist_ok=True)
    if not path.is_file() or path.read_bytes() != data:
        write_durably(path, lambda file: file.write(data))


def _write_points(folder: Path, points: Iterable[pd.DataFrame], columns: Mapping[str, bool]) -> None:
    """Write the table of points, unless the same or a longer one is there.

    Raises
    ------
    InputError
        the one that is there has other points
    """
    new, old = folder / _NEW_POINTS, folder / POINTS
    try:
        write_points(new, points, columns)
        if is_readable(old):
            number = first_difference(old, new)
            if number is not None:
                raise other_points(folder, number)
            if count_points(old) >= count_points(new):
                return
        new.replace(old)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
