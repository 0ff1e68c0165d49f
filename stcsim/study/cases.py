"""Consignments of interest of one run as a table that people can read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stcsim.actors.vocabulary import FAMILIES, FATES, ORIGINS, WAYS
from stcsim.draws import F8, I8
from stcsim.engine.engine import Engine
from stcsim.state.events import LADDER, STAGES

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
    col = {name: cases.col(name)[rows] for name in _COLUMNS}
    day = {name: _since(col[name], engine.warm_up) for name in ("born", "fate_day", "discovered")}
    return pd.DataFrame(
        {
            "day": day["born"],
            "origin": _named(col["origin"], ORIGINS),
            "network": _named(_within(col["network"], state.networks.n), state.networks.ids),
            "supplier": _named(_within(col["supplier"], state.countries.n), state.countries.ids),
            "country": _named(_within(col["country"], state.countries.n), state.countries.ids),
            "post": _named(_within(col["post"], state.posts.n), state.posts.ids),
            "way": _named(col["way"], WAYS),
            "family": _named(col["family"], FAMILIES),
            "licensed": col["licensed"],
            "inspected": col["inspected"],
            "recognised": col["recognised"],
            "stage": _named(col["stage"], STAGES),
            "fate": _named(col["fate"], FATES),
            "fate_day": day["fate_day"],
            "discovered_day": day["discovered"],
            "ladder": _named(col["ladder"], LADDER),
        }
    )


_COLUMNS = (
    *("born", "fate_day", "discovered", "origin", "network", "supplier", "country", "post", "way", "family"),
    *("licensed", "inspected", "recognised", "stage", "fate", "ladder"),
)


def _since(day: F8, start: int) -> F8:
    return np.where(np.isfinite(day), day - start, np.nan)


def _within(row: I8, n: int) -> I8:
    return np.where(row >= 0, row % max(1, n), -1)


def _named(index: I8, names: Sequence[str]) -> pd.Series[str]:
    known = np.array([*names, NONE], dtype=object)
    return pd.Series(known[np.where(index >= 0, index, len(names))], dtype="str")
