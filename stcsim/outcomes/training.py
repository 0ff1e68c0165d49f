"""Whom training reaches, what of it is captured, and what is kept when people leave."""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import COMPONENTS
from stcsim.draws import F8, I8
from stcsim.outcomes.outcome import outcome, outcomes
from stcsim.outcomes.tables import Tables, ratio
from stcsim.processes.audiences import EQUIPMENT, HOURS, people
from stcsim.processes.rows import sums
from stcsim.processes.trainers import institutionalised as kept_by_units
from stcsim.state.populations import B1, HOLDER_KINDS
from stcsim.state.state import YEAR_DAYS

QUARTER_DAYS = YEAR_DAYS // 4
ENOUGH = 0.5
"""A body counts as reached when at least this share of its people, counted at each event anew, took part."""
DELIVERED: dict[str, tuple[str, ...]] = {
    "in_person": ("in_person", "workshop", "consultation"),
    "coaching": ("coaching",),
    "online": ("webinar", "e_learning", "social_media"),
}
"""Ways of delivering by the modalities that they cover."""
WAY_WORDS: dict[str, str] = {"in_person": "in person", "coaching": "by coaching", "online": "online"}
_COURSE: B1 = ~EQUIPMENT
_PRACTICES = COMPONENTS.index("practices")


def _taught(tables: Tables) -> I8:
    """Rows of activities in the counted time at which somebody was taught, sets of equipment left out."""
    rows = tables.delivered
    return rows[_COURSE[tables.state.activities.activity[rows]]]


def _reached(tables: Tables, body: B1) -> F8:
    """Share of bodies, among those chosen by a mask of shape (holders,), whose people took part."""
    holders, rows = tables.state.holders, _taught(tables)
    activities = tables.state.activities
    part = np.bincount(activities.holder[rows], weights=activities.people[rows], minlength=len(holders.key))
    size = people(tables.state)
    working = body & (size > 0)
    reached = working & (part >= ENOUGH * size)
    return ratio(tables.by_run(holders.run[reached]), tables.by_run(holders.run[working]))


@outcome(label="bodies reached by training", unit="share", better="higher", undefined="where there are none")
def bodies_reached(tables: Tables) -> F8:
    """Share of national bodies, posts and patrols of whose people at least half took part in training."""
    return _reached(tables, tables.state.holders.country >= 0)


@outcome(
    label="checkpoints reached by training", unit="share", better="higher", undefined="where there are none"
)
def posts_reached(tables: Tables) -> F8:
    """Share of checkpoints and patrols of whose people at least half took part in training."""
    return _reached(tables, tables.state.holders.kind >= HOLDER_KINDS.index("post"))


@outcome(label="classes of actors reached", unit="classes", better="higher")
def classes_reached(tables: Tables) -> F8:
    """Roles of agencies, kinds of partners, posts and patrols that training reaches, mean of quarters."""
    state, rows = tables.state, _taught(tables)
    activities, holders = state.activities, state.holders
    at_border = holders.kind >= HOLDER_KINDS.index("post")
    kind = np.where(at_border, len(state.roles) + holders.kind, holders.role)
    classes = len(state.roles) + len(HOLDER_KINDS)
    quarter = ((activities.day[rows] - tables.first) // QUARTER_DAYS).astype(np.int64)
    quarters = max(1, -(-(tables.end - tables.first) // QUARTER_DAYS))
    cell = (activities.run[rows] * quarters + np.clip(quarter, 0, quarters - 1)) * classes
    some = np.unique(cell + kind[activities.holder[rows]])
    return tables.by_run(some // (classes * quarters)) / quarters


@outcome(label="hours in training", unit="hours", better="none")
def training_hours(tables: Tables) -> F8:
    """Hours of participants in activities of assistance."""
    activities, rows = tables.state.activities, tables.delivered
    hours = activities.people[rows] * HOURS[activities.activity[rows]]
    return tables.by_run(activities.run[rows], hours)


@outcomes(
    "captured_per_participant",
    WAY_WORDS,
    label="captured at once per participant {}",
    unit="dose",
    better="higher",
    undefined="where nobody took part",
)
def captured_per_participant(tables: Tables, way: str) -> F8:
    """Dose captured at once, over all components, of one participant {}."""
    activities, rows = tables.state.activities, _taught(tables)
    mine = np.array([a.modality in DELIVERED[way] for a in CATALOGUE])[activities.activity[rows]]
    rows = rows[mine]
    run = activities.run[rows]
    return ratio(tables.by_run(run, activities.captured[rows]), tables.by_run(run, activities.people[rows]))


@outcome(label="knowledge kept when people leave", unit="share", better="higher")
def institutionalised(tables: Tables) -> F8:
    """Share of leavers' knowledge and skills that their units keep at the end, over what roles use."""
    holders = tables.state.holders
    weight: Any = holders.uses * np.minimum(holders.staff_base, 1.0)[:, None]
    rows = np.repeat(holders.run, weight.shape[1])
    kept = (kept_by_units(tables.state) * weight).reshape(-1)
    return np.nan_to_num(ratio(tables.by_run(rows, kept), tables.by_run(rows, weight.reshape(-1))))


@outcome(label="trainers of their own", unit="people", better="none")
def own_trainers(tables: Tables) -> F8:
    """Active trainers of bodies at the end, counted by what they know."""
    holders = tables.state.holders
    return tables.by_run(holders.run, holders.trainers.sum(axis=1))


@outcome(
    label="practices in use: best against worst country",
    unit="share",
    better="lower",
    undefined="with fewer than two countries",
)
def practices_gap(tables: Tables) -> F8:
    """Captured practices of the country that has most less those of the one that has least, at the end."""
    holders, countries = tables.state.holders, tables.state.countries
    weight: Any = holders.uses * np.minimum(holders.staff_base, 1.0)[:, None]
    at_home = holders.country >= 0
    home, total = holders.country[at_home], len(countries.key)
    used = sums(home, weight[at_home].sum(axis=1), total)
    held: Any = (holders.captured[:, :, _PRACTICES] * weight).sum(axis=1)[at_home]
    mean = ratio(sums(home, held, total), used).reshape(tables.runs, -1)
    working = np.isfinite(mean)
    most = np.where(working, mean, -np.inf).max(axis=1, initial=-np.inf)
    least = np.where(working, mean, np.inf).min(axis=1, initial=np.inf)
    return np.where(working.sum(axis=1) > 1, most - least, np.nan)


@outcome(
    label="trust between officials and others",
    unit="share",
    better="higher",
    undefined="where there are no partners",
)
def ties_across_sectors(tables: Tables) -> F8:
    """Mean trust between agencies and partners outside government, at the end."""
    holders = tables.state.holders
    partner = holders.kind == HOLDER_KINDS.index("partner")
    agency = holders.kind == HOLDER_KINDS.index("agency")
    staffed = holders.staff_base > 0
    total, pairs = np.zeros(tables.runs), np.zeros(tables.runs)
    for r in range(tables.runs):
        rows = np.arange(r * holders.n, (r + 1) * holders.n)
        of, to = rows[agency[rows] & staffed[rows]], rows[partner[rows] & staffed[rows]]
        trust = np.concatenate(
            [
                holders.trust[np.ix_(of, to % max(1, holders.n))].ravel(),
                holders.trust[np.ix_(to, of % max(1, holders.n))].ravel(),
            ]
        )
        total[r], pairs[r] = np.bincount(np.zeros(len(trust), dtype=np.int64), trust, 1)[0], len(trust)
    return ratio(total, pairs)
