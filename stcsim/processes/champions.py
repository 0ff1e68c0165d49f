"""Champions: the key practitioner of an agency, on whom ties, buy-in and, at the top, will rest in part.

A champion leaves by a keyed exponential clock, the same in every arm, and is replaced some time later. With
the champion goes a share of the trust that meetings had built beyond where it started; until there is a
successor, the agency's ties and leadership's buy-in are weaker by a share, and where it is the licensing
authority, so is the level to which the country's will returns. Each loss is smaller by the share of its
knowledge that the agency has institutionalised.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, I8, Draws
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import YEAR_DAYS, State, When

AGENCY = HOLDER_KINDS.index("agency")
QUARTER = 91 / YEAR_DAYS


def step_champions(state: State, draws: Draws, when: When) -> None:
    """At the end of a quarter, let champions leave and successors arrive.

    Once a quarter, as trust, for the network is compiled from both at its end.
    """
    if not when.quarter_ends:
        return
    holders = state.holders
    p = state.at(holders).trust
    there = holders.champion > 0
    agency = (holders.kind == AGENCY) & (holders.staff_base > 0)
    back = agency & ~there & (holders.champion_back <= when.end)
    holders.champion_hazard += np.where(agency & there, p.champion_departure * QUARTER, 0.0)
    clock = draws.clock("champion", holders.key, holders.champions_lost)
    leaves = agency & there & (holders.champion_hazard > clock)
    holders.champion[back] = 1.0
    if not leaves.any():
        return
    holders.champion[leaves] = 0.0
    holders.champion_hazard[leaves] = 0.0
    holders.champions_lost[leaves] += 1
    gap = np.broadcast_to(np.asarray(p.champion_gap, dtype=np.float64), leaves.shape)
    holders.champion_back[leaves] = when.end + gap[leaves] * YEAR_DAYS
    kept = 1 - np.where(leaves, _personal(state, p.champion_ties), 0.0)
    _lose(state, leaves, kept)
    state.ledger.add("champions_lost", when.month, holders.run[leaves])


def _lose(state: State, leaves: B1, kept: F8) -> None:
    """Take from ties at whose ends somebody left what is not kept of the trust that was earned there."""
    holders, n = state.holders, state.holders.n
    of_run = leaves.reshape(state.runs, n)
    tie = (of_run[:, :, None] | of_run[:, None, :]).reshape(-1).nonzero()[0]
    row = tie // n
    # a view: columns of the state are contiguous
    trust = holders.trust.reshape(-1)
    now = trust.take(tie)
    earned = np.maximum(now - holders.trust_base.reshape(-1).take(tie), 0.0)
    trust[tie] = now - earned * (1 - kept.take(row) * kept.take(row // n * n + tie % n))


def champion_factor(state: State) -> F8:
    """Return what each holder's champion, or that it is away, makes of its ties, shape (holders,)."""
    return 1 - _missing(state, state.at(state.holders).trust.champion_ties)


def ties_now(state: State, u: I8, v: I8) -> F8:
    """Return the factor on trust between holders of rows `u` and `v` while champions are away, like `u`."""
    there = 1 - _missing(state, state.at(state.holders).trust.champion_ties)
    return np.asarray(there[u] * there[v])


def authority_now(state: State) -> F8:
    """Return the factor on leadership's buy-in while champions are away, shape (holders,)."""
    return 1 - _missing(state, state.at(state.holders).will.champion_authority)


def will_at_rest(state: State) -> F8:
    """Return the level to which will returns, shape (countries,)."""
    countries, holders = state.countries, state.holders
    if not len(holders.key):
        return countries.will_base
    at = np.maximum(countries.authority, 0)
    personal = state.at(countries).will.champion_will * (1 - holders.institutionalised.take(at))
    missing = (1 - holders.champion.take(at)) * personal
    return np.asarray(countries.will_base * (1 - np.where(countries.authority >= 0, missing, 0.0)))


def _personal(state: State, weight: Any) -> F8:
    """Return what rests on the person and not on the institution, shape (holders,)."""
    return np.asarray(weight * (1 - state.holders.institutionalised))


def _missing(state: State, weight: Any) -> F8:
    return np.asarray((1 - state.holders.champion) * _personal(state, weight))


def both_ends(state: State, each: F8) -> F8:
    """Return the product of both ends' factors for each pair, shape (holders, n)."""
    n = state.holders.n
    of_run = each.reshape(state.runs, n)
    return np.asarray((of_run[:, :, None] * of_run[:, None, :]).reshape(len(each), n))
