"""Regret: what is lost by an arm where another would have been better (Savage 1951, doi 10.2307/2280094).

In each world the regret of an arm is the gain of the best arm there minus its own. The best of several noisy
means is the luckiest of them, so regrets of noisy means are too large; they are taken from draws of the
expected gains (`stcsim.analysis.expected_gains`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.cube import Cube
from stcsim.analysis.expected_gains import WORLD_DRAWS, ExpectedGains, expected_gains
from stcsim.draws import F8

HIGH = 0.9
"""Share of worlds in which regret is at most what is called high."""


@dataclass(frozen=True, eq=False)
class Regret:
    """Regret of each arm over worlds, in the units of the gain.

    Parameters
    ----------
    arms : names, the baseline first
    mean, mean_low, mean_high : mean over worlds, with an interval for another sample of worlds
    high : regret that nine worlds of ten do not exceed
    largest : regret in the worst of the sampled worlds
    zero : share of worlds in which the arm is the best, so that nothing is lost
    noise_known : as in `stcsim.analysis.expected_gains.ExpectedGains`; without, regrets are too large
    """

    arms: tuple[str, ...]
    mean: F8
    mean_low: F8
    mean_high: F8
    high: F8
    largest: F8
    zero: F8
    noise_known: bool

    @property
    def least(self) -> str:
        """The arm with the least mean regret, which is the one with the best mean."""
        return self.arms[int(np.argmin(self.mean))]

    @property
    def safest(self) -> str:
        """The arm whose largest regret is the least (minimax regret)."""
        return self.arms[int(np.argmin(self.largest))]

    def table(self) -> pd.DataFrame:
        """Return one row an arm, least mean regret first."""
        names = ("mean", "mean_low", "mean_high", "high", "largest", "zero")
        table = pd.DataFrame({"arm": self.arms, **{name: getattr(self, name) for name in names}})
        return table.sort_values("mean", kind="stable", ignore_index=True)


def regret(
    cube: Cube, by: str | Mapping[str, float], *, level: float = 0.95, draws: int = WORLD_DRAWS, seed: int = 0
) -> Regret:
    """Return the regret of every arm.

    Parameters
    ----------
    cube : sampled points of a study
    by : an outcome, or weights of several
    level : coverage of the intervals
    draws, seed : of what is drawn

    Raises
    ------
    InputError
        neither direction of the outcome is better, or fewer than two worlds have a value in every arm
    """
    gain = cube.gain(by) if isinstance(by, str) else cube.score(by)
    found = expected_gains(gain, shared_seeds=cube.shared_seeds, draws=draws, seed=seed)
    return regret_of(found, cube.arms, level=level)


def regret_of(found: ExpectedGains, arms: tuple[str, ...], *, level: float = 0.95) -> Regret:
    """Return the regret that draws of expected gains give, whatever they are gains of."""
    lost = found.draws.max(axis=2, keepdims=True) - found.draws  # (draws, worlds, arms)
    mean = lost.mean(axis=1)
    low, high = np.quantile(found.population(lost), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return Regret(
        arms=arms,
        mean=mean.mean(axis=0),
        mean_low=low,
        mean_high=high,
        high=np.quantile(lost, HIGH, axis=1).mean(axis=0),
        largest=lost.max(axis=1).mean(axis=0),
        zero=found.best().mean(axis=(0, 1)),
        noise_known=found.noise_known,
    )
