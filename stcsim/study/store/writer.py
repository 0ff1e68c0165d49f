"""Writing shards beside the work: what is finished is on the disk within two seconds.

A thread of its own writes, so that a block which takes long delays nothing, and an interrupt, which only the
main thread hears, never comes in the middle of a file.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from stcsim.study.store.durable import told
from stcsim.study.store.failures import forget_failure, write_failure
from stcsim.study.store.row_ids import row_id
from stcsim.study.store.shard import Finished, write_shard

CLOSE_SECONDS = 1.0
"""A shard is closed when its first run has waited so long: with the writing, well below two seconds."""
MOST_WAITING = 4096
"""Runs that wait to be written at most; beyond, whoever brings more waits too."""


class Writer:
    """Writes finished runs and records of failed ones into the folder of a study.

    Parameters
    ----------
    folder : of the study
    first : number of the first shard
    execution : a word that only this execution has, part of the names of its shards
    failed : rows of which a record of failure is there
    """

    def __init__(self, folder: Path, first: int, execution: str, failed: Container[str] = ()) -> None:
        self.shards = 0
        self._folder = folder
        self._next = first
        self._execution = execution
        self._failed = failed
        self._runs: list[Finished] = []
        self._records: list[Mapping[str, Any]] = []
        self._since = 0.0
        self._closing = self._hurry = self._busy = False
        self._error: BaseException | None = None
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="write-shards")
        self._thread.start()

    def add(self, runs: list[Finished], records: list[Mapping[str, Any]]) -> None:
        """Hand over finished runs and records of failed ones.

        Raises
        ------
        StoreError
            what was handed over before could not be written
        """
        with self._changed:
            while len(self._runs) + len(self._records) > MOST_WAITING and self._error is None:
                self._changed.wait()
            self._raise_if_any()
            if not self._runs and not self._records:
                self._since = time.monotonic()
            self._runs += runs
            self._records += records
            self._changed.notify_all()

    def flush(self) -> None:
        """Wait until everything that was handed over is on the disk.

        Raises
        ------
        StoreError
            something could not be written
        """
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            while (self._runs or self._records or self._busy) and self._error is None:
                self._changed.wait()
            self._hurry = False
            self._raise_if_any()

    def close(self) -> None:
        """Write what is left and end.

        Raises
        ------
        StoreError
            something could not be written
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()
        self._raise_if_any()

    def _raise_if_any(self) -> None:
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            while self._wait():
                with self._changed:
                    runs, self._runs = self._runs, []
                    records, self._records = self._records, []
                    self._busy = True
                    self._changed.notify_all()
                with told(self._folder):
                    self._write(runs, records)
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()
        except BaseException as error:
            with self._changed:
                self._error = error
                self._changed.notify_all()

    def _wait(self) -> bool:
        """Wait until something is to be written; return False where nothing will be any more."""
        with self._changed:
            while True:
                waiting = len(self._runs) + len(self._records)
                if self._closing:
                    return waiting > 0
                left = self._since + CLOSE_SECONDS - time.monotonic()
                if waiting and (left <= 0 or waiting > MOST_WAITING or self._hurry):
                    return True
                self._changed.wait(left if waiting else None)

    def _write(self, runs: list[Finished], records: list[Mapping[str, Any]]) -> None:
        if runs:
            write_shard(self._folder, f"{self._next:06d}-{self._execution}.parquet", runs)
            self._next += 1
            self.shards += 1
            for run in runs:
                one = row_id(run.result.key, run.result.arm, run.result.world)
                if one in self._failed:
                    forget_failure(self._folder, one)
        for record in records:
            write_failure(self._folder, record)
