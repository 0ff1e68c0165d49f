"""Tables made by hand: a small region at its first day, two runs, and the rows that a test puts in."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import FAMILIES, FATES, ORIGINS, WAYS
from stcsim.engine.engine import Engine
from stcsim.outcomes.tables import Tables
from stcsim.state.events import STAGES
from stcsim.state.state import State
from stcsim.state.table import columns_of
from tests.regions import small_region

SPEC = small_region(counted=104)
FIRST, END = 26 * 7, 130 * 7
CODES: dict[str, tuple[str, ...]] = {
    "origin": ORIGINS,
    "fate": FATES,
    "way": WAYS,
    "family": FAMILIES,
    "stage": STAGES,
}
_NEUTRAL = {
    "fate": "in_process",
    "fate_day": np.nan,
    "way": "unlicensed",
    "stage": "border",
    "discovered": np.inf,
    "ladder_due": np.inf,
    "release": np.inf,
    "born": FIRST + 1.0,
    "technology": -1,
}
_AFTER = {"licences": {"honest": True}, "closed_fronts": {"known": np.inf}, "cases": _NEUTRAL}


@cache
def _begun() -> State:
    return Engine.begin(SPEC, [1, 2]).state


def blank() -> State:
    """Return a new state of two runs in which nothing has happened yet."""
    return _begun().take([0, 1])


def tables(state: State) -> Tables:
    return Tables.of(SPEC, state)


def put(state: State, table: str, rows: list[dict[str, Any]]) -> None:
    """Add rows to an event table; what a row does not say is neutral. Names stand for their codes."""
    kept = getattr(state, table)
    for row in rows:
        values: dict[str, Any] = {f.name: 0 for f in columns_of(kept)}
        given = {**values, **_AFTER.get(table, {}), **row}
        assert set(given) == set(values), set(given) - set(values)
        kept.append(
            **{k: CODES[k].index(v) if k in CODES and isinstance(v, str) else v for k, v in given.items()}
        )


def attempt(fate: str, day: float = FIRST + 10.0, run: int = 0, **given: Any) -> dict[str, Any]:
    """A consignment of a network that was settled on `day`."""
    settled = {"stage": "done", "fate_day": day} if fate != "in_process" else {}
    return {"run": run, "fate": fate, "opportunities": 1.0, **settled, **given}
