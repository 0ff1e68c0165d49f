"""What a run leaves behind for outcomes to be computed from: counts, hours, stocks, fates, licences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from stcsim.actors.vocabulary import FAMILIES, FATES
from stcsim.state.events import LADDER
from stcsim.state.state import State


def footprint(state: State) -> dict[str, NDArray[Any]]:
    """Return the ledger of a single run and counts over its event tables, by name."""
    cases, licences = state.cases, state.licences
    found: dict[str, NDArray[Any]] = {f"counts.{n}": v[:, 0] for n, v in state.ledger.counts.items()}
    found |= {f"stocks.{n}": np.array(v)[:, 0] for n, v in state.ledger.snapshots.items()}
    found["hours"] = state.ledger.hours
    found["fates"] = np.bincount(cases.col("fate"), minlength=len(FATES))
    ended = cases.col("family") * len(FATES) + cases.col("fate")
    found["families"] = np.bincount(ended, minlength=len(FAMILIES) * len(FATES))
    found["ladder"] = np.bincount(cases.col("ladder"), minlength=len(LADDER))
    found["licences"] = np.bincount(licences.col("outcome"), minlength=3)
    found["licence_days"] = licences.col("days").copy()
    for name in ("within_90", "days_total", "unread", "received"):
        found[f"spread.{name}"] = state.discoveries.col(name).copy()
    found["aid"] = state.activities.col("cost").copy()
    found["fronts"] = state.closed_fronts.col("closed") - state.closed_fronts.col("used")
    return found


def moved(before: dict[str, NDArray[Any]], after: dict[str, NDArray[Any]]) -> list[str]:
    """Return the names of what differs, bit for bit."""
    names = sorted({*before, *after})
    none = np.zeros(0)
    return [n for n in names if not np.array_equal(before.get(n, none), after.get(n, none), equal_nan=True)]
