"""What reading an item does: a party is known, a way is watched, a list is up to date.

Category 2 and 4 items about a front let its consignments be selected or its applications refused; category 1
items raise the separation of that network's consignments; category 3 brings a list version; category 5 a
neighbour's procedures. A false item about a party costs its readers inspections of honest consignments.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES
from stcsim.draws import F8, I8
from stcsim.state.items import SUBJECT_FRONT, SUBJECT_LIST, SUBJECT_PROCEDURE, SUBJECT_TECHNOLOGY
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import State

NETWORKS = CATEGORIES.index("networks")
LICENSING = CATEGORIES.index("licensing")
LISTING = np.array([c in ("parties", "licensing") for c in CATEGORIES])
"""Categories whose items name a party."""


def note_reading(state: State, row: I8, slot: I8, day: Any) -> None:
    """Take note of items just read.

    Parameters
    ----------
    row, slot : holder rows and item slots
    day : day of reading, one number or one per reading
    """
    items, holders = state.items, state.holders
    run = row // holders.n
    category, kind = items.category[run, slot], items.subject_kind[run, slot]
    days = np.broadcast_to(np.asarray(day, dtype=np.float64), row.shape)
    front = kind == SUBJECT_FRONT
    current = front.copy()
    if front.any():
        rows = run * state.fronts.n + np.where(front, items.subject[run, slot], 0)
        current &= state.fronts.generation[rows] == items.generation[run, slot]
    listed = current & LISTING[category]
    _know_front(state, row[listed], slot[listed], days[listed])
    _know_network(state, row[current & (category == NETWORKS)], slot[current & (category == NETWORKS)])
    false = ~items.truth[run, slot] & LISTING[category]
    holders.false_listings += np.bincount(row[false], minlength=len(holders.key))
    version = kind == SUBJECT_LIST
    np.maximum.at(holders.list_version, row[version], items.subject[run, slot][version].astype(np.float64))
    news = kind == SUBJECT_TECHNOLOGY
    if news.any():
        about = run[news] * state.technologies.n + items.subject[run, slot][news]
        np.minimum.at(state.technologies.known, (about, row[news] % holders.n), days[news])
    procedure = kind == SUBJECT_PROCEDURE
    if procedure.any():
        _know_procedure(state, row[procedure], slot[procedure])


def _know_front(state: State, row: I8, slot: I8, days: F8) -> None:
    """Know a front until the item goes stale; keep the first time at law enforcement; list it publicly."""
    if not len(row):
        return
    items, holders, fronts = state.items, state.holders, state.fronts
    run, local = row // holders.n, row % holders.n
    about = run * fronts.n + items.subject[run, slot]
    home = np.maximum(holders.country[row], 0)
    refuser = (holders.country[row] >= 0) & (state.countries.authority[home] == row)
    # what another state denied binds a licensing authority only where it has promised not to undercut
    refusal = refuser & (items.category[run, slot] == LICENSING)
    own = items.origin[run, slot] == local
    denial = refusal & ~own
    until = items.expires[run, slot]
    np.maximum.at(fronts.known_until, (about[~denial], local[~denial]), until[~denial])
    np.maximum.at(fronts.denied_until, (about[denial], local[denial]), until[denial])
    police = (holders.country[row] >= 0) & (state.countries.law_enforcement[home] == row)
    np.minimum.at(fronts.first_known, about[police], days[police])
    # what it found out itself an authority may publish, what others told it in confidence not
    lists = refusal & own & state.countries.law[home, LAW_INDEX["refusal_has_consequence"]]
    fronts.listed[about[lists]] = True


def _know_network(state: State, row: I8, slot: I8) -> None:
    """Watch the network behind a front: consignments of all its fronts score higher there."""
    if not len(row):
        return
    items, holders, fronts = state.items, state.holders, state.fronts
    run, local = row // holders.n, row % holders.n
    network = fronts.network[run * fronts.n + items.subject[run, slot]]
    same = fronts.network.reshape(-1, fronts.n)[run] == network[:, None]
    event, index = np.nonzero(same)
    until = items.expires[run, slot][event]
    np.maximum.at(fronts.network_known_until, (run[event] * fronts.n + index, local[event]), until)


def _know_procedure(state: State, row: I8, slot: I8) -> None:
    """Know a neighbour's border procedure: the share of the other countries whose current one was read."""
    items, holders, countries = state.items, state.holders, state.countries
    run = row // holders.n
    abroad = items.home[run, slot] != holders.country[row] % max(1, countries.n)
    issuing = np.bincount(countries.run, weights=countries.customs >= 0, minlength=state.runs)[holders.run]
    own = (holders.country >= 0) & (countries.customs[np.maximum(holders.country, 0)] >= 0)
    others = np.maximum(issuing - own, 1.0)
    step = np.bincount(row[abroad], minlength=len(holders.key)) / others
    holders.procedures_known[:] = np.minimum(holders.procedures_known + step, 1.0)
