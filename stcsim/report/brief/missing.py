"""Pairs of runs that are not there: those that cannot be, as a rival of what costs nothing, and real gaps."""

from __future__ import annotations

import pandas as pd

from stcsim.pictures.plane import COST
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import counted
from stcsim.report.brief.inputs import BriefInputs
from stcsim.study.equal_cost import LEAST_COST

_UNIT = ["world", "replication"]


def lacking_pairs(inputs: BriefInputs) -> tuple[str, ...]:
    """Return which options, or the same money on staff, lack pairs that could be there, a clause each.

    Nothing where runs failed or the whole was stopped: that is told of all runs together.
    """
    if inputs.gaps.unfinished or inputs.gaps.failed:
        return ()
    effects, told = inputs.effects, []
    for arm in effects.own:
        for name, what in ((arm, "of {}"), (effects.rival(arm), "of the same money on staff as {}")):
            if name is None:
                continue
            gone = _absent(inputs.runs, name)
            if name != arm:
                gone = gone[~gone["world"].isin(_cheap(inputs.runs, arm))]
            if len(gone):
                label = what.format(effects.label(arm))
                told.append(f"{counted(len(gone), 'pair')} of runs {label} missing")
    return tuple(told)


def without_rival(inputs: BriefInputs) -> tuple[str, ...]:
    """Say in how many sets an option costs nothing more, so that no staff can be had for it."""
    effects, told = inputs.effects, []
    for arm in effects.own:
        rival = effects.rival(arm)
        if rival is None:
            continue
        gone = set(_absent(inputs.runs, rival)["world"]) & set(_cheap(inputs.runs, arm))
        if gone:
            where = [] if gone == {0} else [f"in {counted(len(gone - {0}), 'sampled set')}"]
            where += ["under the default assumptions"] if 0 in gone else []
            there = " and ".join(where)
            told.append(f"No staff is set against {effects.label(arm)} {there}: it costs nothing more there.")
    return tuple(told)


def costs_nothing(runs: pd.DataFrame, arm: str) -> bool:
    """Whether an option costs nothing more than the baseline under the default assumptions."""
    return 0 in _cheap(runs, arm)


def _absent(runs: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return the world and replication of each run of the baseline that an arm has no run beside."""
    base = runs.loc[runs["arm"] == BASELINE, _UNIT]
    found = base.merge(runs.loc[runs["arm"] == arm, _UNIT], how="left", indicator=True)
    return found.loc[found["_merge"] == "left_only", _UNIT]


def _cheap(runs: pd.DataFrame, arm: str) -> list[int]:
    """Return the worlds in which an arm costs nothing more than the baseline."""
    if COST not in runs.columns:
        return []
    cost = runs.pivot_table(index=_UNIT, columns="arm", values=COST)
    if not {arm, BASELINE} <= set(cost.columns):
        return []
    more = (cost[arm] - cost[BASELINE]).dropna().groupby("world").mean()
    return [int(w) for w in more.index[(more <= LEAST_COST).to_numpy()]]
