"""Programmes, own trainers and visits as arrays over one run's holders, and what they cost where they do."""

from __future__ import annotations

import numpy as np

from stcsim.actors.activity import ACTIVITY, CATALOGUE
from stcsim.actors.modality import MODALITY, Factor
from stcsim.actors.vocabulary import COMPETENCES
from stcsim.engine.plan import Names, Plan
from stcsim.parameters import Parameters
from stcsim.structure.arrangements import Arrangement, Cascade, Exchange, Programme, TrainerPool, only


def deliver(plan: Plan, programmes: list[Programme], names: Names, p: Parameters) -> None:
    """Activities for holders go to the capacity process; seminars for firms raise their outreach.

    Activities for holders are paid where they are delivered; seminars for firms, placebo events and what
    industry pays for here.
    """
    holder: list[int] = []
    activity: list[int] = []
    group: list[int] = []
    events: list[float] = []
    donor: list[int] = []
    fit: list[float] = []
    price: list[float] = []
    for number, a in enumerate(programmes):
        kind = ACTIVITY[a.activity]
        bodies = [names.holders[t] for t in a.targets if t in names.holders]
        groups = [names.groups[t] for t in a.targets if t in names.groups]
        payer = names.donors.get(a.payer, -1)
        suits, costs = 1.0, 1.0
        if not a.tailored:
            suits, costs = p.modalities.off_the_shelf_fit, 1.0 - p.modalities.off_the_shelf_saving
        way = MODALITY[kind.modality]
        money = a.events_per_year * p.donors.event_cost * kind.cost_factor * _factor(p, way.cost) * costs
        if bodies and kind.competences and a.payer in names.industry:
            plan.industry_money += money
            costs = 0.0
        if bodies and kind.competences:
            holder += bodies
            activity += [CATALOGUE.index(kind)] * len(bodies)
            group += [number] * len(bodies)
            events += [a.events_per_year] * len(bodies)
            donor += [payer] * len(bodies)
            fit += [suits] * len(bodies)
            price += [costs] * len(bodies)
            continue
        plan.pay(names, a.payer, money)
        firms = sum(names.group_sizes[g] for g in groups)
        if "firms" in kind.audiences and firms:
            # Nobody learns the same twice at one event, and not everybody who is asked takes part.
            seats = min(p.donors.seats * _factor(p, way.seats) / firms, _factor(p, way.take_up))
            plan.outreach_seats[groups] += a.events_per_year * seats * _factor(p, way.dose) * suits
            if kind.modality == "social_media":
                homes = {names.group_country[g] for g in groups}
                plan.advocacy[sorted(homes)] += a.events_per_year / len(homes)
    plan.programme_holder = np.array(holder, dtype=np.int64)
    plan.programme_activity = np.array(activity, dtype=np.int64)
    plan.programme_group = np.array(group, dtype=np.int64)
    plan.programme_events = np.array(events, dtype=np.float64)
    plan.programme_donor = np.array(donor, dtype=np.int64)
    plan.programme_fit = np.array(fit, dtype=np.float64)
    plan.programme_price = np.array(price, dtype=np.float64)


def teach(plan: Plan, held: dict[type, list[Arrangement]], names: Names, p: Parameters) -> None:
    """Trainers to be trained, paid by the workshop, and visits, each in both directions."""
    for cascade in only(Cascade, held[Cascade]):
        host = names.holders.get(cascade.host, -1)
        columns = [COMPETENCES.index(c) for c in cascade.competences]
        if host >= 0 and columns:
            plan.trainers_trained[host, columns] += cascade.trainers_per_year / len(columns)
            plan.teach_back[host, columns] |= cascade.teach_back
            workshops = cascade.trainers_per_year / p.trainers.seats
            plan.pay(names, cascade.payer, workshops * p.donors.event_cost)
    for pool in only(TrainerPool, held[TrainerPool]):
        home = names.holder_country[names.holders[pool.trainer]] if pool.trainer in names.holders else -1
        if home >= 0:
            columns = [COMPETENCES.index(c) for c in pool.competences]
            plan.pool[home, columns] += pool.events_per_year / max(1, len(columns))
    visits = [
        a for a in only(Exchange, held[Exchange]) if a.first in names.holders and a.second in names.holders
    ]
    first = [names.holders[a.first] for a in visits]
    second = [names.holders[a.second] for a in visits]
    people = np.array([a.visits_per_year * a.visitors for a in visits], dtype=np.float64)
    plan.exchange_from = np.array(first + second, dtype=np.int64)
    plan.exchange_to = np.array(second + first, dtype=np.int64)
    plan.exchange_people = np.concatenate([people, people])


def _factor(p: Parameters, given: Factor) -> float:
    return float(getattr(p.modalities, given)) if isinstance(given, str) else given
