"""Hours: what coordinating takes is not there for anything else.

``a_h = 1 - hours_h / (1700 staff_h)`` is computed once a step and multiplies every output of a holder:
review, inspection, answering, investigating, collecting, sending, reading.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, Draws
from stcsim.state.populations import DRIVE_INDEX
from stcsim.state.state import State, When

LEAST = 0.05
"""A body that is wholly absorbed by coordinating still works this share of its time. Assumed."""
SMALLEST_STAFF = 0.5
"""A body has at least half a person, so that hours can be set against something, FTE."""


def step_hours(state: State, draws: Draws, when: When) -> None:
    """Set staff and availability for this step; book the hours of meetings and duties."""
    holders, c = state.holders, state.compiled
    set_staff(state)
    per_fte = state.at(holders).coordination.hours_per_fte
    people = np.maximum(holders.staff + added_staff(state), SMALLEST_STAFF)
    holders.hours[:] = c.meeting_hours + c.duty_hours + holders.hours_before / when.dt
    holders.available[:] = np.minimum(np.maximum(1 - holders.hours / (per_fte * people), LEAST), 1.0)
    holders.hours_before[:] = 0.0
    state.ledger.spend("meetings", when.month, slice(None), c.meeting_hours * when.dt)
    state.ledger.spend("duties", when.month, slice(None), c.duty_hours * when.dt)
    state.ledger.add_runs("cost_national", when.month, c.national_money * when.dt)
    state.ledger.add_runs("cost_donor", when.month, c.donor_money * when.dt)
    state.ledger.add_runs("donor_hours", when.month, c.donor_hours * when.dt)
    state.ledger.add_runs("cost_industry", when.month, c.industry_money * when.dt)


def set_staff(state: State) -> None:
    """Set staff to its base under the shocks in force; the structure is compiled from it."""
    holders = state.holders
    strain = state.countries.strain[:, DRIVE_INDEX["staff"]]
    if (strain == 1.0).all():
        np.multiply(holders.staff_base, holders.manning, out=holders.staff)
        return
    here = np.where(holders.country >= 0, strain.take(np.maximum(holders.country, 0)), 1.0)
    holders.staff[:] = holders.staff_base * here * holders.manning


def manned(own: F8, added: F8) -> F8:
    """Return the staff that works in a role, FTE, shape of both.

    Who is seconded stays away when a shock takes staff at home, where then nobody is left at worst.
    """
    return np.maximum(own + added, 0.0)


def added_staff(state: State) -> F8:
    """Return the staff that arrangements add to each holder, in all roles, FTE, shape (holders,)."""
    h = state.holders
    return h.added_inspectors + h.added_officers + h.added_investigators + h.added_analysts + h.added_liaison
