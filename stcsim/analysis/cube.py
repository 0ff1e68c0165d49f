"""Runs of a study as arrays: arms x points x replications, and what differs between points.

A point is one set of assumptions, levers and switches; its number stands in the column `world` of the runs.
Everything behind (rankings, robustness, sensitivity, discovery) reads a `Cube` or plain arrays of this shape.
A run that failed, was not reached, or has no value is NaN: it is left out, and never filled in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.moments import ROUNDING, moments
from stcsim.analysis.pairs import KEYS, arm_order, finite_values
from stcsim.draws import F8, I8
from stcsim.errors import InputError
from stcsim.outcomes.registry import INFOS
from stcsim.scenario.arms import BASELINE

POINT, SCENARIO = "world", "scenario"
"""Columns of the table of points that are no inputs by themselves."""


@dataclass(frozen=True, eq=False)
class Cube:
    """Outcomes of a study by arm, point and replication.

    Parameters
    ----------
    arms : names, the baseline first
    worlds : numbers of the points, ascending, shape (worlds,)
    inputs : one row a point in the order of `worlds`, one column a varied path; `scenario` among them where
        the study has several
    values : by outcome, shape (arms, worlds, replications); NaN where there is no value
    shared_seeds : whether points share their chance: then noise does not average out over them
    """

    arms: tuple[str, ...]
    worlds: I8
    inputs: pd.DataFrame
    values: Mapping[str, F8]
    shared_seeds: bool = False

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Names of what it holds."""
        return tuple(self.values)

    @property
    def replications(self) -> int:
        """Length of the last axis: the most runs of an arm at a point."""
        return next((values.shape[2] for values in self.values.values()), 0)

    def of(self, outcome: str) -> F8:
        """Return the values of one outcome, shape (arms, worlds, replications).

        Raises
        ------
        InputError
            it is not among them
        """
        if outcome not in self.values:
            raise InputError(f"the study holds no outcome {outcome}")
        return self.values[outcome]

    def difference(self, outcome: str) -> F8:
        """Return arm minus baseline of the same chance, shape (arms - 1, worlds, replications).

        What is only rounding beside the values is 0.
        """
        values = self.of(outcome)
        difference = values[1:] - values[:1]
        size = np.maximum(np.abs(values[1:]), np.abs(values[:1]))
        return np.where(np.abs(difference) <= ROUNDING * size, 0.0, difference)

    def effect(self, outcome: str) -> F8:
        """Return the relative paired difference of each arm at each point, shape (arms - 1, worlds).

        Mean difference over the mean of the baseline of the same pairs; NaN where that mean is not positive.
        """
        difference = self.difference(outcome)
        base = np.where(np.isfinite(difference), self.of(outcome)[:1], np.nan)
        size = np.where(np.isfinite(base), np.abs(self.of(outcome)[1:]), 0.0).max(axis=2, initial=0.0)
        below = moments(np.moveaxis(base, 2, 0)).mean
        below = np.where(below > ROUNDING * size, below, np.nan)
        return np.asarray(moments(np.moveaxis(difference, 2, 0)).mean / below, dtype=np.float64)

    def gain(self, outcome: str) -> F8:
        """Return how much better each arm is than the baseline, which is 0, shape as `of`.

        Paired differences, turned so that more is better.

        Raises
        ------
        InputError
            neither direction of the outcome is better
        """
        return with_baseline_gain(sign_of(outcome) * self.difference(outcome), self.of(outcome)[0])

    def score(self, weights: Mapping[str, float]) -> F8:
        """Return how much better each arm is than the baseline by weighted outcomes, shape as `of`.

        Every outcome counts as change for the better in percent of the baseline's mean over all points, times
        its share of the weights.

        Raises
        ------
        InputError
            a weight is negative or none is positive; an outcome has no better direction, or a baseline that
            is not positive on average, so that no percentage of it says anything
        """
        total = float(sum(weights.values()))
        if any(not weight >= 0 for weight in weights.values()) or not 0 < total < np.inf:
            raise InputError("weights have to be 0 or more, and one of them above 0")
        parts = []
        for outcome, weight in weights.items():
            base = self.of(outcome)[0]
            known = base[np.isfinite(base)]
            mean = float(known.mean()) if known.size else np.nan
            if not mean > ROUNDING * np.abs(known).max(initial=0.0):
                raise InputError(
                    f"{outcome} has no positive mean in the baseline, so a weight on its change in percent "
                    "means nothing"
                )
            parts.append(100.0 * weight / total / mean * self.gain(outcome))
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)

    def take(self, rows: I8) -> Cube:
        """Return some of its points, by their places."""
        return Cube(
            self.arms,
            self.worlds[rows],
            self.inputs.iloc[rows].reset_index(drop=True),
            {name: values[:, rows] for name, values in self.values.items()},
            self.shared_seeds,
        )


