"""Exogenous events at keyed event times: cumulated keyed exponentials per actor and event number.

The times do not depend on the step, so a day's step and a week's step see the same events. Nor do they depend
on anything that happens, so those of several steps can be worked out at once: `Calendar`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from stcsim.draws import F8, I8, U64, Draws, mix
from stcsim.state.state import YEAR_DAYS, When

STEPS_AHEAD = 13
"""Steps that a calendar covers at most: a quarter of weeks."""
EVENTS_AHEAD = 2048.0
"""Events that it should not much exceed: beyond, calls cost little against what they work on."""


@dataclass
class Calendar:
    """Events of some coming steps, in the order in which they come: by step, turn and row of their actor.

    The turn of an event is how many its actor had before in its step: events come turn by turn, in the order
    of rows, and the turns are few, since a step is short against the gaps.

    Parameters
    ----------
    day, days : first day of the steps covered and their length
    bounds : where the events of each step begin and end, length steps + 1
    rows : actor of each event, shape (events,); so are the others
    ordinals, later : number of the event at its actor, and the day of the next
    at : day of the event
    turn, key : its turn, its own key
    known : what else was worked out of these events
    """

    day: int
    days: int
    bounds: list[int]
    rows: I8
    ordinals: I8
    at: F8
    later: F8
    turn: I8
    key: U64
    known: dict[str, Any] = field(default_factory=dict)

    def part(self, day: int) -> slice | None:
        """Return where the events of the step that begins on `day` stand, None where it is not covered."""
        step = (day - self.day) // self.days
        if not 0 <= step < len(self.bounds) - 1:
            return None
        return slice(self.bounds[step], self.bounds[step + 1])


def due_events(
    calendar: Calendar | None,
    draws: Draws,
    stream: str,
    key: U64,
    next_day: F8,
    ordinal: I8,
    rate: F8,
    when: When,
    ahead: float = EVENTS_AHEAD,
) -> tuple[Calendar, slice]:
    """Return a calendar and where in it the events of the step stand, and move the clocks on.

    Parameters
    ----------
    calendar : of earlier steps; made anew where it does not cover this one, or the clocks were set otherwise
    key, next_day, ordinal, rate : columns of the actors, shape (n,); `next_day` and `ordinal` are changed
        in place
    rate : events a year; rows with rate 0 have `next_day` infinite
    ahead : events that a calendar should not much exceed
    """
    due = (next_day < when.end).nonzero()[0]
    part = calendar.part(when.day) if calendar is not None and calendar.days == when.days else None
    if calendar is None or part is None or not _agrees(calendar, part, due, next_day):
        yearly = float(rate.sum()) * when.dt
        steps = int(min(max(ahead / max(yearly, 1e-9), 1.0), STEPS_AHEAD))
        calendar = calendar_of(draws, stream, key, next_day, ordinal, rate, when, steps)
        part = slice(calendar.bounds[0], calendar.bounds[1])
    if len(due):
        rows = calendar.rows[part]
        # of an actor's events in the step the last is written last
        next_day[rows] = calendar.later[part]
        ordinal[rows] = calendar.ordinals[part] + 1
    return calendar, part


def _agrees(calendar: Calendar, part: slice, due: I8, next_day: F8) -> bool:
    """Whether as many are due now as the calendar says, and each when it says."""
    first = slice(part.start, part.start + len(due))
    if first.stop > part.stop or (first.stop < part.stop and not calendar.turn[first.stop]):
        return False
    return bool((calendar.at[first] == next_day.take(due)).all())


def calendar_of(
    draws: Draws, stream: str, key: U64, next_day: F8, ordinal: I8, rate: F8, when: When, steps: int
) -> Calendar:
    """Return the events of `steps` steps from this one on; the clocks stay as they are."""
    end = when.day + steps * when.days
    rows = (next_day < end).nonzero()[0]
    which, days = ordinal.take(rows), next_day.take(rows)
    found: list[tuple[I8, I8, F8, F8]] = []
    while len(rows):
        gap = draws.clock(stream, key.take(rows), which + 1)
        later = days + gap / rate.take(rows) * YEAR_DAYS
        found.append((rows, which, days, later))
        on = (later < end).nonzero()[0]
        rows, which, days = rows.take(on), which.take(on) + 1, later.take(on)
    if not found:
        none: I8 = np.zeros(0, dtype=np.int64)
        empty: F8 = np.zeros(0)
        return Calendar(when.day, when.days, [0] * (steps + 1), none, none, empty, empty, none, key[:0])
    turn = np.repeat(np.arange(len(found)), [len(part[0]) for part in found])
    rows, ordinals, days, later = (np.concatenate(parts) for parts in zip(*found, strict=True))
    bounds = [0, len(rows)]
    if steps > 1:
        ends: F8 = (when.day + when.days * np.arange(1, steps + 1)).astype(np.float64)
        step = np.searchsorted(ends, days, side="right")
        # an actor's events follow each other in time, so its events of a step count from the first of them
        order = np.lexsort((turn, rows, step))
        step, rows = step[order], rows[order]
        new = np.ones(len(rows), dtype=np.bool_)
        new[1:] = (step[1:] != step[:-1]) | (rows[1:] != rows[:-1])
        number = np.arange(len(rows))
        turn = number - np.maximum.accumulate(np.where(new, number, 0))
        again = np.lexsort((rows, turn, step))
        step, turn, rows, order = step[again], turn[again], rows[again], order[again]
        ordinals, days, later = ordinals[order], days[order], later[order]
        bounds = [int(b) for b in np.searchsorted(step, np.arange(steps + 1))]
    return Calendar(
        when.day, when.days, bounds, rows, ordinals, days, later, turn, mix(key.take(rows), ordinals)
    )
