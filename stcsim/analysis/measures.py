"""Sampling measures: what counts how much among sampled sets of assumptions.

A share of sets says as much of how sets were drawn as of the model: nobody knows how likely an assumption is.
So the same share is taken under several measures on the same sets, by weights instead of other runs:

- *as drawn*: uniform over the ranges of the study, those of a factor of ten or more by their logarithm;
- *nearer to the defaults*, and *farther from them*: sets weigh the more the smaller (larger) the mean
  distance of their assumptions from the defaults is, in shares of the sets that lie in between;
- *this switch alone*: the sets that have one value of a structural switch;
- *towards* one side of one assumption.

With hundreds of assumptions another density for each of them would leave the weight to a handful of sets. The
weights here are ``exp(c s)`` in a score `s`, with `c` such that the effective number of sets ``1 / sum w^2``
(Kish 1965) is half of them: of all weights with this mean score, those are nearest to the drawn ones
(exponential tilting, Csiszár 1975, doi 10.1214/aop/1176996454).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.turning import plain_label
from stcsim.draws import F8

KEPT = 0.5
"""Effective number of sets that tilting leaves, as a share of all."""
STRONGEST = 1e4
"""Where tilting ends: more would put all weight on one value."""
AS_DRAWN = "uniform over the register's ranges"
"""What is said of sets as they were drawn."""
FEWEST = 2
"""Sets that a measure needs to say anything."""


@dataclass(frozen=True, eq=False)
class Measure:
    """Weights of sampled sets of assumptions.

    Parameters
    ----------
    name : for tables, such as ``near_defaults`` or ``structure.capture=immediate``
    words : for people
    weights : sum 1, shape (worlds,)
    """

    name: str
    words: str
    weights: F8

    @property
    def effective(self) -> float:
        """How many sets of equal weight would say as much."""
        return float(1.0 / (self.weights**2).sum())


def as_drawn(worlds: int, words: str = AS_DRAWN) -> Measure:
    """Return the measure in which all sets count the same."""
    return Measure("as_drawn", words, np.full(worlds, 1.0 / worlds))


def positions(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return where each set stands in each numeric input, as the share of sets below it, in (0, 1).

    Columns that are no numbers, or one number only, are left out.
    """
    found = {}
    for path in inputs.columns:
        column = inputs[path]
        if _numeric(column) and column.nunique() > 1:
            found[path] = (column.rank(method="average") - 0.5) / column.count()
    return pd.DataFrame(found, index=inputs.index)


def distance(inputs: pd.DataFrame, defaults: Mapping[str, float]) -> F8:
    """Return the mean distance of each set from the defaults, in shares of the sets in between.

    Parameters
    ----------
    inputs : one row a set, one column an input
    defaults : by path; inputs without one do not count
    """
    place = positions(inputs[[path for path in inputs.columns if path in defaults]])
    found = []
    for path in place.columns:
        values = inputs[path].to_numpy(dtype=np.float64)
        # Half of the ties, as for the sets themselves.
        own = float(np.mean(values < defaults[path]) + 0.5 * np.mean(values == defaults[path]))
        found.append(np.abs(place[path].to_numpy(dtype=np.float64) - own))
    return np.asarray(np.mean(found, axis=0), dtype=np.float64) if found else np.zeros(len(inputs))


def tilted(name: str, words: str, score: F8, kept: float = KEPT) -> Measure | None:
    """Return the measure in which sets of a high score count more; None where all have the same.

    Parameters
    ----------
    score : shape (worlds,); a set without one has no weight
    kept : effective number of sets as a share of those that have a score
    """
    known = np.isfinite(score)
    values = score[known]
    if known.sum() < FEWEST or not np.ptp(values) > 0:
        return None
    centred = (values - values.max()) / np.ptp(values)
    goal = max(1.0, kept * len(values))
    low, high = 0.0, STRONGEST
    for _ in range(60):
        middle = 0.5 * (low + high)
        weights = np.exp(middle * centred)
        effective = weights.sum() ** 2 / (weights**2).sum()
        low, high = (middle, high) if effective > goal else (low, middle)
    weights = np.zeros(len(score))
    weights[known] = np.exp(low * centred)
    return Measure(name, words, weights / weights.sum())


def around_defaults(inputs: pd.DataFrame, defaults: Mapping[str, float]) -> tuple[Measure, ...]:
    """Return the measures that favour sets near to, and far from, the defaults."""
    far = distance(inputs, defaults)
    both = (
        tilted("near_defaults", "sets near to the defaults count more", -far),
        tilted("far_from_defaults", "sets far from the defaults count more", far),
    )
    return tuple(measure for measure in both if measure is not None)


def by_switch(inputs: pd.DataFrame) -> tuple[Measure, ...]:
    """Return one measure a value of each switch, and of the scenario where there are several."""
    found = []
    for path in inputs.columns:
        column = inputs[path]
        if _numeric(column):
            continue
        values = sorted({str(value) for value in column.dropna()})
        for value in values if len(values) > 1 else ():
            own = (column.astype(str) == value).to_numpy(dtype=np.float64)
            if own.sum() >= FEWEST:
                words = f"{plain_label(path)} is {value.replace('_', ' ')}"
                found.append(Measure(f"{path}={value}", words, own / own.sum()))
    return tuple(found)


def _numeric(column: pd.Series[float]) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column)) and not pd.api.types.is_bool_dtype(column)
