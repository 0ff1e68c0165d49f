"""What control costs honest trade: time for licences, detention in error, burden on firms.

Applications are those made in the counted time, whenever they are decided.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.outcomes.outcome import outcome
from stcsim.outcomes.tables import Tables, ratio

ISSUED, REFUSED = 0, 1
"""Outcomes of a licence decision, as in the table of licences."""
DAYS_OF_20_WORKING, DAYS_OF_60_WORKING = 28.0, 84.0
"""Calendar days that 20 and 60 working days take."""
DAYS_OF_BURDEN = 30.0
"""Days of waiting that the register's burden is stated for."""


def quantile_by_run(
    values: F8, run: np.ndarray[tuple[int], np.dtype[np.int64]], share: float, runs: int
) -> F8:
    """Return a quantile of each run's values, linear between order statistics, (R,); NaN without values."""
    order = np.lexsort((values, run))
    values = values[order]
    number = np.bincount(run, minlength=runs)
    start = np.cumsum(number) - number
    if not len(values):
        return np.full(runs, np.nan)
    place = share * np.maximum(number - 1, 0)
    low = np.floor(place).astype(np.int64)
    # a run without values reads a neighbour's, and is masked
    at = np.minimum(start + low, len(values) - 1)
    above = np.minimum(start + np.minimum(low + 1, np.maximum(number - 1, 0)), len(values) - 1)
    found = values[at] + (place - low) * (values[above] - values[at])
    return np.where(number > 0, found, np.nan)


def border_days(tables: Tables) -> F8:
    """Return the days that an honest consignment is expected to spend at a border, held or not, (R,)."""
    return border_procedures(tables) + expected_detention(
        tables.total("licit_detained_days"), tables.total("declarations")
    )


def border_procedures(tables: Tables) -> F8:
    """Return the days that border procedures take, mean over months' ends, (R,); 0 without posts."""
    return np.nan_to_num(tables.mean_stock("border_days"), nan=0.0)


def expected_detention(days: F8, declarations: F8) -> F8:
    """Return days in detention in error for each declaration, 0 without any."""
    return np.where(declarations > 0, days / np.maximum(declarations, 1.0), 0.0)


def _issued(tables: Tables) -> tuple[F8, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Days and runs of the honest licences issued, of those applied for in the counted time."""
    licences, rows = tables.state.licences, tables.honest
    rows = rows[licences.outcome[rows] == ISSUED]
    return licences.days[rows], licences.run[rows]


@outcome(
    label="days an honest controlled export loses", unit="days", better="lower", undefined="without licences"
)
def licit_delay_mean(tables: Tables) -> F8:
    """Mean days to the licence of an honest export that applies for one, plus those at the border."""
    days, run = _issued(tables)
    return ratio(tables.by_run(run, days), tables.by_run(run)) + border_days(tables)


@outcome(
    label="days that one honest export in twenty exceeds",
    unit="days",
    better="lower",
    undefined="without licences",
)
def licit_delay_p95(tables: Tables) -> F8:
    """Days that 95 of 100 honest exports wait at most for their licence, plus those at the border."""
    days, run = _issued(tables)
    return quantile_by_run(days, run, 0.95, tables.runs) + border_days(tables)


@outcome(label="days at the border", unit="days", better="lower")
def licit_border_days(tables: Tables) -> F8:
    """Mean days of an honest consignment at a border, by procedures and by detention in error."""
    return border_days(tables)


@outcome(label="honest consignments detained in error", unit="consignments", better="lower")
def licit_detained(tables: Tables) -> F8:
    """Honest consignments that checkpoints detained because they looked like controlled goods."""
    return tables.total("licit_detained")


@outcome(label="days honest consignments were detained", unit="days", better="lower")
def licit_detained_days(tables: Tables) -> F8:
    """Days that honest consignments detained in error are expected to be held, all together."""
    return tables.total("licit_detained_days")


@outcome(label="honest consignments hit by false listings", unit="consignments", better="lower")
def licit_false_hits(tables: Tables) -> F8:
    """Honest consignments inspected because wrong information named their party."""
    return tables.total("false_hits")


@outcome(label="honest applications refused", unit="applications", better="lower")
def licit_refusals(tables: Tables) -> F8:
    """Honest licence applications that were refused by mistake."""
    licences, rows = tables.state.licences, tables.honest
    return tables.by_run(licences.run[rows[licences.outcome[rows] == REFUSED]])


def _decided_within(tables: Tables, days: float) -> F8:
    licences, rows = tables.state.licences, tables.honest
    soon = tables.by_run(licences.run[rows[licences.days[rows] <= days]])
    return ratio(soon, tables.by_run(licences.run[rows]))


@outcome(
    label="applications decided within 20 working days",
    unit="share",
    better="higher",
    undefined="without applications",
)
def licences_within_20(tables: Tables) -> F8:
    """Share of honest applications that were decided within 28 calendar days."""
    return _decided_within(tables, DAYS_OF_20_WORKING)


@outcome(
    label="applications decided within 60 working days",
    unit="share",
    better="higher",
    undefined="without applications",
)
def licences_within_60(tables: Tables) -> F8:
    """Share of honest applications that were decided within 84 calendar days."""
    return _decided_within(tables, DAYS_OF_60_WORKING)


@outcome(label="days to a licence decision", unit="days", better="lower", undefined="without applications")
def licence_days_mean(tables: Tables) -> F8:
    """Mean calendar days from an honest application to the decision, whatever it was."""
    licences, rows = tables.state.licences, tables.honest
    run = licences.run[rows]
    return ratio(tables.by_run(run, licences.days[rows]), tables.by_run(run))


@outcome(
    label="controlled exports that firms had licensed",
    unit="share",
    better="higher",
    undefined="without controlled exports",
)
def licensed_share(tables: Tables) -> F8:
    """Controlled exports of firms, goods or intangible, under a licence of any kind, over all of them."""
    exports = tables.total("controlled_exports")
    by_firms = ~tables.by_networks & tables.within(tables.case("born"))
    return ratio(exports - tables.total("leaks_by_firms") - tables.cases(by_firms), exports)


@outcome(
    label="burden of licensing on a firm",
    unit="profits/firm/yr",
    better="lower",
    undefined="without exporting firms",
)
def licensing_burden(tables: Tables) -> F8:
    """What waiting costs an exporting firm a year, in units of the profit of one consignment."""
    state, rows = tables.state, tables.honest
    run = state.licences.run[rows]
    per_day = state.values.at(run).firms.burden_per_30_days / DAYS_OF_BURDEN
    firms = tables.by_run(state.firms.run[state.firms.rate > 0])
    return ratio(tables.by_run(run, state.licences.days[rows] * per_day), firms * tables.years)
