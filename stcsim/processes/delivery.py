"""From events to doses: who attends, what reaches them, what it costs and how many hours it takes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.audiences import (
    ACTIVITIES,
    COST_FACTOR,
    EQUIPMENT,
    TAUGHT,
    WEIGHT,
    Audiences,
    price,
    share_of_unit,
    suits,
)
from stcsim.processes.perception import lessons
from stcsim.processes.rows import sums
from stcsim.state import State
from stcsim.state.populations import B1, HOLDER_KINDS

UNSUITED = 0.5
"""Fit of an activity for a holder that its audience does not name. Assumed."""
QUARTERS = 4
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
    entry, local = np.nonzero(taken.reshape(state.runs, donors.n, -1)[run, :, within])
    holder, option = offered.holder[entry], offered.option[entry]
    donor = run[entry] * donors.n + local
    ones = np.ones(len(entry))
    return Deliveries(
        event=option * donors.n + local,
        holder=holder,
        activity=offered.activity[entry],
        donor=donor,
        events=ones,
        share=offered.share[option],
        fit=ones,
        cost=offered.cost[option] * (size[holder] / offered.attending[option]),
        home=ones,
    )


def of_programmes(state: State, size: F8) -> Deliveries:
    """Return what programmes of mechanisms deliver in a quarter to the holders that they name.

    Each event of a programme is shared over all its holders, so a programme for many posts reaches each of
    them in part. Money for it comes on top of what donors plan with.
    """
    c, holders = state.compiled, state.holders
    manned = size[c.programme_holder] > 0
    holder, activity = c.programme_holder[manned], c.programme_activity[manned]
    events = c.programme_events[manned] / QUARTERS
    _, group = np.unique(c.programme_group[manned], return_inverse=True)
    people = size[holder]
    programmes = int(group.max(initial=-1)) + 1
    attending, units = sums(group, people, programmes), sums(group, np.ones(len(group)), programmes)
    national = group * (len(state.countries.key) + 1) + holders.country[holder] + 1
    compatriots = sums(national, people, programmes * (len(state.countries.key) + 1))
    p = state.values.at(holders.run[holder]).donors
    suited = suits(state.roles)[holders.kind[holder], holders.role[holder], activity]
    cost = price(EQUIPMENT[activity], p.event_cost, p.equipment_cost, COST_FACTOR[activity])
    return Deliveries(
        event=group,
        holder=holder,
        activity=activity,
        donor=c.programme_donor[manned],
        events=events,
        share=share_of_unit(EQUIPMENT[activity], p.seats, attending[group], units[group]),
        fit=np.where(suited, 1.0, UNSUITED),
        cost=cost * events * (people / attending[group]),
        home=compatriots[national] / attending[group],
    )


def absorbed(state: State, given: Deliveries) -> F8:
    """Return how much of each delivery is absorbed: ``min(1, A / load)``, shape (rows,).

    A body that is asked to more than it can absorb sends fewer people to each. The load of a country and kind
    of holder are the activities that reach it in the quarter, an event shared by several countries counting
    with the part of its people that come from there. International bodies have no such load.
    """
    holders = state.holders
    place = holders.country[given.holder] * _KINDS + holders.kind[given.holder]
    places = len(state.countries.key) * _KINDS
    # One row of each event stands for all that reach the same kind in the same country.
    _, first = np.unique(given.event * (places + 1) + np.maximum(place, -1) + 1, return_index=True)
    first = first[place[first] >= 0]
    load = sums(place[first], (given.events * given.home)[first], places)
    room = state.values.at(holders.run[given.holder]).capacity.absorption
    full = np.minimum(1.0, room / np.maximum(load[np.maximum(place, 0)], 1e-9)) if places else 1.0
    return np.where(place >= 0, full, 1.0)


def dose_rates(state: State, given: Deliveries, absorbing: F8) -> F8:
    """Return the dose rates that the quarter's deliveries amount to, 1/yr, shape (holders, 9, 4).

    ``D = gain * fit * min(1, seats / people) * min(1, A / load)`` per event, shared out over the activity's
    competences and weighted by its components; spread evenly over the quarter.

    Parameters
    ----------
    absorbing : how much of each delivery is absorbed, shape (rows,)
    """
    holders = state.holders
    gain: Any = state.values.at(holders.run[given.holder]).capacity.gain_per_seat
    dose = gain * given.fit * given.share * given.events * absorbing * QUARTERS
    learnt = lessons(state, given.holder, given.activity)
    cells = holders.dose.shape[1] * holders.dose.shape[2]
    components = holders.dose.shape[2]
    cell = given.holder[learnt.entry] * cells + TAUGHT[learnt.taught] * components
    where = cell[:, None] + np.arange(components)[None, :]
    weights = dose[learnt.entry][:, None] * WEIGHT[learnt.taught]
    found = sums(where.reshape(-1), weights.reshape(-1), len(holders.key) * cells)
    return found.reshape(holders.dose.shape)


def collided(given: Deliveries) -> B1:
    """Return whether another donor delivered the same activity to the same holder, shape (rows,)."""
    target = given.holder * ACTIVITIES + given.activity
    paid = given.donor >= 0
    most = int(given.donor.max(initial=0)) + 1
    distinct = np.unique(target[paid] * most + given.donor[paid]) // most
    donors = np.bincount(distinct, minlength=int(target.max(initial=0)) + 1)
    return np.asarray(donors[target] - paid > 0)
