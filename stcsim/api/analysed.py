"""What a comparison was found to say, kept beside its runs: read back in place of being computed again.

The intervals of many arms take seconds to compute. They are kept under a key that names all that they come
from: the bytes of the runs, what was asked of them, the code of the analysis and the packages that it counts
with. Where one of these is another, and where the file is not what was written, all is computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.lib import ArrowException

from stcsim.analysis.comparison import Comparison
from stcsim.outcomes.info import OutcomeInfo
from stcsim.study.environment import versions
from stcsim.study.table_files import FILES
from stcsim.study.whole_files import beside

ANALYSED = "analysed.parquet"
_TABLES = ("levels", "differences", "worlds", "verdicts")
_TABLE = "table"
_RUNS = FILES[0]
_SAYS = b"stcsim"


def analysis_key(
    folder: Path,
    outcomes: Sequence[OutcomeInfo],
    headline: Sequence[str],
    arms: Sequence[str],
    level: float,
    seed: int,
) -> str:
    """Return a name for what an analysis finds: equal where the same is computed from the same.

    Parameters
    ----------
    folder : that holds the runs
    outcomes, headline, arms, level, seed : as for `stcsim.analysis.comparison.compare_arms`, the baseline not
        among the arms
    """
    asked = [
        hashlib.sha256((folder / _RUNS).read_bytes()).hexdigest(),
        [repr(info) for info in outcomes],
        list(dict.fromkeys(headline)),
        list(arms),
        level,
        seed,
        versions(),
        _code(),
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def write_analysis(folder: Path, comparison: Comparison, seed: int) -> Path:
    """Write what a comparison says into the folder that holds its runs, and return the file.

    Parameters
    ----------
    seed : of its bootstrap
    """
    tables = {name: getattr(comparison, name) for name in _TABLES}
    parts = [table.assign(**{_TABLE: name}) for name, table in tables.items()]
    whole = pa.Table.from_pandas(pd.concat(parts, ignore_index=True), preserve_index=False)
    arms = comparison.arms[1:]
    says = {
        "key": analysis_key(folder, comparison.outcomes, comparison.headline, arms, comparison.level, seed),
        "digest": _digest(tables),
        "columns": {
            name: {str(column): str(kind) for column, kind in table.dtypes.items()}
            for name, table in tables.items()
        },
        "cell_level": comparison.cell_level,
        "worlds_cell_level": comparison.worlds_cell_level,
        "notes": comparison.notes,
    }
    kept = {**(whole.schema.metadata or {}), _SAYS: json.dumps(says).encode()}
    with beside(folder / ANALYSED) as draft:
        pq.write_table(whole.replace_schema_metadata(kept), draft, compression="zstd")
    return folder / ANALYSED


def read_analysis(
    folder: Path,
    outcomes: Sequence[OutcomeInfo],
    headline: Sequence[str],
    arms: Sequence[str],
    level: float,
    seed: int,
) -> Comparison | None:
    """Return what a comparison was found to say; None where that is not kept, or would be found anew.

    Parameters
    ----------
    folder, outcomes, headline, arms, level, seed : as for `analysis_key`
    """
    try:
        whole = pq.read_table(folder / ANALYSED)
        says: Any = json.loads((whole.schema.metadata or {})[_SAYS])
        if says["key"] != analysis_key(folder, outcomes, headline, arms, level, seed):
            return None
        rows = whole.to_pandas()
        tables = {name: _of(rows[rows[_TABLE] == name], says["columns"][name]) for name in _TABLES}
        if says["digest"] != _digest(tables):
            return None
        return Comparison(
            outcomes=tuple(outcomes),
            headline=tuple(dict.fromkeys(headline)),
            arms=("baseline", *arms),
            baseline="baseline",
            level=level,
            cell_level=float(says["cell_level"]),
            worlds_cell_level=float(says["worlds_cell_level"]),
            notes=tuple(str(note) for note in says["notes"]),
            **tables,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArrowException):
        return None


def _of(rows: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """Return the rows of one table as they were, with its columns and their kinds."""
    return rows[list(columns)].astype(columns).reset_index(drop=True)


def _digest(tables: dict[str, pd.DataFrame]) -> str:
    found = hashlib.sha256()
    for name in _TABLES:
        table = tables[name]
        found.update(f"{name} {list(table.columns)} {[str(kind) for kind in table.dtypes]}".encode())
        found.update(pd.util.hash_pandas_object(table).to_numpy().tobytes())
    return found.hexdigest()


@cache
def _code() -> str:
    """Return a name for how an analysis computes: the text of its room."""
    found = hashlib.sha256()
    for file in sorted(files("stcsim.analysis").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            found.update(file.read_bytes())
    return found.hexdigest()
