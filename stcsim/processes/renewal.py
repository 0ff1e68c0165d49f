"""Exogenous events at keyed event times: cumulated keyed exponentials per actor and event number.

The times do not depend on the step, so a day's step and a week's step see the same events.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stcsim.draws import F8, I8, U64, Draws
from stcsim.state.state import YEAR_DAYS


def due_events(
    draws: Draws, stream: str, key: U64, next_day: F8, ordinal: I8, rate: F8, end: float
) -> Iterator[tuple[I8, I8, F8]]:
    """Yield (rows, ordinals, days) of the events before `end`, and move the clocks on.

    Parameters
    ----------
    key, next_day, ordinal, rate : columns of the actors, shape (n,); `next_day` and `ordinal` are changed
        in place
    rate : events a year; rows with rate 0 have `next_day` infinite

    Yields
    ------
    Rounds in which each actor occurs at most once; few, since a step is short against the gaps between
    events.
    """
    while True:
        rows = np.flatnonzero(next_day < end)
        if not len(rows):
            return
        which, days = ordinal[rows].copy(), next_day[rows].copy()
        ordinal[rows] += 1
        gap = draws.clock(stream, key[rows], ordinal[rows])
        next_day[rows] = days + gap / rate[rows] * YEAR_DAYS
        yield rows, which, days
