"""What reading an item does: a party is known, a way is watched, a list is up to date.

Category 2 and 4 items about a front let its consignments be selected or its applications refused; category 1
items raise the separation of that network's consignments; category 3 brings a list version; category 5 a
neighbour's procedures. A false item about a party costs its readers inspections of honest consignments.
"""

from __future__ import annotations

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


def note_reading(state: State, pairs: I8, days: F8, turn: I8 | None = None) -> None:
    """Take note of items just read.

    Parameters
    ----------
    pairs : what was just read by whom
    days : day of reading of each
    turn : where they were read in turns, the turn of each
    """
    items, holders = state.items, state.holders
    item = pairs // items.holders
    row = items.rows(pairs, item)
    category, kind = items.category.reshape(-1)[item], items.subject_kind.reshape(-1)[item]
    names = LISTING[category]
    false = (names > items.truth.reshape(-1)[item]).nonzero()[0]
    if len(false):
        holders.false_listings += np.bincount(row[false], minlength=len(holders.key))
    about_front = kind == SUBJECT_FRONT
    front = about_front.nonzero()[0]
    if len(front):
        about = holders.run[row[front]] * state.fronts.n + items.subject.reshape(-1)[item[front]]
        same = state.fronts.generation[about] == items.generation.reshape(-1)[item[front]]
        front, about = front[same], about[same]
        known = names[front].nonzero()[0]
        one = front[known]
        _know_front(state, row[one], item[one], about[known], days[one])
        known = (category[front] == NETWORKS).nonzero()[0]
        one = front[known]
        _know_network(state, row[one], item[one], about[known])
    other = (~about_front).nonzero()[0]
    if len(other):
        _know_rules(state, row[other], item[other], days[other], None if turn is None else turn[other])


def _know_rules(state: State, row: I8, item: I8, days: F8, turn: I8 | None) -> None:
    """Know a list version, what is newly listed, a procedure."""
    items, holders = state.items, state.holders
    kind, subject = items.subject_kind.reshape(-1)[item], items.subject.reshape(-1)[item]
    version = (kind == SUBJECT_LIST).nonzero()[0]
    if len(version):
        np.maximum.at(holders.list_version, row[version], subject[version].astype(np.float64))
    news = (kind == SUBJECT_TECHNOLOGY).nonzero()[0]
    if len(news):
        tech = holders.run[row[news]] * state.technologies.n + subject[news]
        np.minimum.at(state.technologies.known, (tech, row[news] % holders.n), days[news])
    procedure = (kind == SUBJECT_PROCEDURE).nonzero()[0]
    if not len(procedure):
        return
    row, item = row[procedure], item[procedure]
    if turn is None or len(set(row.tolist())) == len(row):
        _know_procedure(state, row, item)
        return
    turn = turn[procedure]
    for one in sorted(set(turn.tolist())):
        mine = turn == one
        _know_procedure(state, row[mine], item[mine])


def _know_front(state: State, row: I8, item: I8, about: I8, days: F8) -> None:
    """Know a front until the item goes stale; keep the first time at law enforcement; list it publicly."""
    if not len(row):
        return
    items, holders, fronts = state.items, state.holders, state.fronts
    local = row % holders.n
    country = holders.country[row]
    there = country >= 0
    home = np.maximum(country, 0)
    until = items.expires.reshape(-1)[item]
    place = about * holders.n + local
    police = (there & (state.countries.law_enforcement[home] == row)).nonzero()[0]
    if len(police):
        np.minimum.at(fronts.first_known, about[police], days[police])
    # what another state denied binds a licensing authority only where it has promised not to undercut
    refusal = items.category.reshape(-1)[item] == LICENSING
    if not np.count_nonzero(refusal):
        _latest(fronts.known_until, place, until)
        return
    refusal &= there & (state.countries.authority[home] == row)
    own = items.origin.reshape(-1)[item] == local
    denial = refusal & ~own
    _latest(fronts.denied_until, place[denial], until[denial])
    _latest(fronts.known_until, place[~denial], until[~denial])
    # what it found out itself an authority may publish, what others told it in confidence not
    lists = refusal & own & state.countries.law[:, LAW_INDEX["refusal_has_consequence"]][home]
    fronts.listed[about[lists]] = True


def _latest(until: F8, place: I8, day: F8) -> None:
    """Keep the later day at each place of a table, of the one that stands there and those given."""
    np.maximum.at(until.reshape(-1), place, day)


def _know_network(state: State, row: I8, item: I8, about: I8) -> None:
    """Watch the network behind a front: consignments of all its fronts score higher there."""
    if not len(row):
        return
    holders, fronts = state.holders, state.fronts
    run, local = holders.run[row], row % holders.n
    same = fronts.network.reshape(-1, fronts.n)[run] == fronts.network[about][:, None]
    event, index = same.nonzero()
    until = state.items.expires.reshape(-1)[item][event]
    _latest(fronts.network_known_until, (run[event] * fronts.n + index) * holders.n + local[event], until)


def _know_procedure(state: State, row: I8, item: I8) -> None:
    """Know a neighbour's border procedure: the share of the other countries whose current one was read."""
    items, holders, countries = state.items, state.holders, state.countries
    abroad = items.home.reshape(-1)[item] != holders.country[row] % max(1, countries.n)
    row = row[abroad]
    issuing = np.bincount(countries.run, weights=countries.customs >= 0, minlength=state.runs)
    country = holders.country[row]
    own = (country >= 0) & (countries.customs[np.maximum(country, 0)] >= 0)
    others = np.maximum(issuing[holders.run[row]] - own, 1.0)
    number = np.bincount(row, minlength=len(holders.key))[row]
    holders.procedures_known[row] = np.minimum(holders.procedures_known[row] + number / others, 1.0)
