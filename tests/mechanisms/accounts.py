"""What arrangements cost a year, added up as the model does, for comparing mechanisms with each other."""

from __future__ import annotations

from collections.abc import Iterable

from stcsim.actors.activity import ACTIVITY
from stcsim.actors.modality import MODALITY
from stcsim.parameters import Parameters
from stcsim.structure.arrangements import (
    Arrangement,
    Budget,
    Cascade,
    Charge,
    Checks,
    Convening,
    FollowUp,
    Programme,
)

DEFAULTS = Parameters()


def convening_hours(meeting: Convening) -> float:
    """Hours of one member in one meeting: links between members add to them, or a lead organisation does."""
    n = len(meeting.members)
    c = DEFAULTS.coordination
    form = 1 + c.shared_link_hours * (n - 1) / 2 if meeting.form == "shared" else c.lead_factor
    return meeting.hours * form


def hours_a_year(arrangements: Iterable[Arrangement]) -> float:
    """Hours a year of everybody concerned, what is exchanged over channels aside."""
    total = 0.0
    for a in arrangements:
        match a:
            case Charge():
                total += a.hours_per_year
            case Convening():
                total += len(a.members) * a.per_year * convening_hours(a)
            case Checks():
                total += a.per_year * a.hours_each
            case FollowUp():
                total += len(a.targets) * a.hours_per_year
    return total


def money_a_year(arrangements: Iterable[Arrangement]) -> float:
    """Thousand US dollars a year, hours aside."""
    total = 0.0
    for a in arrangements:
        match a:
            case Charge():
                total += a.thousand_usd_per_year
            case Budget():
                total += a.thousand_usd_per_year
            case Programme():
                kind = ACTIVITY[a.activity]
                equipment = kind.modality == "equipment"
                each = DEFAULTS.donors.equipment_cost if equipment else DEFAULTS.donors.event_cost
                way = MODALITY[kind.modality].cost
                factor = getattr(DEFAULTS.modalities, way) if isinstance(way, str) else way
                cost = kind.cost_factor * factor * each
                total += a.events_per_year * cost
            case Cascade():
                total += a.trainers_per_year / DEFAULTS.trainers.seats * DEFAULTS.donors.event_cost
    return total


def once(arrangements: Iterable[Arrangement]) -> float:
    """Thousand US dollars at the start."""
    return sum(a.once_thousand_usd for a in arrangements if isinstance(a, Charge))


def cost_a_year(arrangements: Iterable[Arrangement], years: float = 5.0) -> float:
    """Thousand US dollars a year: hours at the register's wage, what is spent once spread over `years`."""
    found = list(arrangements)
    wage = DEFAULTS.coordination.wage / 1000.0
    return hours_a_year(found) * wage + money_a_year(found) + once(found) / years
