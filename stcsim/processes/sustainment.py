"""What keeps capacity alive at home: leadership, the budget for using it, and the upkeep of tools."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.champions import authority_now
from stcsim.processes.kinetics import TOOLS
from stcsim.processes.rows import sums
from stcsim.processes.will import effective_will
from stcsim.state import State
from stcsim.state.populations import DRIVE_INDEX

_ABROAD = np.ones(1)


def of_holders(per_country: F8, country: I8) -> F8:
    """Return a share of countries as their holders see it; 1 for international bodies."""
    return np.concatenate((per_country, _ABROAD)).take(country)


def leadership(state: State) -> F8:
    """Return the authority of holders now, shape (holders,): their own, moved by will over its base.

    Less while a champion is away.
    """
    weight = state.at(state.countries).will.authority_weight
    # The mover may exceed 1, so that international bodies are left alone by the appended 1.
    own = authority_at_rest(state)
    return np.minimum(own * of_holders(_moved(state, weight), state.holders.country), 1.0)


def authority_at_rest(state: State) -> F8:
    """Return the authority of holders were will at its base, shape (holders,); it changes by the quarter."""
    return state.holders.authority * authority_now(state)


def supports(state: State, own: F8, *, aided: bool = True) -> tuple[F8, F8]:
    """Return what `leadership` times `funding` and what `upkeep` are, in one, each of shape (holders,).

    Parameters
    ----------
    own : `authority_at_rest`
    """
    countries, compiled = state.countries, state.compiled
    weights = state.at(countries).will
    risen = _risen(state)
    use = _kept(state, countries.funding)
    if compiled.capture_money.any():
        use = use + compiled.capture_money / np.maximum(_cost_of_use(state), 1e-9)
    tools = countries.upkeep * countries.strain[:, DRIVE_INDEX["upkeep"]]
    tools = _kept(state, tools * np.exp(weights.upkeep_weight * risen))
    if compiled.upkeep_money.any():
        tools = tools + compiled.upkeep_money / np.maximum(_cost_of_upkeep(state), 1e-9)
    # international bodies, of country -1, find the 1 at the end
    each = np.ones((3, len(countries.key) + 1))
    each[0, :-1] = np.exp(weights.authority_weight * risen)
    each[1, :-1] = _paid(state, use, aided)
    each[2, :-1] = _paid(state, tools, aided)
    moved, funded, kept_up = each.take(state.holders.country, axis=1)
    return np.minimum(own * moved, 1.0) * funded, kept_up


def funding(state: State, *, aided: bool = True) -> F8:
    """Return the funded share of what using acquired capacity costs, shape (holders,).

    Outside money adds the share of the need that it covers; donors that are leaving pay a share of what is
    missing then, unless it is asked what holds without aid.
    """
    share = _kept(state, state.countries.funding)
    money = state.compiled.capture_money
    if money.any():
        share = share + money / np.maximum(_cost_of_use(state), 1e-9)
    return of_holders(_paid(state, share, aided), state.holders.country)


def upkeep(state: State, *, aided: bool = True) -> F8:
    """Return the funded share of the upkeep of tools, shape (holders,).

    The country's share, moved by will and strained by shocks; outside money adds the share of what replacing
    the failing tools costs.
    """
    countries = state.countries
    p = state.at(countries)
    share = (
        countries.upkeep * countries.strain[:, DRIVE_INDEX["upkeep"]] * _moved(state, p.will.upkeep_weight)
    )
    share = _kept(state, share)
    money = state.compiled.upkeep_money
    if money.any():
        share = share + money / np.maximum(_cost_of_upkeep(state), 1e-9)
    return of_holders(_paid(state, share, aided), state.holders.country)


def national_money(state: State) -> F8:
    """Return what a country budgets for use and upkeep where no aid flows, thousand USD/yr, (countries,)."""
    countries = state.countries
    return np.asarray(countries.funding * _cost_of_use(state) + countries.upkeep * _cost_of_upkeep(state))


def national_money_now(state: State) -> F8:
    """Return the part of it that has not given way to aid, thousand USD/yr, shape (countries,)."""
    return national_money(state) * (1 - state.countries.displaced)


def missing_money(state: State) -> F8:
    """Return what use and upkeep cost more than what the country pays now, thousand USD/yr, (countries,)."""
    countries = state.countries
    use, upkeep = _kept(state, countries.funding), _kept(state, countries.upkeep)
    return np.asarray((1 - use) * _cost_of_use(state) + (1 - upkeep) * _cost_of_upkeep(state))


def _kept(state: State, share: Any) -> F8:
    """A share that national money pays, without what has given way to aid."""
    return np.asarray(share * (1 - state.countries.displaced))


def _paid(state: State, share: F8, aided: bool) -> F8:
    """A funded share, with what donors pay that are leaving where aid counts, at most 1."""
    paid = np.minimum(share, 1.0)
    return np.asarray(paid + state.countries.handed_over * (1 - paid)) if aided else paid


def _cost_of_use(state: State) -> F8:
    """What using all that is learnt costs, thousand USD/yr, shape (countries,).

    Using what a unit has learnt in one competence for a year is taken to cost as much as its seats in one
    event (assumed).
    """
    p = state.at(state.countries)
    return np.asarray(p.donors.event_cost * p.capacity.unit_staff / p.donors.seats * _in_use(state))


def _cost_of_upkeep(state: State) -> F8:
    """What replacing the tools that fail costs, thousand USD/yr, shape (countries,)."""
    p = state.at(state.countries)
    return np.asarray(p.donors.equipment_cost / p.capacity.tool_life * _in_use(state, tools=True))


def _moved(state: State, weight: Any) -> F8:
    """Will as it acts now over its base, to the power of an elasticity; 1 where the base is 0."""
    return np.asarray(np.exp(weight * _risen(state)))


def _risen(state: State) -> F8:
    """Return the logarithm of will as it acts now over its base, 0 where the base is 0."""
    base = state.countries.will_base
    safe = np.maximum(base, 1e-12)
    share = np.where(base > 0, effective_will(state), safe) / safe
    return np.asarray(np.log(np.maximum(share, 1e-300)))


def _in_use(state: State, tools: bool = False) -> F8:
    """Competences that holders of a country use, or the sets of tools that they hold, shape (countries,)."""
    holders, countries = state.holders, len(state.countries.key)
    # bodies abroad and those without staff count for one country more, which is cut off
    home = np.where((holders.country >= 0) & (holders.staff > 0), holders.country, countries)
    pairs = np.flatnonzero(holders.uses)
    place = home.take(pairs // holders.uses.shape[1])
    weights: F8 = np.ones(len(pairs))
    if tools:
        at = pairs * holders.latent.shape[2] + TOOLS
        weights = holders.latent.reshape(-1).take(at) + holders.captured.reshape(-1).take(at)
    return sums(place, weights, countries + 1)[:countries]
