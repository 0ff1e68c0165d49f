"""Which violations of a week are inspected, exactly, without scoring the ordinary trade that they hide in.

Ordinary consignments score N(0, 1) and the ``m`` best of a post's week are inspected. Take its violations,
best first, with scores ``z_1 > z_2 > ...``: of ``N`` ordinary scores Binomial(N, Phi(-z_1)) lie above the
first, and of those that do not, each lies between ``z_1`` and ``z_2`` with probability ``(Phi(z_1) -
Phi(z_2)) / Phi(z_1)``, and so on. A violation is inspected if fewer than ``m`` scores, ordinary and
violating, lie above it. Those inspected are the first few, so the chain ends at the first that is not.

Each count is the binomial quantile of a keyed uniform (`stcsim.processes.binomial`), so the cost does not
depend on the volume of trade. `score_everything` draws every ordinary score instead and has the same law.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from stcsim.draws import F8, I8, U64, first_place_above, mix, places
from stcsim.processes.binomial import capped_quantile, expansion
from stcsim.state.populations import B1


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
    order, opens, more = _ranked(score, post)
    tail = ndtr(-score[order])
    before = np.zeros(len(order))
    before[1:] = tail[:-1]
    before[opens] = 0.0
    chance = np.minimum((tail - before) / np.maximum(1.0 - before, 1e-300), 1.0)
    terms = expansion(u[order], chance)
    at, where = opens, post[order[opens]]
    left, room = trade[where].astype(np.float64), slots[where].astype(np.float64)
    reached = np.zeros(len(order), dtype=np.bool_)
    # one pass per rank, over the posts that have a violation of that rank and inspected the one before
    while True:
        above = capped_quantile([t[at] for t in terms], left, room)
        inside = above < room
        reached[at] = inside
        on = (inside & more[at]).nonzero()[0]
        if not len(on):
            break
        at, above = at[on] + 1, above[on]
        left, room = left[on] - above, room[on] - above - 1.0
    inspected[order] = reached
    return inspected


def _ranked(score: F8, post: I8) -> tuple[I8, I8, B1]:
    """Return violations by post, best first; where a post begins; and whether another of the post follows."""
    order = np.lexsort((-score, post))
    where = post[order]
    first = np.ones(len(order) + 1, dtype=np.bool_)
    np.not_equal(where[1:], where[:-1], out=first[1:-1])
    return order, first[:-1].nonzero()[0], ~first[1:]


def score_everything(score: F8, post: I8, trade: I8, slots: I8, week: int, keys: U64) -> B1:
    """Return which violations are inspected by drawing every ordinary score, shape (v,).

    For verification: the cost grows with the volume of trade. A score is compared by its place in the
    distribution, so each ordinary consignment is one keyed uniform. Parameters are those of `count_instead`,
    and

    Parameters
    ----------
    week : number of the calendar week
    keys : keys of the posts, shape (posts,)
    """
    inspected = np.zeros(len(score), dtype=np.bool_)
    if not len(score):
        return inspected
    order, opens, _ = _ranked(score, post)
    rows = post[order[opens]]
    marks = np.split(first_place_above(ndtr(score[order])), opens[1:])
    room = slots[rows].tolist()
    # how many score more than each violation, to begin with the better violations; and how many may yet pass
    above = [list(range(len(m))) for m in marks]
    inside = [max(min(len(m), r), 0) for m, r in zip(marks, room, strict=True)]
    for pieces, drawn in places("ordinary", mix(keys[rows], week), trade[rows]):
        for k, start, stop in pieces:
            ordinary = drawn[start:stop]
            for rank in range(inside[k]):
                above[k][rank] += int(np.count_nonzero(ordinary >= marks[k][rank]))
                if above[k][rank] >= room[k]:
                    # nor is what scores less
                    inside[k] = rank
                    break
    for k, best in enumerate(np.split(order, opens[1:])):
        inspected[best[: inside[k]]] = True
    return inspected
