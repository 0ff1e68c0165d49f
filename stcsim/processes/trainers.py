"""Own trainers: those trained from outside teach at home and train the next generation, or never begin.

With T active trainers (counted by what they know), activation `a`, dilution `alpha`, `r` new trainers per
trainer in a generation of G years, and the share of those who could still become one::

    dT/dt = a I + ((r alpha a (1 - T / most) - 1) / G - leaving) T

so that without an intake I they multiply if and only if ``r alpha a > 1`` (and nobody leaves). Teaching goes
on for as long as there are trainers, whether or not the programme does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.activity import COMPONENT_WEIGHTS
from stcsim.draws import F8, Draws
from stcsim.processes.audiences import people
from stcsim.processes.rows import as_column, sums
from stcsim.state import State, When

QUARTER = 0.25
COURSE: F8 = np.array(COMPONENT_WEIGHTS["course"])
"""What trainers teach, as weights of knowledge, practices, skills and tools: a course's."""


def trainers_after(trainers: F8, intake: F8, growth: F8, dt: float) -> F8:
    """Return trainers after `dt` years of constant intake and growth: the exact solution of the linear law.

    Parameters
    ----------
    trainers : active ones now, any shape
    intake : new active trainers, 1/yr
    growth : 1/yr, negative where they die out
    """
    grown = np.exp(growth * dt)
    # expm1(x)/x stays exact where growth vanishes.
    safe = np.where(np.abs(growth) < 1e-9, 1.0, growth)
    gained = np.where(np.abs(growth) < 1e-9, dt, np.expm1(growth * dt) / safe)
    return np.asarray(np.maximum(trainers * grown + intake * gained, 0.0))


def step_trainers(state: State, draws: Draws, when: When) -> None:
    """Move trainers on by a quarter at its start, see whom they teach, and charge their hours."""
    holders, c = state.holders, state.compiled
    if not (c.trainers_trained.any() or holders.trainers.any()):
        return
    p = state.at(holders).trainers
    if when.quarter_starts:
        using = _users(state)
        activation = np.where(c.teach_back, as_column(p.activation_teach_back), as_column(p.activation))
        most = np.maximum(as_column(p.most) * using, 1e-9)
        room = np.maximum(1.0 - holders.trainers / most, 0.0)
        ratio = as_column(p.offspring) * as_column(p.dilution) * activation * room
        leaving: Any = state.at(holders).capacity.turnover * (1 - holders.institutionalised)
        growth = (ratio - 1.0) / as_column(p.generation) - as_column(leaving)
        trained = c.trainers_trained * (using > 0)
        now = trainers_after(holders.trainers, activation * trained, growth, QUARTER)
        holders.trainers[:] = np.minimum(now, most)
        holders.taught_at_home[:] = _taught(state, using)
    hours = holders.trainers.sum(axis=1) * p.hours * when.dt
    holders.hours_before += hours
    state.ledger.spend("duties", when.month, slice(None), hours)


def _by_country(state: State, values: F8) -> F8:
    """Sum a column of shape (holders, 9) over each country, and give it back to its holders; 0 abroad."""
    home, width = state.holders.country, values.shape[1]
    where = np.maximum(home, 0)[:, None] * width + np.arange(width)
    at_home = values * (home >= 0)[:, None]
    total = sums(where.reshape(-1), at_home.reshape(-1), len(state.countries.key) * width)
    return np.asarray(total.reshape(-1, width)[np.maximum(home, 0)] * (home >= 0)[:, None])


def _users(state: State) -> F8:
    """Return the people in a holder's country who use each competence, shape (holders, 9)."""
    return _by_country(state, state.holders.uses * people(state)[:, None])


def _taught(state: State, using: F8) -> F8:
    """Return the share of those who use a competence whom own trainers teach in a year, (holders, 9)."""
    learners = as_column(state.at(state.holders).trainers.learners) * _by_country(
        state, state.holders.trainers
    )
    share = np.minimum(learners / np.maximum(using, 1e-9), 1.0)
    return np.asarray(share * state.holders.uses)


def institutionalised(state: State) -> F8:
    """Return the share of what leavers know that stays, raised by teaching at home, shape (holders, 9)."""
    lift: Any = as_column(state.at(state.holders).trainers.institutional_lift)
    base = state.holders.institutionalised[:, None]
    return np.asarray(base + (1 - base) * lift * state.holders.taught_at_home)
