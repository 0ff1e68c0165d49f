"""What checkpoints have and do, counted run by run and quarter by quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from stcsim.draws import F8
from stcsim.pictures.words import number, signed


@dataclass(frozen=True)
class Measure:
    """Something that a checkpoint has or does.

    Parameters
    ----------
    label : in words
    top : column of the table, or what is counted
    below : column by which sums over runs are divided, empty for none
    share : whether it is shown in percent
    stands : whether it is given at the end of a quarter, not for what happens in it
    """

    label: str
    top: str
    below: str = ""
    share: bool = False
    stands: bool = False

    @property
    def scale(self) -> float:
        """By what values are multiplied before they are shown."""
        return 100.0 if self.share else 1.0

    @property
    def when(self) -> str:
        """Of what time values are, as a sentence."""
        return "At the end of each quarter." if self.stands else "In each quarter."

    def told(self, value: float) -> str:
        """Return a value in words."""
        return f"{number(self.scale * value, 2)}{'%' if self.share else ''}"

    def difference(self, value: float) -> str:
        """Return a difference in words: of shares in percentage points."""
        return signed(self.scale * value, 2)


MEASURES: Final[Mapping[str, Measure]] = {
    "detection": Measure("chance that plain smuggling is found", "detection", share=True, stands=True),
    "inspected": Measure(
        "share of ordinary trade that is inspected", "inspected_share", share=True, stands=True
    ),
    "answered": Measure("share of doubts answered in time", "answered", share=True, stands=True),
    "detained": Measure("consignments held, honest ones included", "detained", stands=True),
    "reached": Measure("illicit consignments that come", "reached"),
    "passed": Measure("illicit consignments that pass", "passed"),
    "stopped": Measure("illicit consignments that are stopped", "stopped"),
    "caught": Measure(
        "share of illicit consignments that is stopped", "stopped", below="reached", share=True
    ),
}
"""What can be shown, by name."""


@dataclass(frozen=True)
class Counts:
    """A measure in one arm, by run, checkpoint and quarter.

    Parameters
    ----------
    top : what is counted
    below : what it is divided by, None where it is no share
    """

    top: F8
    below: F8 | None

    @staticmethod
    def of(posts: pd.DataFrame, what: Measure, order: Sequence[str], quarters: Sequence[int]) -> Counts:
        """Return the counts of one arm.

        Parameters
        ----------
        posts : rows of the arm
        order, quarters : which checkpoints and quarters
        """
        runs = sorted(int(r) for r in posts["replication"].unique())
        index = pd.MultiIndex.from_product([runs, order, quarters])
        held = posts.set_index(["replication", "checkpoint", "quarter"]).reindex(index)
        shape = (len(runs), len(order), len(quarters))

        def cube(column: str) -> F8:
            return np.asarray(held[column].to_numpy(float).reshape(shape))

        return Counts(cube(what.top), cube(what.below) if what.below else None)

    def over_runs(self) -> F8:
        """Return means over runs, by checkpoint and quarter; of shares, those of all runs together."""
        if self.below is None:
            return np.asarray(self.top.mean(axis=0))
        return _ratio(self.top.sum(axis=0), self.below.sum(axis=0))

    def over_quarters(self, row: int) -> F8:
        """Return means of one checkpoint over quarters, run by run; of shares, those of the whole time."""
        if self.below is None:
            return np.asarray(self.top[:, row].mean(axis=1))
        return _ratio(self.top[:, row].sum(axis=1), self.below[:, row].sum(axis=1))


def over_time(shown: F8) -> F8:
    """Return the mean over quarters of each checkpoint, NaN where it has none."""
    there = np.isfinite(shown)
    return _ratio(np.where(there, shown, 0).sum(axis=1), there.sum(axis=1).astype(float))


def _ratio(top: F8, below: F8) -> F8:
    return np.where(below > 0, top / np.where(below > 0, below, 1), np.nan)
