"""Licensing: handling time, the queue, and the review that may see a false end user.

Time = lognormal handling + referral + dispute + wait, with wait = backlog / service rate. Work and staff
vary as AR(1) on their logarithms: at thousands of cases a year a plain M/M/c queue never queues until it
explodes (that law stays a theory test). Service = staff x availability x (E / E_0)^.5, normalised so that
the start has the register's load. The review separates a false end user from a true one by signal
detection, N(0,1) against N(d',1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from stcsim.actors.vocabulary import COMPETENCES, WAYS
from stcsim.draws import F8, I8, U64, Draws, exponential, mix
from stcsim.parameters.licensing import LicensingParameters
from stcsim.processes.fates import settle, waiting
from stcsim.processes.listed import may_act
from stcsim.processes.rows import held, powered
from stcsim.state.events import STAGES
from stcsim.state.populations import DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

REVIEW = COMPETENCES.index("licensing_review")
DAYS_TO_SHIP = 14.0
"""Mean days from a licence to the border, exponential. Assumed."""
HEEDS_DENIAL = 0.5
"""Chance that an authority follows a denial by another state without having promised to. Assumed."""
TRIAGE_REVIEW = 0.7
"""Factor on d' of the review while the authority answers a flood with triage. Assumed."""
TRIAGE_SERVICE = 1.3
"""Factor on service while it does. Assumed; a backlog was cut by 40% in three months by dropping other
work (GAO-08-89)."""


def service(state: State) -> F8:
    """Return the applications that each licensing authority can handle now, 1/yr, shape (countries,)."""
    return _undisturbed(state) * _pace(state)


def _undisturbed(state: State) -> F8:
    """Return the applications that each authority can handle while it does not sort them, (countries,)."""
    countries, holders = state.countries, state.holders
    there = countries.authority >= 0
    at: Any = slice(None) if there.all() else there.nonzero()[0]
    row = countries.authority[at]
    p = state.values.at(countries.run[at]).licensing
    staff = (holders.staff.take(row) + holders.added_officers.take(row)) / np.maximum(
        holders.staff_base.take(row), 1e-9
    )
    skill = holders.competence[:, REVIEW].take(row) / np.maximum(
        holders.competence_start[:, REVIEW].take(row), 1e-9
    )
    start = countries.applications[at] / np.maximum(p.load, 1e-9)
    drive = (
        np.exp(countries.staff_noise[at])
        * staff
        * holders.available.take(row)
        / np.maximum(holders.available_start.take(row), 1e-9)
    )
    able = np.zeros(len(countries.key))
    able[at] = start * drive * powered(skill, p.competence_exponent)
    return able


def _pace(state: State) -> F8:
    """Return the factor of triage on the service of each authority, shape (countries,)."""
    return np.where(triaging(state), TRIAGE_SERVICE, 1.0)


def triaging(state: State) -> Any:
    """Whether each authority sorts its applications because its backlog is long."""
    countries = state.countries
    p = state.at(countries).licensing
    return countries.backlog > p.triage_backlog_days / YEAR_DAYS * countries.applications


def licence_days(state: State, draws: Draws, run: I8, country: I8, key: U64) -> F8:
    """Return calendar days from application to decision, shape (n,).

    Parameters
    ----------
    run, country : run and country row of each application
    key : keys of the applications
    """
    p = state.values.at(run).licensing
    return np.asarray(handling_days(draws, p, key) + wait_days(state)[country])


def handling_days(draws: Draws, p: LicensingParameters, key: U64) -> F8:
    """Return the days of handling, referral and dispute, without waiting, shape (n,).

    Parameters
    ----------
    p : numbers or one value per application
    """
    sigma = p.handling_sigma
    median = p.handling_days * np.exp(-sigma * sigma / 2)
    pace, referred, disputed, *more = draws.uniform(
        ("handling", "referred", "disputed", "referral", "dispute"), 0, key
    )
    referral, dispute = (exponential(u) for u in more)
    handling = median * np.exp(sigma * ndtri(pace))
    extra = np.where(referred < p.referral_share, p.referral_days * referral, 0.0)
    extra = extra + np.where(disputed < p.dispute_share, p.dispute_days * dispute, 0.0)
    return np.asarray(handling + extra)


def wait_days(state: State) -> F8:
    """Return days that the backlog adds now, shape (countries,)."""
    return _waits(state, service(state))


def _waits(state: State, able: F8) -> F8:
    """Return days that the backlog adds at a service of `able` applications a year, shape (countries,)."""
    return np.asarray(np.where(able > 0, state.countries.backlog / np.maximum(able, 1e-9) * YEAR_DAYS, 0.0))


def step_queue(state: State, draws: Draws, when: When) -> None:
    """Move work noise and backlog on by the step; add what arrived."""
    countries = state.countries
    p = state.at(countries).licensing
    if when.day % 7 == 0:
        memory = p.load_memory
        fresh = np.sqrt(1 - memory * memory)
        load, staff = _noise(state, draws, when.week)
        countries.load_noise[:] = memory * countries.load_noise + fresh * p.load_sd * load
        countries.staff_noise[:] = memory * countries.staff_noise + fresh * p.staff_sd * staff
    undisturbed = _undisturbed(state)
    able = undisturbed * _pace(state) * when.dt
    rush = countries.strain[:, DRIVE_INDEX["applications"]]
    work = (
        rush
        * countries.applications
        * when.dt
        * np.exp(countries.load_noise)
        * arrivals_relative(state, when)
    )
    countries.backlog[:] = np.maximum(countries.backlog + work - able, 0.0)
    countries.arrived[:] = 0.0
    expected = p.handling_days + p.referral_share * p.referral_days + p.dispute_share * p.dispute_days
    countries.licence_days[:] = expected + _waits(state, undisturbed * _pace(state))


