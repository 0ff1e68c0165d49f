"""Whether goods are on a list: in force where they leave, read by who looks; and the catch-all for the rest.

What counts in law is the list in force in the country of export on the day of the attempt. Goods that it
does not name can be stopped only by the catch-all, where the law has one and the authority invokes it: with
political will, in the register's share of cases at full will. Neither does anything alone.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.processes.will import effective_will
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State


def wanted_technology(state: State, draws: Draws, supplier: I8, key: U64, days: F8) -> I8:
    """Return the breakout technology that each attempt is after, -1 none, shape (n,).

    Parameters
    ----------
    supplier : country where the goods come from
    key : keys of the attempts
    days : days of the attempts
    """
    tech, m = state.technologies, state.countries.n
    found = np.full(len(supplier), -1, dtype=np.int64)
    for t in range(tech.n):
        row = supplier // m * tech.n + t
        wanted = (tech.emerges[row] <= days) & (days < tech.wanted_until[row])
        wanted &= (tech.country[row] < 0) | (tech.country[row] == supplier)
        at = np.flatnonzero(wanted)
        at = at[draws.uniform("technology", 0, mix(key[at], tech.key[row[at]])) < tech.share[row[at]]]
        found[at] = row[at]
    return found


def unlisted(state: State, country: I8, new: B1, technology: I8, days: F8) -> B1:
    """Return whether the list in force in each country does not name the goods on that day, shape (n,).

    Parameters
    ----------
    country : country of export
    new : whether the goods are newly on the regime's list
    technology : breakout technology that they are of, -1 none
    days : days of the attempts
    """
    countries, tech = state.countries, state.technologies
    out = newly_unlisted(state, country, new, days)
    if tech.n:
        at = np.flatnonzero(technology >= 0)
        out[at] = tech.adopted[technology[at], country[at] % countries.n] > days[at]
    return out


def newly_unlisted(state: State, country: I8, new: B1, days: F8) -> B1:
    """Return whether the list in force in each country does not name goods that are not of a technology."""
    countries = state.countries
    behind = (countries.list_version < state.newest_list[countries.run]).take(country)
    behind |= countries.list_since.take(country) > days
    behind &= new
    return np.asarray(behind)


def unknown_to(state: State, rows: I8, holder: I8) -> B1:
    """Return whether no list that the holder has read names the goods, shape (n,).

    Parameters
    ----------
    rows : rows of `State.cases`
    holder : row of who looks at each
    """
    cases, holders, tech = state.cases, state.holders, state.technologies
    out = cases.new_goods[rows] & (holders.list_version[holder] < state.newest_list[cases.run[rows]])
    if tech.n:
        about = cases.technology[rows]
        at = (about >= 0).nonzero()[0]
        out[at] = np.isinf(tech.known[about[at], holder[at] % holders.n])
    return np.asarray(out)


def catch_all_used(state: State, rows: I8, country: I8) -> B1:
    """Return whether a country has a catch-all and invokes it for each consignment, shape (n,)."""
    cases = state.cases
    share = state.values.at(cases.run[rows]).lists.catch_all_use * effective_will(state)[country]
    invoked = Draws().uniform("catch_all", 0, cases.key[rows]) < share
    return np.asarray(state.countries.law[country, LAW_INDEX["catch_all"]] & invoked)


def may_act(state: State, rows: I8, country: I8) -> B1:
    """Return whether each consignment is controlled in a country, by its list or by the catch-all, (n,)."""
    out = ~state.cases.unlisted[rows]
    at = (~out).nonzero()[0]
    if len(at):
        out[at] = catch_all_used(state, rows[at], country[at])
    return np.asarray(out)
