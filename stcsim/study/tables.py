"""Results of runs as tidy tables: runs, monthly series, hours by body, and runs that failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stcsim.outcomes.registry import OUTCOMES
from stcsim.study.specs import RunResult

UNIT = ("arm", "world", "replication")


@dataclass(frozen=True, eq=False)
class RunTables:
    """What is kept of many runs. Rows stand by world, replication and arm, however the work was divided.

    Parameters
    ----------
    runs : one row a run: `arm`, `world` (0 for the default assumptions), `replication`, `seed`, `key`, one
        column an outcome
    series : `arm`, `world`, `replication`, `month` (from 0), `name`, `value`
    bodies : `arm`, `world`, `replication`, `body`, `hours` a counted year
    failures : `arm`, `world`, `replication`, `seed`, `key`, `error`; runs that came to no end
    """

    runs: pd.DataFrame
    series: pd.DataFrame
    bodies: pd.DataFrame
    failures: pd.DataFrame


def tables_of(results: Iterable[RunResult], arms: Sequence[str]) -> RunTables:
    """Return the results as tables, arms in the order of `arms` within a replication."""
    place = {name: i for i, name in enumerate(arms)}
    ordered = sorted(results, key=lambda r: (r.world, r.replication, place.get(r.arm, len(place))))
    good = [r for r in ordered if not r.failed]
    return RunTables(runs_table(good), series_table(good), bodies_table(good), failures_table(ordered))


def runs_table(results: Sequence[RunResult]) -> pd.DataFrame:
    """Return one row a run."""
    head = {
        **_unit(results),
        "seed": np.array([r.seed for r in results], dtype=np.int64),
        "key": _texts(r.key for r in results),
    }
    values = {n: np.array([r.outcomes[n] for r in results], dtype=np.float64) for n in OUTCOMES}
    return pd.DataFrame({**head, **values})


def series_table(results: Sequence[RunResult]) -> pd.DataFrame:
    """Return one row a run, series and month."""
    lengths = [sum(len(v) for v in r.series.values()) for r in results]
    months = [np.arange(len(v)) for r in results for v in r.series.values()]
    names = [name for r in results for name in r.series]
    sizes = [len(v) for r in results for v in r.series.values()]
    values = [v for r in results for v in r.series.values()]
    return pd.DataFrame(
        {
            **_unit(results, lengths),
            "month": np.concatenate([np.zeros(0, dtype=np.int64), *months]),
            "name": _repeated(names, sizes),
            "value": np.concatenate([np.zeros(0), *values]),
        }
    )


def bodies_table(results: Sequence[RunResult]) -> pd.DataFrame:
    """Return one row a run and body."""
    return pd.DataFrame(
        {
            **_unit(results, [len(r.bodies) for r in results]),
            "body": _texts(name for r in results for name in r.bodies),
            "hours": np.array([hours for r in results for hours in r.bodies.values()], dtype=np.float64),
        }
    )


def failures_table(results: Sequence[RunResult]) -> pd.DataFrame:
    """Return one row a run that failed."""
    bad = [r for r in results if r.failed]
    return pd.DataFrame(
        {
            **_unit(bad),
            "seed": np.array([r.seed for r in bad], dtype=np.int64),
            "key": _texts(r.key for r in bad),
            "error": _texts(r.error for r in bad),
        }
    )


def _unit(results: Sequence[RunResult], lengths: Sequence[int] | None = None) -> dict[str, Any]:
    """Return the columns that name a run, each repeated as often as it has rows."""
    times = np.array([1] * len(results) if lengths is None else lengths, dtype=np.int64)
    return {
        "arm": _repeated([r.arm for r in results], times),
        "world": np.repeat(np.array([r.world for r in results], dtype=np.int64), times),
        "replication": np.repeat(np.array([r.replication for r in results], dtype=np.int64), times),
    }


def _texts(values: Iterable[str]) -> pd.Series[str]:
    return pd.Series(list(values), dtype="str")


def _repeated(values: Sequence[str], times: Any) -> pd.Series[str]:
    """Repeat texts by their numbers: a million of them are made from the few that differ."""
    names = sorted(set(values))
    place = {name: i for i, name in enumerate(names)}
    codes = np.repeat(np.array([place[v] for v in values], dtype=np.int64), times)
    return pd.Series(np.array(names, dtype=object)[codes] if names else [], dtype="str")
