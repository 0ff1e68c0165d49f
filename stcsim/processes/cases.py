"""The case ladder: from a seizure or a discovery to a warning, a penalty, a prosecution, a conviction.

Stages multiply, so improving one alone saturates at the next. How a case gets to law enforcement is
`referral`, what states have agreed on is `cross_border`. The chance of a conviction is the register's slope
times competence in investigation, times the factor of the evidence protocol where the network sits abroad,
times the share of the caseload that there is time for. A conviction disrupts the network for a time.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES, FATES
from stcsim.draws import F8, I8, Draws, exponential
from stcsim.processes.checks import followed_up
from stcsim.processes.cross_border import (
    ADVERSARY,
    agreed,
    caseload,
    evidence_factor,
    evidence_level,
    home_of_network,
    pooled,
    skill_of,
)
from stcsim.processes.fates import settle, waiting
from stcsim.processes.hours import manned
from stcsim.processes.listed import may_act
from stcsim.processes.referral import WAITING, open_cases
from stcsim.processes.rows import held
from stcsim.state.events import IN_COURT, LADDER
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

INVESTIGATION = COMPETENCES.index("investigation")
NONE, REFERRED, WARNING = (LADDER.index(n) for n in ("none", "referred", "warning"))
ADMINISTRATIVE, PROSECUTION, CONVICTION, DISMISSED = (
    LADDER.index(n) for n in ("administrative", "prosecution", "conviction", "dismissed")
)
OPENED_BY = np.array([f in ("interdicted_checkpoint", "stopped_intelligence") for f in FATES])
"""Fates that open a case."""
DECISION_DAYS = 45.0
"""Mean days from its receipt to the decision what to do with a case, exponential. Assumed."""


def step_operations(state: State, draws: Draws, when: When) -> None:
    """Law enforcement acts on what it has read: it may stop what a known front ships before the border.

    This and licensing are all that reaches intangible transfers.
    """
    cases, fronts, holders = state.cases, state.fronts, state.holders
    rows = waiting(cases, "border", when.end)
    # one decision per case: in the step in which it comes due
    rows = rows[(cases.due.take(rows) >= when.day) & (cases.network.take(rows) >= 0)]
    rows = rows[state.countries.law_enforcement.take(cases.country.take(rows)) >= 0]
    if not len(rows) or not fronts.n:
        return
    run = cases.run[rows]
    police = state.countries.law_enforcement[cases.country[rows]]
    local, front = police % holders.n, cases.front[rows]
    mine = fronts.network.reshape(-1, fronts.n)[run] == cases.network[rows][:, None]
    watched = (fronts.network_known_until.reshape(-1, fronts.n, holders.n)[run, :, local] > when.day) & mine
    known = watched.any(axis=1)
    at = np.maximum(front, 0)
    known |= (
        (front >= 0)
        & (fronts.known_until[at, local] > when.day)
        & (fronts.generation[at] == cases.generation[rows])
    )
    if not known.any():
        return
    rows, run, police = rows[known], run[known], police[known]
    p = state.values.at(run).cases
    staff = manned(holders.staff, holders.added_investigators)[police] / np.maximum(
        holders.staff_base[police], 1e-9
    )
    able = holders.competence[police, INVESTIGATION] * holders.available[police] * np.minimum(staff, 2.0)
    hit = draws.uniform("operation", 0, cases.key[rows]) < p.operation_share * able
    hit &= may_act(state, rows, cases.country[rows])
    settle(cases, rows[hit], "stopped_intelligence", cases.due[rows[hit]])


def step_undeclared(state: State, draws: Draws, when: When) -> None:
    """Complete what crosses no checkpoint and was not stopped: intangible transfers, no posts."""
    cases = state.cases
    rows = waiting(cases, "border", when.end)
    rows = rows[cases.post.take(rows) < 0]
    settle(cases, rows, "completed", np.maximum(cases.due[rows], when.day))


def step_ladder(state: State, draws: Draws, when: When) -> None:
    """Open cases on what was stopped or found out, and take open ones up the ladder when they are due."""
    cases = state.cases
    rows = cases.current()
    ladder = cases.ladder.take(rows)
    new = rows[ladder == NONE]
    discovered = cases.discovered.take(new)
    stopped = OPENED_BY.take(cases.fate.take(new))
    found = ((discovered >= when.day) & (discovered < when.end)).nonzero()[0]
    if len(found):
        stopped[found] |= followed_up(state, new[found])
    on = rows[IN_COURT.take(ladder)]
    opened = new[stopped]
    if len(opened):
        open_cases(state, draws, when, opened)
        # what was opened just now may be due at once
        on = np.sort(np.concatenate([on, opened]))
    # what was taken up, or decided, just now may have its next turn in the same step
    for stage, take_on in ((WAITING, _receive), (REFERRED, _decide), (PROSECUTION, _convict)):
        due = on[(cases.ladder.take(on) == stage) & (cases.ladder_due.take(on) < when.end)]
        if len(due):
            take_on(state, draws, when, due)
    ladder = cases.ladder.take(on)
    open_ = on[(ladder == REFERRED) | (ladder == PROSECUTION)]
    state.countries.caseload[:] = caseload(state, open_)
    if state.networks.n and when.counted:
        stopped_for = np.minimum(np.maximum(state.networks.disrupted_until - when.day, 0.0), when.days)
        state.ledger.add("days_disrupted", when.month, state.networks.run, stopped_for)


def _receive(state: State, draws: Draws, when: When, rows: I8) -> None:
    """Let law enforcement take up referrals: it knows their fronts; one that two work on is decided later."""
    cases, fronts = state.cases, state.fronts
    if fronts.n:
        front = np.maximum(cases.front[rows], 0)
        # a front that was dropped meanwhile is no longer what was found out
        live = (cases.front[rows] >= 0) & (fronts.generation[front] == cases.generation[rows])
        np.minimum.at(fronts.first_known, front[live], cases.ladder_due[rows[live]])
    cases.ladder[rows] = REFERRED
    cases.ladder_due[rows] += (
        DECISION_DAYS * cases.effort[rows] * draws.clock("case_decision", cases.key[rows])
    )


def time_for_cases(state: State) -> F8:
    """Return the share of its caseload that law enforcement has time for, shape (countries,)."""
    countries, holders = state.countries, state.holders
    p = state.at(countries)
    working = manned(holders.staff, holders.added_investigators) * holders.available
    working = held(working, countries.law_enforcement)
    hours = p.coordination.hours_per_fte * working * INVESTIGATING_SHARE
    needed = countries.caseload * p.cases.hours_per_case
    return np.asarray(np.minimum(1.0, hours / np.maximum(needed, 1e-9)))


INVESTIGATING_SHARE = 0.25
"""Share of law enforcement's working time that goes into strategic trade cases. Assumed."""


