"""Whom an activity of the catalogue suits, who can come, and how far the seats of one event go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from stcsim.actors.activity import AT_BORDER, CATALOGUE
from stcsim.actors.vocabulary import COMPETENCES, PILLARS
from stcsim.draws import F8, I8, U64, keys_of, mix
from stcsim.processes.modalities import factors
from stcsim.processes.rows import sums
from stcsim.state import State
from stcsim.state.populations import B1, HOLDER_KINDS

ACTIVITIES = len(CATALOGUE)
ACTIVITY_KEYS: U64 = keys_of([a.name for a in CATALOGUE])
PILLAR: I8 = np.array([PILLARS.index(a.pillar) for a in CATALOGUE])
HOURS: F8 = np.array([a.hours for a in CATALOGUE], dtype=np.float64)
EQUIPMENT: B1 = np.array([a.modality == "equipment" for a in CATALOGUE])
COST_FACTOR: F8 = np.array([a.cost_factor for a in CATALOGUE])
LOCAL: B1 = np.array([a.level == "local" for a in CATALOGUE])
REGIONAL: B1 = np.array([a.level == "regional" for a in CATALOGUE])
DISTRICTS = 3
"""A local activity reaches one in so many of the bodies that it suits, others in the quarters after.
Assumed."""

TAUGHT_IN: I8 = np.full((ACTIVITIES, max(len(a.competences) for a in CATALOGUE)), -1)
"""Pairs of activity and competence (indices into `TAUGHT`) of each activity, -1 beyond, shape (A, most)."""
_EACH: I8 = np.arange(ACTIVITIES)
_TAUGHT = [(i, COMPETENCES.index(c)) for i, a in enumerate(CATALOGUE) for c in a.competences]
TAUGHT_BY: I8 = np.array([i for i, _ in _TAUGHT])
"""Activities of the pairs of activity and competence that it raises, sorted, shape (pairs,)."""
TAUGHT: I8 = np.array([c for _, c in _TAUGHT])
"""Their competences, shape (pairs,)."""
for _k, (_i, _) in enumerate(_TAUGHT):
    TAUGHT_IN[_i, np.argmax(TAUGHT_IN[_i] < 0)] = _k
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

    Posts and stretches are named as such, where they serve its mode of transport; agencies and partners by
    their role.
    """
    made = np.zeros((len(HOLDER_KINDS), len(roles), ACTIVITIES), dtype=np.bool_)
    for a, activity in enumerate(CATALOGUE):
        for k, kind in enumerate(HOLDER_KINDS):
            for r, role in enumerate(roles):
                border = kind in ("post", "stretch")
                named = (kind if border else role) in activity.audiences
                made[k, r, a] = named and (not border or role in AT_BORDER[activity.mode])
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


def visited(key: U64, activity: I8, quarter: int) -> B1:
    """Return whether an activity comes to a body in a quarter: always, or in turn where it is a local one.

    Parameters
    ----------
    key, activity : of the bodies and of what they would attend, of one shape
    """
    return _in_turn(activity, _turn(key, activity), quarter)


def _turn(key: U64, activity: I8) -> I8:
    return (mix(key, ACTIVITY_KEYS[activity]) >> np.uint64(32)).astype(np.int64)


def _in_turn(activity: I8, turn: I8, quarter: int) -> B1:
    return np.asarray(~LOCAL[activity] | ((turn + quarter) % DISTRICTS == 0))


@dataclass(frozen=True)
class Suited:
    """Pairs of holder and activity that suits it and teaches what it uses, which never change.

    Parameters
    ----------
    holder, activity : shape (n,)
    turn : by which a local activity comes to the holder, shape (n,)
    """

    holder: I8
    activity: I8
    turn: I8


def _suited(state: State) -> Suited:
    holders = state.holders
    used = np.zeros((len(holders.key), ACTIVITIES), dtype=np.bool_)
    for activity, competence in _TAUGHT:
        used[:, activity] |= holders.uses[:, competence]
    holder, activity_ = np.nonzero(suits(state.roles)[holders.kind, holders.role] & used)
    return Suited(holder, activity_, _turn(holders.key[holder], activity_))


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
    A regional activity is held in the country of its option and attended from all countries of the run.

    Parameters
    ----------
    holder, activity : pairs of holder and activity that it would attend, shape (n,); for a regional activity
        one for each country that may be its host
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


def audiences(state: State, size: F8, quarter: int = 0) -> Audiences:
    """Return who can be reached by what: staffed, suited, known to a host, and using what is taught.

    Parameters
    ----------
    size : people of each holder, shape (holders,)
    quarter : ordinal, by which local activities go round
    """
    holders = state.holders
    open_to = (holders.country >= 0) & (size > 0) & known_to_hosts(state)
    if state.suited is None:
        state.suited = _suited(state)
    suited: Suited = state.suited
    comes = open_to[suited.holder] & _in_turn(suited.activity, suited.turn, quarter)
    holder, activity_ = suited.holder[comes], suited.activity[comes]
    hosts = np.where(REGIONAL[activity_], state.countries.n, 1)
    first = np.where(
        REGIONAL[activity_], holders.run[holder] * state.countries.n, holders.country[holder]
    ) - np.append(0, np.cumsum(hosts)[:-1])
    holder, activity_ = np.repeat(holder, hosts), np.repeat(activity_, hosts)
    place = np.repeat(first, hosts) + np.arange(len(holder))
    option = place * ACTIVITIES + activity_
    # Nobody hosts a regional activity that has no audience of its own.
    own = np.zeros(len(state.countries.key) * ACTIVITIES, dtype=np.bool_)
    own[holders.country[holder] * ACTIVITIES + activity_] = True
    hosted = own[option]
    holder, activity_, option = holder[hosted], activity_[hosted], option[hosted]
    total = len(state.countries.key) * ACTIVITIES
    attending, units = sums(option, size[holder], total), sums(option, np.ones(len(option)), total)
    kinds = len(HOLDER_KINDS)
    of_kind = sums(option * kinds + holders.kind[holder], np.ones(len(option)), total * kinds)
    activities = np.tile(_EACH, len(state.countries.key))
    equipment = EQUIPMENT[activities]
    at = state.values.at(np.repeat(state.countries.run, ACTIVITIES))
    p = at.donors
    return Audiences(
        holder=holder,
        activity=activity_,
        option=option,
        attending=attending,
        units=units,
        share=share_of_unit(equipment, p.seats * factors(at, activities, "seats"), attending, units),
        cost=price(
            equipment,
            p.event_cost,
            p.equipment_cost,
            COST_FACTOR[activities] * factors(at, activities, "cost"),
        ),
        spread=of_kind.reshape(total, kinds) / np.maximum(units, 1.0)[:, None],
    )


def per_option(value: Any) -> Any:
    """Return a value of countries as their options see it."""
    return np.repeat(value, ACTIVITIES) if isinstance(value, np.ndarray) else value
