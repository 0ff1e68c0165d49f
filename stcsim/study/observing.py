"""A few paired runs of each arm, watched quarter by quarter from outside: no process knows of it.

Snapshots are taken between steps and never change the runs, so these are the same, bit for bit, as those of a
comparison with the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from stcsim.engine.engine import Engine
from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State
from stcsim.study.block import MOST_STACKED, Unit
from stcsim.study.design import check_seed, stack_size
from stcsim.study.keys import run_seed
from stcsim.study.observation import Observation
from stcsim.study.observing_actors import actors_table
from stcsim.study.observing_aid import aid
from stcsim.study.observing_capacity import MOST_ROWS, Capacities
from stcsim.study.observing_cases import (
    MOST_CASES,
    Passages,
    arisen,
    cases_table,
    flows,
    posts_happened,
    posts_now,
    posts_table,
)
from stcsim.study.observing_dates import dates_table
from stcsim.study.observing_events import Teller, choose
from stcsim.study.observing_logs import Moves, Notices
from stcsim.study.observing_stack import QUARTER_DAYS, Stack
from stcsim.study.observing_ties import MOST_TIES, Pairs, Ties, region

Progress = Callable[[int, int], None]
"""Told how many quarters are watched, over all stacks, and of how many."""
LOOK_DAYS = 7
"""What passes is looked at so often."""


@dataclass(frozen=True)
class Watch:
    """What is to be watched.

    Parameters
    ----------
    scenario : resolved
    arms : every arm, the baseline first
    replications : runs of each
    seed : of the study; replications are those of a comparison of this seed
    most : runs in a stack at most
    """

    scenario: ScenarioSpec
    arms: tuple[ResolvedArm, ...]
    replications: int = 4
    seed: int = 1
    most: int = MOST_STACKED

    def __post_init__(self) -> None:
        check_seed(self.seed)

    @property
    def days(self) -> tuple[int, ...]:
        """Days since arms branch on which quarters end, 0 first."""
        end = 7 * self.scenario.time.counted_weeks
        return (*range(0, end, QUARTER_DAYS), end)

    @property
    def units(self) -> list[Unit]:
        """Replications under the default assumptions."""
        return [Unit(0, r, run_seed(self.seed, 0, r)) for r in range(self.replications)]

    def parts(self) -> list[tuple[list[Unit], list[list[ResolvedArm]]]]:
        """Return replications that are warmed up together, and their arms in pieces that fit a stack."""
        most = max(1, min(self.most, stack_size(self.scenario, 1)))
        each = max(1, most // len(self.arms))
        wide = max(1, most // each)
        pieces = [list(self.arms[i : i + wide]) for i in range(0, len(self.arms), wide)]
        units = self.units
        return [(units[i : i + each], pieces) for i in range(0, len(units), each)]


@dataclass
class _Kept:
    """Parts of tables, stack after stack."""

    region: list[pd.DataFrame] = field(default_factory=list)
    posts: list[pd.DataFrame] = field(default_factory=list)
    happened: list[pd.DataFrame] = field(default_factory=list)
    flows: list[pd.DataFrame] = field(default_factory=list)
    cases: list[pd.DataFrame] = field(default_factory=list)
    aid: list[pd.DataFrame] = field(default_factory=list)
    tellers: list[Teller] = field(default_factory=list)
    cases_left_out: int = 0


def observe(watch: Watch, progress: Progress | None = None) -> Observation:
    """Run and watch.

    Parameters
    ----------
    progress : told how many quarters are watched, and of how many
    """
    names = tuple(arm.name for arm in watch.arms)
    kept = _Kept()
    parts = watch.parts()
    warm_quarters = -(-7 * watch.scenario.time.warm_up_weeks // QUARTER_DAYS)
    counted = len(watch.days) - 1
    total = sum(warm_quarters + counted * len(pieces) for _, pieces in parts)
    done = 0
    watched: _Watched | None = None
    ids: tuple[str, ...] = ()

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    tell(0)
    for units, pieces in parts:
        warm = Engine.begin(watch.scenario, [u.seed for u in units])
        while warm.day < warm.warm_up:
            warm.step()
            if warm.day % QUARTER_DAYS == 0 or warm.day == warm.warm_up:
                tell(1)
        if watched is None:
            watched, ids = _Watched.of(warm.state, watch), warm.state.holders.ids
        for arms in pieces:
            for _ in _watch(watch, warm, units, arms, names, watched, kept):
                tell(1)
    assert watched is not None
    return _observation(watch, watched, kept, ids)


@dataclass
class _Watched:
    """Whom and what is watched in every stack alike, and the ties of all."""

    ties: Ties
    capacities: Capacities

    @classmethod
    def of(cls, state: State, watch: Watch) -> _Watched:
        cells = len(watch.days) * len(watch.arms)
        pairs = Pairs.of(state, MOST_TIES // (2 * cells))
        capacities = Capacities.of(state, MOST_ROWS // (cells * watch.replications))
        return cls(Ties(pairs, state.holders.n), capacities)


def _watch(
    watch: Watch,
    warm: Engine,
    units: Sequence[Unit],
    arms: Sequence[ResolvedArm],
    names: tuple[str, ...],
    watched: _Watched,
    kept: _Kept,
) -> Iterator[int]:
    """Run some arms of warmed-up replications in one stack; yield each quarter when it is over."""
    first = warm.warm_up
    reps = np.array([u.replication for u in units], dtype=np.int64)
    for arm in arms:
        place = np.full(len(units), names.index(arm.name), dtype=np.int64)
        _stands(warm.state, Stack(names, place, reps, first), 0, float(first), watched, kept)
    runs = [(i, arm) for i in range(len(units)) for arm in arms]
    engine = warm.branch([i for i, _ in runs], [arm.mechanisms for _, arm in runs])
    stack = Stack(
        names,
        np.array([names.index(arm.name) for _, arm in runs], dtype=np.int64),
        reps[[i for i, _ in runs]],
        first,
    )
    passages, teller = Passages(), Teller(Moves("stage", "due"), Moves("ladder", "ladder_due"), Notices())
    watched.ties.start(float(first))
    teller.start(engine.state, float(first))
    for quarter, end in enumerate(watch.days[1:], start=1):
        while engine.day < first + end:
            engine.step()
            if engine.day % LOOK_DAYS == 0 or engine.day == first + end:
                day = float(engine.day)
                watched.ties.look(engine.state, day)
                passages.look(engine.state.cases, day)
                teller.look(engine.state, day)
        _stands(engine.state, stack, quarter, float(engine.day), watched, kept)
        yield quarter
    _happened(watch, engine.state, stack, passages, teller, kept)


def _stands(state: State, stack: Stack, quarter: int, day: float, watched: _Watched, kept: _Kept) -> None:
    """Take note of what stands at the end of a quarter."""
    watched.ties.quarter(state, stack, quarter)
    kept.region.append(region(state, stack, quarter, watched.ties.pairs, day))
    watched.capacities.quarter(state, stack, quarter)
    kept.posts.append(posts_now(state, stack, quarter))


def _happened(
    watch: Watch, state: State, stack: Stack, passages: Passages, teller: Teller, kept: _Kept
) -> None:
    """Take note, at the horizon, of all that happened."""
    rows = arisen(state, stack)
    kept.flows.append(flows(state, stack, rows))
    quarters = len(watch.days) - 1
    share = MOST_CASES * stack.runs // (len(watch.arms) * watch.replications)
    by_firm = state.cases.origin[rows] > 0
    # all of networks; of firms' violations as many as there is room for, by key: the same in arms of a stack
    room = share - int((~by_firm).sum())
    left = int(by_firm.sum()) - max(room, 0)
    if left > 0:
        low = state.cases.key[rows] >> np.uint64(32)
        most = np.sort(low[by_firm])[max(room, 0)]
        chosen = ~by_firm | (low < most)
        kept.cases_left_out += int((~chosen).sum())
        rows = rows[chosen]
    kept.cases.append(cases_table(state, stack, rows))
    kept.happened.append(posts_happened(state, stack, passages, quarters))
    kept.aid.append(aid(state, stack, stack.first + watch.days[-1]))
    teller.end(state, stack, float(stack.first + watch.days[-1]))
    kept.tellers.append(teller)


def _observation(watch: Watch, watched: _Watched, kept: _Kept, ids: tuple[str, ...]) -> Observation:
    names = [arm.name for arm in watch.arms]
    cases = _sorted(kept.cases, names, ["day"])
    chosen = choose(cases, names)
    cases["story"] = cases["case"].isin(chosen["case"]) & (cases["origin"] == "adversary")
    events = [teller.events(chosen) for teller in kept.tellers]
    return Observation(
        arms={arm.name: arm.label for arm in watch.arms},
        replications=watch.replications,
        days=watch.days,
        actors=actors_table(watch.scenario),
        pairs=watched.ties.needed(ids),
        ties=_by_arm(watched.ties.table(names, ids, watch.replications), names),
        region=_sorted(kept.region, names, ["quarter"]),
        capacity=_sorted([watched.capacities.capacity(ids)], names, ["quarter"]),
        equipment=_sorted([watched.capacities.equipment(ids)], names, ["quarter"]),
        posts=posts_table(_sorted(kept.posts, names, ["quarter"]), pd.concat(kept.happened)),
        flows=_sorted(kept.flows, names, ["quarter"]),
        cases=cases,
        events=_sorted(events, names, ["case", "day"]),
        aid=_sorted(kept.aid, names, ["quarter"]),
        dates=dates_table(watch.scenario, watch.arms),
        notes=tuple(_notes(watched, kept)),
    )


def _notes(watched: _Watched, kept: _Kept) -> Iterator[str]:
    out = watched.ties.pairs.left_out
    if watched.ties.thinned:
        yield f"ties: {watched.ties.thinned:,} rows of weakest channels and fewest items read are left out"
    if out:
        yield f"ties: recognition, trust and meetings of {out:,} pairs that matter least are left out"
    out = watched.capacities.left_out
    if out:
        yield f"capacity, equipment: {out:,} checkpoints with least traffic are left out"
    if kept.cases_left_out:
        yield f"cases: {kept.cases_left_out:,} violations by firms are counted in flows and not listed"


def _by_arm(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return a table with arms in their order, else as it is."""
    place = {name: i for i, name in enumerate(names)}
    return table.iloc[np.argsort(table["arm"].map(place).to_numpy(), kind="stable")].reset_index(drop=True)


def _sorted(parts: Sequence[pd.DataFrame], names: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    """Return one table of parts: arms in their order, replications, then as asked for."""
    table = pd.concat(parts, ignore_index=True)
    place = {name: i for i, name in enumerate(names)}
    keys = [table[name].to_numpy() for name in reversed(by)]
    order = np.lexsort([*keys, table["replication"].to_numpy(), table["arm"].map(place).to_numpy()])
    return table.iloc[order].reset_index(drop=True)
