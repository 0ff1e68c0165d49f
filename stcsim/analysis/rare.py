"""What a bootstrap cannot know of rare events: that those of the other side have only not been seen.

An arm that differs from another in one of 200 sets of assumptions is better in every bootstrapped mean, for
no draw holds what was not seen; yet one event says next to nothing. Where two arms are the same in some
units, two events are therefore added to the draws of their difference, one on either side of 0, as large as
those that were seen are in the root of their mean square, and with the share of the units that are the same
as their weight. Where nearly all units are the same and the others differ by one size, the chance that the
first arm is better is then that of `p > 1/2` given `k` of `m` differences in its favour and a flat prior of
`p` (the question of McNemar 1947, doi 10.1007/BF02295996, whom units that are the same tell nothing either).
No unit is the same where outcomes vary continuously, and nothing is added. Two arms that are the same in all
units stay so.

Every arm is set against the one that it shares most units with, beginning from the first, in a tree (Prim
1957, doi 10.1002/j.1538-7305.1957.tb01515.x): a set of arms that does all but the same as another is told
from it by the few units in which it does not, however far both lie from the baseline.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8


def unseen(means: F8, draws: int, generator: np.random.Generator) -> F8:
    """Return draws of what unseen events may add to the sum over units, shape (draws, arms, ...).

    Parameters
    ----------
    means : of units, shape (units, arms, ...)
    draws : how many
    generator : not asked for anything where no two arms are the same in some units, and differ in others
    """
    units, arms = means.shape[:2]
    flat = means.reshape(units, arms, -1)
    found = np.zeros((draws, arms, flat.shape[2]))
    for cell in range(flat.shape[2]):
        own = flat[:, :, cell]
        for arm, nearest in _tree(own):
            found[:, arm, cell] = found[:, nearest, cell]
            apart = own[:, arm] - own[:, nearest]
            differing = apart[apart != 0]
            weight = 1.0 - len(differing) / units
            if len(differing) and weight > 0:
                size = float(np.sqrt((differing**2).mean()))
                events = generator.standard_gamma(weight, (2, draws))
                found[:, arm, cell] += size * (events[0] - events[1])
    return np.asarray(found.reshape(draws, *means.shape[1:]), dtype=np.float64)


def _tree(means: F8) -> list[tuple[int, int]]:
    """Return each arm but the first with the one before it that it shares most units with.

    Parameters
    ----------
    means : shape (units, arms)
    """
    arms = means.shape[1]
    differing: I8 = (means != means[:, :1]).sum(axis=0)
    nearest = np.zeros(arms, dtype=np.int64)
    left = np.ones(arms, dtype=np.bool_)
    left[0] = False
    order = []
    for _ in range(arms - 1):
        arm = int(np.where(left, differing, len(means) + 1).argmin())
        left[arm] = False
        order.append((arm, int(nearest[arm])))
        own: I8 = (means != means[:, arm : arm + 1]).sum(axis=0)
        closer = left & (own < differing)
        differing, nearest = np.where(closer, own, differing), np.where(closer, arm, nearest)
    return order
