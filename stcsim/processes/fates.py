"""Settling consignments of interest: each gets exactly one fate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import FATES
from stcsim.draws import I8
from stcsim.errors import ModelError
from stcsim.state.events import STAGES, Cases

IN_PROCESS = FATES.index("in_process")
DONE = STAGES.index("done")
ARISING: Mapping[str, Any] = {
    "licensed": False,
    "release": np.inf,
    "fate": IN_PROCESS,
    "fate_day": np.nan,
    "list_selected": False,
    "inspected": False,
    "recognised": False,
    "discovered": np.inf,
    "returns": 0,
    "felt": 0,
    "borne": 0,
    "ladder": 0,
    "ladder_due": np.inf,
    "effort": 0.0,
}
"""What no consignment has behind it when it arises."""


def settle(cases: Cases, rows: I8, fate: str, day: Any) -> None:
    """Give consignments their fate.

    Parameters
    ----------
    rows : rows of `cases` that are still in process, distinct
    fate : a name in FATES
    day : day on which it is settled, a number or one per row

    Raises
    ------
    ModelError
        if one of them already has a fate
    """
    if not len(rows):
        return
    if (cases.fate.take(rows) != IN_PROCESS).any():
        raise ModelError(f"a consignment with a fate was settled again as {fate}")
    cases.fate[rows] = FATES.index(fate)
    cases.fate_day[rows] = day
    cases.stage[rows] = DONE
    cases.due[rows] = np.inf


def waiting(cases: Cases, stage: str, until: float) -> I8:
    """Return the rows in a stage that are due before `until`."""
    rows = cases.in_process()
    which = cases.stage.take(rows) == STAGES.index(stage)
    which &= cases.due.take(rows) < until
    return np.asarray(rows[which])
