"""What a post with declarations can inspect, how well it chooses, and what a smuggler can see of it.

Hours of inspectors say how many consignments a week are inspected for strategic goods:

``n = (1700 (inspectors + added) a share - hours on doubts and false listings) / hours per inspection``,

with the share that political will leaves. Risk scores of ordinary goods are N(0, 1), of plain smuggling N(d',
1). Who probes a post sees ``s = min(1, 2 (1 - Phi(t - d')))`` with the threshold t above which a share ``n /
N`` of trade lies, some time after it came to be so.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri

from stcsim.actors.vocabulary import COMPETENCES
from stcsim.draws import F8
from stcsim.processes.keeping import kept
from stcsim.processes.recognition import (
    MEMORY_YEARS,
    officers_skill,
    rarity,
    recognition_probit,
    steady_prevalence,
)
from stcsim.state.populations import DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import State, When

TARGETING = COMPETENCES.index("risk_targeting")
WEEKS = 52


def targeting(state: State) -> F8:
    """Return the separation d' of plain smuggling from ordinary goods in risk scores, shape (posts,).

    Linear in own competence; a post below the mean of the neighbours' posts makes up a share of the distance
    as far as it knows their procedures.
    """
    posts, holders = state.posts, state.holders
    p = state.at(posts).screening
    own = np.asarray(p.targeting_base + p.targeting_slope * holders.competence[posts.holder, TARGETING])
    known = holders.procedures_known[posts.holder]
    return np.asarray(own + p.alignment_lifts * known * np.maximum(_neighbours_mean(state, own) - own, 0.0))


def _neighbours_mean(state: State, values: F8) -> F8:
    """Return the mean over posts of other countries, by traffic, shape (posts,); own where there are none."""
    posts, total = state.posts, len(state.countries.key)

    def elsewhere(amounts: F8) -> F8:
        at_home = np.bincount(posts.country, weights=amounts, minlength=total)
        everywhere = np.bincount(posts.run, weights=amounts, minlength=state.runs)
        return np.asarray(everywhere[posts.run] - at_home[posts.country])

    weight = kept(state, "traffic elsewhere", (posts.traffic,), lambda: elsewhere(posts.traffic))
    enough = weight > 1e-9 * np.maximum(posts.traffic, 1.0)
    mean = elsewhere(posts.traffic * values) / np.where(enough, weight, 1.0)
    return np.where(enough, mean, values)


def inspection_hours(state: State) -> F8:
    """Return the hours that each post has in a week to inspect strategic goods, shape (posts,)."""
    posts, holders, countries = state.posts, state.holders, state.countries
    p = state.at(posts)
    strain = countries.strain[posts.country]
    will = np.minimum(countries.will[posts.country] * strain[:, DRIVE_INDEX["will"]], 1.0)
    own = posts.inspectors * strain[:, DRIVE_INDEX["staff"]] * holders.manning[posts.holder]
    staff = own + holders.added_inspectors[posts.holder]
    a_year = p.coordination.hours_per_fte * staff * holders.available[posts.holder]
    hours = a_year * p.screening.strategic_share * will / WEEKS - posts.doubt_hours
    return np.where(posts.stretch, 0.0, np.maximum(hours, 0.0))


def weekly_trade(state: State) -> F8:
    """Return the declared consignments expected in a week, shape (posts,)."""
    posts = state.posts
    strain = state.countries.strain[posts.country, DRIVE_INDEX["trade"]]
    return np.where(posts.stretch, 0.0, posts.traffic * strain / WEEKS)


def share_of(capacity: F8, trade: F8) -> F8:
    """Return the share of trade that a capacity can inspect: 1 where trade is less, 0 without capacity."""
    return np.asarray(capacity / np.where(capacity > 0, np.maximum(trade, capacity), 1.0))


def visible(share: F8, separation: F8) -> F8:
    """Return what probing smugglers see of a post that inspects this share of trade, in [0, 1]."""
    return np.asarray(np.minimum(2 * ndtr(separation - ndtri(1 - share)), 1.0))


def detection_at_posts(state: State) -> F8:
    """Return the chance that each post selects and recognises a smuggled consignment now, shape (posts,).

    ``(1 - Phi(t - d')) * Phi(recognition - rarity)`` for plain smuggling without any information, with the
    threshold t above which the inspected share of trade lies; 0 where the law gives no ground to stop it.
    """
    posts, s = state.posts, state.at(state.posts).screening
    share = posts.inspected_share
    selected = np.where(share > 0, ndtr(posts.targeting - ndtri(1 - np.clip(share, 1e-300, 1.0))), 0.0)
    probit = recognition_probit(s, officers_skill(state)) - s.concealment
    found = posts.found / np.where(posts.inspected > 0, posts.inspected, np.inf)
    recognised = ndtr(probit - rarity(found, s.prevalence_slope, s.prevalence_reference))
    return np.asarray(selected * recognised * state.countries.law[posts.country, LAW_INDEX["export"]])


def renew(state: State) -> F8:
    """Set d', capacity and inspected share of the posts as they are now; return the hours for inspecting."""
    posts = state.posts
    hours = inspection_hours(state)
    posts.targeting[:] = targeting(state)
    posts.capacity[:] = hours / state.at(posts).screening.hours_per_inspection
    posts.inspected_share[:] = share_of(posts.capacity, weekly_trade(state))
    return hours


def see(state: State, when: When) -> None:
    """Move what smugglers see towards what posts inspect, with the lag of observation (exact)."""
    posts = state.posts
    stays = kept(state, f"seen over {when.dt}", (), lambda: _seen_still(state, when.dt))
    now = visible(posts.inspected_share, posts.targeting)
    posts.seen[:] = now + stays * (posts.seen - now)


def _seen_still(state: State, dt: float) -> F8:
    """Return the share of what was seen that a time leaves."""
    lag = np.asarray(state.at(state.posts).adversary.observation_lag)
    return np.where(lag > 0, np.exp(-dt / np.where(lag > 0, lag, 1.0)), 0.0)


def start_posts(state: State, violations: F8, deceit: float = 1.0) -> None:
    """Set what posts inspect, what can be seen of it and what they remember at their steady state.

    Parameters
    ----------
    violations : consignments of interest a year expected at each post, shape (posts,)
    deceit : their mean factor on the separation of risk scores
    """
    posts = state.posts
    renew(state)
    posts.seen[:] = visible(posts.inspected_share, posts.targeting)
    a_year = posts.capacity * WEEKS
    selected = ndtr(deceit * posts.targeting - ndtri(1 - posts.inspected_share))
    among = np.minimum(violations * selected / np.where(a_year > 0, a_year, np.inf), 1.0)
    s = state.at(posts).screening
    probit = recognition_probit(s, officers_skill(state))
    share = steady_prevalence(among, probit, s.prevalence_slope, s.prevalence_reference)
    posts.inspected[:] = a_year * MEMORY_YEARS
    posts.found[:] = posts.inspected * share
