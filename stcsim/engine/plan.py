"""One arm's arrangements as arrays over one run's holders: what `compile` puts together for all runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from stcsim.actors.activity import ACTIVITY, CATALOGUE
from stcsim.actors.modality import MODALITY, Factor
from stcsim.actors.vocabulary import CATEGORIES, COMPETENCES, HANDLINGS
from stcsim.draws import F8, I8
from stcsim.parameters import Parameters
from stcsim.state.populations import B1, LAW, LAW_INDEX
from stcsim.state.state import YEAR_DAYS
from stcsim.structure.arrangements import (
    Arrangement,
    Budget,
    Cascade,
    Channel,
    Charge,
    Checks,
    Contact,
    Convening,
    Exchange,
    FollowUp,
    Mandate,
    Planning,
    Post,
    Programme,
    Recognition,
    TrainerPool,
    only,
)

CHAIR_SHARE = 0.25
"""Hours that the chair of a lead-organisation meeting spends per other member, as a share of the meeting.
Assumed."""
STAFF_COLUMN = {
    "inspector": "added_inspectors",
    "licensing_officer": "added_officers",
    "investigator": "added_investigators",
    "analyst": "added_analysts",
    "liaison": "added_liaison",
}
ALL_CATEGORIES = (1 << len(CATEGORIES)) - 1
OPEN_AND_COMMERCIAL = (1 << HANDLINGS.index("open")) | (1 << HANDLINGS.index("commercial"))


@dataclass(frozen=True)
class Names:
    """Index of every identity within a run."""

    holders: Mapping[str, int]
    countries: Mapping[str, int]
    donors: Mapping[str, int]
    groups: Mapping[str, int]
    holder_country: tuple[int, ...]
    holder_kind: tuple[str, ...]
    group_sizes: tuple[int, ...]
    group_country: tuple[int, ...] = ()
    industry: frozenset[str] = frozenset()
    """Identities of industry associations, which pay with industry's money."""


@dataclass
class Plan:
    """Arrays over the holders (n), countries (m), donors (d) and groups of firms (g) of one run.

    Edge arrays have one entry a channel or pair that meets; `edge_delay` is in days at full trust,
    `edge_hub` the index of the hub whose dispatch it is part of (-1: none), `edge_met` whether it is a
    meeting (its hours are the meeting's), `from_away` and `to_away` whether that end is away there. Meetings,
    their hours and `belonging` (convenings of agencies and partners together) are apart for those at home and
    those away; `mixed_meetings` have the body at home in the row, the one away in the column. `convenings`
    are those a year that a holder is invited to, `trips` those of them for which it travels.
    """

    edge_from: I8
    edge_to: I8
    edge_delay: F8
    edge_categories: I8
    edge_handling: I8
    edge_vetted: B1
    edge_answers: B1
    edge_hub: I8
    edge_met: B1
    from_away: B1
    to_away: B1
    meetings: F8
    away_meetings: F8
    mixed_meetings: F8
    meeting_hours: F8
    away_hours: F8
    convenings: F8
    trips: F8
    belonging: F8
    away_belonging: F8
    duty_hours: F8
    principals: F8
    convened: list[frozenset[int]]
    convened_rate: list[float]
    recognises: list[tuple[int, int]]
    law_on: B1
    law_off: B1
    added: dict[str, F8]
    plan: F8
    programme_holder: I8
    programme_activity: I8
    programme_group: I8
    programme_events: F8
    programme_donor: I8
    programme_fit: F8
    programme_price: F8
    trainers_trained: F8
    teach_back: B1
    exchange_from: I8
    exchange_to: I8
    exchange_people: F8
    advocacy: F8
    pool: F8
    outreach_seats: F8
    contacts: list[tuple[int, int]]
    checks: dict[str, F8]
    check_hours: dict[str, F8]
    upkeep_money: F8
    capture_money: F8
    participation_money: F8
    national_money: float
    donor_money: float
    donor_hours: float
    industry_money: float
    sees_commitments: B1
    shared_priorities: B1
    assessed: B1
    shared_assessment: B1
    reports: B1
    chairs: B1
    once: dict[tuple[str, str], tuple[bool, float]]


