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


def note_reading(state: State, pairs: I8, day: Any) -> None:
    """Take note of items just read.

    Parameters
    ----------
    pairs : what was just read by whom, ``holder_row * slots + slot``
    day : day of reading, one number or one per reading
    """
    items, holders = state.items, state.holders
    row = pairs // items.slots
    item = holders.run[row] * items.slots + pairs % items.slots
    category, kind = items.category.reshape(-1)[item], items.subject_kind.reshape(-1)[item]
    days = np.broadcast_to(np.asarray(day, dtype=np.float64), row.shape)
    names = LISTING[category]
    front = np.flatnonzero(kind == SUBJECT_FRONT)
    if len(front):
        about = holders.run[row[front]] * state.fronts.n + items.subject.reshape(-1)[item[front]]
        same = state.fronts.generation[about] == items.generation.reshape(-1)[item[front]]
        front, about = front[same], about[same]
        listed, network = names[front], category[front] == NETWORKS
        _know_front(state, row[front[listed]], item[front[listed]], about[listed], days[front[listed]])
        _know_network(state, row[front[network]], item[front[network]], about[network])
    false = np.flatnonzero(names & ~items.truth.reshape(-1)[item])
    if len(false):
        holders.false_listings += np.bincount(row[false], minlength=len(holders.key))
    if len(front) == len(row):
        return
    subject = items.subject.reshape(-1)[item]
    version = kind == SUBJECT_LIST
    np.maximum.at(holders.list_version, row[version], subject[version].astype(np.float64))
    news = kind == SUBJECT_TECHNOLOGY
    if news.any():
        tech = holders.run[row[news]] * state.technologies.n + subject[news]
        np.minimum.at(state.technologies.known, (tech, row[news] % holders.n), days[news])
    procedure = kind == SUBJECT_PROCEDURE
    if procedure.any():
        _know_procedure(state, row[procedure], item[procedure])


def _know_front(state: State, row: I8, item: I8, about: I8, days: F8) -> None:
    """Know a front until the item goes stale; keep the first time at law enforcement; list it publicly."""
    if not len(row):
        return
    items, holders, fronts = state.items, state.holders, state.fronts
    local = row % holders.n
    country = holders.country[row]
    home = np.maximum(country, 0)
    refuser = (country >= 0) & (state.countries.authority[home] == row)
    # what another state denied binds a licensing authority only where it has promised not to undercut
    refusal = refuser & (items.category.reshape(-1)[item] == LICENSING)
    own = items.origin.reshape(-1)[item] == local
    denial = refusal & ~own
    until = items.expires.reshape(-1)[item]
    np.maximum.at(fronts.known_until, (about[~denial], local[~denial]), until[~denial])
    np.maximum.at(fronts.denied_until, (about[denial], local[denial]), until[denial])
    police = (country >= 0) & (state.countries.law_enforcement[home] == row)
    np.minimum.at(fronts.first_known, about[police], days[police])
    # what it found out itself an authority may publish, what others told it in confidence not
    lists = refusal & own & state.countries.law[home, LAW_INDEX["refusal_has_consequence"]]
    fronts.listed[about[lists]] = True


def _know_network(state: State, row: I8, item: I8, about: I8) -> None:
    """Watch the network behind a front: consignments of all its fronts score higher there."""
    if not len(row):
        return
    holders, fronts = state.holders, state.fronts
    run, local = holders.run[row], row % holders.n
    same = fronts.network.reshape(-1, fronts.n)[run] == fronts.network[about][:, None]
    event, index = np.nonzero(same)
    until = state.items.expires.reshape(-1)[item][event]
    np.maximum.at(fronts.network_known_until, (run[event] * fronts.n + index, local[event]), until)


def _know_procedure(state: State, row: I8, item: I8) -> None:
    """Know a neighbour's border procedure: the share of the other countries whose current one was read."""
    items, holders, countries = state.items, state.holders, state.countries
    abroad = items.home.reshape(-1)[item] != holders.country[row] % max(1, countries.n)
    row = row[abroad]
    issuing = np.bincount(countries.run, weights=countries.customs >= 0, minlength=state.runs)
    country = holders.country[row]
    own = (country >= 0) & (countries.customs[np.maximum(country, 0)] >= 0)
    others = np.maximum(issuing[holders.run[row]] - own, 1.0)
    some, first, number = np.unique(row, return_index=True, return_counts=True)
    holders.procedures_known[some] = np.minimum(holders.procedures_known[some] + number / others[first], 1.0)
