"""The comparison of arms: two uncertainties side by side, and one word drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from stcsim.analysis.assumptions import worlds_table
from stcsim.analysis.chance import differences_table, levels_table
from stcsim.analysis.pairs import arm_order, check_runs
from stcsim.analysis.verdict import ENOUGH_WORLDS, FEWEST_WORLDS, may_coincide, verdict_table
from stcsim.errors import InputError
from stcsim.outcomes.info import OutcomeInfo


@dataclass(frozen=True, eq=False)
class Comparison:
    """Arms against the baseline. Every table is tidy: one row per outcome and arm.

    Parameters
    ----------
    outcomes : what was compared
    headline : names of the outcomes that the scenario is judged by
    arms : every arm, the baseline first
    baseline : the arm that the others are compared with
    level : coverage of all intervals
    levels : each arm's own values, see `stcsim.analysis.chance.levels_table`
    differences : uncertainty of runs, see `stcsim.analysis.chance.differences_table`
    worlds : uncertainty of assumptions, see `stcsim.analysis.assumptions.worlds_table`; no rows when not
        varied
    verdicts : the words, see `stcsim.analysis.verdict.verdict_table`
    cell_level, worlds_cell_level : level at which the interval of one headline cell stands so that all hold
        together
    notes : what a reader has to know about gaps in the runs
    """

    outcomes: tuple[OutcomeInfo, ...]
    headline: tuple[str, ...]
    arms: tuple[str, ...]
    baseline: str
    level: float
    levels: pd.DataFrame
    differences: pd.DataFrame
    worlds: pd.DataFrame
    verdicts: pd.DataFrame
    cell_level: float
    worlds_cell_level: float
    notes: tuple[str, ...]

    @property
    def assumptions_varied(self) -> bool:
        """Whether sampled worlds were run, two pairs each in at least two of them."""
        return len(self.worlds) > 0

    def info(self, outcome: str) -> OutcomeInfo:
        """Return the description of an outcome by name."""
        return next(info for info in self.outcomes if info.name == outcome)


def compare_arms(
    runs: pd.DataFrame,
    outcomes: Sequence[OutcomeInfo],
    headline: Sequence[str],
    baseline: str = "baseline",
    *,
    arms: Sequence[str] | None = None,
    level: float = 0.95,
    bootstrap: int = 5_000,
    seed: int = 0,
) -> Comparison:
    """Compare every arm with the baseline by paired runs.

    Parameters
    ----------
    runs : one row a run: `arm`, `world` (0 for the default assumptions), `replication`, one column per
        outcome. Runs that share (world, replication) are a pair. Pairs of different worlds must not share
        their chance: give each its own seed
    outcomes : outcomes to compare, in the order in which they are shown
    headline : names of the outcomes whose intervals hold together over all arms
    arms : arms to compare, in the order in which they are shown; all, in alphabetical order, when not given
    level : coverage of every interval, in (0, 1)
    bootstrap : number of bootstrapped tables behind the simultaneous intervals
    seed : seed of these

    Raises
    ------
    InputError
        the table lacks a column, an arm or the default assumptions, or holds a run twice; a headline is no
        outcome
    """
    names = [info.name for info in outcomes]
    unknown = [name for name in headline if name not in names]
    if unknown:
        raise InputError(f"the headline {unknown[0]} is not among the outcomes")
    if not 0.0 < level < 1.0:
        raise InputError(f"the level of an interval lies between 0 and 1, not at {level:g}")
    if bootstrap < 100:
        raise InputError(f"{bootstrap} bootstrapped tables are too few: 100 is the least")
    check_runs(runs, names, baseline)
    order = arm_order(runs, baseline, arms)
    chosen = dict.fromkeys(headline)
    differences, cell = differences_table(
        runs,
        outcomes,
        list(chosen),
        arms=order[1:],
        baseline=baseline,
        level=level,
        bootstrap=bootstrap,
        seed=seed,
    )
    worlds, worlds_cell = worlds_table(
        runs,
        outcomes,
        list(chosen),
        arms=order[1:],
        baseline=baseline,
        level=level,
        bootstrap=bootstrap,
        seed=seed,
    )
    return Comparison(
        outcomes=tuple(outcomes),
        headline=tuple(chosen),
        arms=order,
        baseline=baseline,
        level=level,
        levels=levels_table(runs, names, order, level),
        differences=differences,
        worlds=worlds,
        verdicts=verdict_table(differences, worlds, outcomes, tuple(chosen)),
        cell_level=cell,
        worlds_cell_level=worlds_cell,
        notes=tuple(_notes(runs, order, baseline, differences, worlds, list(chosen))),
    )


def _few_worlds(worlds: pd.DataFrame, headline: Sequence[str], arms: Sequence[str]) -> list[str]:
    """Say what too few sampled worlds do to the words, and which headlines are defined in fewer of them.

    Parameters
    ----------
    arms : those that are compared with the baseline
    """
    if worlds.empty:
        return []
    most = int(worlds["worlds"].max())
    bound = "a verdict is probably at most, unless every pair in every set has the same sign"
    if most < FEWEST_WORLDS:
        return [f"too few sampled sets of assumptions for a verdict: {most}; use {ENOUGH_WORLDS} or more"]
    notes = []
    if most < ENOUGH_WORLDS:
        notes.append(f"few sampled sets of assumptions: {most}; with fewer than {ENOUGH_WORLDS} {bound}")
    known = {(row["outcome"], row["arm"]): int(row["worlds"]) for row in worlds.to_dict("records")}
    least, few = [], []
    for outcome, arm in ((outcome, arm) for outcome in headline for arm in arms):
        count = known.get((outcome, arm), 0)
        named = f"{outcome} of {arm} ({count or 'fewer than 2'} of {most})"
        if count < FEWEST_WORLDS:
            least.append(named)
        elif count < min(ENOUGH_WORLDS, most):
            few.append(named)
    if least:
        notes.append(f"defined in too few sampled sets of assumptions for a verdict: {_first_few(least)}")
    if few:
        notes.append(f"defined in few sampled sets of assumptions, where {bound}: {_first_few(few)}")
    return notes


def _first_few(names: Sequence[str]) -> str:
    """Return the first three names, and how many more there are."""
    rest = len(names) - 3
    return ", ".join(names[:3]) + (f" and {rest} more" if rest > 0 else "")


def _notes(
    runs: pd.DataFrame,
    arms: Sequence[str],
    baseline: str,
    differences: pd.DataFrame,
    worlds: pd.DataFrame,
    headline: Sequence[str],
) -> list[str]:
    """Say which pairs are missing, which intervals may be too narrow and which worlds cannot be used."""
    notes = []
    base = runs[runs["arm"] == baseline]
    expected = pd.MultiIndex.from_frame(base[["world", "replication"]])
    for arm in arms[1:]:
        own = runs[runs["arm"] == arm]
        missing = len(expected.difference(pd.MultiIndex.from_frame(own[["world", "replication"]])))
        if missing:
            notes.append(f"{arm}: {missing} of {len(expected)} pairs are missing")
    alike = [row for row in differences.to_dict("records") if may_coincide(row)]
    if alike:
        which = _first_few([f"{row['outcome']} of {row['arm']}" for row in alike])
        notes.append(f"may be coincidence, because the change is the same in each of few pairs: {which}")
    notes += _few_worlds(worlds, headline, arms[1:])
    sampled = base[base["world"] > 0]
    if sampled.empty:
        return [*notes, "assumptions were not varied: the intervals show chance alone"]
    size = sampled.groupby("world").size()
    if (size < 2).any():
        notes.append(
            f"{int((size < 2).sum())} of {len(size)} worlds have fewer than two pairs and are left out"
        )
    if "seed" in runs.columns and sampled.groupby("seed")["world"].nunique().max() > 1:
        notes.append(
            "worlds share seeds: their noise is not independent and the spread over assumptions too small"
        )
    return notes