def make_plan(arrangements: Iterable[Arrangement], names: Names, p: Parameters) -> Plan:
    """Return the arrays of one arm's arrangements; identities that a run does not have are passed over.

    Parameters
    ----------
    arrangements : merged arrangements of one run
    p : parameters of the run, for hours of meetings and cost of events
    """
    held = list(arrangements)
    n, m, d = len(names.holders), len(names.countries), len(names.donors)
    plan = Plan(
        *_edges(only(Channel, held), names),
        meetings=np.zeros((n, n)),
        away_meetings=np.zeros((n, n)),
        mixed_meetings=np.zeros((n, n)),
        meeting_hours=np.zeros(n),
        away_hours=np.zeros(n),
        convenings=np.zeros(n),
        trips=np.zeros(n),
        belonging=np.zeros(n),
        away_belonging=np.zeros(n),
        duty_hours=np.zeros(n),
        principals=np.zeros(m),
        convened=[],
        convened_rate=[],
        recognises=[
            (names.holders[a.observer], names.holders[a.observed])
            for a in only(Recognition, held)
            if a.observer in names.holders and a.observed in names.holders
        ],
        law_on=np.zeros((m, len(LAW)), dtype=np.bool_),
        law_off=np.zeros((m, len(LAW)), dtype=np.bool_),
        added={column: np.zeros(n) for column in STAFF_COLUMN.values()},
        plan=np.zeros((n, len(COMPETENCES))),
        programme_holder=np.zeros(0, dtype=np.int64),
        programme_activity=np.zeros(0, dtype=np.int64),
        programme_group=np.zeros(0, dtype=np.int64),
        programme_events=np.zeros(0),
        programme_donor=np.zeros(0, dtype=np.int64),
        programme_fit=np.zeros(0),
        programme_price=np.zeros(0),
        trainers_trained=np.zeros((n, len(COMPETENCES))),
        teach_back=np.zeros((n, len(COMPETENCES)), dtype=np.bool_),
        exchange_from=np.zeros(0, dtype=np.int64),
        exchange_to=np.zeros(0, dtype=np.int64),
        exchange_people=np.zeros(0),
        advocacy=np.zeros(m),
        pool=np.zeros((m, len(COMPETENCES))),
        outreach_seats=np.zeros(len(names.groups)),
        contacts=[
            (names.groups[a.group], names.holders[a.holder])
            for a in only(Contact, held)
            if a.group in names.groups and a.holder in names.holders
        ],
        checks={kind: np.zeros(m) for kind in ("pre_licence", "post_shipment")},
        check_hours={kind: np.zeros(m) for kind in ("pre_licence", "post_shipment")},
        upkeep_money=np.zeros(m),
        capture_money=np.zeros(m),
        participation_money=np.zeros(m),
        national_money=0.0,
        donor_money=0.0,
        donor_hours=0.0,
        industry_money=0.0,
        sees_commitments=np.zeros(d, dtype=np.bool_),
        shared_priorities=np.zeros(d, dtype=np.bool_),
        assessed=np.zeros(d, dtype=np.bool_),
        shared_assessment=np.zeros(d, dtype=np.bool_),
        reports=np.zeros(d, dtype=np.bool_),
        chairs=np.zeros(d, dtype=np.bool_),
        once={},
    )
    _convene(plan, only(Convening, held), names, p)
    _deliver(plan, only(Programme, held), names, p)
    _teach(plan, held, names, p)
    _rest(plan, held, names, p)
    return plan


def _edges(channels: list[Channel], names: Names) -> tuple[I8, I8, F8, I8, I8, B1, B1, I8, B1, B1, B1]:
    known = [
        c
        for c in channels
        if c.source in names.holders and c.target in names.holders and c.source != c.target
    ]
    whole = np.array
    return (
        whole([names.holders[c.source] for c in known], dtype=np.int64),
        whole([names.holders[c.target] for c in known], dtype=np.int64),
        whole([c.mean_delay_days for c in known], dtype=np.float64),
        whole([sum(1 << CATEGORIES.index(x) for x in c.categories) for c in known], dtype=np.int64),
        whole([sum(1 << HANDLINGS.index(x) for x in c.handling) for c in known], dtype=np.int64),
        whole([c.vetting for c in known], dtype=np.bool_),
        whole([c.answers for c in known], dtype=np.bool_),
        whole([names.holders.get(c.hub, -1) for c in known], dtype=np.int64),
        np.zeros(len(known), dtype=np.bool_),
        np.zeros(len(known), dtype=np.bool_),
        np.zeros(len(known), dtype=np.bool_),
    )


