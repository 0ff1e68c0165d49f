"""Doubt: goods are held while somebody who knows is asked, and go when the law's clock runs out first.

The answer comes after an exponential time, the mean delay of the channel for answers over the working time
that the body asked, at home or abroad, has left. The clock is the law's; without the power to detain, customs
hold goods for a few days in practice. So a consignment is held ``min(answer, clock)``, with mean
``m (1 - exp(-c / m))``. An answer in time is right about a strategic good with probability ``Phi(d' - 1)``,
where ``d'`` grows with the competence of who answers.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from stcsim.draws import F8, I8, Draws
from stcsim.processes.border import let_through, seize
from stcsim.processes.fates import settle, waiting
from stcsim.processes.keeping import kept
from stcsim.processes.rows import held
from stcsim.state.events import STAGES
from stcsim.state.populations import B1, LAW_INDEX, Holders
from stcsim.state.state import State, When

DETAINED = STAGES.index("detained")
CRITERION = 1.0
"""Evidence above which a determination says "controlled", in standard deviations: one in six ambiguous goods
that are not controlled would pass it. Assumed."""
LEAST_AVAILABLE = 0.01
"""Working time below which an answer takes a hundred times as long, but comes."""
REFERENCE_COMPETENCE = 0.45
"""Competence at which `detained_by_mistake` holds."""


def working(h: Holders, available: F8) -> F8:
    """Return each holder's working time against its full staff's, at least a hundredth, shape (holders,).

    Who has lost half of its staff, or half of its time, answers half as fast.

    Parameters
    ----------
    available : share of working time left, shape (holders,)
    """
    staff = np.where(h.staff_base > 0, h.staff / np.maximum(h.staff_base, 1e-300), 1.0)
    return np.asarray(np.maximum(available * staff, LEAST_AVAILABLE))


def letter_days(state: State) -> F8:
    """Return the mean days to an answer from home where no channel is used, shape (posts,).

    A breakdown of exchanges slows letters as it slows channels.
    """
    asked = state.countries.technical[state.posts.country]
    exchange = held(state.holders.exchange, asked, 1.0) * state.holders.exchange[state.posts.holder]
    p = state.at(state.posts).detention
    return np.asarray(p.answer_days_without_channel / np.maximum(exchange, LEAST_AVAILABLE))


def answer_days(state: State) -> F8:
    """Return the mean days to a technical answer for each post, shape (posts,)."""
    channel, pace = state.compiled.answer_delay, working(state.holders, state.holders.available)
    days = kept(
        state,
        "answer_days",
        (channel, state.holders.exchange),
        lambda: np.where(np.isfinite(channel), channel, letter_days(state)),
    )
    return np.asarray(days / held(pace, state.compiled.answerer, 1.0))


def answered_share(state: State) -> F8:
    """Return the share of doubts that are answered before the clock runs out, shape (posts,).

    ``1 - exp(-c / m)`` with the clock c and the mean m of an exponential answer; none where nobody can be
    asked.
    """
    return _answered(state, answer_days(state), clock_days(state))


def _answered(state: State, answer: F8, clock: F8) -> F8:
    return np.where(can_ask(state), -np.expm1(-clock / answer), 0.0)


def clock_days(state: State) -> F8:
    """Return the days that each post may hold goods on doubt, shape (posts,)."""
    return kept(
        state,
        "clock_days",
        (state.countries.law, state.countries.detention_days, state.countries.extended_days),
        lambda: _clock_days(state),
    )


def _clock_days(state: State) -> F8:
    posts, countries = state.posts, state.countries
    p = state.at(posts).detention
    at = posts.country
    extends = countries.law[at, LAW_INDEX["extension"]]
    clock = np.where(extends, countries.extended_days[at], countries.detention_days[at])
    return np.where(countries.law[at, LAW_INDEX["detention"]], clock, p.hold_without_clock_days)


def can_ask(state: State) -> B1:
    """Return whether anybody could answer a post's doubt, shape (posts,)."""
    return np.asarray(state.compiled.answerer >= 0)


def mean_hold(answer: F8, clock: F8) -> F8:
    """Return the mean of ``min(A, clock)`` for exponential A with mean `answer`, in days."""
    return np.asarray(-answer * np.expm1(-clock / answer))


def mistaken_share(identification: F8, share: float) -> F8:
    """Return the probability that an officer detains an ambiguous honest consignment.

    It falls linearly with the competence in identifying goods: `share` at 0.45, none at 1.
    """
    return np.asarray(np.minimum(share * (1 - identification) / (1 - REFERENCE_COMPETENCE), 1.0))


def hold(state: State, draws: Draws, rows: I8, day: float) -> None:
    """Detain doubtful consignments of interest from `day` on, until the answer or the clock."""
    if not len(rows):
        return
    cases = state.cases
    post = cases.post[rows]
    answer = answer_days(state)[post] * draws.clock("answer", cases.key[rows])
    cases.stage[rows] = DETAINED
    cases.release[rows] = day + clock_days(state)[post]
    cases.due[rows] = np.minimum(day + answer, cases.release[rows])
    state.posts.detained += np.bincount(post, minlength=len(state.posts.key))


def step_detention(state: State, draws: Draws, when: When) -> None:
    """Settle what was answered or released; comes before screening, which detains at the end of the step."""
    answer, clock = answer_days(state), clock_days(state)
    _clear(state, when, answer, clock)
    state.posts.answered[:] = _answered(state, answer, clock)
    cases = state.cases
    rows = waiting(cases, "detained", when.end)
    if not len(rows):
        return
    post, run, day = cases.post[rows], cases.run[rows], cases.due[rows].copy()
    p = state.values.at(run).detention
    late = day >= cases.release[rows]
    separation = p.determination_base + p.determination_slope * state.compiled.reach_back[post]
    right = draws.uniform("determination", 0, cases.key[rows]) < ndtr(separation - CRITERION)
    settle(cases, rows[late], "released_clock", day[late])
    seize(state, rows[~late & right], day[~late & right], when)
    let_through(state, draws, rows[~late & ~right], day[~late & ~right])
    state.ledger.add("released_at_clock", when.month, run[late])


def _clear(state: State, when: When, answer: F8, clock: F8) -> None:
    """Let the stock of detained goods clear over the step: linear, by its exact solution and mean value."""
    posts = state.posts
    mean = np.maximum(mean_hold(answer, clock), 1e-9)
    left = np.exp(-when.days / mean)
    # days that the stock spends in detention in this step: the integral of its exponential decay
    state.ledger.add("detained_days", when.month, posts.run, posts.detained * mean * (1 - left))
    posts.detained *= left
