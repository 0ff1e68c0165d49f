"""Donors in a quarter: money arrives, needs are seen, activities are planned, delivered and paid."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.draws import F8, I8, Draws
from stcsim.processes.audiences import HOURS, Audiences, audiences, people
from stcsim.processes.crowding import step_crowding
from stcsim.processes.delivery import (
    QUARTERS,
    Deliveries,
    absorbed,
    captured_doses,
    collided,
    dose_rates,
    exchanged,
    meeting_rates,
    of_plans,
    of_programmes,
    price_factor,
)
from stcsim.processes.graduation import giving, hand_over, step_graduation
from stcsim.processes.matching import note_matching
from stcsim.processes.modalities import loads
from stcsim.processes.perception import assessors, scores, step_memory, write_reports
from stcsim.processes.planning import commit, turns
from stcsim.processes.rows import sums
from stcsim.state import State, When
from stcsim.state.populations import B1, DRIVE_INDEX


def step_donors(state: State, draws: Draws, when: When) -> None:
    """Plan and deliver the quarter's assistance, at the step that opens the quarter.

    Donors' own plans and the programmes of mechanisms alike become dose rates of the quarter, rows of
    activities, hours of participants and money in the ledger.
    """
    if not when.quarter_starts:
        return
    size = people(state)
    given = of_programmes(state, size, when.quarter)
    hosting: F8 = np.zeros(len(state.holders.key))
    paid: F8 = np.zeros((0, state.countries.n))
    if len(state.donors.key):
        step_crowding(state, 1 / QUARTERS)
        step_graduation(state, when.day)
        gives = giving(state, when.day)
        _receive(state, gives)
        paid = hand_over(state, when.day, 1 / QUARTERS)
        step_memory(state, gives, 1 / QUARTERS)
        offered = audiences(state, size, when.quarter)
        taken = _plan(state, draws, when, offered, size, gives)
        given = of_plans(state, offered, taken, size).joined(given)
        hosting = _hosting(state, gives, size)
    absorbing = absorbed(state, given)
    if len(state.donors.key):
        home = state.holders.country[given.holder]
        write_reports(state, gives, home[home >= 0], given.activity[home >= 0])
    # who stays away spends no hours and meets nobody; the dose is cut by the same share where it is taken up
    filled = state.holders.attends_courses[given.holder]
    attending = size[given.holder] * given.share * given.events * absorbing * filled
    state.holders.dose[:], state.holders.capture_shift[:] = dose_rates(state, given, absorbing)
    state.holders.dose += exchanged(state)
    state.holders.met[:] = meeting_rates(state, given, attending)
    _record(state, when, given, attending, hosting, paid)
    if len(state.donors.key):
        note_matching(state, when, given, size)


def _receive(state: State, gives: B1) -> None:
    """A quarter of the yearly budget, strained by shocks in the countries that the donor works in.

    The part for a country that the donor has left is saved.
    """
    donors, countries = state.donors, state.countries
    strain = countries.strain[:, DRIVE_INDEX["training_money"]].reshape(countries.runs, -1)[donors.run]
    total, number = np.zeros(len(donors.key)), np.zeros(len(donors.key))
    for c in range(countries.n):
        total += strain[:, c] * gives[:, c]
        number += donors.works_in[:, c]
    donors.balance += donors.budget / QUARTERS * total / np.maximum(number, 1.0)


def _plan(state: State, draws: Draws, when: When, offered: Audiences, size: F8, gives: B1) -> B1:
    donors, countries, runs = state.donors, state.countries, state.runs
    room: Any = np.broadcast_to(state.at(countries).capacity.absorption, countries.key.shape)
    experts: Any = state.at(donors).donors.experts_events_per_quarter
    prices = price_factor(state)
    taken = commit(
        scores(state, draws, when, offered, size, gives),
        offered.cost.reshape(runs, -1),
        offered.spread.reshape(runs, -1, offered.spread.shape[1]),
        donors.balance / prices,
        np.broadcast_to(experts, donors.key.shape),
        room.reshape(runs, -1),
        loads(state.values.at(np.arange(runs)), runs),
        donors.sees_commitments,
        turns(donors.chairs, runs),
    )
    cost = offered.cost.reshape(runs, -1)[donors.run]
    which, option = np.nonzero(taken)
    donors.balance -= sums(which, cost[which, option] * prices[which], len(donors.key))
    return taken


def _hosting(state: State, gives: B1, size: F8) -> F8:
    """Hours of the quarter in which holders answer assessments, for each competence that they use."""
    holders = state.holders
    separate = np.append(assessors(state, gives), 0.0)[holders.country]
    hours = state.at(holders).donors.assessment_hours / QUARTERS
    used = np.bincount(np.nonzero(holders.uses)[0], minlength=len(holders.key))
    return np.asarray(hours * separate * used * (size > 0))


def _record(state: State, when: When, given: Deliveries, attending: F8, hosting: F8, handed_over: F8) -> None:
    """Add rows of activities, hours of participants and hosts, and money.

    National budgets count on aid of donors whose end they do not know of, and not on what is handed over.
    """
    holders, countries, donors = state.holders, state.countries, state.donors
    courses = sums(given.holder, attending * HOURS[given.activity], len(holders.key))
    holders.course_hours[:] = (courses + hosting) * QUARTERS
    run: I8 = holders.run[given.holder]
    if len(run):
        state.activities.append(
            run=run,
            day=float(when.day),
            donor=given.donor,
            holder=given.holder,
            activity=given.activity,
            cost=given.cost,
            people=attending,
            captured=captured_doses(state, given, attending),
            collided=collided(given),
        )
    paid = given.donor >= 0
    at_home = paid & (holders.country[given.holder] >= 0)
    home, cost = holders.country[given.holder[at_home]], given.cost[at_home]
    total = len(countries.key)
    countries.aid[:] = sums(home, cost, total) * QUARTERS
    countries.counted_on[:] = 0.0
    if donors.n:
        lasts = when.day < donors.announces[given.donor[at_home], home % countries.n]
        countries.counted_on[:] = sums(home[lasts], cost[lasts], total) * QUARTERS
        for d in range(donors.n):
            countries.aid += handed_over[d :: donors.n].reshape(-1) * QUARTERS
        each = donors.run.repeat(countries.n)
        state.ledger.add("cost_donor", when.month, each, handed_over.reshape(-1))
    for name, rows in (("cost_donor", paid), ("cost_national", ~paid)):
        state.ledger.add(name, when.month, run[rows], given.cost[rows])
    state.ledger.spend("assessment", when.month, slice(None), hosting)