def _convene(plan: Plan, convenings: list[Convening], names: Names, p: Parameters) -> None:
    """Hours, meetings of pairs, and what is passed on at them.

    Among n members shared governance costs ``hours * (1 + link * (n - 1) / 2)`` each, a lead organisation
    ``hours * lead`` each and the chair a share per member more: the first grows with the n(n-1)/2 links,
    the second with n (Provan & Kenis 2008). Principals settle roles and priorities; files are passed on, and
    trust among those who handle them grows, at working level. Where several countries meet, the bodies of the
    chair's country are at home.
    """
    edges: list[tuple[int, int, float]] = []
    traveller: list[tuple[bool, bool]] = []
    for c in convenings:
        members = [names.holders[i] for i in c.members if i in names.holders]
        n = len(members)
        if n < 2 or c.per_year <= 0:
            continue
        if c.form == "shared":
            each = c.hours * (1 + p.coordination.shared_link_hours * (n - 1) / 2)
        else:
            each = c.hours * p.coordination.lead_factor
        rows = np.array(members)
        chair = names.holders.get(c.chair, -1)
        away = len({names.holder_country[i] for i in members} - {-1}) > 1
        host = names.holder_country[chair] if chair >= 0 else -1
        abroad = {i for i in (*members, chair) if away and (host < 0 or names.holder_country[i] != host)}
        guests = [i for i in members if i in abroad and names.holder_country[i] >= 0]
        plan.trips[guests] += c.per_year
        travels = np.array([i in abroad for i in members], dtype=np.bool_)
        here, there = rows[~travels], rows[travels]
        plan.convenings[rows] += c.per_year
        plan.meeting_hours[here] += each * c.per_year
        plan.away_hours[there] += each * c.per_year
        if c.form == "lead" and chair >= 0:
            hours = plan.away_hours if chair in abroad else plan.meeting_hours
            hours[chair] += c.hours * CHAIR_SHARE * (n - 1) * c.per_year
        if not c.content:
            continue
        if {names.holder_kind[i] for i in members} >= {"agency", "partner"}:
            plan.belonging[here] += c.per_year
            plan.away_belonging[there] += c.per_year
        plan.convened.append(frozenset(members))
        plan.convened_rate.append(c.per_year)
        if c.level == "principals":
            for home in {names.holder_country[i] for i in members} - {-1}:
                plan.principals[home] += c.per_year
            continue
        plan.meetings[np.ix_(here, here)] += c.per_year
        plan.away_meetings[np.ix_(there, there)] += c.per_year
        plan.mixed_meetings[np.ix_(here, there)] += c.per_year
        if c.form == "shared" or chair < 0:
            pairs = [(u, v) for u in members for v in members if u != v]
        else:
            pairs = [(u, v) for w in members if w != chair for u, v in ((chair, w), (w, chair))]
        edges.extend((u, v, YEAR_DAYS / c.per_year) for u, v in pairs)
        traveller.extend((u in abroad, v in abroad) for u, v in pairs)
    np.fill_diagonal(plan.meetings, 0.0)
    np.fill_diagonal(plan.away_meetings, 0.0)
    if edges:
        k = len(edges)
        plan.edge_from = np.concatenate([plan.edge_from, np.array([e[0] for e in edges], dtype=np.int64)])
        plan.edge_to = np.concatenate([plan.edge_to, np.array([e[1] for e in edges], dtype=np.int64)])
        plan.edge_delay = np.concatenate([plan.edge_delay, np.array([e[2] for e in edges])])
        plan.edge_categories = np.concatenate(
            [plan.edge_categories, np.full(k, ALL_CATEGORIES, dtype=np.int64)]
        )
        plan.edge_handling = np.concatenate(
            [plan.edge_handling, np.full(k, OPEN_AND_COMMERCIAL, dtype=np.int64)]
        )
        plan.edge_vetted = np.concatenate([plan.edge_vetted, np.zeros(k, dtype=np.bool_)])
        plan.edge_answers = np.concatenate([plan.edge_answers, np.zeros(k, dtype=np.bool_)])
        plan.edge_hub = np.concatenate([plan.edge_hub, np.full(k, -1, dtype=np.int64)])
        plan.edge_met = np.concatenate([plan.edge_met, np.ones(k, dtype=np.bool_)])
        ends = np.array(traveller, dtype=np.bool_)
        plan.from_away = np.concatenate([plan.from_away, ends[:, 0]])
        plan.to_away = np.concatenate([plan.to_away, ends[:, 1]])


def _deliver(plan: Plan, programmes: list[Programme], names: Names, p: Parameters) -> None:
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
        _pay(plan, names, a.payer, money)
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


