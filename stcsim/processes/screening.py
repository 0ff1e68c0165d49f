"""Screening at posts with declarations, week by week, and interception on open stretches.

Ordinary trade is a keyed count per post and week; the consignments of interest that arrived hide in it. The
post inspects those of listed parties and then the highest risk scores while its hours last. Whatever the
step, it ranks the calendar week that ends, since a small post would otherwise inspect other consignments at
another step.

`inspection` holds what a post can do, `signs` what marks a consignment, `counted` the exact law of who is
inspected, `recognition` what an officer makes of it, `detention` what follows a doubt.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from stcsim.draws import F8, I8, Draws, poisson_quantile
from stcsim.processes.border import let_through, seize
from stcsim.processes.counted import count_instead, score_everything
from stcsim.processes.detention import answer_days, can_ask, clock_days, hold, mean_hold, mistaken_share
from stcsim.processes.fates import waiting
from stcsim.processes.inspection import WEEKS, renew, see, weekly_trade
from stcsim.processes.listed import may_act
from stcsim.processes.recognition import MEMORY_YEARS, left_visible, officers_skill, recognition
from stcsim.processes.register import held_in_spite, misused
from stcsim.processes.signs import known_parties, may_stop, separation
from stcsim.state.populations import B1, DRIVE_INDEX, LAW_INDEX
from stcsim.state.state import State, When

_SCORE, _PLACE, _INSIDER, _RECOGNISE, _DOUBT = range(5)
_CASE_USES = np.arange(5)[:, None]
"""What the draws of a consignment in the stream "screening" are for: their ordinals."""
_TRADE, _FRACTION, _FALSE_HITS, _MISTAKES = range(4)
_POST_USES = np.arange(4)[:, None]
"""What the draws of a post in a week are for."""


def step_screening(state: State, draws: Draws, when: When) -> None:
    """See what smugglers see, forget, patrol; at the end of a calendar week, screen it.

    Comes after `step_detention`: what is detained here is held from the end of the step on.
    """
    cases, posts = state.cases, state.posts
    see(state, when)
    kept = np.exp(-when.dt / MEMORY_YEARS)
    posts.found *= kept
    posts.inspected *= kept
    rows = waiting(cases, "border", when.end)
    rows = rows[cases.post[rows] >= 0]
    stretch = posts.stretch[cases.post[rows]]
    _patrol(state, draws, rows[stretch], when)
    if when.week_ends:
        _screen(state, draws, rows[~stretch], when)


def _patrol(state: State, draws: Draws, rows: I8, when: When) -> None:
    """Intercept crossings of open stretches: density of patrols times intelligence."""
    if not len(rows):
        return
    cases, posts = state.cases, state.posts
    post = cases.post[rows]
    country = posts.country[post]
    listed, active = known_parties(state, rows, when.end)
    blind = state.values.at(cases.run[rows]).screening.patrol_interception
    density = posts.patrols[post] * state.countries.strain[country, DRIVE_INDEX["patrols"]]
    chance = density * np.where(listed | active, 1.0, blind) * state.holders.available[posts.holder[post]]
    caught = draws.uniform("patrol", 0, cases.key[rows]) < chance
    caught &= state.countries.law[country, LAW_INDEX["export"]] & may_act(state, rows, country)
    day = cases.due[rows].copy()
    cases.list_selected[rows] = listed
    cases.inspected[rows] = caught
    seize(state, rows[caught], day[caught], when)
    let_through(state, draws, rows[~caught], day[~caught])


def _screen(state: State, draws: Draws, rows: I8, when: When) -> None:
    """Screen the week that ends: ordinary goods as counts, consignments of interest one by one."""
    posts, ledger = state.posts, state.ledger
    hours = renew(state)
    s = state.at(posts).screening
    u = draws.uniform("week", len(_POST_USES) * (when.end // 7) + _POST_USES, posts.key)
    false_rate = np.where(
        posts.stretch, 0.0, state.holders.false_listings[posts.holder] * s.false_hits_per_listing
    )
    means = np.concatenate((weekly_trade(state), false_rate / WEEKS)).reshape(2, -1)
    trade, false_hits = poisson_quantile(u[[_TRADE, _FALSE_HITS]], means)
    false_hits = np.minimum(false_hits, trade)
    able = np.maximum(hours - false_hits * s.hours_per_false_listing, 0.0) / s.hours_per_inspection
    slots = np.floor(able + (1 - u[_FRACTION])).astype(np.int64)

    hits, ranked, taken, doubts = _violations(state, draws, rows, trade - false_hits, slots, when)
    at_random = np.minimum(np.maximum(slots - hits, 0), trade - false_hits + ranked)
    posts.inspected += at_random
    honest = at_random - taken
    mistakes = _mistakes(state, u[_MISTAKES], honest)
    posts.doubt_hours[:] = s.hours_per_doubt * (doubts + mistakes)

    counts = {
        "declarations": trade,
        "inspections": at_random + hits + false_hits,
        "licit_inspected": honest + false_hits,
        "false_hits": false_hits,
        "list_hits": hits,
        "doubts": doubts + mistakes,
        "licit_detained": mistakes,
    }
    if not when.counted:
        return
    totals = np.concatenate(list(counts.values())).reshape(len(counts), state.runs, posts.n).sum(axis=2)
    for name, amounts in zip(counts, totals, strict=True):
        ledger.add_runs(name, when.month, amounts)
    if mistakes.any():
        held = mean_hold(answer_days(state), clock_days(state))
        ledger.add("licit_detained_days", when.month, posts.run, mistakes * held)


def _mistakes(state: State, u: F8, honest: I8) -> I8:
    """Detain ambiguous honest goods among those inspected: a keyed count per post, shape (posts,)."""
    posts = state.posts
    p = state.at(posts).detention
    skill = officers_skill(state)
    mean = honest * p.ambiguous_share * mistaken_share(skill, p.detained_by_mistake) * held_in_spite(state)
    mistakes = np.minimum(poisson_quantile(u, mean), honest)
    posts.detained += mistakes
    return mistakes


def _violations(
    state: State, draws: Draws, rows: I8, ordinary: I8, slots: I8, when: When
) -> tuple[I8, I8, I8, I8]:
    """Inspect, recognise, doubt or let pass the consignments of interest of the week.

    Returns
    -------
    per post: hits on listed parties, violations that had to be ranked, those of them inspected, and doubts
    """
    number = len(state.posts.key)
    if not len(rows):
        none = np.zeros(number, dtype=np.int64)
        return none, none, none, none
    cases = state.cases
    post, key, day = cases.post[rows], cases.key[rows], float(when.end)
    u = draws.uniform("screening", _CASE_USES, key)
    listed, looked = _inspected(state, draws, rows, u[_SCORE], u[_PLACE], ordinary, slots, when)
    cases.list_selected[rows] = listed
    cases.inspected[rows] = looked
    at = looked.nonzero()[0]
    found, doubt = _examined(state, rows[at], listed[at], u[:, at])
    stopped = at[found | doubt]
    seize(state, rows[at[found]], day, when)
    hold(state, draws, rows[at[doubt]], day)
    passed = np.ones(len(rows), dtype=np.bool_)
    passed[stopped] = False
    let_through(state, draws, rows[passed], day)

    def per_post(which: B1 | I8) -> I8:
        return np.bincount(post[which], minlength=number)

    state.posts.found += per_post(at[found & ~listed[at]])
    return per_post(listed), per_post(~listed), per_post(looked & ~listed), per_post(at[doubt])


def _examined(state: State, rows: I8, listed: B1, u: F8) -> tuple[B1, B1]:
    """Return which of the inspected consignments are recognised and stopped, and which raise doubt.

    What an insider waves through, or the law gives no ground to stop, is neither. Where the exporter has
    classified the goods wrongly, the officer seldom decides against the papers alone: he asks, if he can.
    """
    cases = state.cases
    if not len(rows):
        none = np.zeros(0, dtype=np.bool_)
        return none, none
    post = cases.post[rows]
    bought = state.countries.insider[state.posts.country]
    bought = bought + (1 - bought) * state.posts.waved
    open_ = (u[_INSIDER] >= bought[post]) & may_stop(state, rows)
    found = open_ & (u[_RECOGNISE] < recognition(state, rows, listed))
    p, able = state.values.at(cases.run[rows]).detention, can_ask(state)[post]
    asked = found & cases.misclassified[rows] & (u[_DOUBT] < p.classification_asked) & able
    share = p.doubt_share * left_visible(state, rows, listed)
    doubt = open_ & ~found & (u[_DOUBT] < share) & able
    return found & ~asked, doubt | asked


def _inspected(
    state: State, draws: Draws, rows: I8, score: F8, place: F8, ordinary: I8, slots: I8, when: When
) -> tuple[B1, B1]:
    """Return which consignments a list or the register selects and which are inspected, shape (n,) each.

    A post with inspectors finds the time for a listed party; the others compete for the inspections that are
    left.
    """
    cases, posts = state.cases, state.posts
    post = cases.post[rows]
    staffed = posts.inspectors[post] + state.holders.added_inspectors[posts.holder[post]] > 0
    listed, active = known_parties(state, rows, when.end)
    listed = (listed | misused(state, draws, rows)) & staffed
    score = separation(state, rows, active) + ndtri(score)
    left = slots - np.bincount(post[listed], minlength=len(posts.key))
    looked = listed.copy()
    rest = (~listed).nonzero()[0]
    if state.switches.brute_force:
        looked[rest] = score_everything(score[rest], post[rest], ordinary, left, when.end // 7, posts.key)
    else:
        looked[rest] = count_instead(score[rest], post[rest], place[rest], ordinary, left)
    return listed, looked
