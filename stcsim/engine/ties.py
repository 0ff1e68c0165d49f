"""Ad hoc ties: who talks to whom before anybody arranges anything, and how slowly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8, I8, Draws, mix
from stcsim.engine.convene import ALL_CATEGORIES, OPEN_AND_COMMERCIAL
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import State

AGENCY, PARTNER, POST, STRETCH = range(len(HOLDER_KINDS))
CONTACTS_OF_PARTNERS = ("licensing_authority", "trade_ministry", "foreign_affairs")
"""Roles that partners talk to without any arrangement."""


@dataclass(frozen=True)
class Ties:
    """Edges as rows of holders of all stacked runs, with their mean delay at full trust, shape (E,)."""

    edge_from: I8
    edge_to: I8
    delay: F8
    categories: int = ALL_CATEGORIES
    handling: int = OPEN_AND_COMMERCIAL


@dataclass(frozen=True)
class Possible:
    """Ties that there can be, which nothing changes in a run.

    Parameters
    ----------
    line : between a centre and its frontline, which are there always, shape (n, n)
    abroad : between like bodies of different states, shape (n, n)
    known : that there are where the sender recognises the receiver, shape (runs, n, n)
    """

    line: B1
    abroad: B1
    known: B1


def ad_hoc_ties(state: State, draws: Draws) -> Ties:
    """Return the ties that exist where the sender recognises the receiver.

    Between agencies of one state with the register's probability, between a customs headquarters and its
    posts always, between like bodies of different states with that probability and a longer delay, and
    between a partner and its contacts. A body without staff has no ties.
    """
    holders, n = state.holders, state.holders.n
    if state.ties is None:
        state.ties = possible_ties(state, draws)
    ties: Possible = state.ties
    exists = ties.known & holders.recognises.reshape(state.runs, n, n)
    exists |= ties.line
    staffed = holders.staff.reshape(state.runs, n) > 0
    exists &= staffed[:, :, None] & staffed[:, None, :]
    place = exists.reshape(-1).nonzero()[0]
    row = place // max(1, n)
    block = row // max(1, n)
    pair = place - block * (n * n)
    p = state.values.at(block).information
    delay = np.where(
        ties.line.reshape(-1).take(pair),
        p.delay_headquarters_post,
        np.where(ties.abroad.reshape(-1).take(pair), p.delay_cross_border, p.delay_domestic),
    )
    return Ties(row, place - (row - block) * n, np.asarray(delay, dtype=np.float64))


def possible_ties(state: State, draws: Draws) -> Possible:
    """Return the ties that there can be, by roles and by keyed draws."""
    holders, n = state.holders, state.holders.n
    kind, country, role = (holders.kind[:n], holders.country[:n], holders.role[:n])
    here = (country[:, None] == country[None, :]) & (country[:, None] >= 0)
    agency, partner = kind == AGENCY, kind == PARTNER
    frontline = (kind == POST) | (kind == STRETCH)
    both = agency[:, None] & agency[None, :]
    customs = state.countries.customs[: state.countries.n]
    guards = [i for i, name in enumerate(state.roles) if name == "border_guard"]
    centre = np.isin(np.arange(n), customs) | np.isin(role, guards)
    others = ~np.eye(n, dtype=np.bool_)
    line = here & ((centre[:, None] & frontline[None, :]) | (frontline[:, None] & centre[None, :])) & others
    contact = np.isin(role, [state.roles.index(r) for r in CONTACTS_OF_PARTNERS if r in state.roles]) & agency
    talk = (partner[:, None] & contact[None, :]) | (contact[:, None] & partner[None, :])
    international = (country[:, None] < 0) | (country[None, :] < 0)
    alike = both & (role[:, None] == role[None, :]) & ~here
    domestic = (both & here) | (talk & (here | international))
    chance = (domestic | alike) & others
    tie = np.asarray(state.values.at(np.arange(state.runs)).information.tie_probability).reshape(-1, 1, 1)
    key = mix(holders.key.reshape(state.runs, n, 1), holders.key.reshape(state.runs, 1, n))
    return Possible(line, alike, chance[None] & (draws.uniform("tie", 0, key) < tie))
