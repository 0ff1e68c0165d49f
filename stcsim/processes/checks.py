"""End-use checks: before a licence, where they can stop a transfer, and after delivery, where they cannot.

A licensing authority checks a share ``c`` of its licences, chosen by risk: a bad end user is among them with
probability ``P(checked | bad) = 1 - Phi(Phi^-1(1 - c) - d)``, and ``d`` grows with its competence in
verifying end use. A check finds out a bad end user with the hit share. A hit before the licence refuses it.
One after delivery changes nothing about the goods: it makes the transfer known, and works by what follows
from that where refusal has a consequence.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from stcsim.actors.vocabulary import COMPETENCES, FATES
from stcsim.draws import F8, I8, Draws
from stcsim.processes.border import DELIVERED, days_to_diversion
from stcsim.processes.fates import settle, waiting
from stcsim.processes.licensing import issue
from stcsim.processes.listed import may_act
from stcsim.processes.rows import held
from stcsim.state.populations import B1, DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

VERIFICATION = COMPETENCES.index("end_use_verification")
_ENDED = np.array([fate in ("completed", "released_clock") for fate in FATES])
FIRST_DAY = 7.0
"""Days after delivery before which no check is made: no shorter than a step, so that none is missed."""


def step_checks(state: State, draws: Draws, when: When) -> None:
    """Spend the hours of checks, decide those before a licence, complete diversions, check after delivery."""
    licences = licences_a_year(state)
    before, after = checks_a_year(state, licences)
    _spend(state, when, before, after, licences)
    _before_licence(state, draws, when, before)
    rows = waiting(state.cases, "delivered", when.end)
    settle(state.cases, rows, "completed", state.cases.due[rows].copy())
    _after_delivery(state, draws, when, after)


def licences_a_year(state: State) -> F8:
    """Return the licences from which checks are chosen, 1/yr, shape (countries,); none without a law."""
    countries = state.countries
    a_year = countries.applications * countries.strain[:, DRIVE_INDEX["applications"]]
    return np.where(countries.law[:, LAW_INDEX["export"]], a_year, 0.0)


def checks_a_year(state: State, licences: F8) -> tuple[F8, F8]:
    """Return checks before a licence and after delivery that are done now, 1/yr, shape (countries,) each.

    After delivery the register's share of licences is checked whatever is arranged. Both need a licensing
    authority and shrink with its working time.

    Parameters
    ----------
    licences : licences from which checks are chosen, 1/yr, shape (countries,)
    """
    countries, compiled = state.countries, state.compiled
    able = held(state.holders.available, countries.authority)
    usual = state.at(countries).checks.coverage * licences
    return compiled.prelicence * able, (compiled.postshipment + usual) * able


def share_checked(a_year: F8, licences: F8) -> F8:
    """Return the share of licences that is checked, c; a check needs a licence."""
    return np.asarray(np.minimum(a_year / np.maximum(licences, 1.0), 1.0))


def chance_checked(share: F8, separation: F8) -> F8:
    """Return P(checked | bad end user) when a share of licences is checked, chosen with separation d."""
    return np.asarray(ndtr(separation + ndtri(share)))


def _found(state: State, draws: Draws, stream: str, rows: I8, a_year: F8) -> B1:
    """Return whether each consignment of a bad end user is checked and found out, shape (n,)."""
    country = state.cases.country[rows]
    authority = state.countries.authority[country]
    p = state.values.at(state.cases.run[rows]).checks
    there = np.flatnonzero(authority >= 0)
    skill = np.zeros(len(rows))
    skill[there] = state.holders.competence[authority[there], VERIFICATION]
    share = share_checked(a_year[country], licences_a_year(state)[country])
    chance = chance_checked(share, p.targeting_base + p.targeting_slope * skill) * p.hit_share
    return np.asarray(draws.uniform(stream, 0, state.cases.key[rows]) < chance)


def _before_licence(state: State, draws: Draws, when: When, a_year: F8) -> None:
    """Refuse what one of `a_year` checks finds out, issue the other licences."""
    cases = state.cases
    rows = waiting(cases, "prelicence", when.end)
    if not len(rows):
        return
    found = _found(state, draws, "check_before", rows, a_year)
    found &= may_act(state, rows, cases.country[rows])
    hit = rows[found]
    settle(cases, hit, "stopped_prelicence", cases.due[hit].copy())
    issue(state, draws, rows[~found])
    state.ledger.add("checks_unfavourable", when.month, cases.run[hit])


def _after_delivery(state: State, draws: Draws, when: When, a_year: F8) -> None:
    """Find out licensed deliveries on the keyed day within a year of delivery on which a check would come.

    Parameters
    ----------
    a_year : checks after delivery that each country makes, 1/yr, shape (countries,)
    """
    cases = state.cases
    rows = cases.current()
    if cases.filed is not None:
        rows = np.concatenate([rows, cases.filed])
    rows = rows[(cases.licensed[rows] & (cases.discovered[rows] == np.inf)).nonzero()[0]]
    delivered = cases.stage[rows] == DELIVERED
    rows = rows[(delivered | _ENDED[cases.fate[rows]]).nonzero()[0]]
    if not len(rows):
        return
    day = _check_day(state, draws, rows)
    now = ((day >= when.day) & (day < when.end)).nonzero()[0]
    rows, day = rows[now], day[now]
    if not len(rows):
        return
    found = _found(state, draws, "check_after", rows, a_year)
    hit = rows[found]
    cases.discover(hit, day[found])
    state.ledger.add("checks_unfavourable", when.month, cases.run[hit])


def _check_day(state: State, draws: Draws, rows: I8) -> F8:
    """Return the keyed day on which a check of each delivery would come, worked out once, shape (n,)."""
    cases = state.cases
    if cases.count > len(cases.check_day):
        more = np.full(2 * cases.count - len(cases.check_day), np.nan)
        cases.check_day = np.concatenate([cases.check_day, more])
    new = rows[np.isnan(cases.check_day[rows])]
    if len(new):
        last = np.where(cases.stage[new] == DELIVERED, cases.due[new], cases.fate_day[new])
        arrived = last - days_to_diversion(state, draws, new)
        u = draws.uniform("check_day", 0, cases.key[new])
        cases.check_day[new] = arrived + FIRST_DAY + (YEAR_DAYS - FIRST_DAY) * u
    return cases.check_day[rows]


def followed_up(state: State, rows: I8) -> B1:
    """Return whether anybody acts on what a check found out after delivery, shape (n,).

    Where refusal has no consequence, results are filed and the party gets its next licence: that they had
    little effect on later licensing is what GAO-04-357 found.
    """
    country = state.cases.country[rows]
    return np.asarray(state.countries.law[country, LAW_INDEX["refusal_has_consequence"]])


def _spend(state: State, when: When, before: F8, after: F8, licences: F8) -> None:
    """Count the checks of the step and charge their hours to the licensing authority.

    Parameters
    ----------
    before, after : checks before a licence and after delivery, 1/yr, shape (countries,)
    licences : licences from which they are chosen
    """
    countries, compiled = state.countries, state.compiled
    p = state.at(countries).checks
    before, after = np.minimum(before, licences) * when.dt, np.minimum(after, licences) * when.dt
    each_after = np.where(compiled.postshipment_hours > 0, compiled.postshipment_hours, p.hours_each)
    hours = before * compiled.prelicence_hours + after * each_after
    at = (countries.authority >= 0).nonzero()[0]
    authority = countries.authority[at]
    state.holders.hours_before[authority] += hours[at]
    state.ledger.spend("checks", when.month, authority, hours[at])
    state.ledger.add("checks_done", when.month, countries.run, before + after)
