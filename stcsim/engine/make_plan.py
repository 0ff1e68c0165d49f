"""One arm's arrangements as a plan for one run: what `compile` puts together for all runs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, LAW
from stcsim.draws import I8
from stcsim.engine.convene import convene, edges_of
from stcsim.engine.deliver import deliver, teach
from stcsim.engine.plan import Names, Plan
from stcsim.parameters import Parameters
from stcsim.state.populations import LAW_INDEX
from stcsim.structure.arrangements import (
    Arrangement,
    Budget,
    Channel,
    Charge,
    Checks,
    Contact,
    Convening,
    FollowUp,
    Mandate,
    Planning,
    Post,
    Programme,
    Recognition,
    by_kind,
    only,
)

STAFF_COLUMN = {
    "inspector": "added_inspectors",
    "licensing_officer": "added_officers",
    "investigator": "added_investigators",
    "analyst": "added_analysts",
    "liaison": "added_liaison",
}


def make_plan(arrangements: Iterable[Arrangement], names: Names, p: Parameters) -> Plan:
    """Return the arrays of one arm's arrangements; identities that a run does not have are passed over.

    Parameters
    ----------
    arrangements : merged arrangements of one run
    p : parameters of the run, for hours of meetings and cost of events
    """
    held = by_kind(arrangements)
    n, m, d = len(names.holders), len(names.countries), len(names.donors)
    plan = Plan(
        *edges_of(only(Channel, held[Channel]), names),
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
        gatherings=[],
        recognises=_told(held, names),
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
            for a in only(Contact, held[Contact])
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
    convene(plan, only(Convening, held[Convening]), names, p)
    deliver(plan, only(Programme, held[Programme]), names, p)
    teach(plan, held, names, p)
    _rest(plan, held, names, p)
    return plan


def _told(held: dict[type, list[Arrangement]], names: Names) -> I8:
    """Return who is told of whom, shape (pairs, 2)."""
    pairs = [
        (names.holders[a.observer], names.holders[a.observed])
        for a in held[Recognition]
        if isinstance(a, Recognition) and a.observer in names.holders and a.observed in names.holders
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _rest(plan: Plan, held: dict[type, list[Arrangement]], names: Names, p: Parameters) -> None:
    """Law, staff, follow-up, checks, donors' planning, money and hours."""
    for law in only(Mandate, held[Mandate]):
        if law.country in names.countries:
            switch = plan.law_on if law.value else plan.law_off
            switch[names.countries[law.country], LAW_INDEX[law.topic]] = True
    for post in only(Post, held[Post]):
        if post.holder in names.holders:
            plan.added[STAFF_COLUMN[post.role]][names.holders[post.holder]] += post.staff
    for follow in only(FollowUp, held[FollowUp]):
        rows = [names.holders[t] for t in follow.targets if t in names.holders]
        columns = [COMPETENCES.index(c) for c in follow.competences]
        if rows and columns:
            plan.plan[np.ix_(rows, columns)] = 1.0
            plan.duty_hours[rows] += follow.hours_per_year
    for check in only(Checks, held[Checks]):
        home = names.holder_country[names.holders[check.agency]] if check.agency in names.holders else -1
        if home >= 0 and check.per_year > 0:
            before = plan.checks[check.kind][home]
            total = before + check.per_year
            hours = plan.check_hours[check.kind][home] * before + check.hours_each * check.per_year
            plan.check_hours[check.kind][home] = hours / total
            plan.checks[check.kind][home] = total
    for planning in only(Planning, held[Planning]):
        rows = [names.donors[i] for i in planning.donors if i in names.donors]
        plan.sees_commitments[rows] |= planning.sees_commitments
        plan.shared_priorities[rows] |= planning.shared_priorities
        plan.assessed[rows] |= planning.assessed
        plan.shared_assessment[rows] |= planning.shared_assessment
        plan.reports[rows] |= planning.reports
        if planning.chair in names.donors:
            plan.chairs[names.donors[planning.chair]] = True
    for budget in only(Budget, held[Budget]):
        plan.pay(names, budget.payer, budget.thousand_usd_per_year)
        home = names.holder_country[names.holders[budget.payee]] if budget.payee in names.holders else -1
        home = names.countries.get(budget.payee, home)
        if home >= 0 and budget.purpose == "upkeep":
            plan.upkeep_money[home] += budget.thousand_usd_per_year
        elif home >= 0 and budget.purpose == "capture":
            plan.capture_money[home] += budget.thousand_usd_per_year
        elif home >= 0 and budget.purpose == "participation":
            plan.participation_money[home] += budget.thousand_usd_per_year
    for charge in only(Charge, held[Charge]):
        if charge.payer in names.holders:
            plan.duty_hours[names.holders[charge.payer]] += charge.hours_per_year
        else:
            plan.pay(names, charge.payer, charge.hours_per_year * p.coordination.wage / 1000)
            if charge.payer in names.donors:
                plan.donor_hours += charge.hours_per_year
        plan.pay(names, charge.payer, charge.thousand_usd_per_year)
        if charge.once_thousand_usd:
            plan.once[(charge.payer, charge.reason)] = (
                charge.payer in names.donors,
                charge.once_thousand_usd,
            )
