"""What happened, added up: counts by month and run, hours by holder and reason.

Outcomes are computed from here and from the event tables of the state, never from a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stcsim.draws import F8, I8

HOUR_REASONS: tuple[str, ...] = ("meetings", "duties", "exchange", "assessment", "checks", "vetting")
"""Why hours were spent on coordinating, the second axis of `Ledger.hours`."""
_REASON = {reason: place for place, reason in enumerate(HOUR_REASONS)}


class Ledger:
    """Counts by period of four weeks (axis 0, from the first counted day) and run (axis 1).

    Parameters
    ----------
    runs : how many runs are stacked
    months : periods kept; later ones are added as needed
    holders : rows of holders
    """

    def __init__(self, runs: int, months: int, holders: int) -> None:
        self.runs = runs
        self.months = max(1, months)
        self.counts: dict[str, F8] = {}
        self.hours = np.zeros((holders, len(HOUR_REASONS)))
        self.snapshots: dict[str, list[F8]] = {}
        self._run = np.repeat(np.arange(runs), holders // runs)

    def add(self, name: str, month: int, run: I8, amount: Any = 1.0) -> None:
        """Add `amount` (a number or one per entry) to a count; months before counting are not kept."""
        if month < 0 or not len(run):
            return
        table = self.counts.get(name)
        row = table[month] if table is not None and month < len(table) else self._row(name, month)
        if isinstance(amount, float) and amount == 1.0:
            row += len(run) if self.runs == 1 else np.bincount(run, minlength=self.runs)
            return
        weights = np.asarray(amount, dtype=np.float64)
        if weights.shape != run.shape:
            weights = np.broadcast_to(weights, run.shape)
        row += np.bincount(run, weights=weights, minlength=self.runs)

    def add_runs(self, name: str, month: int, amounts: F8) -> None:
        """Add one amount per run, shape (R,)."""
        if month >= 0:
            self._row(name, month)[:] += amounts

    def spend(self, reason: str, month: int, rows: I8 | slice, hours: Any) -> None:
        """Add hours of coordinating to holders, and to the month's count; rows must be distinct."""
        if month < 0:
            return
        row = self._row("coordination_hours", month)
        whose: I8 | slice
        if isinstance(rows, slice):
            whose, spent = rows, np.asarray(hours, dtype=np.float64)
        elif len(rows):
            # added up in the order of holders, whoever is named first
            order = rows.argsort()
            each = np.asarray(hours, dtype=np.float64)
            if each.shape != rows.shape:
                each = np.full(rows.shape, each)
            whose, spent = rows[order], each[order]
        else:
            return
        self.hours[whose, _REASON[reason]] += spent
        row += np.bincount(self._run[whose], weights=spent, minlength=self.runs)

    def spend_in_turns(self, month: int, hours: dict[str, F8]) -> None:
        """Add hours of coordinating of all holders turn by turn, by reason of shape (turns, holders)."""
        if month < 0:
            return
        by_run = []
        for reason, spent in hours.items():
            turns, holders = spent.shape
            at = spent.reshape(-1).nonzero()[0]
            some, turn = spent.reshape(-1)[at], at // holders
            whose = at - turn * holders
            # in the order of turns, as they come
            np.add.at(self.hours[:, _REASON[reason]], whose, some)
            place = turn * self.runs + self._run[whose]
            found = np.bincount(place, weights=some, minlength=turns * self.runs)
            by_run.append(found.reshape(turns, self.runs))
        counted = self._row("coordination_hours", month)
        for reasons in zip(*by_run, strict=True):
            for amounts in reasons:
                counted += amounts

    def snapshot(self, name: str, values: F8) -> None:
        """Keep one figure per run for this month's series, shape (R,)."""
        self.snapshots.setdefault(name, []).append(np.asarray(values, dtype=np.float64).copy())

    def total(self, name: str) -> F8:
        """Return the total of a count over the counted time, shape (R,); zero where nothing happened."""
        table = self.counts.get(name)
        if table is None:
            return np.zeros(self.runs)
        # in the order of months, so that the last bits do not depend on how many runs are stacked
        return np.asarray(np.cumsum(table, axis=0)[-1])

    def series(self, name: str) -> F8:
        """Return a count by month, shape (months, R)."""
        table = self.counts.get(name)
        return table if table is not None else np.zeros((self.months, self.runs))

    def _row(self, name: str, month: int) -> F8:
        table = self.counts.get(name)
        if table is None or month >= len(table):
            grown = np.zeros((max(self.months, month + 1), self.runs))
            if table is not None:
                grown[: len(table)] = table
            self.counts[name] = table = grown
        row: F8 = table[month]
        return row

    def take(self, blocks: Sequence[int], sizes: dict[str, int]) -> Ledger:
        """Return a copy with the given runs."""
        picked = np.asarray(blocks, dtype=np.int64)
        n = sizes["holders"]
        made = Ledger(len(picked), self.months, len(picked) * n)
        made.counts = {k: v[:, picked].copy() for k, v in self.counts.items()}
        made.hours = (
            self.hours.reshape(self.runs, n, len(HOUR_REASONS))[picked].reshape(-1, len(HOUR_REASONS)).copy()
        )
        made.snapshots = {k: [s[picked] for s in v] for k, v in self.snapshots.items()}
        return made

    @classmethod
    def join(cls, ledgers: Sequence[Ledger]) -> Ledger:
        """Return one ledger with the runs of all, which must have counted for equally long."""
        made = cls(sum(x.runs for x in ledgers), ledgers[0].months, sum(len(x.hours) for x in ledgers))
        made.hours = np.concatenate([x.hours for x in ledgers])
        for name in sorted({n for x in ledgers for n in x.counts}):
            tables = [x.series(name) for x in ledgers]
            months = max(len(t) for t in tables)
            padded = [np.concatenate([t, np.zeros((months - len(t), t.shape[1]))]) for t in tables]
            made.counts[name] = np.concatenate(padded, axis=1)
        for name in ledgers[0].snapshots:
            columns = zip(*(x.snapshots[name] for x in ledgers), strict=True)
            made.snapshots[name] = [np.concatenate(parts) for parts in columns]
        return made