def _decide(state: State, draws: Draws, when: When, rows: I8) -> None:
    """Warn, penalise, prosecute or dismiss."""
    cases, countries = state.cases, state.countries
    key, country, run = cases.key[rows], cases.country[rows], cases.run[rows]
    p = state.values.at(run).cases
    law = countries.law[country]
    home = home_of_network(state, rows)
    skill = skill_of(state, state.holders.competence[:, INVESTIGATION])
    skill = pooled(state, country, home, skill, np.maximum)
    time = pooled(state, country, home, time_for_cases(state), lambda own, other: (own + other) / 2)
    adversary = cases.origin[rows] == ADVERSARY
    level = evidence_level(state, country, home)
    chance = p.conviction_slope * skill * evidence_factor(level, country != home, p.cross_border_factor)
    chance = chance * time * law[:, LAW_INDEX["criminal_penalties"]]
    u, mild, wait = draws.uniform(("case_outcome", "case_mild", "conviction"), 0, key)
    prosecuted = adversary & (u < chance)
    warned = ~prosecuted & (mild < p.warning_share)
    fined = ~prosecuted & ~warned & (mild < p.warning_share + p.administrative_share)
    fined &= law[:, LAW_INDEX["administrative_penalties"]]
    step = np.where(
        prosecuted, PROSECUTION, np.where(warned, WARNING, np.where(fined, ADMINISTRATIVE, DISMISSED))
    )
    cases.ladder[rows] = step
    delay = np.asarray(p.conviction_delay) * YEAR_DAYS * exponential(wait)
    cases.ladder_due[rows] = np.where(prosecuted, cases.ladder_due[rows] + delay, np.inf)
    for name, which in (
        ("warnings", WARNING),
        ("administrative_penalties", ADMINISTRATIVE),
        ("prosecutions", PROSECUTION),
    ):
        state.ledger.add(name, when.month, run[step == which])


def _convict(state: State, draws: Draws, when: When, rows: I8) -> None:
    """Convict, and disrupt the networks behind it."""
    cases, networks = state.cases, state.networks
    cases.ladder[rows] = CONVICTION
    state.ledger.add("convictions", when.month, cases.run[rows])
    network = cases.network[rows]
    p = state.values.at(cases.run[rows]).cases
    country, home = cases.country[rows], home_of_network(state, rows)
    handed_over = (country == home) | agreed(state, country, home, "extradition")
    felt = np.where(handed_over, 1.0, p.disruption_in_absentia)
    until = cases.ladder_due[rows] + np.asarray(p.disruption) * felt * YEAR_DAYS
    np.maximum.at(networks.disrupted_until, network, until)
    cases.ladder_due[rows] = np.inf
