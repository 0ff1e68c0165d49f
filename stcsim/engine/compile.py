"""Compile ad hoc ties and every run's plan into the arrays that processes read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, COMPETENCES, HANDLINGS
from stcsim.draws import F8, I8, Draws
from stcsim.engine.answers import answers_to_posts
from stcsim.engine.gatherings import clarifies, principals, recognise
from stcsim.engine.participation import Attendance, attendance
from stcsim.engine.plan import Plan
from stcsim.engine.ties import ad_hoc_ties
from stcsim.processes import champions
from stcsim.processes.belonging import speed_of_sharing
from stcsim.processes.detention import working
from stcsim.processes.hours import LEAST
from stcsim.processes.rows import held, sums
from stcsim.state.compiled import Compiled
from stcsim.state.populations import B1
from stcsim.state.state import YEAR_DAYS, State

OUTREACH = COMPETENCES.index("industry_outreach")


def apply_plans(state: State, draws: Draws, plans: Sequence[Plan], quarter: int = 0) -> None:
    """Set law, staff, recognition, donors' practice and the compiled structure from one plan per run.

    Parameters
    ----------
    plans : one for each stacked run
    quarter : ordinal, by which those who attend some convenings are at one or not
    """
    holders, countries, donors = state.holders, state.countries, state.donors
    on = np.concatenate([q.law_on for q in plans])
    off = np.concatenate([q.law_off for q in plans])
    countries.law[:] = (countries.law_base | on) & ~(off & ~on)
    for name in plans[0].added:
        getattr(holders, name)[:] = np.concatenate([q.added[name] for q in plans])
    holders.plan[:] = np.concatenate([q.plan for q in plans])
    if donors.n:
        donors.sees_commitments[:] = np.concatenate([q.sees_commitments for q in plans])
        donors.shared_priorities[:] = np.concatenate([q.shared_priorities for q in plans])
        donors.chairs[:] = np.concatenate([q.chairs for q in plans])
        donors.assessed[:] = np.concatenate([q.assessed for q in plans])
        donors.shared_assessment[:] = np.concatenate([q.shared_assessment for q in plans])
        donors.reports[:] = np.concatenate([q.reports for q in plans])
    taking = attendance(state, plans)
    recognise(state, draws, plans, taking, quarter)
    holders.attends[:] = taking.whole
    holders.attends_courses[:] = taking.courses
    state.compiled = _compiled(state, draws, plans, taking)


def _offset(plans: Sequence[Plan], name: str, step: int) -> I8:
    parts = [getattr(q, name) for q in plans]
    joined, lengths = np.concatenate(parts), [len(part) for part in parts]
    return np.where(joined >= 0, joined + np.repeat(np.arange(len(plans)) * step, lengths), -1)


def _joined(plans: Sequence[Plan], name: str) -> Any:
    return np.concatenate([getattr(q, name) for q in plans])


def _numbered(plans: Sequence[Plan]) -> I8:
    """Return numbers of programmes that are distinct over runs."""
    most = 1 + int(_joined(plans, "programme_group").max(initial=0))
    return _offset(plans, "programme_group", most)


def _compiled(state: State, draws: Draws, plans: Sequence[Plan], taking: Attendance) -> Compiled:
    holders, n = state.holders, state.holders.n
    ties = ad_hoc_ties(state, draws)
    k = len(ties.edge_from)
    u = np.concatenate([ties.edge_from, _offset(plans, "edge_from", n)])
    v = np.concatenate([ties.edge_to, _offset(plans, "edge_to", n)])
    delay = np.concatenate([ties.delay, _joined(plans, "edge_delay")])
    categories = np.concatenate([np.full(k, ties.categories), _joined(plans, "edge_categories")])
    handling = np.concatenate([np.full(k, ties.handling), _joined(plans, "edge_handling")])
    vetted = np.concatenate([np.zeros(k, dtype=np.bool_), _joined(plans, "edge_vetted")])
    answers = np.concatenate([np.zeros(k, dtype=np.bool_), _joined(plans, "edge_answers")])
    met = np.concatenate([np.zeros(k, dtype=np.bool_), _joined(plans, "edge_met")])
    out = np.concatenate([np.zeros(k, dtype=np.bool_), _joined(plans, "from_away")])
    back = np.concatenate([np.zeros(k, dtype=np.bool_), _joined(plans, "to_away")])
    hub = np.concatenate([np.full(k, -1), _offset(plans, "edge_hub", n)])
    arranged = np.arange(len(u)) >= k
    # stable order: by sender, receiver, then what the channel is, so that one more edge elsewhere changes
    # nothing
    order = np.lexsort((delay, _place(u * n + v % max(1, n), arranged, categories, handling, vetted)))
    u, v, delay, categories, handling = u[order], v[order], delay[order], categories[order], handling[order]
    vetted, answers, met, out, back, hub, arranged = (
        a[order] for a in (vetted, answers, met, out, back, hub, arranged)
    )
    staffed = (holders.staff[u] + holders.added_liaison[u] > 0) & (holders.staff[v] > 0)
    u, v, delay, categories, handling, vetted, answers, met, out, back, hub, arranged = (
        a[staffed]
        for a in (u, v, delay, categories, handling, vetted, answers, met, out, back, hub, arranged)
    )
    at = state.values.at(holders.run[u])
    delay = delay + np.where(vetted, at.information.vetting_delay_days, 0.0)
    trust = holders.trust[u, v % n] * champions.ties_now(state, u, v)
    yearly = YEAR_DAYS / delay
    convened = _joined(plans, "meeting_hours") * taking.home + _joined(plans, "away_hours") * taking.away
    share, hub_size = _senders_share(state, u, yearly, hub, met, convened)
    rate = yearly / YEAR_DAYS * trust * share
    rate = rate * _willing(state, u, v) * holders.exchange[u] * holders.exchange[v]
    rate = rate * speed_of_sharing(state, u, v)
    both = np.where(out, taking.away[u], taking.home[u]) * np.where(back, taking.away[v], taking.home[v])
    rate = rate * np.where(met, both, 1.0)
    hours = np.where(met, 0.0, at.coordination.exchange_hours / hub_size)
    home_u, home_v = holders.country[u], holders.country[v]
    days = np.where(rate > 0, 1 / np.maximum(rate, 1e-12), np.inf)
    asked = answers_to_posts(state, u, v, days, answers, arranged)
    whole = _joined(plans, "belonging") * taking.home + _joined(plans, "away_belonging") * taking.away
    convening = state.at(holders).coordination
    baseline = np.where(
        holders.staff_base > 0, convening.baseline_convenings * convening.convening_hours, 0.0
    )
    upkeep, capture = _joined(plans, "upkeep_money"), _joined(plans, "capture_money")
    shows, sees = _offset(plans, "exchange_from", n), _offset(plans, "exchange_to", n)
    # a visit needs both ends to have the hours; places are filled as in courses, where the dose is taken up
    shown = _joined(plans, "exchange_people") * taking.free[shows] * taking.free[sees]
    return Compiled(
        edge_from=u,
        edge_to=v,
        edge_rate=rate,
        edge_categories=categories,
        edge_handling=handling,
        edge_vetted=vetted,
        edge_crosses=home_u != home_v,
        edge_hours=np.asarray(hours, dtype=np.float64),
        edge_start=np.searchsorted(u, np.arange(len(holders.key) + 1)),
        answer_delay=asked.delay,
        answerer=asked.answerer,
        linked=asked.linked,
        reach_back=asked.skill,
        meetings=_meetings(state, plans, taking),
        meeting_hours=convened + baseline,
        belonging=whole,
        duty_hours=_joined(plans, "duty_hours"),
        principals=principals(state, plans, taking),
        clarifies=clarifies(state, plans, taking),
        referral_customs=_referrals(state, u, v, rate, state.countries.customs),
        referral_licensing=_referrals(state, u, v, rate, state.countries.authority),
        programme_holder=_offset(plans, "programme_holder", n),
        programme_activity=_joined(plans, "programme_activity"),
        programme_group=_numbered(plans),
        programme_events=_joined(plans, "programme_events"),
        programme_donor=_offset(plans, "programme_donor", state.donors.n),
        programme_fit=_joined(plans, "programme_fit"),
        programme_price=_joined(plans, "programme_price"),
        trainers_trained=_joined(plans, "trainers_trained"),
        teach_back=_joined(plans, "teach_back"),
        exchange_from=shows,
        exchange_to=sees,
        exchange_people=shown,
        advocacy=_joined(plans, "advocacy"),
        pool=_joined(plans, "pool"),
        outreach=_outreach(state, plans),
        contact=_contacts(state, plans),
        prelicence=np.concatenate([q.checks["pre_licence"] for q in plans]),
        postshipment=np.concatenate([q.checks["post_shipment"] for q in plans]),
        prelicence_hours=np.concatenate([q.check_hours["pre_licence"] for q in plans]),
        postshipment_hours=np.concatenate([q.check_hours["post_shipment"] for q in plans]),
        upkeep_money=upkeep,
        capture_money=capture,
        national_money=np.array([q.national_money for q in plans]) + taking.travel,
        donor_money=np.array([q.donor_money for q in plans]),
        donor_hours=np.array([q.donor_hours for q in plans]),
        industry_money=np.array([q.industry_money for q in plans]),
    )


def _place(pair: I8, arranged: B1, categories: I8, handling: I8, vetted: B1) -> I8:
    """Return one number for each channel that orders by all of these, the first one first."""
    kind = (pair << 1 | arranged) << len(CATEGORIES) | categories
    return (kind << len(HANDLINGS) | handling) << 1 | vetted


def _meetings(state: State, plans: Sequence[Plan], taking: Attendance) -> F8:
    """Return meetings a year in which both of a pair are there, shape (holders, n)."""
    n = state.holders.n
    found = np.zeros((state.runs, n, n))
    for r, q in enumerate(plans):
        if q.gatherings:
            home, away = (share[r * n : (r + 1) * n] for share in (taking.home, taking.away))
            mixed = q.mixed_meetings * home[:, None] * away
            both = q.meetings * home[:, None] * home + q.away_meetings * away[:, None] * away
            found[r] = both + (mixed + mixed.T)
    return found.reshape(state.runs * n, n)


def _willing(state: State, u: I8, v: I8) -> F8:
    """Return how willing the sender's country is to share with the receiver's, shape (E,).

    1 at home and with international bodies.
    """
    countries = state.countries
    home, other = state.holders.country[u], state.holders.country[v]
    between = (home >= 0) & (other >= 0)
    pair = np.where(between, home, 0), np.where(between, other, 0) % countries.n
    return np.where(between, countries.willing[pair], 1.0)


def _senders_share(state: State, u: I8, yearly: F8, hub: I8, met: Any, convened: F8) -> tuple[F8, F8]:
    """Return by how much each channel slows down since its sender has only so many exchanges, and hub sizes.

    ``lambda_uv <- lambda_uv min(1, Lambda_u a_u / sum_v lambda_uv)``; a hub's dispatch to all its members
    counts once. What passes at meetings counts nothing here; but who sits in them would else pass things on,
    so the hours that mechanisms convene for (`convened`, shape (holders,)) are taken from liaison.
    """
    holders = state.holders
    at = state.at(holders).information
    liaison = holders.staff * at.liaison_share + holders.added_liaison
    hours = state.at(holders).coordination.hours_per_fte * np.maximum(liaison, 1e-12)
    left = np.clip(1 - convened / hours, LEAST, 1.0)
    able = at.sender_capacity * liaison * holders.available_quarter * left
    own = hub == u
    size = np.bincount(u[own], minlength=len(holders.key))
    loose = np.bincount(u[~own & ~met], weights=yearly[~own & ~met], minlength=len(holders.key))
    fastest = np.zeros(len(holders.key))
    np.maximum.at(fastest, u[own], yearly[own])
    wanted = loose + fastest
    share = np.minimum(1.0, able / np.maximum(wanted, 1e-12))
    return np.where(met, 1.0, share[u]), np.where(own, np.maximum(size[u], 1), 1).astype(np.float64)


def _referrals(state: State, u: I8, v: I8, rate: F8, sender: I8) -> F8:
    """Return the rate of all channels from a body of each country to its law enforcement, 1/day."""
    home = state.holders.country[u]
    at = np.flatnonzero(home >= 0)
    at = at[(sender[home[at]] == u[at]) & (state.countries.law_enforcement[home[at]] == v[at])]
    return sums(home[at], rate[at], len(state.countries.key))


def _contacts(state: State, plans: Sequence[Plan]) -> F8:
    """Return how well firms are heard by whom they may tell: the best contact's working time, shape (firms,).

    0 where firms know nobody to tell.
    """
    groups, n = len(state.firm_groups), state.holders.n
    found = np.zeros(state.runs * groups)
    works = working(state.holders, state.holders.available_quarter) * (state.holders.staff > 0)
    for r, q in enumerate(plans):
        for group, holder in q.contacts:
            place = r * groups + group
            found[place] = max(found[place], works[r * n + holder])
    if not state.firms.n:
        return np.zeros(0)
    return np.asarray(found[state.firms.run * groups + state.firms.group])


def _outreach(state: State, plans: Sequence[Plan]) -> F8:
    """Return the outreach that programmes add to each firm: seats a year per firm, times what a seat teaches.

    Speakers teach in proportion to the host's competence in outreach against the start.
    """
    firms = state.firms
    if not firms.n:
        return np.zeros(0)
    groups = len(state.firm_groups)
    seats = np.concatenate([q.outreach_seats for q in plans]).take(firms.run * groups + firms.group)
    host = state.countries.authority
    now = held(state.holders.competence_quarter[:, OUTREACH], host, 1.0)
    start = held(state.holders.competence_start[:, OUTREACH], host, 1.0)
    skill = np.sqrt(now / np.maximum(start, 1e-9)).take(firms.country)
    return np.asarray(seats * state.at(firms).capacity.gain_per_seat * skill)
