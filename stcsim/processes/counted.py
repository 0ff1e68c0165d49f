"""Which violations of a week are inspected, exactly, without scoring the ordinary trade that they hide in.

Ordinary consignments score N(0, 1) and the ``m`` best of a post's week are inspected. Take its violations,
best first, with scores ``z_1 > z_2 > ...``: of ``N`` ordinary scores Binomial(N, Phi(-z_1)) lie above the
first, and of those that do not, each lies between ``z_1`` and ``z_2`` with probability ``(Phi(z_1) -
Phi(z_2)) / Phi(z_1)``, and so on. A violation is inspected if fewer than ``m`` scores, ordinary and
violating, lie above it. Those inspected are the first few, so the chain ends at the first that is not.

Only whether a count stays below ``m`` is asked, so its distribution function is compared with a keyed
uniform; the count itself is needed, and inverted by bisection, only where a further violation follows. The
cost does not depend on the volume of trade. `score_everything` draws every ordinary score instead and has the
same law.
"""

from __future__ import annotations

import numpy as np
from scipy.special import bdtr, ndtr

from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.state.populations import B1


def stays_within(k: I8, u: F8, trials: I8, chance: F8) -> B1:
    """Return whether the binomial quantile of `u` is at most `k`: ``P(X <= k) >= u``, for any integer `k`.

    The incomplete beta function that it rests on is within 1e-8 of the exact value up to a million trials.
    """
    # beyond the trials it is not a number, which compares as false
    inner = bdtr(np.maximum(k, 0).astype(np.float64), trials, chance) >= u
    return np.asarray((k >= 0) & (inner | (k >= trials)))


def binomial_quantile(u: F8, trials: I8, chance: F8, limit: I8) -> I8:
    """Return the least count whose distribution function reaches `u`, at most `limit`; bisection, exact.

    Parameters
    ----------
    u : numbers in (0, 1), shape (n,)
    trials, chance : of the binomial law, shape (n,)
    limit : a count that is known not to be too small, shape (n,)
    """
    low, high = np.full(len(u), -1, dtype=np.int64), limit
    while (high - low > 1).any():
        middle = (low + high) // 2
        enough = stays_within(middle, u, trials, chance)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def count_instead(score: F8, post: I8, u: F8, trade: I8, slots: I8) -> B1:
    """Return which violations are inspected, in the order given, shape (v,).

    Parameters
    ----------
    score : of each violation, shape (v,)
    post : row of its post, shape (v,)
    u : a keyed uniform of each violation, shape (v,)
    trade : ordinary consignments of the week, shape (posts,)
    slots : inspections left for them and the violations, shape (posts,)
    """
    inspected = np.zeros(len(score), dtype=np.bool_)
    if not len(score):
        return inspected
    order = np.lexsort((-score, post))
    where, best = post[order], score[order]
    opens = np.flatnonzero(np.concatenate([[True], where[1:] != where[:-1]]))
    closes = np.append(opens[1:], len(order))
    at = opens
    left, room = trade[where[at]], slots[where[at]] - 1
    tail_before = np.zeros(len(at))
    # one pass per rank, over the posts that have a violation of that rank and inspected the one before
    while len(at):
        tail = ndtr(-best[at])
        chance = np.minimum((tail - tail_before) / np.maximum(1.0 - tail_before, 1e-300), 1.0)
        uniform = u[order[at]]
        inside = stays_within(room, uniform, left, chance)
        inspected[order[at[inside]]] = True
        on = np.flatnonzero(inside & (at + 1 < closes))
        if not len(on):
            break
        above = binomial_quantile(uniform[on], left[on], chance[on], np.minimum(room[on], left[on]))
        at, closes, tail_before = at[on] + 1, closes[on], tail[on]
        left, room = left[on] - above, room[on] - above - 1
    return inspected


def score_everything(score: F8, post: I8, trade: I8, slots: I8, draws: Draws, week: int, keys: U64) -> B1:
    """Return which violations are inspected by drawing every ordinary score, shape (v,).

    For verification: the cost grows with the volume of trade. A score is compared by its place in the
    distribution, so each ordinary consignment is one keyed uniform. Parameters are those of `count_instead`,
    and

    Parameters
    ----------
    week : number of the calendar week
    keys : keys of the posts, shape (posts,)
    """
    place = ndtr(score)
    above = np.zeros(len(score), dtype=np.int64)
    # post by post, so that the numbers of one stay in the processor's cache
    for row in np.flatnonzero(np.bincount(post)):
        mine = np.flatnonzero(post == row)
        best = mine[np.argsort(-place[mine], kind="stable")]
        ordinary = draws.uniform("ordinary", np.arange(trade[row]), mix(keys[row], week))
        above[best] = [np.count_nonzero(ordinary > mark) for mark in place[best]] + np.arange(len(best))
    return np.asarray(above < slots[post])
