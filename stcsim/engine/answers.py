"""Who answers a post's doubts, over which channels, and how soon: at home or, where it is quicker, abroad.

A post asks whoever is expected to answer first. The body at home that knows the goods can always be asked,
over an arranged channel for answers or by letter, whichever is quicker; an expert abroad only over channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.draws import F8, I8
from stcsim.processes.detention import letter_days, working
from stcsim.processes.rows import held
from stcsim.state.populations import B1
from stcsim.state.state import State

IDENTIFICATION = COMPETENCES.index("commodity_identification")
HOPS_TO_POST = 3
"""An answer reaches a post over at most this many channels."""


@dataclass(frozen=True)
class Answers:
    """What each post can expect when it asks, shape (posts,) each.

    Parameters
    ----------
    delay : days over the channel of who is asked, inf where no channel leads there
    answerer : row of the holder that is asked, -1 where nobody could be
    linked : whether an arranged channel for answers leads to anybody at home
    skill : competence in commodity identification of who is asked, 0 where nobody is
    """

    delay: F8
    answerer: I8
    linked: B1
    skill: F8


def answers_to_posts(state: State, u: I8, v: I8, days: F8, answers: Any, arranged: Any) -> Answers:
    """Return whom each post asks and how long the channel takes.

    Parameters
    ----------
    u, v : rows of holders at both ends of each channel, shape (E,)
    days : mean days of each channel, inf where it is at rest
    answers, arranged : whether a channel brings answers of its sender, and whether it was arranged
    """
    holders, posts = state.holders, state.posts
    own = state.countries.technical[posts.country] if len(posts.key) else np.zeros(0, dtype=np.int64)
    # as the quarter began, so that compiling anew where nothing has changed changes nothing
    works = working(holders, holders.available_quarter)
    expert, place = _experts(state, u[answers])
    within = holders.country[u] == holders.country[v]
    # what a body at home knows does not come back over a border
    at_home = _days(state, u, v, days, place, answers & within, arranged & within, expert.shape[1])
    anywhere = _days(state, u, v, days, place, answers, arranged, expert.shape[1])
    row = expert[posts.run]
    there = row >= 0
    pace = np.where(there, works[np.maximum(row, 0)], 1.0)
    home = there & (holders.country[np.maximum(row, 0)] == posts.country[:, None])
    none = np.full((len(posts.key), 1), np.inf)
    over = np.where(home, at_home[posts.holder], anywhere[posts.holder])
    near = np.concatenate([np.where(home, over / pace, np.inf), none], axis=1)
    far = np.concatenate([np.where(there & ~home, over / pace, np.inf), none], axis=1)
    linked = np.isfinite(near.min(axis=1))
    by_letter = np.where(own >= 0, letter_days(state) / held(works, own, 1.0), np.inf)
    by_channel = linked & (near.min(axis=1) <= by_letter)
    abroad = far.min(axis=1) < np.where(by_channel, near.min(axis=1), by_letter)
    place = np.where(abroad, far.argmin(axis=1), near.argmin(axis=1))
    chosen = abroad | by_channel
    every = np.concatenate([row, np.full((len(row), 1), -1)], axis=1)
    each = np.arange(len(row))
    answerer = np.where(chosen, every[each, place], own)
    delay = np.where(chosen, np.concatenate([over, none], axis=1)[each, place], np.inf)
    skill = held(holders.competence_quarter[:, IDENTIFICATION], answerer)
    return Answers(delay, answerer, linked, skill)


def _experts(state: State, row: I8) -> tuple[I8, I8]:
    """Return who answers at all, shape (runs, K), -1 beyond, and each holder's place there, shape (holders,).

    K is the largest number of experts of a run.
    """
    rows = np.unique(row)
    run = rows // max(1, state.holders.n)
    number = np.arange(len(rows)) - np.searchsorted(run, run)
    expert = np.full((state.runs, int(number.max(initial=-1)) + 1), -1, dtype=np.int64)
    expert[run, number] = rows
    place = np.zeros(len(state.holders.key), dtype=np.int64)
    place[rows] = number
    return expert, place


def _days(state: State, u: I8, v: I8, days: F8, place: I8, answers: Any, arranged: Any, experts: int) -> F8:
    """Return the days from each expert to every holder, inf where no channels lead, shape (holders, K).

    The first channel has to bring answers; then any arranged one carries them on.
    """
    best = np.full((len(state.holders.key), experts), np.inf)
    best[u[answers], place[u[answers]]] = 0.0
    np.minimum.at(best, (v[answers], place[u[answers]]), days[answers])
    for _ in range(HOPS_TO_POST - 1):
        np.minimum.at(best, v[arranged], best[u[arranged]] + days[arranged][:, None])
    return best
