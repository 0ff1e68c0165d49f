"""Countries that can do without aid: donors stop their activities there, and in time leave for good.

A country holds when its captured capacity, a year from now under its own academies and its own money, still
reaches the level for graduation. Donors stop their activities in a country that holds. If it has been aided
they hand over, which is to pay for upkeep and use for some years more; after a year of holding without aid it
graduates. If capacity sinks before, they come back.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8
from stcsim.processes import sustainment
from stcsim.processes.capacity import moved, parts_of, support_now, terms_now
from stcsim.processes.rows import sums
from stcsim.state import State
from stcsim.state.populations import B1
from stcsim.state.state import YEAR_DAYS


def holds(state: State) -> B1:
    """Return the countries whose captured capacity would hold for a year without aid, shape (countries,).

    The mean captured share of what their holders use, a year from now under the academies alone, reaches the
    level for graduation (and would stay there, since without aid it moves towards its rest).
    """
    holders = state.holders
    terms = terms_now(state, aided=False)
    support = support_now(state, terms, aided=False)
    captured = np.concatenate([moved(holders, terms, support, 1.0, part)[1] for part in parts_of(terms)])
    country = holders.country[terms.rows]
    mean = (captured[:, 0] + captured[:, 1] + captured[:, 2] + captured[:, 3]) / 4
    at_home = (country >= 0) & (holders.staff[terms.rows] > 0)
    total = len(state.countries.key)
    held = sums(country[at_home], mean[at_home], total)
    pairs = np.bincount(country[at_home], minlength=total)
    level = state.at(state.countries).donors.graduation_level
    return np.asarray((pairs > 0) & (held >= level * pairs))


def step_graduation(state: State, day: float) -> None:
    """Note who holds now, who begins to under aid, and who has held for a year and graduates."""
    countries = state.countries
    holding = holds(state)
    before = np.isfinite(countries.holding_since)
    begins = holding & ~before
    years = np.broadcast_to(state.at(countries).donors.handover_years, countries.key.shape)
    aided = begins & (countries.aid > 0)
    countries.holding_since[begins] = day
    countries.handover_until[aided] = day + years[aided] * YEAR_DAYS
    open_still = np.isinf(countries.graduated)
    sinks = before & ~holding & open_still
    countries.holding_since[sinks], countries.handover_until[sinks] = np.inf, -np.inf
    since = day - countries.holding_since >= YEAR_DAYS
    countries.graduated[open_still & since & (countries.handover_until > -np.inf)] = day


def closed(state: State) -> B1:
    """Return the countries in which donors hold no activities: those that hold, and those that graduated."""
    countries = state.countries
    return np.isfinite(countries.holding_since) | np.isfinite(countries.graduated)


def giving(state: State, day: float) -> B1:
    """Return which donor gives in which country now, graduation aside, shape (donors, countries of a run)."""
    donors = state.donors
    return np.asarray(donors.works_in & (donors.active_from <= day)[:, None] & (day < donors.leaves))


def hand_over(state: State, day: float, quarter: float) -> F8:
    """Let donors that are leaving pay for upkeep and use; return what each pays where, in this quarter.

    Those that left pay as much as they gave there; those that still give elsewhere pay from their balance. No
    more is paid than what national money leaves open.

    Parameters
    ----------
    quarter : share of a year

    Returns
    -------
    thousand USD, shape (donors, countries of a run)
    """
    donors, countries = state.donors, state.countries
    years = np.broadcast_to(state.at(donors).donors.handover_years, donors.key.shape)[:, None]
    gone = donors.works_in & donors.hands_over & (donors.leaves <= day)
    gone &= day < donors.leaves + years * YEAR_DAYS
    holding = (countries.handover_until > day).reshape(countries.runs, -1)[donors.run]
    stays = giving(state, day) & holding
    number = np.zeros(len(donors.key))
    for c in range(countries.n):
        number += donors.works_in[:, c]
    share = donors.budget * quarter / np.maximum(number, 1.0)
    balance = np.maximum(donors.balance, 0.0) / np.maximum(number, 1.0)
    purse = np.where(gone, share[:, None], np.where(stays, np.minimum(share, balance)[:, None], 0.0))
    offered = np.zeros((countries.runs, countries.n))
    for d in range(donors.n):
        offered += purse[d :: donors.n]
    missing = sustainment.missing_money(state).reshape(countries.runs, -1) * quarter
    part = np.minimum(1.0, missing / np.where(offered > 0, offered, 1.0))
    paid = np.asarray(purse * part[donors.run])
    met = offered * part / np.where(missing > 0, missing, 1.0)
    countries.handed_over[:] = np.minimum(met, 1.0).reshape(-1)
    for c in range(countries.n):
        donors.balance -= np.where(stays[:, c], paid[:, c], 0.0)
    return paid
