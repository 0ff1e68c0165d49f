"""What was chosen, estimated again on fresh seeds: how much of its lead was luck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stcsim.analysis.bootstrap import DRAWS, MeanDraws, mean_draws
from stcsim.analysis.cube import Cube
from stcsim.draws import F8
from stcsim.errors import InputError


@dataclass(frozen=True)
class Again:
    """An arm before and after.

    Parameters
    ----------
    arm : that was chosen
    before, before_low, before_high : its gain over the baseline in the runs that chose it; no interval of
        these is honest, it is shown for comparison alone
    after, low, high : its gain in runs that had no part in choosing it, with a plain interval
    level : of the intervals
    units, over : worlds or replications behind `after`
    """

    arm: str
    before: float
    before_low: float
    before_high: float
    after: float
    low: float
    high: float
    level: float
    units: int
    over: str

    @property
    def luck(self) -> float:
        """By how much the runs that chose it told too much (or too little, where negative)."""
        return self.before - self.after

    @property
    def holds(self) -> bool:
        """Whether it gains something for sure in runs that did not choose it."""
        return self.low > 0.0


def again(
    chosen_by: Cube,
    fresh: Cube,
    arm: str,
    by: str | Mapping[str, float],
    *,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> Again:
    """Return what an arm gains in the runs that chose it, and in others.

    Parameters
    ----------
    chosen_by : runs that the choice was made on
    fresh : runs with other seeds (`stcsim.study.fresh`); whether they are, `check_fresh` says there
    arm : that was chosen
    by : an outcome, or weights of several

    Raises
    ------
    InputError
        one of the studies lacks the arm, or has fewer than two units in which it has a value
    """
    first = _gain(chosen_by, arm, by, draws, seed)
    second = _gain(fresh, arm, by, draws, seed)
    ends = [float(end[1]) for found in (first, second) for end in found.interval(level)]
    return Again(
        arm=arm,
        before=float(first.mean[1]),
        before_low=ends[0],
        before_high=ends[1],
        after=float(second.mean[1]),
        low=ends[2],
        high=ends[3],
        level=level,
        units=second.units,
        over=second.over,
    )


def _gain(cube: Cube, arm: str, by: str | Mapping[str, float], draws: int, seed: int) -> MeanDraws:
    if arm not in cube.arms:
        raise InputError(f"the study has no arm {arm}")
    gain: F8 = cube.gain(by) if isinstance(by, str) else cube.score(by)
    both = gain[[0, cube.arms.index(arm)]]
    return mean_draws(both, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