@dataclass
class Noise:
    """Noise of load and of staff in some weeks, shape (2, weeks, countries); no week's is ever another."""

    first: int
    normal: F8


WEEKS_AHEAD = 13
"""Weeks of noise that are worked out at once."""


def _noise(state: State, draws: Draws, week: int) -> F8:
    """Return standard normal numbers for the load and the staff of each country, shape (2, countries)."""
    noise: Noise | None = state.noise
    if noise is None or not 0 <= week - noise.first < WEEKS_AHEAD:
        weeks = np.arange(week, week + WEEKS_AHEAD)[:, None]
        u = draws.uniform(("load", "staff"), weeks, state.countries.key[None, :])
        noise = state.noise = Noise(week, ndtri(u))
    return np.asarray(noise.normal[:, week - noise.first])


def arrivals_relative(state: State, when: When) -> F8:
    """Return the smoothed flow of applications relative to the start, shape (countries,)."""
    countries = state.countries
    flow = countries.arrived / max(when.dt, 1e-9)
    kept = np.exp(-when.dt * 4)
    countries.flow[:] = kept * countries.flow + (1 - kept) * flow
    return np.asarray(countries.flow / np.maximum(countries.applications, 1e-9))


def step_decisions(state: State, draws: Draws, when: When) -> None:
    """Decide the applications of networks that are due: refuse, check before licence, or issue."""
    cases = state.cases
    rows = waiting(cases, "licensing", when.end)
    if not len(rows):
        return
    country, key, run = cases.country[rows], cases.key[rows], cases.run[rows]
    refused = refuses(state, draws, rows)
    p = state.values.at(run).licensing
    returned = ~refused & (draws.uniform("returned", cases.returns[rows], key) < p.returned_share)
    day = cases.due[rows].copy()
    settle(cases, rows[refused], "refused", day[refused])
    if when.counted:
        state.licences.append(
            run=run,
            country=country,
            day=cases.born[rows],
            days=day - cases.born[rows],
            outcome=np.where(refused, 1, np.where(returned, 2, 0)),
            honest=np.zeros(len(rows), dtype=np.bool_),
            key=key,
        )
        state.ledger.add("licences", when.month, run)
        state.ledger.add("refusals", when.month, run[refused])
    # a returned application is made again: the time of one more handling
    again = rows[returned]
    if len(again):
        cases.returns[again] += 1
        made = mix(key[returned], cases.returns[again])
        cases.due[again] = day[returned] + licence_days(state, draws, run[returned], country[returned], made)
    on = rows[~refused & ~returned]
    checked = state.compiled.prelicence[cases.country[on]] > 0
    cases.stage[on[checked]] = STAGES.index("prelicence")
    issue(state, draws, on[~checked])


def issue(state: State, draws: Draws, rows: I8) -> None:
    """Let licensed goods go to the border."""
    cases = state.cases
    cases.licensed[rows] = True
    cases.stage[rows] = STAGES.index("border")
    cases.due[rows] = cases.due[rows] + DAYS_TO_SHIP * draws.clock("to_ship", cases.key[rows])


def refuses(state: State, draws: Draws, rows: I8) -> Any:
    """Whether the authority refuses each application of a network.

    It refuses a party on its list (a true item, read), and one that another state denied if it has promised
    not to undercut (else by chance; such promises are about listed goods); otherwise it sees through the end
    user with probability ``1 - Phi(t - d')``, where ``t`` gives the share of honest applications that are
    refused by mistake. For unlisted goods it needs the catch-all.
    """
    cases, holders = state.cases, state.holders
    country = cases.country[rows]
    p = state.values.at(cases.run[rows]).licensing
    authority = state.countries.authority[country]
    front = cases.front[rows]
    local = np.maximum(authority, 0) % max(1, holders.n)
    fronts, key = state.fronts, cases.key[rows]
    same = front >= 0
    if fronts.n and holders.n:
        same &= fronts.generation[front] == cases.generation[rows]
        known = fronts.known_until[front, local] > cases.due[rows]
        denied = fronts.denied_until[front, local] > cases.due[rows]
        bound = state.countries.law[country, LAW_INDEX["no_undercut"]]
        heeds = ~cases.unlisted[rows] & (bound | (draws.uniform("undercut", 0, key) < HEEDS_DENIAL))
        same &= known | fronts.listed[front] | (denied & heeds)
    listed = same
    honest_end_user = cases.way[rows] == WAYS.index("after_delivery")
    skill = np.where(triaging(state)[country], TRIAGE_REVIEW, 1.0) * (
        p.review_base + p.review_slope * held(holders.competence[:, REVIEW], authority)
    )
    skill = skill / state.values.at(cases.run[rows]).adversary.deceit_skill
    # an end user who is real gives the review less to see: half the separation
    skill = np.where(honest_end_user, skill / 2, skill)
    chance = 1 - ndtr(ndtri(1 - p.false_refusal) - skill)
    seen = draws.uniform("review", 0, cases.key[rows]) < chance
    return (authority >= 0) & (listed | seen) & may_act(state, rows, country)
