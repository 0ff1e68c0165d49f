"""What is drawn month by month: flows of each period of four weeks, stocks at its end.

A series that has the name of an outcome tells the same thing month by month; its own label says how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from stcsim.actors.vocabulary import WAYS
from stcsim.draws import F8
from stcsim.outcomes.tables import Tables, ratio
from stcsim.outcomes.trade import expected_detention
from stcsim.state.populations import B1

YEAR_MONTHS = 13
"""Periods of four weeks in a year."""
_A_MONTH = " a month"
SETTLED_DAYS = 90.0
"""Age at which it is settled whether an item reached the frontline in time."""


@dataclass(frozen=True)
class MonthlySeries:
    """One monthly series.

    Parameters
    ----------
    name : in the table of series
    label : in words
    unit : such as ``transfers a month``
    compute : function of the tables; returns shape (months, R)
    """

    name: str
    label: str
    unit: str
    compute: Callable[[Tables], F8]

    @property
    def adds_up(self) -> bool:
        """Whether it is what happens in a month, so that months may be summed up, not what is at its end."""
        return self.unit.endswith(_A_MONTH)

    @property
    def sum_unit(self) -> str:
        """Unit of its sum over months."""
        return self.unit.removesuffix(_A_MONTH)


_DRAWN: dict[str, MonthlySeries] = {}


def _monthly(label: str, unit: str) -> Callable[[Callable[[Tables], F8]], Callable[[Tables], F8]]:
    def register(function: Callable[[Tables], F8]) -> Callable[[Tables], F8]:
        _DRAWN[function.__name__] = MonthlySeries(function.__name__, label, unit, function)
        return function

    return register


def _add(names: Mapping[str, tuple[str, str, str]], compute: Callable[[Tables, str], F8]) -> None:
    """Add series that are read as they stand: for each name where to read, label and unit."""
    for name, (source, label, unit) in names.items():

        def read(tables: Tables, source: str = source) -> F8:
            return compute(tables, source)

        _DRAWN[name] = MonthlySeries(name, label, unit, read)


def _cases(tables: Tables, mask: B1, day: str) -> F8:
    return tables.by_month(tables.case(day)[mask], tables.case("run")[mask])


@_monthly("illicit transfers completed", "transfers a month")
def diversions(tables: Tables) -> F8:
    """Illicit transfers completed or released at the clock, by the month in which they were."""
    return _cases(tables, tables.diverted, "fate_day")


@_monthly("attempts at illicit transfers", "attempts a month")
def attempts(tables: Tables) -> F8:
    """Attempts of networks, by the month in which they began."""
    return _cases(tables, tables.potential & (tables.case("way") != WAYS.index("wait")), "born")


@_monthly("attempts forgone", "attempts a month")
def attempts_forgone(tables: Tables) -> F8:
    """Opportunities that networks let pass."""
    return _cases(tables, tables.potential & (tables.case("way") == WAYS.index("wait")), "born")


@_monthly("attempts stopped", "attempts a month")
def interdictions(tables: Tables) -> F8:
    """Attempts of networks stopped at any stage, by the month in which they were."""
    return _cases(tables, tables.stopped, "fate_day")


@_monthly("days an honest controlled export would lose now", "days")
def licit_delay_mean(tables: Tables) -> F8:
    """Days that a licence is expected to take at the end of the month, plus those at the border."""
    held = expected_detention(tables.monthly("licit_detained_days"), tables.monthly("declarations"))
    return tables.stock("licence_days_expected") + np.nan_to_num(tables.stock("border_days"), nan=0.0) + held


@_monthly("items read at the frontline within 90 days, past year", "share")
def frontline_within_90(tables: Tables) -> F8:
    """Share of checkpoints that read in time the items that came to be 90 days old in the past year.

    NaN in the first months, before any item of the counted time is so old.
    """
    items = tables.items
    old = tables.within(items.born + SETTLED_DAYS)
    day, run = items.born[old] + SETTLED_DAYS, items.run[old]
    within = tables.by_month(day, run, items.within_90[old])
    return ratio(_past_year(within), _past_year(tables.by_month(day, run, items.frontline[old])))


def _past_year(monthly: F8) -> F8:
    """Sum of each month and the twelve before it, of whole numbers: differences of sums are exact."""
    total = np.cumsum(np.concatenate([np.zeros((1, monthly.shape[1])), monthly]), axis=0)
    ends = np.arange(1, len(total))
    return np.asarray(total[ends] - total[np.maximum(ends - YEAR_MONTHS, 0)])


_add(
    {
        "stat_seizures": ("seizures", "seizures", "seizures a month"),
        "cases_opened": ("cases_opened", "cases opened", "cases a month"),
        "convictions": ("convictions", "convictions", "cases a month"),
        "licit_detained": ("licit_detained", "honest consignments detained in error", "consignments a month"),
        "coordination_hours": ("coordination_hours", "hours of coordination", "hours a month"),
        "cost_national": ("cost_national", "national cost", "thousand US dollars a month"),
        "cost_donor": ("cost_donor", "donors' cost", "thousand US dollars a month"),
    },
    Tables.monthly,
)
_add(
    {
        "captured_capacity": ("captured", "captured capacity", "share"),
        "latent_capacity": ("latent", "capacity acquired and not in use", "share"),
        "competence": ("competence", "competence", "share"),
        "idle_equipment": ("tools_idle", "idle equipment", "share"),
        "awareness": ("awareness", "awareness of exporters", "share"),
        "awareness_sme": ("awareness_sme", "awareness of small firms", "share"),
        "political_will": ("will", "political will", "share"),
        "trust": ("trust", "trust among bodies", "share"),
        "recognition": ("recognition", "recognition among bodies", "share"),
        "licence_backlog": ("backlog", "applications waiting beyond their handling", "applications"),
        "detained_now": ("detained_now", "consignments in detention", "consignments"),
        "inspected_share": ("inspected_share", "share of trade that posts can inspect", "share"),
    },
    Tables.stock,
)

SERIES: dict[str, MonthlySeries] = dict(_DRAWN)
"""Every monthly series by name."""


def series(tables: Tables) -> dict[str, F8]:
    """Return every monthly series of the stacked runs, each (months, R); NaN where not defined yet."""
    return {name: drawn.compute(tables) for name, drawn in SERIES.items()}
