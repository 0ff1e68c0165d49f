"""What outcomes are computed from: the state after a run, seen through the window that counts.

Two conventions for what lies on an edge of the window. What happens *within* a step carries a day up to the
step's end, so it counts after the first day and up to the last one included: a seizure at the end of the
warm-up's last week belongs to the warm-up. What is stamped with the day that *opens* a step counts from the
first day on.

Sums by run go through `numpy.bincount`, or add up months one after the other: so a run's figures are the
same, bit for bit, alone and in a stack, and a row that weighs nothing changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import FATES, ORIGINS, WAYS
from stcsim.draws import F8, I8
from stcsim.errors import ModelError
from stcsim.processes.record import stocks
from stcsim.processes.staleness import archive
from stcsim.scenario.readiness import ReadinessSpec
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks import Shock
from stcsim.shocks.base import Strain
from stcsim.state.events import Discoveries
from stcsim.state.populations import B1
from stcsim.state.state import MONTH_DAYS, YEAR_DAYS, State, When

LET_THROUGH: tuple[str, ...] = ("completed", "released_clock")
"""Fates in which the goods arrived: released goods go on because the law's clock ran out."""
STOPPED: tuple[str, ...] = (
    "refused",
    "stopped_prelicence",
    "interdicted_checkpoint",
    "stopped_report",
    "stopped_intelligence",
)
"""Fates in which an attempt was stopped by somebody."""


def ratio(part: F8, whole: F8) -> F8:
    """Return ``part / whole``, NaN where there is nothing to divide by."""
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole != 0))


def _most_further(shocks: Sequence[Shock]) -> int:
    """Return how many occasions shocks may add to one: together they strain by no more than their product."""
    strain = 1.0
    for answer in (answer for shock in shocks for answer in shock.strains()):
        if isinstance(answer, Strain) and answer.drive == "attempts":
            strain *= max(answer.factor, 1.0)
    return ceil(strain) - 1


