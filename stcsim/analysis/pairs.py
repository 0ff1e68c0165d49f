"""Paired differences: the same world and the same chance, with a mechanism and without.

A pair is two runs that share (world, replication), one of an arm and one of the baseline. World 0 holds the
default assumptions; worlds 1, 2, ... are sampled ones. What is missing (a run that failed or was not reached,
a value that is undefined) is NaN here and is left out cell by cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.moments import ROUNDING, moments
from stcsim.draws import F8
from stcsim.errors import InputError

KEYS = ("arm", "world", "replication")


@dataclass(frozen=True, eq=False)
class Pairs:
    """Runs arranged by world and pair.

    Parameters
    ----------
    arms : arms other than the baseline
    outcomes : names of the outcomes
    worlds : numbers of the worlds, ascending
    baseline : values of the baseline, shape (worlds, pairs, outcomes)
    treated : values of the arms, shape (worlds, pairs, arms, outcomes)
    """

    arms: tuple[str, ...]
    outcomes: tuple[str, ...]
    worlds: tuple[int, ...]
    baseline: F8
    treated: F8

    @property
    def reference(self) -> F8:
        """The baseline's value of each complete pair, NaN elsewhere; shape of `treated`."""
        return np.where(np.isfinite(self.difference), self.baseline[:, :, None, :], np.nan)

    @property
    def difference(self) -> F8:
        """Arm minus baseline, differences that are only rounding set to 0; shape of `treated`."""
        base = self.baseline[:, :, None, :]
        difference = self.treated - base
        size = np.maximum(np.abs(self.treated), np.abs(base))
        return np.where(np.abs(difference) <= ROUNDING * size, 0.0, difference)

    @property
    def scale(self) -> F8:
        """Largest absolute value of a pair's two runs, 0 where a value is missing; shape of `treated`."""
        size = np.maximum(np.abs(self.treated), np.abs(self.baseline[:, :, None, :]))
        return np.where(np.isfinite(size), size, 0.0)

    @property
    def base(self) -> F8:
        """Mean of `reference` over a world's pairs, NaN unless positive; shape (worlds, arms, outcomes).

        What changes are related to: a mean that is only rounding beside the arms' values is none.
        """
        mean = moments(np.swapaxes(self.reference, 0, 1)).mean
        return np.where(mean > ROUNDING * self.scale.max(axis=1, initial=0.0), mean, np.nan)


def check_runs(runs: pd.DataFrame, outcomes: Sequence[str], baseline: str) -> None:
    """Refuse a table that cannot be compared.

    Raises
    ------
    InputError
        a column is missing or not a number, the baseline has no run, an arm has two runs of one (world,
        replication)
    """
    missing = [name for name in (*KEYS, *outcomes) if name not in runs.columns]
    if missing:
        raise InputError(f"the table of runs has no column {', '.join(missing[:5])}")
    for name in outcomes:
        if not pd.api.types.is_numeric_dtype(runs[name]):
            raise InputError(f"column {name} of the table of runs does not hold numbers")
    if len(set(outcomes)) < len(outcomes):
        raise InputError("an outcome is named twice")
    if not (runs["arm"] == baseline).any():
        raise InputError(f"the table of runs has no arm {baseline}")
    if not (runs["world"] == 0).any():
        raise InputError("the table of runs has no run under the default assumptions (world 0)")
    if runs.duplicated(subset=list(KEYS)).any():
        raise InputError("the table of runs has two runs of one arm, world and replication")


def arm_order(runs: pd.DataFrame, baseline: str, arms: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return every arm of the table, the baseline first.

    Parameters
    ----------
    arms : wanted order of the others; alphabetical when not given, so that the order of rows changes nothing

    Raises
    ------
    InputError
        `arms` names one that has no run
    """
    present = {str(name) for name in runs["arm"].unique()}
    wanted = sorted(present) if arms is None else list(dict.fromkeys(arms))
    absent = [name for name in wanted if name not in present]
    if absent:
        raise InputError(f"the table of runs has no arm {', '.join(absent[:5])}")
    return (baseline, *(name for name in wanted if name != baseline))


def finite_values(runs: pd.DataFrame, outcomes: Sequence[str]) -> F8:
    """Return the outcomes' columns, shape (runs, outcomes), with NaN for what is not a finite number."""
    values = runs[list(outcomes)].to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(values), values, np.nan)


def pair_runs(
    runs: pd.DataFrame, outcomes: Sequence[str], *, baseline: str, arms: Sequence[str], sampled: bool
) -> Pairs:
    """Arrange the runs of the default assumptions, or those of the sampled worlds, as pairs.

    Pairs stand in the order of their replication within a world; worlds with fewer pairs are filled up with
    NaN.

    Parameters
    ----------
    runs : one row a run with columns `KEYS` and the outcomes
    arms : arms to set beside the baseline
    sampled : take worlds 1, 2, ... instead of world 0
    """
    chosen = runs[(runs["world"] > 0) if sampled else (runs["world"] == 0)]
    place = {name: position for position, name in enumerate((baseline, *arms))}
    column = chosen["arm"].astype(str).map(place)
    chosen, column = chosen[column.notna()], column[column.notna()].astype("int64")
    units = chosen[["world", "replication"]].drop_duplicates().sort_values(["world", "replication"])
    slot = units.groupby("world").cumcount()
    worlds, row = np.unique(units["world"].to_numpy(dtype=np.int64), return_inverse=True)
    width = int(slot.max()) + 1 if len(units) else 0

    spot = units.assign(_row=row, _slot=slot.to_numpy())
    where = chosen[["world", "replication"]].merge(spot, how="left", on=["world", "replication"])
    values = np.full((len(worlds), width, len(place), len(outcomes)), np.nan)
    values[where["_row"], where["_slot"], column.to_numpy()] = finite_values(chosen, outcomes)
    return Pairs(
        arms=tuple(arms),
        outcomes=tuple(outcomes),
        worlds=tuple(int(world) for world in worlds),
        baseline=values[:, :, 0],
        treated=values[:, :, 1:],
    )
