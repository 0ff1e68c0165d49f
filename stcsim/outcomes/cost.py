"""Money and hours that mechanisms and assistance take. Ratios to effects are left to the analysis."""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.outcomes.coordination import hours_by_holder
from stcsim.outcomes.outcome import outcome
from stcsim.outcomes.tables import Tables

THOUSAND = 1000.0


@outcome(label="national cost", unit="thousand_usd", better="lower")
def cost_national(tables: Tables) -> F8:
    """Money of the countries for mechanisms and for activities that they pay themselves."""
    return tables.total("cost_national")


@outcome(label="donors' cost", unit="thousand_usd", better="lower")
def cost_donor(tables: Tables) -> F8:
    """Money of donors for mechanisms and activities."""
    return tables.total("cost_donor")


@outcome(label="industry's cost", unit="thousand_usd", better="lower")
def cost_industry(tables: Tables) -> F8:
    """Money of industry associations for activities and mechanisms that they pay for."""
    return tables.total("cost_industry")


@outcome(label="one-off cost", unit="thousand_usd", better="lower")
def cost_once(tables: Tables) -> F8:
    """The part of national and donors' cost that is paid once, when a mechanism starts."""
    return tables.total("cost_once")


@outcome(label="recurring cost", unit="thousand_usd", better="lower")
def cost_recurring(tables: Tables) -> F8:
    """The part of national, donors' and industry's cost that is paid year by year."""
    return cost_national(tables) + cost_donor(tables) + cost_industry(tables) - cost_once(tables)


@outcome(label="value of the hours of coordination", unit="thousand_usd", better="lower")
def hours_value(tables: Tables) -> F8:
    """Hours of coordination at the value of an hour and the wage level of the body's country."""
    holders, countries = tables.state.holders, tables.state.countries
    wage = np.broadcast_to(tables.state.at(holders).coordination.wage, holders.key.shape)
    level = np.where(holders.country >= 0, countries.wage_level[holders.country], 1.0)
    return tables.by_run(holders.run, hours_by_holder(tables) * wage * level / THOUSAND)


@outcome(label="total cost", unit="thousand_usd", better="lower")
def total_cost(tables: Tables) -> F8:
    """National, donors' and industry's cost and the value of the hours of coordination."""
    return cost_national(tables) + cost_donor(tables) + cost_industry(tables) + hours_value(tables)
