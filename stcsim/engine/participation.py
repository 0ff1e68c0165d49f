"""Participation: who takes part in what it is invited to, as far as its staff and its country's money go.

A body gives at most ``meeting_share`` of its working hours to convenings, so it attends a share ``min(1,
able / asked)`` of them. A convening in another country, and a share of those and of the courses at home,
costs a trip: a country affords the share ``min(1, funding + support / need)`` of its bodies' trips, where
support is outside money for taking part. Who is absent spends no hours and is met by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stcsim.draws import F8
from stcsim.engine.plan import Plan
from stcsim.processes.hours import SMALLEST_STAFF
from stcsim.processes.rows import sums
from stcsim.processes.sustainment import of_holders
from stcsim.state.state import State


@dataclass(frozen=True)
class Attendance:
    """Shares of what holders are invited to that they take part in, shape (holders,) each.

    Parameters
    ----------
    free : of the hours that it is asked for, before anybody has to travel
    home, away : of convenings at home, and of those in another country
    courses : of the places in courses that are meant for them
    whole : of all together, a year's courses weighing as much as one convening
    travel : thousand USD a year that each run's countries themselves spend on trips to convenings, shape
        (runs,)
    """

    free: F8
    home: F8
    away: F8
    courses: F8
    whole: F8
    travel: F8


def attendance(state: State, plans: Sequence[Plan]) -> Attendance:
    """Return who takes part, from one plan per run."""
    holders, countries = state.holders, state.countries
    p = state.at(holders).coordination
    asked = np.concatenate([q.meeting_hours + q.away_hours for q in plans])
    trips = np.concatenate([q.trips for q in plans])
    able = p.meeting_share * p.hours_per_fte * np.maximum(holders.staff, SMALLEST_STAFF)
    free = np.minimum(1.0, able / np.maximum(asked, 1e-9))
    travelling = trips * p.trip_cost
    need_each = np.where(holders.staff_base > 0, p.home_trips_cost + travelling, 0.0)
    at_home = holders.country >= 0
    need = sums(holders.country[at_home], need_each[at_home], len(countries.key))
    support = np.concatenate([q.participation_money for q in plans])
    own = of_holders(np.minimum(countries.funding, 1.0), holders.country)
    afforded = np.minimum(1.0, countries.funding + support / np.maximum(need, 1e-9))
    trip = of_holders(afforded, holders.country)
    courses = 1.0 - p.trips_share * (1.0 - trip)
    home, away = free * courses, free * trip
    per_year = np.concatenate([q.convenings for q in plans])
    whole = (home * (per_year - trips) + away * trips + courses) / (per_year + 1.0)
    spent = np.where(at_home, travelling * free * own, 0.0)
    return Attendance(free, home, away, courses, whole, sums(holders.run, spent, state.runs))
