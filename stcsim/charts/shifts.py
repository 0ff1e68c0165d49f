"""Shifts: how many cases more or fewer come to a place with an arm, and how many get through there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from stcsim.charts.attempts import PASSED, THROUGH, Origin, Through, counted_cases, place_name
from stcsim.charts.paired import Paired, paired, paired_rates
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE
from stcsim.pictures.words import listed

MOST_ROWS = 10
"""Places that are told one by one."""
REST = "all other places"
_ALL = "all together"


@dataclass(frozen=True)
class Shift:
    """What an arm changes at one place, in cases a run.

    Parameters
    ----------
    name : of the place, for people
    used : attempts that take it
    through : those of them that get through
    """

    name: str
    used: Paired
    through: Paired


def shifts(
    flows: pd.DataFrame,
    arm: str,
    *,
    posts: Mapping[str, str],
    origin: Origin = "networks",
    by: Through = "post",
) -> tuple[Shift, ...]:
    """Return what changes at each place, all together first; intervals of places of one kind hold together.

    Occasions of networks are the same in all arms: a change is judged for so many of them as a run has on
    average, as the share of them that gets through is, for both are one thing.

    Parameters
    ----------
    flows : table of an observation
    arm : which
    posts : names of checkpoints
    origin : whose attempts
    by : what places are
    """
    cases = counted_cases(flows, origin, by)
    cases = cases[cases["arm"].isin((BASELINE, arm))]
    runs = sorted(flows["replication"].unique())
    whole = cases.groupby(["arm", "replication"])["cases"].sum()
    base_of, arm_of = (_runs(whole, name, runs) for name in (BASELINE, arm))
    same = bool(np.array_equal(base_of, arm_of)) and float(base_of.sum()) > 0
    cases = cases[cases["place"] != PASSED]
    sizes = cases.groupby("place")["cases"].sum().sort_values(ascending=False)
    kept = list(sizes.index[:MOST_ROWS])
    rest = list(sizes.index[MOST_ROWS:])
    at_once = len(kept) + bool(rest)

    def of(places: Sequence[str], wanted: bool, count: int) -> Paired:
        mine = cases[cases["place"].isin(places)]
        if wanted:
            mine = mine[mine["fate"].isin(THROUGH)]
        sums = mine.groupby(["arm", "replication"])["cases"].sum()
        base, other = (_runs(sums, name, runs) for name in (BASELINE, arm))
        if not same:
            return paired(base, other, count)
        return paired_rates(base, base_of, other, arm_of, count).times(float(base_of.mean()))

    found = [Shift(_ALL, of(list(sizes.index), False, 1), of(list(sizes.index), True, 1))]
    rows = [(place_name(p, by, posts), [p]) for p in kept] + ([(REST, rest)] if rest else [])
    own = [Shift(name, of(p, False, at_once), of(p, True, at_once)) for name, p in rows]
    return (*found, *sorted(own, key=lambda s: s.through.mean))


def _runs(sums: pd.Series[float], arm: str, runs: Sequence[int]) -> F8:
    held = {key: float(value) for key, value in sums.items()}
    return np.array([held.get((arm, run), 0.0) for run in runs])


def finding(found: Sequence[Shift], label: str) -> str:
    """Return whether what is won at one place is lost at another."""
    whole, own = found[0].through, found[1:]
    fewer = [s.name for s in own if s.through.sign < 0]
    more = [s.name for s in reversed(own) if s.through.sign > 0]
    net = {
        -1: "fewer get through in all",
        0: "no clear change of what gets through in all",
        1: "more get through in all",
    }[whole.sign]
    if fewer and more:
        return f"{label}: fewer get through {_at(fewer)}, more {_at(more)}; {net}"
    if fewer:
        return f"{label}: fewer get through {_at(fewer)}, nowhere clearly more; {net}"
    if more:
        return f"{label}: more get through {_at(more)}, nowhere clearly fewer; {net}"
    moved = [s.name for s in own if s.used.sign]
    where = f", though use of {listed(moved, 3)} changes" if moved else ""
    if whole.sign:
        return f"{label}: {net}, at no single place clearly so{where}"
    return f"{label}: {net}, and at no single place{where}"


def _at(names: Sequence[str]) -> str:
    return f"({listed(list(names), 3)})"
