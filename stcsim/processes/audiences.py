"""Whom an activity of the catalogue suits, who can come, and how far the seats of one event go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import COMPETENCES, PILLARS
from stcsim.draws import F8, I8, U64, keys_of
from stcsim.processes.rows import sums
from stcsim.state import State
from stcsim.state.populations import B1, HOLDER_KINDS

ACTIVITIES = len(CATALOGUE)
ACTIVITY_KEYS: U64 = keys_of([a.name for a in CATALOGUE])
PILLAR: I8 = np.array([PILLARS.index(a.pillar) for a in CATALOGUE])
HOURS: F8 = np.array([a.hours for a in CATALOGUE], dtype=np.float64)
EQUIPMENT: B1 = np.array([a.modality == "equipment" for a in CATALOGUE])
COST_FACTOR: F8 = np.array([a.cost_factor for a in CATALOGUE])

_TAUGHT = [(i, COMPETENCES.index(c)) for i, a in enumerate(CATALOGUE) for c in a.competences]
TAUGHT_BY: I8 = np.array([i for i, _ in _TAUGHT])
"""Activities of the pairs of activity and competence that it raises, sorted, shape (pairs,)."""
TAUGHT: I8 = np.array([c for _, c in _TAUGHT])
"""Their competences, shape (pairs,)."""
WEIGHT: F8 = np.array([np.array(CATALOGUE[i].components) / len(CATALOGUE[i].competences) for i, _ in _TAUGHT])
"""Share of an activity's dose that each component of the competence gets: a course that covers several
competences shares it out, shape (pairs, 4)."""

HOSTS: tuple[str, ...] = (
    "licensing_authority",
    "trade_ministry",
    "customs_headquarters",
    "foreign_affairs",
)
"""Roles of the bodies that answer a donor and say whom to invite."""


@lru_cache(maxsize=16)
def suits(roles: tuple[str, ...]) -> B1:
    """Return whether the audience of an activity names holders of a kind and role, shape (kinds, roles, A).

    Posts and stretches are named as such, agencies and partners by their role.
    """
    made = np.zeros((len(HOLDER_KINDS), len(roles), ACTIVITIES), dtype=np.bool_)
    for a, activity in enumerate(CATALOGUE):
        for k, kind in enumerate(HOLDER_KINDS):
            for r, role in enumerate(roles):
                named = kind if kind in ("post", "stretch") else role
                made[k, r, a] = named in activity.audiences
    return made


def people(state: State) -> F8:
    """Return the people of each holder who work on strategic trade control, shape (holders,)."""
    return np.minimum(state.holders.staff, state.at(state.holders).capacity.unit_staff)


def known_to_hosts(state: State) -> B1:
    """Return the holders that a host in their country can invite, shape (holders,).

    Nobody invites whom it does not recognise; posts and stretches are known to their own service.
    """
    holders = state.holders
    n = holders.n
    answering = np.array([r in HOSTS for r in state.roles], dtype=np.bool_)
    agency = (holders.kind == 0) & (holders.country >= 0) & (holders.staff_base > 0)
    hosts = np.flatnonzero(answering[holders.role] & agency)
    which, met = np.nonzero(holders.recognises[hosts])
    seen = np.zeros(len(state.countries.key) * n, dtype=np.bool_)
    seen[holders.country[hosts][which] * n + met] = True
    own = holders.country * n + np.arange(len(holders.key)) % n
    at_border = (holders.kind == HOLDER_KINDS.index("post")) | (holders.kind == HOLDER_KINDS.index("stretch"))
    return np.asarray(at_border | (seen[np.maximum(own, 0)] & (holders.country >= 0)))


def price(equipment: Any, event_cost: Any, equipment_cost: Any, factor: Any) -> F8:
    """Return the cost of an event, or of a set of equipment, thousand USD."""
    return np.asarray(factor * np.where(equipment, equipment_cost, event_cost))


def share_of_unit(equipment: Any, seats: Any, attending: F8, units: F8) -> F8:
    """Return how far one event serves each unit that attends: seats over people, or one set over units.

    Parameters
    ----------
    equipment : whether it is a set of equipment
    seats : of one event
    attending : people of all units that attend
    units : how many units attend
    """
    served = np.where(equipment, 1.0, seats) / np.maximum(np.where(equipment, units, attending), 1e-9)
    return np.asarray(np.where(units > 0, np.minimum(served, 1.0), 0.0))


@dataclass(frozen=True)
class Audiences:
    """What donors can offer, one option per country and activity, and who would come.

    The option of activity `a` in the country of row `c` is ``c * ACTIVITIES + a``; all runs together have N.

    Parameters
    ----------
    holder, activity : pairs of holder and activity that it would attend, shape (n,)
    option : option of each pair, shape (n,)
    attending, units : people and holders of each option, shape (N,)
    share : how far one event serves each holder, shape (N,)
    cost : of one event, thousand USD, shape (N,)
    spread : share of each kind among the holders that it reaches, shape (N, kinds)
    """

    holder: I8
    activity: I8
    option: I8
    attending: F8
    units: F8
    share: F8
    cost: F8
    spread: F8


def audiences(state: State, size: F8) -> Audiences:
    """Return who can be reached by what: staffed, suited, known to a host, and using what is taught.

    Parameters
    ----------
    size : people of each holder, shape (holders,)
    """
    holders = state.holders
    open_to = (holders.country >= 0) & (size > 0) & known_to_hosts(state)
    suited = suits(state.roles)[holders.kind, holders.role] & open_to[:, None]
    used = np.zeros((len(holders.key), ACTIVITIES), dtype=np.bool_)
    for activity, competence in _TAUGHT:
        used[:, activity] |= holders.uses[:, competence]
    holder, activity_ = np.nonzero(suited & used)
    option = holders.country[holder] * ACTIVITIES + activity_
    total = len(state.countries.key) * ACTIVITIES
    attending, units = sums(option, size[holder], total), sums(option, np.ones(len(option)), total)
    kinds = len(HOLDER_KINDS)
    of_kind = sums(option * kinds + holders.kind[holder], np.ones(len(option)), total * kinds)
    equipment = np.tile(EQUIPMENT, len(state.countries.key))
    p = state.at(state.countries).donors
    return Audiences(
        holder=holder,
        activity=activity_,
        option=option,
        attending=attending,
        units=units,
        share=share_of_unit(equipment, per_option(p.seats), attending, units),
        cost=price(
            equipment,
            per_option(p.event_cost),
            per_option(p.equipment_cost),
            np.tile(COST_FACTOR, len(state.countries.key)),
        ),
        spread=of_kind.reshape(total, kinds) / np.maximum(units, 1.0)[:, None],
    )


def per_option(value: Any) -> Any:
    """Return a value of countries as their options see it."""
    return np.repeat(value, ACTIVITIES) if isinstance(value, np.ndarray) else value
