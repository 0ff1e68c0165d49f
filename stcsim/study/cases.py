"""Consignments of interest of one run as a table that people can read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.actors.vocabulary import FAMILIES, FATES, ORIGINS, WAYS
from stcsim.draws import F8, I8
from stcsim.engine.engine import Engine
from stcsim.state.events import LADDER, STAGES
from stcsim.state.state import State

NONE = ""
"""What stands where a consignment has no network, post and so on."""


def case_table(engine: Engine, run: int = 0) -> pd.DataFrame:
    """Return one row per consignment of interest, those of the warm-up included, as they arose.

    Columns: `day` on which it arose, counted from where arms branch (negative in the warm-up), `origin` (who
    caused it), `network`, `supplier` and `country` of export, `post`, `way`, `family` of the goods,
    `licensed`, `inspected`, `recognised`, `stage`, `fate`, `fate_day`, `discovered_day` (both NaN where there
    is none), `ladder`.

    Parameters
    ----------
    engine : at its horizon, or before
    run : which of its stacked runs
    """
    state, cases = engine.state, engine.state.cases
    rows = np.flatnonzero(cases.col("run") == run)
    rows = rows[np.argsort(cases.col("born")[rows], kind="stable")]
    return pd.DataFrame(case_columns(state, rows, engine.warm_up))


def case_columns(state: State, rows: I8, start: int) -> dict[str, Any]:
    """Return the columns of `case_table` for some rows of a state, of whatever runs.

    Parameters
    ----------
    start : day from which days are counted
    """
    col = {name: state.cases.col(name)[rows] for name in _COLUMNS}
    day = {name: since(col[name], start) for name in ("born", "fate_day", "discovered")}
    return {
        "day": day["born"],
        "origin": named(col["origin"], ORIGINS),
        "network": named(within(col["network"], state.networks.n), state.networks.ids),
        "supplier": named(within(col["supplier"], state.countries.n), state.countries.ids),
        "country": named(within(col["country"], state.countries.n), state.countries.ids),
        "post": named(within(col["post"], state.posts.n), state.posts.ids),
        "way": named(col["way"], WAYS),
        "family": named(col["family"], FAMILIES),
        "licensed": col["licensed"],
        "inspected": col["inspected"],
        "recognised": col["recognised"],
        "stage": named(col["stage"], STAGES),
        "fate": named(col["fate"], FATES),
        "fate_day": day["fate_day"],
        "discovered_day": day["discovered"],
        "ladder": named(col["ladder"], LADDER),
    }


_COLUMNS = (
    *("born", "fate_day", "discovered", "origin", "network", "supplier", "country", "post", "way", "family"),
    *("licensed", "inspected", "recognised", "stage", "fate", "ladder"),
)


def since(day: F8, start: int) -> F8:
    """Return days counted from a start, NaN where something has not happened."""
    return np.where(np.isfinite(day), day - start, np.nan)


def within(row: I8, n: int) -> I8:
    """Return the index within its run of rows of a population of `n` a run, -1 where there is none."""
    return np.where(row >= 0, row % max(1, n), -1)


def named(index: I8, names: Sequence[str]) -> pd.Series[str]:
    """Return names by their indices, empty where an index is below 0."""
    known = pd.array([*names, NONE], dtype="str")
    return pd.Series(known.take(np.where(index >= 0, index, len(names))))
