"""From one agency to the next: a case is lost, waits, or is opened twice before law enforcement works on it.

Where roles are unclear a referral is lost with probability ``lost (1 - clarity)``, and one that is not lost
opens a file at two agencies with probability ``twice (1 - clarity)``, which takes twice the hours and twice
the time to a decision; a joint team of two states keeps one file. The referral waits for an exponential time
with the rate ``1 / d + sum(lambda)``: the way of papers between strangers, and every channel from the agency
that has the case to law enforcement, be it a forum or an ad hoc tie. What law enforcement stopped itself does
not wait.
"""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import FATES
from stcsim.draws import F8, I8, Draws, exponential
from stcsim.processes.cross_border import agreed, home_of_network
from stcsim.state.events import LADDER
from stcsim.state.state import State, When

LOST, WAITING = LADDER.index("lost"), LADDER.index("waiting")
BY_POLICE = FATES.index("stopped_intelligence")
BY_CUSTOMS = FATES.index("interdicted_checkpoint")
TWICE = 2.0
"""Hours and time of a case on which two agencies work, relative to one."""


def referral_rate(state: State, rows: I8) -> F8:
    """Return the rate at which each referral reaches law enforcement, 1/day, shape (n,)."""
    cases = state.cases
    country = cases.country[rows]
    p = state.values.at(cases.run[rows]).cases
    by_customs = cases.fate[rows] == BY_CUSTOMS
    tied = np.where(
        by_customs, state.compiled.referral_customs[country], state.compiled.referral_licensing[country]
    )
    return np.asarray(1.0 / np.asarray(p.referral_days) + tied)


def open_cases(state: State, draws: Draws, when: When, rows: I8) -> None:
    """Refer what was stopped or found out to law enforcement; some is lost, some opened twice."""
    cases = state.cases
    key, run, country = cases.key[rows], cases.run[rows], cases.country[rows]
    p, home = state.values.at(run).cases, home_of_network(state, rows)
    unclear = 1 - state.countries.clarity[country]
    misread = np.where(agreed(state, country, home, "common_terms"), p.lost_in_translation, 0.0)
    loss, double, wait = draws.uniform(("referral_lost", "worked_twice", "referral_wait"), 0, key)
    lost = loss < p.lost_referral * unclear * (1 - misread)
    twice = ~lost & (double < p.worked_twice * unclear)
    twice &= ~agreed(state, country, home, "joint_protocol")
    days = exponential(wait) / referral_rate(state, rows)
    days = np.where(cases.fate[rows] == BY_POLICE, 0.0, days)
    cases.ladder[rows] = np.where(lost, LOST, WAITING)
    known = np.where(np.isfinite(cases.discovered[rows]), cases.discovered[rows], cases.fate_day[rows])
    cases.ladder_due[rows] = np.where(lost, np.inf, known + days)
    cases.effort[rows] = np.where(twice, TWICE, 1.0)
    ledger, sent = state.ledger, ~lost & (cases.fate[rows] != BY_POLICE)
    ledger.add("cases_opened", when.month, run)
    ledger.add("cases_lost", when.month, run[lost])
    ledger.add("cases_twice", when.month, run[twice])
    ledger.add("referrals", when.month, run[sent])
    ledger.add("referral_days", when.month, run[sent], days[sent])
