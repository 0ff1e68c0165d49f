"""Exogenous events at keyed event times: cumulated keyed exponentials per actor and event number.

The times do not depend on the step, so a day's step and a week's step see the same events.
"""

from __future__ import annotations

import numpy as np

from stcsim.draws import F8, I8, U64, Draws
from stcsim.state.state import YEAR_DAYS


def due_events(
    draws: Draws, stream: str, key: U64, next_day: F8, ordinal: I8, rate: F8, end: float
) -> tuple[I8, I8, F8, I8]:
    """Return the rows, ordinals, days and turns of the events before `end`, and move the clocks on.

    Parameters
    ----------
    key, next_day, ordinal, rate : columns of the actors, shape (n,); `next_day` and `ordinal` are changed
        in place
    rate : events a year; rows with rate 0 have `next_day` infinite

    Returns
    -------
    shape (events,) each. The turn of an event is how many its actor had before in this step: events come turn
    by turn, in the order of rows, and the turns are few, since a step is short against the gaps.
    """
    rows = np.flatnonzero(next_day < end)
    events: list[tuple[I8, I8, F8]] = []
    while len(rows):
        which, days = ordinal[rows], next_day[rows]
        events.append((rows, which, days))
        ordinal[rows] = which + 1
        gap = draws.clock(stream, key[rows], which + 1)
        next_day[rows] = later = days + gap / rate[rows] * YEAR_DAYS
        rows = rows[later < end]
    if not events:
        return rows, rows, np.zeros(0), rows
    turn = np.repeat(np.arange(len(events)), [len(e[0]) for e in events])
    rows, ordinals, days = (np.concatenate(parts) for parts in zip(*events, strict=True))
    return rows, ordinals, days, turn
