"""Coordination or just the money: each arm beside the same money spent on staff, run by run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.analysis.moments import moments
from stcsim.analysis.pairs import pair_runs
from stcsim.analysis.verdict import FEWEST_WORLDS
from stcsim.outcomes.info import unit_words
from stcsim.pictures.amounts import changed, is_counted, sides
from stcsim.pictures.effects import Effects, central
from stcsim.pictures.words import MISSING, capital, number, signed


@dataclass(frozen=True)
class Duel:
    """How far an arm lies from its rival.

    Parameters
    ----------
    arm, rival : names
    mean : arm less rival, in the outcome's unit
    low, high : interval of that mean by itself; NaN with fewer than two pairs
    side : 1 where the arm is told to do better, -1 where its rival is, 0 where that is open
    """

    arm: str
    rival: str
    mean: float
    low: float
    high: float
    side: int


def duels_of(effects: Effects, runs: pd.DataFrame, outcome: str) -> dict[str, Duel]:
    """Return the difference of each arm to the same money on staff, where that was run.

    Two runs under the same chance are a pair, as with the baseline. The evidence is that of the words: means
    of sampled sets of assumptions where these were varied, of which too few tell nothing, else runs.

    Parameters
    ----------
    runs : one row a run: `arm`, `world`, `replication`, one column an outcome
    outcome : with a better direction
    """
    better = effects.info(outcome).better
    found = {}
    for arm in effects.own:
        rival = effects.rival(arm)
        if rival is None or better == "none":
            continue
        pairs = pair_runs(runs, [outcome], baseline=rival, arms=[arm], sampled=effects.worlds > 0)
        gap, scale = pairs.difference[..., 0, 0], pairs.scale[..., 0, 0]
        if effects.worlds:
            means = moments(gap.T, scale.T)
            gap, scale = means.mean, scale.max(axis=1, initial=0.0)
        else:
            gap, scale = gap[0], scale[0]
        told = moments(gap, scale)
        low, high = (float(end) for end in told.interval(effects.level))
        wanted = 1 if better == "higher" else -1
        side = wanted * (int(low > 0) - int(high < 0))
        if effects.worlds and int(np.isfinite(gap).sum()) < FEWEST_WORLDS:
            side = 0
        found[arm] = Duel(arm, rival, float(told.mean), low, high, side)
    return {arm: duel for arm, duel in found.items() if math.isfinite(duel.mean)}


def duels_finding(effects: Effects, duels: Mapping[str, Duel], outcome: str) -> str:
    """Say which arms do more than their money does on staff."""
    info = effects.info(outcome)
    ahead = [duel for duel in duels.values() if duel.side > 0]
    behind = [duel for duel in duels.values() if duel.side < 0]
    if not ahead:
        who = "no arm is" if len(duels) != 1 else f"{effects.label(next(iter(duels)))} is not"
        less = ""
        if behind:
            less = (
                f"; staff do better in {len(behind)} of {len(duels)}"
                if len(duels) > 1
                else "; staff do better"
            )
        return f"{capital(info.label)}: {who} told to do more than the same money on staff{less}"
    most = max(ahead, key=lambda duel: abs(duel.mean))
    unit = "" if is_counted(info) or info.unit == "share" else f" {unit_words(info.unit)}"
    amount = f"{number(abs(most.mean))}{unit} {sides(info)[most.mean > 0]}"
    if len(duels) == 1:
        return f"{effects.label(most.arm)} does more than the same money on staff: {info.label}, {amount}"
    which = (
        f"{len(ahead)} of {len(duels)} arms do" if len(ahead) > 1 else f"only {effects.label(most.arm)} does"
    )
    best = f"most {effects.label(most.arm)} ({amount})" if len(ahead) > 1 else amount
    return f"{capital(info.label)}: {which} more than the same money on staff, {best}"


def duels_table(effects: Effects, duels: Mapping[str, Duel], outcome: str) -> pd.DataFrame:
    """Return one row an arm: its change, that of its rival, the difference of both, and which does more."""
    unit = unit_words(effects.info(outcome).unit)
    rows = []
    for duel in duels.values():
        ends = f" ({signed(duel.low)} to {signed(duel.high)})" if math.isfinite(duel.low) else ""
        rows.append(
            {
                "Arm": effects.label(duel.arm),
                "With it": _change(effects, duel.arm, outcome),
                "Same money on staff": _change(effects, duel.rival, outcome),
                f"Difference, {unit}": f"{signed(duel.mean)}{ends}",
                "Does more": ("staff", "open", "coordination")[duel.side + 1],
            }
        )
    return pd.DataFrame(rows)


def _change(effects: Effects, arm: str, outcome: str) -> str:
    e = effects.get(arm, outcome)
    if e.verdict == "no change":
        return e.verdict
    amount = changed(effects, e, named=False) if math.isfinite(central(e, False)[0]) else MISSING
    return amount if e.verdict == "clearly" else f"{amount}, {e.verdict}"
