"""From events to doses: who attends, what reaches them, what it costs and how many hours it takes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import COMPONENTS
from stcsim.draws import F8, I8
from stcsim.processes import sustainment
from stcsim.processes.audiences import (
    ACTIVITIES,
    COST_FACTOR,
    EQUIPMENT,
    TAUGHT,
    TAUGHT_IN,
    WEIGHT,
    Audiences,
    people,
    price,
    share_of_unit,
    suits,
    visited,
)
from stcsim.processes.capacity import captured_at_once
from stcsim.processes.modalities import factors
from stcsim.processes.perception import lessons
from stcsim.processes.rows import sums
from stcsim.state import State
from stcsim.state.populations import B1, HOLDER_KINDS

UNSUITED = 0.5
"""Fit of an activity for a holder that its audience does not name. Assumed."""
QUARTERS = 4
SUBJECT: I8 = np.where(TAUGHT_IN[:, 0] >= 0, TAUGHT[TAUGHT_IN[:, 0]], -1)
"""The first competence of each activity, -1 where it has none."""
IN_PERSON: B1 = np.array([a.modality in ("in_person", "workshop", "consultation") for a in CATALOGUE])
PRACTICES = COMPONENTS.index("practices")
_KINDS = len(HOLDER_KINDS)


@dataclass(frozen=True)
class Deliveries:
    """What is delivered in one quarter, one row per event (or programme) and holder that attends.

    Parameters
    ----------
    event : number of the event or programme; rows of one number share its seats and cost
    holder, activity : rows of holders, indices into CATALOGUE
    donor : row of the donor that pays, -1 where none does
    events : how many events the holder attends
    share : how far one event serves it
    fit : how well the activity suits it
    cost : its part of the cost, thousand USD
    home : share of the event's people that come from its country
    """

    event: I8
    holder: I8
    activity: I8
    donor: I8
    events: F8
    share: F8
    fit: F8
    cost: F8
    home: F8

    def joined(self, other: Deliveries) -> Deliveries:
        """Return the rows of both; numbers of events stay distinct."""
        after = int(self.event.max(initial=-1)) + 1
        parts = {f.name: [getattr(self, f.name), getattr(other, f.name)] for f in fields(self)}
        parts["event"][1] = other.event + after
        return Deliveries(**{name: np.concatenate(pair) for name, pair in parts.items()})


def of_plans(state: State, offered: Audiences, taken: B1, size: F8) -> Deliveries:
    """Return what donors committed to, delivered to all whom each activity reaches.

    Parameters
    ----------
    taken : options of each donor, shape (donors, options of a run)
    size : people of each holder, shape (holders,)
    """
    donors, run = state.donors, state.holders.run[offered.holder]
    within = offered.option % (state.countries.n * ACTIVITIES)
    entry, which = np.nonzero(taken.reshape(state.runs, donors.n, -1)[run, :, within])
    donor = run[entry] * donors.n + which
    # To a regional event a donor invites from the countries that it works in.
    country = state.holders.country[offered.holder[entry]]
    asked = donors.works_in[donor, country % max(1, state.countries.n)]
    entry, which, donor, country = entry[asked], which[asked], donor[asked], country[asked]
    holder, option, activity = offered.holder[entry], offered.option[entry], offered.activity[entry]
    number, event = np.unique(option * max(1, donors.n) + which, return_inverse=True)
    at = state.values.at(run[entry])
    ones, sent = np.ones(len(entry)), size[holder]
    attending, units = sums(event, sent, len(number)), sums(event, ones, len(number))
    seats = at.donors.seats * factors(at, activity, "seats")
    local = taught_locally(state, option, event)
    return Deliveries(
        event=event,
        holder=holder,
        activity=activity,
        donor=donor,
        events=ones,
        share=share_of_unit(EQUIPMENT[activity], seats, attending[event], units[event]),
        fit=np.where(donors.tailored[donor], 1.0, at.modalities.off_the_shelf_fit)
        * (1 - local * (1 - at.modalities.partner_fit)),
        cost=offered.cost[option]
        * (sent / attending[event])
        * price_factor(state)[donor]
        * (1 - local * (1 - at.modalities.partner_cost)),
        home=from_home(event, country, sent, len(state.countries.key)) / attending[event],
    )


def taught_locally(state: State, option: I8, event: I8) -> F8:
    """Return the share of each event at which bodies of the host country teach, one value per row.

    They take what they offer in a quarter of the events in person on a competence that donors hold there.
    """
    pool = state.compiled.pool
    if not pool.any():
        return np.zeros(len(option))
    place, activity = option // ACTIVITIES, option % ACTIVITIES
    cell = place * pool.shape[1] + np.maximum(SUBJECT[activity], 0)
    open_to = IN_PERSON[activity] & (SUBJECT[activity] >= 0)
    _, first = np.unique(event, return_index=True)
    held = sums(cell[first], open_to[first].astype(np.float64), pool.size)
    offered = pool.reshape(-1) / QUARTERS
    return np.where(open_to, np.minimum(offered / np.maximum(held, 1e-9), 1.0)[cell], 0.0)


def price_factor(state: State) -> F8:
    """Return what each donor pays for an event relative to one that is tailored, shape (donors,)."""
    saving: Any = state.at(state.donors).modalities.off_the_shelf_saving
    return np.where(state.donors.tailored, 1.0, 1.0 - saving)


def exchanged(state: State) -> F8:
    """Return the dose rates of visits between bodies, 1/yr, shape (holders, 9, 4).

    Each takes up practices in which the other is ahead: ``gain * min(1, visitors / people) * (x_other - x)``
    for captured practices x of the competences that both use.
    """
    holders, c = state.holders, state.compiled
    dose = np.zeros(holders.dose.shape)
    if not len(c.exchange_to):
        return dose
    ahead = holders.captured[c.exchange_from, :, PRACTICES] - holders.captured[c.exchange_to, :, PRACTICES]
    both = holders.uses[c.exchange_from] & holders.uses[c.exchange_to]
    size = people(state)[c.exchange_to]
    share = np.minimum(c.exchange_people / np.maximum(size, 1e-9), QUARTERS) * (size > 0)
    gain: Any = state.values.at(holders.run[c.exchange_to]).capacity.gain_per_seat
    given = (gain * share)[:, None] * np.maximum(ahead, 0.0) * both
    width = ahead.shape[1]
    where = c.exchange_to[:, None] * width + np.arange(width)
    found = sums(where.reshape(-1), given.reshape(-1), len(holders.key) * width)
    dose[:, :, PRACTICES] = found.reshape(-1, width)
    return dose


def from_home(event: I8, country: I8, sent: F8, countries: int) -> F8:
    """Return, for each row, the people of its event that come from its country (-1: of no country)."""
    national = event * (countries + 1) + country + 1
    found = sums(national, sent, (int(event.max(initial=-1)) + 1) * (countries + 1))
    return np.asarray(found[national])


def of_programmes(state: State, size: F8, quarter: int = 0) -> Deliveries:
    """Return what programmes of mechanisms deliver in a quarter to the holders that they name.

    Each event of a programme is shared over all its holders, so a programme for many posts reaches each of
    them in part. Money for it comes on top of what donors plan with.
    """
    c, holders = state.compiled, state.holders
    manned = size[c.programme_holder] > 0
    manned &= visited(holders.key[c.programme_holder], c.programme_activity, quarter)
    holder, activity = c.programme_holder[manned], c.programme_activity[manned]
    events = c.programme_events[manned] / QUARTERS
    _, group = np.unique(c.programme_group[manned], return_inverse=True)
    sent = size[holder]
    programmes = int(group.max(initial=-1)) + 1
    attending, units = sums(group, sent, programmes), sums(group, np.ones(len(group)), programmes)
    at = state.values.at(holders.run[holder])
    p = at.donors
    suited = suits(state.roles)[holders.kind[holder], holders.role[holder], activity]
    factor = COST_FACTOR[activity] * factors(at, activity, "cost")
    cost = price(EQUIPMENT[activity], p.event_cost, p.equipment_cost, factor)
    seats = p.seats * factors(at, activity, "seats")
    return Deliveries(
        event=group,
        holder=holder,
        activity=activity,
        donor=c.programme_donor[manned],
        events=events,
        share=share_of_unit(EQUIPMENT[activity], seats, attending[group], units[group]),
        fit=np.where(suited, 1.0, UNSUITED) * c.programme_fit[manned],
        cost=cost * c.programme_price[manned] * events * (sent / attending[group]),
        home=from_home(group, holders.country[holder], sent, len(state.countries.key)) / attending[group],
    )


def absorbed(state: State, given: Deliveries) -> F8:
    """Return how much of each delivery is absorbed: ``min(1, A / load)``, shape (rows,).

    A body that is asked to more than it can absorb sends fewer people to each. The load of a country and kind
    of holder are the activities that reach it in the quarter, an event shared by several countries counting
    with the part of its people that come from there, and one of a smaller dose for so much less.
    International bodies have no such load.
    """
    holders = state.holders
    place = holders.country[given.holder] * _KINDS + holders.kind[given.holder]
    places = len(state.countries.key) * _KINDS
    # One row of each event stands for all that reach the same kind in the same country.
    _, first = np.unique(given.event * (places + 1) + np.maximum(place, -1) + 1, return_index=True)
    first = first[place[first] >= 0]
    at = state.values.at(holders.run[given.holder])
    weight = np.minimum(factors(at, given.activity, "dose"), 1.0)
    load = sums(place[first], (given.events * given.home * weight)[first], places)
    room = state.values.at(holders.run[given.holder]).capacity.absorption
    full = np.minimum(1.0, room / np.maximum(load[np.maximum(place, 0)], 1e-9)) if places else 1.0
    return np.where(place >= 0, full, 1.0)


def dose_rates(state: State, given: Deliveries, absorbing: F8) -> tuple[F8, F8]:
    """Return the dose rates of the quarter's deliveries and how modality shifts them, each (holders, 9, 4).

    ``D = gain * fit * dose * min(1, seats / people) * min(1, A / load)`` per event, shared out over the
    activity's competences and weighted by its components; spread evenly over the quarter, 1/yr. The shift is
    ``D (c - 1)`` with ``c`` the modality's factor of capture: the share captured at once is taken of ``D c``.

    Parameters
    ----------
    absorbing : how much of each delivery is absorbed, shape (rows,)
    """
    holders = state.holders
    at = state.values.at(holders.run[given.holder])
    gain: Any = at.capacity.gain_per_seat * factors(at, given.activity, "dose")
    dose = gain * given.fit * given.share * given.events * absorbing * QUARTERS
    more = factors(at, given.activity, "capture") - 1.0
    learnt = lessons(state, given.holder, given.activity)
    cells = holders.dose.shape[1] * holders.dose.shape[2]
    components = holders.dose.shape[2]
    cell = given.holder[learnt.entry] * cells + TAUGHT[learnt.taught] * components
    where = (cell[:, None] + np.arange(components)[None, :]).reshape(-1)
    weights = dose[learnt.entry][:, None] * WEIGHT[learnt.taught]
    shifts = weights * more[learnt.entry][:, None]
    size = len(holders.key) * cells
    rates, shift = sums(where, weights.reshape(-1), size), sums(where, shifts.reshape(-1), size)
    return rates.reshape(holders.dose.shape), shift.reshape(holders.dose.shape)


def captured_doses(state: State, given: Deliveries, attending: F8) -> F8:
    """Return the dose that those who attend capture at once, over all components, shape (rows,).

    ``gain * fit * dose * c q`` for each of them, weighted as the activity shares it out.

    Parameters
    ----------
    attending : people of each holder at the delivery, shape (rows,)
    """
    holders = state.holders
    at = state.values.at(holders.run[given.holder])
    each: Any = at.capacity.gain_per_seat * factors(at, given.activity, "dose") * given.fit
    learnt = lessons(state, given.holder, given.activity)
    holder, taught = given.holder[learnt.entry], learnt.taught
    q = np.ones(len(holder))
    if state.switches.capture != "immediate":
        p = state.values.at(holders.run[holder]).capacity
        support = sustainment.leadership(state) * sustainment.funding(state)
        q = captured_at_once(p, holders.plan[holder, TAUGHT[taught]], support[holder])
    kept = np.minimum(q * factors(at, given.activity, "capture")[learnt.entry], 1.0)
    found = sums(learnt.entry, kept * WEIGHT[taught].sum(axis=1), len(given.holder))
    return np.asarray(found * each * attending)


def meeting_rates(state: State, given: Deliveries, attending: F8) -> F8:
    """Return the joint meetings a year that the quarter's events amount to, shape (holders, n).

    Two bodies meet as often as both send somebody, each event counting with its modality's ties. Posts meet
    those of other countries only: at home they serve one chain of command.

    Parameters
    ----------
    attending : people of each holder at the delivery, shape (rows,)
    """
    holders, n = state.holders, state.holders.n
    ties = factors(state.values.at(holders.run[given.holder]), given.activity, "ties")
    border = holders.kind[given.holder] >= HOLDER_KINDS.index("post")
    shared = (given.home < 1.0) | ~border
    rows = np.flatnonzero((ties > 0) & (attending > 0) & shared)
    rows = rows[np.argsort(given.event[rows], kind="stable")]
    per_event = np.unique(given.event[rows], return_counts=True)[1]
    size = np.repeat(per_event, per_event)
    first = np.repeat(np.cumsum(per_event) - per_event, per_event)
    mine = np.repeat(np.arange(len(rows)), size)
    theirs = np.repeat(first, size) + np.arange(len(mine)) - np.repeat(np.cumsum(size) - size, size)
    a, b = rows[mine], rows[theirs]
    u, v = given.holder[a], given.holder[b]
    apart = (u != v) & ~(border[a] & border[b] & (holders.country[u] == holders.country[v]))
    a, b, u, v = a[apart], b[apart], u[apart], v[apart]
    events = np.maximum(given.events[a], 1e-12)
    sent = np.minimum(attending[a] / events, 1.0) * np.minimum(attending[b] / events, 1.0)
    met = sums(u * n + v % max(1, n), ties[a] * given.events[a] * sent * QUARTERS, len(holders.key) * n)
    return met.reshape(-1, n) if n else np.zeros((0, 0))


def collided(given: Deliveries) -> B1:
    """Return whether another donor delivered the same activity to the same holder, shape (rows,)."""
    target = given.holder * ACTIVITIES + given.activity
    paid = given.donor >= 0
    most = int(given.donor.max(initial=0)) + 1
    distinct = np.unique(target[paid] * most + given.donor[paid]) // most
    donors = np.bincount(distinct, minlength=int(target.max(initial=0)) + 1)
    return np.asarray(donors[target] - paid > 0)
