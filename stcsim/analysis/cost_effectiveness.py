"""What an arm costs and what it buys: a plane of two paired differences, and their ratio where it has one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from stcsim.analysis.chance import variance_removed
from stcsim.analysis.moments import critical_value, moments
from stcsim.analysis.pairs import arm_order, check_runs, pair_runs
from stcsim.analysis.ratios import ratio_interval
from stcsim.analysis.verdict import may_coincide, side_of
from stcsim.errors import InputError
from stcsim.outcomes.info import OutcomeInfo


def cost_effectiveness(
    runs: pd.DataFrame,
    effect: OutcomeInfo,
    cost: OutcomeInfo,
    baseline: str = "baseline",
    *,
    effect_level: float,
    arms: Sequence[str] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Set what each arm costs beside what it gains, one row per arm, under the default assumptions.

    Columns: `arm`, `pairs`, `effect` (gain: units averted where lower is better), `effect_low`,
    `effect_high`, `cost` (incremental), `cost_low`, `cost_high`, `ratio` (cost per unit gained), `ratio_low`,
    `ratio_high`, `reading` in words (``probably`` where the interval of the arm alone lies on a side, not the
    one over all arms, or where that one is a point that may be coincidence). Ratios are NaN unless the
    interval of the effect lies above 0 and is no coincidence.

    The interval of the ratio is Fieller's, with the critical value of the effect's own interval: a ratio to
    an effect that may be 0 is unbounded, so none is given.

    Parameters
    ----------
    runs : as for `stcsim.analysis.comparison.compare_arms`; the sampled worlds are not read
    effect : what is to be gained; its better direction gives the sign
    cost : what is spent
    effect_level : level of one arm's effect and ratio, such as `Comparison.cell_level` for a headline, so
        that both tables print one interval
    arms : as for `compare_arms`
    level : coverage of the intervals of cost

    Raises
    ------
    InputError
        neither direction of the effect is better, or the table cannot be compared
    """
    if effect.better == "none":
        raise InputError(f"{effect.name} cannot be an effect: neither direction of it is better")
    check_runs(runs, [effect.name, cost.name], baseline)
    names = arm_order(runs, baseline, arms)[1:]
    pairs = pair_runs(runs, [effect.name, cost.name], baseline=baseline, arms=names, sampled=False)
    scale = pairs.scale[0]
    # Taken from 0, not multiplied by -1: no change is 0 and never -0.
    gain, spent = np.moveaxis(pairs.difference[0], -1, 0)
    gain = 0.0 - gain if effect.better == "lower" else gain
    both = np.isfinite(gain) & np.isfinite(spent)
    gain, spent = np.where(both, gain, np.nan), np.where(both, spent, np.nan)

    found, paid = moments(gain, scale[:, :, 0]), moments(spent, scale[:, :, 1])
    low, high = found.interval(effect_level)
    cost_low, cost_high = paid.interval(level)
    ratio, ratio_low, ratio_high = ratio_interval(
        spent, gain, critical_value(found.count, effect_level), scale[:, :, 1]
    )
    columns = {
        "pairs": found.count,
        "mean": found.mean,
        "sd": found.spread,
        "variance_removed": variance_removed(pairs)[:, 0],
    }
    chance = np.array([may_coincide(row) for row in pd.DataFrame(columns).to_dict("records")], dtype=bool)
    gains = (low > 0) & ~chance
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
    joint = [0 if c else side_of(*ends) for c, *ends in zip(chance, low, high, strict=True)]
    plain, costs = (
        [side_of(*ends) for ends in zip(*interval, strict=True)]
        for interval in (found.interval(level), (cost_low, cost_high))
    )
    table["reading"] = [_reading(*lie) for lie in zip(joint, plain, costs, strict=True)]
    return table


def _reading(joint: int, plain: int, cost: int) -> str:
    """Say in words where on the plane an arm lies, as far as its intervals tell.

    Parameters
    ----------
    joint, plain, cost : side of 0 on which the interval of the gain over all arms, the one of this arm alone
        and that of the cost lie, 0 when on neither, the first also when it may be coincidence
    """
    if joint:
        effect = "gains" if joint > 0 else "does worse"
    elif plain:
        effect = f"probably {'gains' if plain > 0 else 'does worse'}, not clearly among all arms"
    else:
        effect = "effect may be none"
    return f"{effect}, {('costs less', 'cost may be none', 'costs more')[cost + 1]}"
