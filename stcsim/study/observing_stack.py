"""Which runs stand in a stack that is watched, and how their rows become columns of a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.draws import F8, I8
from stcsim.study.cases import named

QUARTER_DAYS = 91
"""Thirteen weeks."""


@dataclass(frozen=True)
class Stack:
    """The runs of a state.

    Parameters
    ----------
    arms : names of all arms that are watched, in or out of this stack
    arm : index into `arms` of each run, shape (R,)
    replication : of each run, shape (R,)
    first : day on which arms branch, from the start of the warm-up
    """

    arms: tuple[str, ...]
    arm: I8
    replication: I8
    first: int

    @property
    def runs(self) -> int:
        """How many runs are stacked, R."""
        return len(self.arm)

    def columns(self, run: I8) -> dict[str, Any]:
        """Return the columns that name the runs of some rows."""
        return {"arm": named(self.arm[run], self.arms), "replication": self.replication[run]}

    def quarter(self, day: F8) -> I8:
        """Return the quarter in which something happened that carries a day within a step, from 1.

        What carries the last day of a quarter belongs to it.
        """
        return np.ceil((day - self.first) / QUARTER_DAYS).astype(np.int64)

    def quarter_opened(self, day: F8) -> I8:
        """Return the quarter of what is stamped with the day that opens a step, from 1."""
        return np.floor((day - self.first) / QUARTER_DAYS).astype(np.int64) + 1
