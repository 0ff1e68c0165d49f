"""Whether an officer who inspects a strategic good recognises it, and what rarity does to attention.

``P = Phi(z0 + z1 E - concealment + gain [listed] - s max(0, logit p_ref - logit p_hat))``: what is rarely
found is missed more often (Wolfe, Horowitz & Kenner 2005, doi 10.1038/435439a). ``p_hat`` are a post's
recognised violations per inspection, with a memory of one year; list hits are left out, because they come
announced.

Three more things decide. Goods that no list names which the post has read are found by their end use alone,
where the law has a catch-all and it is used. Who
identifies the goods of a front company that holds a licence finds them covered by it: only the share that
deceit leaves visible goes on, unless the party is listed. And an insider waves through what he is there for.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtr

from stcsim.actors.vocabulary import COMPETENCES, ORIGINS
from stcsim.draws import F8, I8
from stcsim.parameters import ScreeningParameters
from stcsim.processes.listed import catch_all_used, unknown_to
from stcsim.state.populations import B1
from stcsim.state.state import State

IDENTIFICATION = COMPETENCES.index("commodity_identification")
INSPECTION = COMPETENCES.index("inspection")
IGNORANCE = ORIGINS.index("ignorance")
MEMORY_YEARS = 1.0
"""How long what was found keeps attention up."""
_LEAST, _MOST = 1e-6, 0.5


def recognition_probit(s: ScreeningParameters, identification: F8) -> F8:
    """Return the probit of recognising undisguised goods before rarity and lists, shape (n,)."""
    return np.asarray(s.recognition_base + s.recognition_slope * identification)


def rarity(prevalence: Any, slope: Any, reference: Any) -> F8:
    """Return by how much this prevalence among inspected goods lowers the probit of recognising them."""
    p = np.clip(prevalence, _LEAST, _MOST)
    fall = np.log(reference / (1 - reference)) - np.log(p / (1 - p))
    return np.asarray(slope * np.maximum(fall, 0.0))


def steady_prevalence(violations: F8, probit: F8, slope: Any, reference: Any) -> F8:
    """Return the prevalence that recognition under its own memory settles at, shape (n,).

    It solves ``p = v Phi(probit - rarity(p))``, where ``v`` are violations per inspection. From the highest
    possible ``p = v`` the iteration falls to the highest solution; it is a contraction while the probit stays
    above -4.7.

    Parameters
    ----------
    violations : inspected violations per inspection, shape (n,)
    probit : of recognition without the effect of rarity, shape (n,)
    slope, reference : parameters of `rarity`
    """
    p = np.asarray(violations, dtype=np.float64)
    for _ in range(60):
        p = violations * ndtr(probit - rarity(p, slope, reference))
    return p


def officers_skill(state: State) -> F8:
    """Return what officers of each post bring to recognising goods, shape (posts,).

    The geometric mean of competence in identifying commodities and in inspecting: who cannot open and
    measure a consignment sees little of what he knows, and the other way round.
    """
    competence, at = state.holders.competence, state.posts.holder
    return np.asarray(np.sqrt(competence[at, IDENTIFICATION] * competence[at, INSPECTION]))


def recognition(state: State, rows: I8, listed: B1) -> F8:
    """Return the chance that an officer who looks at a consignment recognises it, shape (n,).

    Parameters
    ----------
    rows : rows of `State.cases`
    listed : whether the party is on a list that the post has read, shape (n,)
    """
    cases, posts = state.cases, state.posts
    post, run = cases.post[rows], cases.run[rows]
    s, s_lists = state.values.at(run).screening, state.values.at(run).lists
    holder = posts.holder[post]
    probit = recognition_probit(s, officers_skill(state)[post]) + s.listed_gain * listed
    # who does not know that goods are controlled does not disguise them
    probit -= s.concealment * (cases.origin[rows] != IGNORANCE)
    inspected = posts.inspected[post]
    share = posts.found[post] / np.where(inspected > 0, inspected, np.inf)
    probit -= rarity(share, s.prevalence_slope, s.prevalence_reference)
    unknown = unknown_to(state, rows, holder)
    probit -= s_lists.unlisted_loss * unknown
    chance = ndtr(probit) * left_visible(state, rows, listed)
    # what no list that he has read names, he can only find by its end use
    at = unknown.nonzero()[0]
    if len(at):
        chance[at[~catch_all_used(state, rows[at], posts.country[post[at]])]] = 0.0
    return np.asarray(chance)


def left_visible(state: State, rows: I8, listed: B1) -> F8:
    """Return the share of identified goods that a licence does not explain away, shape (n,)."""
    cases = state.cases
    s = state.values.at(cases.run[rows]).screening
    return np.where(cases.licensed[rows] & ~listed, np.minimum(s.deceit_licensed_front, 1.0), 1.0)