@dataclass(frozen=True)
class Tables:
    """Event tables, stocks and counts of the stacked runs, read only.

    Parameters
    ----------
    state : at the end of the counted time
    first : first day that counts, since the start of the warm-up
    end : day after the last one that counts
    weights : of the readiness index
    struck : day of the first shock, None without one
    befallen : indices of the countries that it befalls
    further : most occasions that shocks may add to one occasion of a network
    """

    state: State
    first: int
    end: int
    weights: ReadinessSpec = field(default_factory=ReadinessSpec)
    struck: int | None = None
    befallen: tuple[int, ...] = ()
    further: int = 0

    @classmethod
    def of(cls, spec: ScenarioSpec, state: State, day: int | None = None) -> Tables:
        """Return the tables of runs of a scenario.

        Parameters
        ----------
        day : day up to which the runs have come, where they were stopped before the horizon
        """
        first = spec.time.warm_up_weeks * 7
        horizon = first + spec.time.counted_weeks * 7
        end = horizon if day is None else min(day, horizon)
        shocks = sorted(spec.all_shocks(), key=lambda s: s.at_week)
        if not shocks:
            return cls(state, first, end, spec.readiness)
        week = shocks[0].at_week
        hit = {s.country for s in shocks if s.at_week == week}
        befallen = [i for i, c in enumerate(state.countries.ids) if c in hit or "" in hit]
        day_struck = first + 7 * week
        return cls(state, first, end, spec.readiness, day_struck, tuple(befallen), _most_further(shocks))

    @property
    def runs(self) -> int:
        """How many runs are stacked, R."""
        return self.state.runs

    @property
    def months(self) -> int:
        """Periods of four weeks in the counted time, the last one perhaps shorter."""
        return max(1, -(-(self.end - self.first) // MONTH_DAYS))

    @property
    def years(self) -> float:
        """Length of the counted time in years of 364 days."""
        return (self.end - self.first) / YEAR_DAYS

    # ------------------------------------------------------------------ windows and sums

    def within(self, day: F8) -> B1:
        """Whether something that happened within a step happened in the counted time, shape like `day`."""
        return np.asarray((day > self.first) & (day <= self.end))

    def opened(self, day: F8) -> B1:
        """Whether something stamped with a step's first day belongs to the counted time, shape like `day`."""
        return np.asarray((day >= self.first) & (day < self.end))

    def month_of(self, day: F8) -> I8:
        """Return the month in which something within the window happened, from 0."""
        month = np.ceil((day - self.first) / MONTH_DAYS).astype(np.int64) - 1
        return np.clip(month, 0, self.months - 1)

    def by_run(self, run: I8, weights: F8 | None = None) -> F8:
        """Return a count, or a sum of `weights`, for each run, shape (R,)."""
        return np.bincount(run, weights=weights, minlength=self.runs).astype(np.float64)

    def by_month(self, day: F8, run: I8, weights: F8 | None = None) -> F8:
        """Return a count or a sum for each month and run, shape (months, R)."""
        cell = self.month_of(day) * self.runs + run
        table = np.bincount(cell, weights=weights, minlength=self.months * self.runs)
        return table.astype(np.float64).reshape(self.months, self.runs)

    def monthly(self, name: str) -> F8:
        """Return one of the ledger's counts by month, shape (months, R)."""
        kept = self.state.ledger.series(name)[: self.months]
        return np.concatenate([kept, np.zeros((self.months - len(kept), self.runs))])

    def total(self, name: str) -> F8:
        """Return one of the ledger's counts over the counted time, shape (R,)."""
        return np.asarray(np.add.accumulate(self.monthly(name), axis=0)[-1])

    # ------------------------------------------------------------------ consignments of interest

    def case(self, name: str) -> Any:
        """Return one column of the consignments of interest, read only."""
        column = self.state.cases.col(name)[:]
        column.flags.writeable = False
        return column

    def cases(self, mask: B1) -> F8:
        """Return how many consignments of interest a mask holds in each run, shape (R,)."""
        return self.by_run(self.case("run")[mask])

    @cached_property
    def by_networks(self) -> B1:
        """Whether a consignment was caused by a procurement network."""
        return np.asarray(self.case("origin") == ORIGINS.index("adversary"))

    @cached_property
    def settled(self) -> B1:
        """Whether a consignment got its fate in the counted time."""
        return self.within(self.case("fate_day"))

    @cached_property
    def potential(self) -> B1:
        """Whether a consignment is a potential attempt of a network that arose in the counted time."""
        return self.by_networks & self.within(self.case("born"))

    @cached_property
    def tangible(self) -> B1:
        """Whether goods are moved, in contrast to technology sent intangibly."""
        return np.asarray(self.case("way") != WAYS.index("intangible"))

    @cached_property
    def let_through(self) -> B1:
        """Whether a consignment arrived in the counted time: completed, or released at the clock."""
        return self.settled & self.has_fate(LET_THROUGH)

    @cached_property
    def stopped(self) -> B1:
        """Whether an attempt of a network was stopped in the counted time, at any stage."""
        return self.settled & self.by_networks & self.has_fate(STOPPED)

    @cached_property
    def diverted(self) -> B1:
        """Whether a consignment is an illicit transfer of a network completed in the counted time."""
        return self.let_through & self.by_networks & self.tangible

    def has_fate(self, fates: tuple[str, ...]) -> B1:
        """Return whether a consignment has one of these fates, whenever it got it."""
        wanted = np.zeros(len(FATES), dtype=np.bool_)
        wanted[[FATES.index(f) for f in fates]] = True
        return np.asarray(wanted[self.case("fate")])

    # ------------------------------------------------------------------ licences, activities

    @cached_property
    def honest(self) -> I8:
        """Rows of the honest applications made in the counted time.

        How long each takes is known when it is made, so those still open at the end are no gap: counting only
        what was decided in time would leave out the slow ones.
        """
        licences = self.state.licences
        return np.flatnonzero(licences.col("honest") & self.within(licences.col("day")))

    @cached_property
    def delivered(self) -> I8:
        """Rows of the activities delivered in the counted time."""
        return np.flatnonzero(self.opened(self.state.activities.col("day")))

    # ------------------------------------------------------------------ information

    @cached_property
    def items(self) -> Discoveries:
        """Every item born in the counted time: those that went stale, and those still alive as they stand.

        The living are written down by the process that archives the stale, into a table of their own.
        """
        state = self.state
        living = replace(state, discoveries=Discoveries.empty())
        run, slot = np.nonzero(state.items.alive)
        archive(living, When(self.end, 0, self.first), run, slot)
        both: dict[str, Any] = {
            name: np.concatenate([state.discoveries.col(name), living.discoveries.col(name)])
            for name in (
                "run",
                "category",
                "born",
                "frontline",
                "within_90",
                "days_total",
                "unread",
                "received",
                "abroad",
                "early",
                "heard",
            )
        }
        return Discoveries(count=len(both["run"]), **both)

    def over_items(self, name: str) -> F8:
        """Return the sum of one column of `items` for each run, shape (R,)."""
        return self.by_run(self.items.run, getattr(self.items, name))

    # ------------------------------------------------------------------ stocks

    @cached_property
    def now(self) -> dict[str, F8]:
        """Stocks at the end of the counted time, each of shape (R,).

        Raises
        ------
        ModelError
            where the compiled structure belongs to other runs
        """
        if len(self.state.compiled.meeting_hours) != len(self.state.holders.key):
            raise ModelError("the compiled structure belongs to other runs than the tables")
        return stocks(self.state)

    def stock(self, name: str) -> F8:
        """Return a stock at the end of each month, shape (months, R); NaN where there is no such stock."""
        missing = np.full(self.runs, np.nan)
        kept = self.state.ledger.snapshots.get(name, [])[: self.months]
        # a last period of less than four weeks is not written down: it ends with the stocks as they are
        last = [self.now.get(name, missing)] * (self.months - len(kept))
        return np.stack([*kept, *last])

    def mean_stock(self, name: str) -> F8:
        """Return the mean of a stock over the ends of the months, shape (R,)."""
        return np.asarray(np.add.accumulate(self.stock(name), axis=0)[-1] / self.months)
