"""What arms do at each value of one thing that is varied, means over everything else that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.analysis.boxes import has_order
from stcsim.analysis.cube import Cube
from stcsim.analysis.moments import ROUNDING, moments
from stcsim.draws import F8
from stcsim.outcomes.registry import INFOS

MOST_VALUES = 12
"""Values beyond which a mean at each of them says little: such a design has drawn them."""


@dataclass(frozen=True, eq=False)
class ValueEffects:
    """Paired differences of arms by the values of one input.

    Parameters
    ----------
    path : the input
    values : as text, in their order
    arms : without the baseline
    effect, low, high : difference to the baseline with its interval over replications, shape (arms, values);
        as shares of the baseline where `relative`, else in the outcome's unit
    relative : whether the baseline is positive at every value
    best : name of the arm that is best by its mean at each value, the baseline among them; empty without runs
    """

    path: str
    values: tuple[str, ...]
    arms: tuple[str, ...]
    effect: F8
    low: F8
    high: F8
    relative: bool
    best: tuple[str, ...]

    @property
    def turns(self) -> bool:
        """Whether another arm is best at some value than at another."""
        return len({name for name in self.best if name}) > 1


def over_values(cube: Cube, outcome: str, path: str, level: float = 0.95) -> ValueEffects | None:
    """Return the differences at each value of an input; None where it has one value or too many.

    Parameters
    ----------
    cube : points and runs; replications of one number count as one draw of chance at all points
    outcome : which; where neither direction is better the best arm is left empty
    path : column of the inputs
    level : coverage of the intervals
    """
    column = cube.inputs[path]
    known = column.dropna()
    values = sorted(known.unique().tolist()) if has_order(column) else list(dict.fromkeys(known.tolist()))
    if not 2 <= len(values) <= MOST_VALUES:
        return None
    difference, base = cube.difference(outcome), cube.of(outcome)[0]
    shape = (len(cube.arms) - 1, len(values))
    mean, low, high = (np.full(shape, np.nan) for _ in range(3))
    bases = np.full(len(values), np.nan)
    for place, value in enumerate(values):
        rows = np.flatnonzero((column == value).to_numpy())
        for arm in range(shape[0]):
            each = moments(difference[arm, rows]).mean  # over points, one number a replication
            found = moments(each)
            mean[arm, place] = found.mean
            low[arm, place], high[arm, place] = found.interval(level)
        bases[place] = moments(moments(base[rows]).mean).mean
    relative = bool((bases > ROUNDING * np.nanmax(np.abs(base), initial=1e-300)).all())
    scale = bases if relative else np.ones(len(values))
    names = tuple(f"{v:g}" if isinstance(v, float) else str(v) for v in values)
    return ValueEffects(
        path,
        names,
        cube.arms[1:],
        mean / scale,
        low / scale,
        high / scale,
        relative,
        _best(cube, outcome, mean),
    )


def _best(cube: Cube, outcome: str, mean: F8) -> tuple[str, ...]:
    """Return the best arm at each value, empty where neither direction is better or a mean is missing."""
    better = INFOS[outcome].better if outcome in INFOS else "none"
    if better == "none":
        return ("",) * int(mean.shape[1])
    gain = np.concatenate([np.zeros((1, mean.shape[1])), mean if better == "higher" else -mean])
    whole = np.isfinite(gain).all(axis=0)
    first = np.where(whole, np.nan_to_num(gain, nan=-np.inf).argmax(axis=0), -1)
    names = (*cube.arms, "")
    return tuple(names[int(i)] for i in first)
