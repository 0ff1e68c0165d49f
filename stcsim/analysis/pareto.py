"""Effect against cost: arms that no other arm beats in both, and how sure their place on that front is.

An arm is off the front when another one gains as much and costs no more, and is better in one of the two.
Which arms are on it follows from means that are not known exactly; the chance of membership is the share of
bootstrapped pairs of means (worlds drawn once for both outcomes) in which an arm is on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from stcsim.analysis.bootstrap import DRAWS, mean_draws
from stcsim.analysis.cube import Cube
from stcsim.draws import F8


@dataclass(frozen=True, eq=False)
class Front:
    """Arms on the plane of effect and cost.

    Parameters
    ----------
    arms : names, the baseline first, which gains and costs nothing
    gain, gain_low, gain_high : mean over worlds, more is better
    cost, cost_low, cost_high : extra cost, mean over worlds, less is better
    on : whether the arm is on the front of the means
    chance : that it is on the front of the true means
    """

    arms: tuple[str, ...]
    gain: F8
    gain_low: F8
    gain_high: F8
    cost: F8
    cost_low: F8
    cost_high: F8
    on: NDArray[np.bool_]
    chance: F8

    def table(self) -> pd.DataFrame:
        """Return one row an arm, cheapest first."""
        names = ("gain", "gain_low", "gain_high", "cost", "cost_low", "cost_high", "on", "chance")
        table = pd.DataFrame({"arm": self.arms, **{name: getattr(self, name) for name in names}})
        return table.sort_values("cost", kind="stable", ignore_index=True)


def front(
    cube: Cube, effect: str, cost: str, *, level: float = 0.95, draws: int = DRAWS, seed: int = 0
) -> Front:
    """Return the front of one outcome against another.

    Parameters
    ----------
    effect, cost : outcomes; less of a cost has to be better
    level : coverage of the intervals of single arms

    Raises
    ------
    InputError
        neither direction of one of them is better, or fewer than two worlds have values in every arm
    """
    both = np.stack([cube.gain(effect), cube.gain(cost)], axis=3)
    found = mean_draws(both, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    low, high = found.interval(level)
    return Front(
        arms=cube.arms,
        gain=found.mean[:, 0],
        gain_low=low[:, 0],
        gain_high=high[:, 0],
        # Taken from 0: no cost is 0 and never -0.
        cost=0.0 - found.mean[:, 1],
        cost_low=0.0 - high[:, 1],
        cost_high=0.0 - low[:, 1],
        on=undominated(found.mean[None])[0],
        chance=undominated(found.draws).mean(axis=0),
    )


def undominated(values: F8) -> NDArray[np.bool_]:
    """Return which arms no other beats in everything.

    Parameters
    ----------
    values : more is better, shape (draws, arms, criteria)

    Returns
    -------
    shape (draws, arms)
    """
    on = np.ones(values.shape[:2], dtype=bool)
    for arm in range(values.shape[1]):
        own = values[:, arm, None]
        beaten = np.all(values >= own, axis=2) & np.any(values > own, axis=2)
        on[:, arm] = ~beaten.any(axis=1)
    return on