def sign_of(outcome: str) -> float:
    """Return 1 where more of an outcome is better, -1 where less is.

    Raises
    ------
    InputError
        there is no such outcome, or neither is better
    """
    if outcome not in INFOS:
        raise InputError(f"there is no outcome {outcome}")
    better = INFOS[outcome].better
    if better == "none":
        raise InputError(f"neither more nor less of {outcome} is better, so nothing can be ranked by it")
    return 1.0 if better == "higher" else -1.0


def with_baseline_gain(gain: F8, base: F8) -> F8:
    """Put the baseline in front, which gains nothing wherever it has a value, and is NaN elsewhere.

    Parameters
    ----------
    gain : of the other arms, shape (arms - 1, worlds, replications)
    base : the baseline's own values, shape (worlds, replications)
    """
    # 0.0 is added so that no change is 0 and never -0.
    return np.concatenate([np.where(np.isfinite(base), 0.0, np.nan)[None], gain + 0.0])


def cube_of(
    runs: pd.DataFrame,
    points: pd.DataFrame | None,
    outcomes: Sequence[str],
    *,
    baseline: str = BASELINE,
    arms: Sequence[str] | None = None,
) -> Cube:
    """Arrange the runs of a study.

    Parameters
    ----------
    runs : one row a run: `arm`, `world` (number of its point), `replication`, one column an outcome, and
        `seed` where it is to be known whether points share their chance
    points : one row a point: `world`, `scenario`, one column a varied path. Points without runs stay, as NaN;
        without a table the points are those that have runs
    outcomes : which to take
    baseline : the arm that the others are compared with
    arms : wanted order of the others; alphabetical when not given

    Raises
    ------
    InputError
        a column or an arm is missing, a run stands there twice, or a run's point is not among the points
    """
    missing = [name for name in (*KEYS, *outcomes) if name not in runs.columns]
    if missing:
        raise InputError(f"the table of runs has no column {', '.join(missing[:5])}")
    if not (runs["arm"] == baseline).any():
        raise InputError(f"the table of runs has no arm {baseline}")
    if runs.duplicated(subset=list(KEYS)).any():
        raise InputError("the table of runs has two runs of one arm, world and replication")
    names = arm_order(runs, baseline, arms)
    chosen = runs[runs["arm"].isin(list(names))]
    table = pd.DataFrame({POINT: np.unique(runs[POINT])}) if points is None else points.sort_values(POINT)
    worlds = table[POINT].to_numpy(dtype=np.int64)
    if len(np.unique(worlds)) < len(worlds):
        raise InputError("the table of points has a number twice")
    strange = np.setdiff1d(chosen[POINT].to_numpy(dtype=np.int64), worlds)
    if len(strange):
        raise InputError(f"the table of points has no point {strange[0]}, and there are runs of it")

    place = {name: position for position, name in enumerate(names)}
    arm = chosen["arm"].astype(str).map(place).to_numpy(dtype=np.int64)
    row = np.searchsorted(worlds, chosen[POINT].to_numpy(dtype=np.int64))
    numbers, slot = np.unique(chosen["replication"].to_numpy(dtype=np.int64), return_inverse=True)
    found = finite_values(chosen, outcomes)
    values = {}
    for position, name in enumerate(outcomes):
        values[name] = np.full((len(names), len(worlds), len(numbers)), np.nan)
        values[name][arm, row, slot] = found[:, position]
    several = SCENARIO in table.columns and table[SCENARIO].nunique() > 1
    dropped = [c for c in (POINT, SCENARIO) if c in table.columns and not (c == SCENARIO and several)]
    inputs = table.drop(columns=dropped).reset_index(drop=True)
    return Cube(names, worlds, inputs, values, _shared_seeds(chosen))


def _shared_seeds(runs: pd.DataFrame) -> bool:
    """Whether a seed is used at more than one point."""
    if "seed" not in runs.columns or runs.empty:
        return False
    return bool(runs.groupby("seed")[POINT].nunique().max() > 1)
