"""What an arm costs and what it buys: a plane of two paired differences, and their ratio where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.moments import critical_value, moments
from stcsim.analysis.pairs import arm_order, check_runs, pair_runs
from stcsim.analysis.ratios import ratio_interval
from stcsim.analysis.simultaneous import cell_level
from stcsim.analysis.verdict import side_of
from stcsim.draws import F8
from stcsim.errors import InputError
from stcsim.outcomes.info import OutcomeInfo


@dataclass(frozen=True, eq=False)
class CostEffectiveness:
    """Arms on the plane of effect and cost, under the default assumptions.

    Parameters
    ----------
    effect, cost : the two outcomes
    arms : one row per arm: `arm`, `pairs`, `effect` (gain: units averted where lower is better),
        `effect_low`, `effect_high`, `cost` (incremental), `cost_low`, `cost_high`, `ratio` (cost per unit
        gained), `ratio_low`, `ratio_high`, `reading` in words (``probably`` where the interval of the arm
        alone lies on a side, not the one over all arms). Ratios are NaN unless the interval of the
        effect lies above 0
    cloud : columns `arm`, `draw`, `effect`, `cost`: where the two means may lie, given the runs
    """

    effect: OutcomeInfo
    cost: OutcomeInfo
    arms: pd.DataFrame
    cloud: pd.DataFrame

    def ratio(self, arm: str) -> float | None:
        """Return the cost per unit that an arm gains, None unless the interval of its effect lies above 0."""
        value = float(self.arms.loc[self.arms["arm"] == arm, "ratio"].iloc[0])
        return value if np.isfinite(value) else None


def cost_effectiveness(
    runs: pd.DataFrame,
    effect: OutcomeInfo,
    cost: OutcomeInfo,
    baseline: str = "baseline",
    *,
    arms: Sequence[str] | None = None,
    level: float = 0.95,
    effect_level: float | None = None,
    points: int = 300,
    bootstrap: int = 5_000,
    seed: int = 0,
) -> CostEffectiveness:
    """Set what each arm costs beside what it gains.

    The interval of the ratio is Fieller's, with the critical value of the effect's own interval: a ratio to
    an effect that may be 0 is unbounded, so none is given. A point of the cloud is a multiplier bootstrap of
    paired rows, the same for both outcomes and all arms, studentised so that the spread of few replications
    is not too small.

    Parameters
    ----------
    runs : as for `stcsim.analysis.comparison.compare_arms`; the sampled worlds are not read
    effect : what is to be gained; its better direction gives the sign
    cost : what is spent
    level : coverage of the intervals of cost, and of effects and ratios over all arms together
    effect_level : level of one arm's effect and ratio, such as `Comparison.cell_level` for a headline, so
        that both tables print one interval; found over the arms when not given
    points : points of the cloud per arm
    bootstrap, seed : as for `stcsim.analysis.comparison.compare_arms`

    Raises
    ------
    InputError
        neither direction of the effect is better, or the table cannot be compared
    """
    if effect.better == "none":
        raise InputError(f"{effect.name} cannot be an effect: neither direction of it is better")
    check_runs(runs, [effect.name, cost.name], baseline)
    order = arm_order(runs, baseline, arms)
    # In alphabetical order, so that the wanted order moves no bit.
    names = sorted(order[1:])
    pairs = pair_runs(runs, [effect.name, cost.name], baseline=baseline, arms=names, sampled=False)
    scale = pairs.scale[0]
    # Taken from 0, not multiplied by -1: no change is 0 and never -0.
    gain, spent = np.moveaxis(pairs.difference[0], -1, 0)
    gain = 0.0 - gain if effect.better == "lower" else gain
    both = np.isfinite(gain) & np.isfinite(spent)
    gain, spent = np.where(both, gain, np.nan), np.where(both, spent, np.nan)
    if effect_level is None:
        effect_level = cell_level(gain, level, bootstrap=bootstrap, seed=seed, scale=scale[:, :, 0])

    found, paid = moments(gain, scale[:, :, 0]), moments(spent, scale[:, :, 1])
    low, high = found.interval(effect_level)
    cost_low, cost_high = paid.interval(level)
    ratio, ratio_low, ratio_high = ratio_interval(
        spent, gain, critical_value(found.count, effect_level), scale[:, :, 1]
    )
    gains = low > 0
    table = pd.DataFrame(
        {
            "arm": names,
            "pairs": found.count,
            "effect": found.mean,
            "effect_low": low,
            "effect_high": high,
            "cost": paid.mean,
            "cost_low": cost_low,
            "cost_high": cost_high,
            "ratio": np.where(gains, ratio, np.nan),
            "ratio_low": np.where(gains, ratio_low, np.nan),
            "ratio_high": np.where(gains, ratio_high, np.nan),
        }
    )
    intervals = ((low, high), found.interval(level), (cost_low, cost_high))
    sides = ([side_of(*ends) for ends in zip(*interval, strict=True)] for interval in intervals)
    table["reading"] = [_reading(*lie) for lie in zip(*sides, strict=True)]
    place = {name: position for position, name in enumerate(order)}
    table = table.sort_values("arm", key=lambda column: column.map(place), ignore_index=True)
    cloud = _cloud(names, gain, spent, points, seed)
    cloud = cloud.sort_values("arm", key=lambda column: column.map(place), kind="stable", ignore_index=True)
    return CostEffectiveness(effect=effect, cost=cost, arms=table, cloud=cloud)


def _reading(joint: int, plain: int, cost: int) -> str:
    """Say in words where on the plane an arm lies, as far as its intervals tell.

    Parameters
    ----------
    joint, plain, cost : side of 0 on which the interval of the gain over all arms, the one of this arm alone
        and that of the cost lie, 0 when on neither
    """
    if joint:
        effect = "gains" if joint > 0 else "does worse"
    elif plain:
        effect = f"probably {'gains' if plain > 0 else 'does worse'}, not clearly among all arms"
    else:
        effect = "effect may be none"
    return f"{effect}, {('costs less', 'cost may be none', 'costs more')[cost + 1]}"


def _cloud(names: Sequence[str], gain: F8, spent: F8, points: int, seed: int) -> pd.DataFrame:
    """Return points around the two means: a bivariate Student's law with the covariance of paired rows."""
    rows = len(gain)
    generator = np.random.default_rng(seed)
    weights = generator.standard_normal((points, rows))
    shrink = np.sqrt(generator.chisquare(max(rows - 1, 1), points) / max(rows - 1, 1))[:, None]
    columns = {}
    for label, values in (("effect", gain), ("cost", spent)):
        found = moments(values)
        residual = np.where(np.isfinite(values), values - found.mean, 0.0)
        count = np.maximum(found.count, 2)
        off = weights @ residual / np.sqrt(count * (count - 1.0)) / shrink
        columns[label] = np.where(found.count >= 2, found.mean + off, np.nan).T.reshape(-1)
    return pd.DataFrame(
        {"arm": np.repeat(names, points), "draw": np.tile(np.arange(points), len(names)), **columns}
    )
