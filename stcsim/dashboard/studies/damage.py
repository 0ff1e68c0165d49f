"""Whether the files of a comparison can be read, seen without reading all of them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from stcsim.api.provenance import RESOLVED
from stcsim.api.results import JSON
from stcsim.dashboard.studies.folders import is_own_file
from stcsim.study.table_files import FILES

AGAIN = "Run the comparison again with --out."


def damage_of_comparison(folder: Path, changed: float) -> str:
    """Return which file of a comparison is lost or damaged with the repair, empty where all can be opened.

    Parameters
    ----------
    changed : when it was written; what was opened is not opened again
    """
    lacking = [name for name in (JSON, RESOLVED, *FILES) if not is_own_file(folder / name)]
    if lacking:
        return f"{', '.join(lacking)}: not there. {AGAIN}"
    broken = _broken(folder, changed)
    return f"{', '.join(broken)}: damaged, cannot be read. {AGAIN}" if broken else ""


@lru_cache(maxsize=500)
def _broken(folder: Path, changed: float) -> tuple[str, ...]:  # noqa: ARG001 - another time, another file
    found = []
    try:
        json.loads((folder / JSON).read_bytes())["provenance"]["scenario"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        found.append(JSON)
    for name in FILES:
        try:
            pq.read_metadata(folder / name)
        except (pa.ArrowException, OSError):
            found.append(name)
    return tuple(found)
