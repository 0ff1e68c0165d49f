"""What runs say of a row: the effect at the defaults with its interval, and in each set of assumptions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from tests.evidence.rows import Cell, Row
from tests.evidence.running import F8, Unit, Values

COVERAGE = 0.95


@dataclass(frozen=True)
class Effect:
    """A contrast, relative to a level where the row has one, with the interval that chance leaves."""

    value: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """1 or -1 where the interval excludes none, else 0."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


NOTHING = Effect(math.nan, math.nan, math.nan)


class Readings:
    """Outcomes of the runs of many rows.

    Parameters
    ----------
    values : outcomes by run, in the order of `names`
    names : of the outcomes
    """

    def __init__(self, values: Values, names: Sequence[str]) -> None:
        self.values = values
        self.place = {name: i for i, name in enumerate(names)}

    def outcome(self, cell: Cell, units: Sequence[Unit], name: str) -> F8:
        """Return one outcome of a cell, one number a unit."""
        return np.array([self.values[cell, u][self.place[name]] for u in units])

    def read(self, row: Row, cell: Cell, units: Sequence[Unit]) -> F8:
        """Return what a row looks at in a cell, one number a unit."""
        found = self.outcome(cell, units, row.outcome)
        if row.per:
            by = self.outcome(cell, units, row.per)
            found = np.where(by > 0, found / np.where(by > 0, by, 1.0), np.nan)
        if row.minus:
            found = found - self.outcome(cell, units, row.minus)
        return found


def contrast(row: Row, cells: Mapping[str, Cell], readings: Readings, units: Sequence[Unit]) -> F8:
    """Return the weighted sum over arms, one number a unit; NaN where an arm has no value."""
    total = np.zeros(len(units))
    for name, weight in row.weights.items():
        total = total + weight * readings.read(row, cells[name], units)
    return total


def level(row: Row, readings: Readings, units: Sequence[Unit]) -> float:
    """Return what effects are relative to: the level of the row's arm, or the largest where that is none."""
    if not row.level:
        return 1.0
    with np.errstate(invalid="ignore"):
        levels = {n: _mean(np.abs(readings.read(row, c, units))) for n, c in row.arms.items()}
    found = levels[row.level]
    if not found > 0:
        found = max((v for v in levels.values() if v > 0), default=math.nan)
    return found


def effect(row: Row, cells: Mapping[str, Cell], readings: Readings, units: Sequence[Unit]) -> Effect:
    """Return the effect over some units, with its interval from the differences between pairs."""
    if row.rate_by:
        return _rates(row, cells, readings, units)
    found = contrast(row, cells, readings, units)
    found = found[~np.isnan(found)]
    if not len(found):
        return NOTHING
    by = level(row, readings, units)
    if not found.any():
        return Effect(0.0, 0.0, 0.0)
    return _interval(found.mean() / by, found.std(ddof=1) / math.sqrt(len(found)) / by, len(found))


def _interval(value: float, error: float, n: int) -> Effect:
    half = float(student.ppf((1 + COVERAGE) / 2, n - 1)) * error if n > 1 else math.inf
    return Effect(float(value), float(value - half), float(value + half))


def _rates(row: Row, cells: Mapping[str, Cell], readings: Readings, units: Sequence[Unit]) -> Effect:
    """Return by how much the variant moves more than the baseline does for a unit of what both add.

    The interval is a jackknife over pairs (Quenouille 1956), since both are ratios of means.
    """
    gains = [
        readings.read(row, cells[n], units) - readings.read(row, cells["none"], units)
        for n in ("variant", "baseline")
    ]
    adds = [
        readings.outcome(cells[n], units, row.rate_by) - readings.outcome(cells["none"], units, row.rate_by)
        for n in ("variant", "baseline")
    ]
    table = np.stack([*gains, *adds])
    table = table[:, ~np.isnan(table).any(axis=0)]
    n = table.shape[1]
    if n == 0:
        return NOTHING
    # what a cut leaves is told on the scale of the effect as it is
    scale = None if cells is row.arms else _scale(row, readings, units)
    whole = _rate(table.mean(axis=1), scale, row.larger)
    if n == 1:
        return _interval(whole, math.inf, n)
    left_out = (table.sum(axis=1, keepdims=True) - table) / (n - 1)
    without = np.array([_rate(left_out[:, i], scale, row.larger) for i in range(n)])
    error = math.sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()))
    return _interval(whole, error, n)


def _rate(means: F8, scale: float | None, larger: bool) -> float:
    """Difference of two rates, relative to the second, the larger or `scale`; 0 where neither moves."""
    variant, baseline, added, base_added = means
    if variant == 0 and baseline == 0:
        return 0.0
    if scale is not None and added == base_added == 0:
        return 0.0  # with the route cut nothing is added whose rate could differ
    if not (abs(added) > 0 and abs(base_added) > 0):
        return math.nan
    first, second = variant / added, baseline / base_added
    by = (max(abs(first), abs(second)) if larger else abs(second)) if scale is None else scale
    return float((first - second) / by) if by > 0 else math.nan


def _scale(row: Row, readings: Readings, units: Sequence[Unit]) -> float:
    """Return the rate that a row's effect is relative to as it is, uncut."""
    rates = []
    for name in ("baseline", "variant") if row.larger else ("baseline",):
        cells = row.arms[name], row.arms["none"]
        gain, added = (
            _mean(read(cells[0]) - read(cells[1]))
            for read in (
                lambda c: readings.read(row, c, units),
                lambda c: readings.outcome(c, units, row.rate_by),
            )
        )
        rates.append(abs(gain / added) if added else math.nan)
    return max(rates)


def _mean(values: F8) -> float:
    kept = values[~np.isnan(values)]
    return float(kept.mean()) if len(kept) else math.nan


def by_world(row: Row, readings: Readings, units: Sequence[Unit]) -> dict[int, float]:
    """Return the effect in each set of assumptions, NaN where the outcome has no value there."""
    worlds: dict[int, list[Unit]] = {}
    for unit in units:
        worlds.setdefault(unit.world, []).append(unit)
    return {w: effect(row, row.arms, readings, chosen).value for w, chosen in worlds.items()}


def holds(row: Row, value: float) -> bool:
    """Whether an effect has the sign that was expected, or lies within the margin of a null."""
    if math.isnan(value):
        return False
    return abs(value) <= row.size if row.sign == 0 else value * row.sign > 0
