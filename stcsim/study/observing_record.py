"""What is collected of all stacks that are watched, and the tables that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from stcsim.state.state import State
from stcsim.study.observation import Observation
from stcsim.study.observing_actors import actors_table
from stcsim.study.observing_aid import aid
from stcsim.study.observing_capacity import Capacities
from stcsim.study.observing_cases import (
    Passages,
    arisen,
    cases_table,
    flows,
    listed,
    posts_happened,
    posts_now,
    posts_table,
)
from stcsim.study.observing_choice import choose
from stcsim.study.observing_dates import dates_table
from stcsim.study.observing_events import Teller
from stcsim.study.observing_plan import Watch
from stcsim.study.observing_stack import Stack
from stcsim.study.observing_ties import Pairs, Ties, region

MOST_TIES = 600_000
"""Rows of recognition and trust, over all arms and quarters, that are kept; pairs beyond are left out."""
MOST_ROWS = 1_500_000
"""Rows of capacity, over all runs and quarters, that are kept; bodies beyond are left out."""
MOST_CASES = 100_000
"""Rows of cases, over all runs, that are kept one by one; those of networks always are, all are counted."""


@dataclass
class Record:
    """Parts of tables, stack after stack.

    Parameters
    ----------
    watch : what is watched
    ids : identities of the holders of a run
    ties, capacities : of all stacks
    cases_left_out : cases for which there was no room
    """

    watch: Watch
    ids: tuple[str, ...]
    ties: Ties
    capacities: Capacities
    cases_left_out: int = 0
    _region: list[pd.DataFrame] = field(default_factory=list)
    _posts: list[pd.DataFrame] = field(default_factory=list)
    _happened: list[pd.DataFrame] = field(default_factory=list)
    _flows: list[pd.DataFrame] = field(default_factory=list)
    _cases: list[pd.DataFrame] = field(default_factory=list)
    _aid: list[pd.DataFrame] = field(default_factory=list)
    _tellers: list[Teller] = field(default_factory=list)

    @classmethod
    def of(cls, watch: Watch, state: State) -> Record:
        """Return an empty record of what is watched; whom it holds follows from the first state."""
        cells = len(watch.days) * len(watch.arms)
        ties = Ties(Pairs.of(state, MOST_TIES // (2 * cells)), state.holders.n)
        capacities = Capacities.of(state, MOST_ROWS // (cells * watch.replications))
        return cls(watch, state.holders.ids, ties, capacities)

    def stands(self, state: State, stack: Stack, quarter: int, day: float) -> None:
        """Take note of what stands at the end of a quarter."""
        self.ties.quarter(state, stack, quarter)
        self.capacities.quarter(state, stack, quarter)
        self._region.append(region(state, stack, quarter, self.ties.pairs, day))
        self._posts.append(posts_now(state, stack, quarter))

    def happened(self, state: State, stack: Stack, passages: Passages, teller: Teller) -> None:
        """Take note, at the horizon, of all that happened."""
        end, rows = stack.first + self.watch.days[-1], arisen(state, stack)
        self._flows.append(flows(state, stack, rows))
        share = MOST_CASES * stack.runs // (len(self.watch.arms) * self.watch.replications)
        some = listed(state, rows, share)
        self.cases_left_out += len(rows) - len(some)
        self._cases.append(cases_table(state, stack, some))
        self._happened.append(posts_happened(state, stack, passages, len(self.watch.days) - 1))
        self._aid.append(aid(state, stack, end))
        teller.end(state, stack, float(end))
        self._tellers.append(teller)

    def observation(self) -> Observation:
        """Return all tables."""
        watch, ids = self.watch, self.ids
        names = [arm.name for arm in watch.arms]
        cases = _sorted(self._cases, names, ["day"])
        chosen = choose(cases, names)
        cases["story"] = cases["case"].isin(chosen["case"]) & (cases["origin"] == "adversary")
        return Observation(
            arms={arm.name: arm.label for arm in watch.arms},
            replications=watch.replications,
            days=watch.days,
            actors=actors_table(watch.scenario),
            pairs=self.ties.needed(ids),
            ties=_by_arm(self.ties.table(names, ids, watch.replications), names),
            region=_sorted(self._region, names, ["quarter"]),
            capacity=_sorted([self.capacities.capacity(ids)], names, ["quarter"]),
            equipment=_sorted([self.capacities.equipment(ids)], names, ["quarter"]),
            posts=posts_table(_sorted(self._posts, names, ["quarter"]), pd.concat(self._happened)),
            flows=_sorted(self._flows, names, ["quarter"]),
            cases=cases,
            events=_sorted([t.events(chosen) for t in self._tellers], names, ["case", "day"]),
            aid=_sorted(self._aid, names, ["quarter"]),
            dates=dates_table(watch.scenario, watch.arms),
            notes=tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        """Yield what was left out."""
        ties = self.ties
        if ties.thinned:
            yield f"ties: {ties.thinned:,} rows of weakest channels and fewest items read are left out"
        if ties.pairs.left_out:
            out = f"{ties.pairs.left_out:,} pairs that matter least"
            yield f"ties: recognition, trust and meetings of {out} are left out"
        if self.capacities.left_out:
            out = f"{self.capacities.left_out:,} checkpoints with least traffic"
            yield f"capacity, equipment: {out} are left out"
        if self.cases_left_out:
            yield f"cases: {self.cases_left_out:,} violations by firms are counted in flows and not listed"


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