def _teach(plan: Plan, held: list[Arrangement], names: Names, p: Parameters) -> None:
    """Trainers to be trained, paid by the workshop, and visits, each in both directions."""
    for cascade in only(Cascade, held):
        host = names.holders.get(cascade.host, -1)
        columns = [COMPETENCES.index(c) for c in cascade.competences]
        if host >= 0 and columns:
            plan.trainers_trained[host, columns] += cascade.trainers_per_year / len(columns)
            plan.teach_back[host, columns] |= cascade.teach_back
            workshops = cascade.trainers_per_year / p.trainers.seats
            _pay(plan, names, cascade.payer, workshops * p.donors.event_cost)
    for pool in only(TrainerPool, held):
        home = names.holder_country[names.holders[pool.trainer]] if pool.trainer in names.holders else -1
        if home >= 0:
            columns = [COMPETENCES.index(c) for c in pool.competences]
            plan.pool[home, columns] += pool.events_per_year / max(1, len(columns))
    visits = [a for a in only(Exchange, held) if a.first in names.holders and a.second in names.holders]
    first = [names.holders[a.first] for a in visits]
    second = [names.holders[a.second] for a in visits]
    people = np.array([a.visits_per_year * a.visitors for a in visits], dtype=np.float64)
    plan.exchange_from = np.array(first + second, dtype=np.int64)
    plan.exchange_to = np.array(second + first, dtype=np.int64)
    plan.exchange_people = np.concatenate([people, people])


def _factor(p: Parameters, given: Factor) -> float:
    return float(getattr(p.modalities, given)) if isinstance(given, str) else given


def _rest(plan: Plan, held: list[Arrangement], names: Names, p: Parameters) -> None:
    """Law, staff, follow-up, checks, donors' planning, money and hours."""
    for law in only(Mandate, held):
        if law.country in names.countries:
            switch = plan.law_on if law.value else plan.law_off
            switch[names.countries[law.country], LAW_INDEX[law.topic]] = True
    for post in only(Post, held):
        if post.holder in names.holders:
            plan.added[STAFF_COLUMN[post.role]][names.holders[post.holder]] += post.staff
    for follow in only(FollowUp, held):
        rows = [names.holders[t] for t in follow.targets if t in names.holders]
        columns = [COMPETENCES.index(c) for c in follow.competences]
        if rows and columns:
            plan.plan[np.ix_(rows, columns)] = 1.0
            plan.duty_hours[rows] += follow.hours_per_year
    for check in only(Checks, held):
        home = names.holder_country[names.holders[check.agency]] if check.agency in names.holders else -1
        if home >= 0 and check.per_year > 0:
            before = plan.checks[check.kind][home]
            total = before + check.per_year
            hours = plan.check_hours[check.kind][home] * before + check.hours_each * check.per_year
            plan.check_hours[check.kind][home] = hours / total
            plan.checks[check.kind][home] = total
    for planning in only(Planning, held):
        rows = [names.donors[i] for i in planning.donors if i in names.donors]
        plan.sees_commitments[rows] |= planning.sees_commitments
        plan.shared_priorities[rows] |= planning.shared_priorities
        plan.assessed[rows] |= planning.assessed
        plan.shared_assessment[rows] |= planning.shared_assessment
        plan.reports[rows] |= planning.reports
        if planning.chair in names.donors:
            plan.chairs[names.donors[planning.chair]] = True
    for budget in only(Budget, held):
        _pay(plan, names, budget.payer, budget.thousand_usd_per_year)
        home = names.holder_country[names.holders[budget.payee]] if budget.payee in names.holders else -1
        home = names.countries.get(budget.payee, home)
        if home >= 0 and budget.purpose == "upkeep":
            plan.upkeep_money[home] += budget.thousand_usd_per_year
        elif home >= 0 and budget.purpose == "capture":
            plan.capture_money[home] += budget.thousand_usd_per_year
        elif home >= 0 and budget.purpose == "participation":
            plan.participation_money[home] += budget.thousand_usd_per_year
    for charge in only(Charge, held):
        if charge.payer in names.holders:
            plan.duty_hours[names.holders[charge.payer]] += charge.hours_per_year
        else:
            _pay(plan, names, charge.payer, charge.hours_per_year * p.coordination.wage / 1000)
            if charge.payer in names.donors:
                plan.donor_hours += charge.hours_per_year
        _pay(plan, names, charge.payer, charge.thousand_usd_per_year)
        if charge.once_thousand_usd:
            plan.once[(charge.payer, charge.reason)] = (
                charge.payer in names.donors,
                charge.once_thousand_usd,
            )


def _pay(plan: Plan, names: Names, payer: str, thousand_usd: float) -> None:
    if payer in names.donors:
        plan.donor_money += thousand_usd
    elif payer in names.industry:
        plan.industry_money += thousand_usd
    else:
        plan.national_money += thousand_usd
