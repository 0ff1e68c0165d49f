"""Who gave whom what assistance, quarter by quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import PILLARS
from stcsim.processes.audiences import HOURS, PILLAR
from stcsim.state.state import State
from stcsim.study.cases import named, within
from stcsim.study.observing_stack import Stack

NAMES: tuple[str, ...] = tuple(a.name for a in CATALOGUE)


def aid(state: State, stack: Stack, end: int) -> pd.DataFrame:
    """Return the activities delivered in the counted time, see `Observation`.

    Parameters
    ----------
    end : day after the last one that counts
    """
    a, n = state.activities, state.holders.n
    day = a.col("day")
    rows = np.flatnonzero((day >= stack.first) & (day < end))
    activity = a.activity[rows]
    code = {
        "run": a.run[rows],
        "quarter": stack.quarter_opened(day[rows]),
        "donor": within(a.donor[rows], state.donors.n) + 1,
        "holder": within(a.holder[rows], n),
        "activity": activity,
    }
    sizes = [stack.runs, int(code["quarter"].max(initial=0)) + 1, state.donors.n + 1, max(n, 1), len(NAMES)]
    kinds, place, events = np.unique(
        np.ravel_multi_index(tuple(code.values()), sizes), return_inverse=True, return_counts=True
    )
    run, quarter, donor, holder, what = np.unravel_index(kinds, sizes)
    people = np.bincount(place, weights=a.people[rows], minlength=len(kinds))
    return pd.DataFrame(
        {
            **stack.columns(run),
            "quarter": quarter,
            "donor": named(donor - 1, state.donors.ids),
            "recipient": named(holder, state.holders.ids),
            "activity": named(what, NAMES),
            "topic": named(PILLAR[what], PILLARS),
            "events": events,
            "people": people,
            "hours": people * HOURS[what],
            "money": np.bincount(place, weights=a.cost[rows], minlength=len(kinds)),
            "overlapping": np.bincount(place, weights=a.collided[rows], minlength=len(kinds)) > 0,
        }
    )
