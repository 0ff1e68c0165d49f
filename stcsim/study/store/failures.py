"""Records of runs that came to no end: one file each, with everything that is needed to run it alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from stcsim.study.specs import RunResult
from stcsim.study.store.durable import write_json
from stcsim.study.store.row_ids import row_id

FAILURES = "failures"


def failure_record(scenario: str, result: RunResult, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a failed run, as JSON values.

    Parameters
    ----------
    scenario : its name in the study
    inputs : what the run was made from, beside what its result says
    """
    made = result.execution
    return {
        "id": row_id(result.key, result.arm, result.world),
        "key": result.key,
        "scenario": scenario,
        "arm": result.arm,
        "world": result.world,
        "replication": result.replication,
        "seed": result.seed,
        "stage": result.stage,
        "error": result.error,
        "traceback": result.trace,
        "inputs": dict(inputs),
        "host": None if made is None else made.host,
        "pid": None if made is None else made.pid,
        "finished": None if made is None else made.finished,
    }


def write_failure(folder: Path, record: Mapping[str, Any]) -> None:
    """Write the record of a failed run durably; one of the same run is replaced."""
    write_json(folder / FAILURES / f"{record['id']}.json", record)


def forget_failure(folder: Path, one: str) -> None:
    """Take the record of a row away whose run has now come to its end."""
    (folder / FAILURES / f"{one}.json").unlink(missing_ok=True)


def read_failures(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of failed runs, by point, replication and arm."""
    found = []
    for path in (folder / FAILURES).glob("*.json"):
        # One that is no record is none of ours; one that is gone has been run again meanwhile.
        with suppress(ValueError, KeyError, TypeError, FileNotFoundError):
            record = json.loads(path.read_bytes())
            found.append(((record["world"], record["replication"], record["arm"]), path.name, record))
    yield from (record for _, _, record in sorted(found, key=lambda item: item[:2]))
