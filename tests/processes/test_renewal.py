"""Events worked out for many steps at once are those of step after step, and follow clocks set anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.draws import Draws, keys_of
from stcsim.processes.renewal import STEPS_AHEAD, due_events
from stcsim.state.state import YEAR_DAYS, When

DRAWS = Draws()
N = 60


class Actors:
    """Actors with rates from none to several events a week, at the first of their clocks."""

    def __init__(self) -> None:
        self.key = keys_of([f"actor/{i}" for i in range(N)])
        self.rate = np.linspace(0.0, 200.0, N)
        gap = DRAWS.clock("event", self.key, 0)
        self.next_day = np.where(self.rate > 0, gap / np.maximum(self.rate, 1e-300) * YEAR_DAYS, np.inf)
        self.ordinal = np.zeros(N, dtype=np.int64)

    def step(self, calendar: Any, when: When, ahead: float) -> tuple[Any, list[Any]]:
        columns = self.key, self.next_day, self.ordinal, self.rate
        calendar, part = due_events(calendar, DRAWS, "event", *columns, when, ahead)
        found = calendar.rows, calendar.ordinals, calendar.at, calendar.turn, calendar.key
        return calendar, [column[part].tolist() for column in found]


def steps(ahead: float, days: int = 7, weeks: int = 30) -> tuple[list[Any], Actors, set[int]]:
    """What comes in each step, the actors at the end, and the lengths of the calendars used."""
    actors, calendar, out, lengths = Actors(), None, [], set()
    for day in range(0, weeks * 7, days):
        calendar, found = actors.step(calendar, When(day, days, 0), ahead)
        out.append(found)
        lengths.add(len(calendar.bounds) - 1)
    return out, actors, lengths


@pytest.mark.parametrize("days", [1, 7])
def test_many_steps_at_once_are_step_after_step(days: int) -> None:
    one, by_one, single = steps(1e-9, days)
    many, at_once, several = steps(1e9, days)
    assert single == {1}
    assert several == {STEPS_AHEAD}
    assert one == many
    assert np.array_equal(by_one.next_day, at_once.next_day)
    assert np.array_equal(by_one.ordinal, at_once.ordinal)


def test_events_come_turn_by_turn_in_the_order_of_rows() -> None:
    for rows, ordinals, days, turn, _ in steps(1e9)[0]:
        assert [*zip(turn, rows, strict=True)] == sorted(zip(turn, rows, strict=True))
        for row in set(rows):
            mine = [i for i, r in enumerate(rows) if r == row]
            assert [turn[i] for i in mine] == list(range(len(mine)))
            assert np.all(np.diff([ordinals[i] for i in mine]) == 1)
            assert np.all(np.diff([days[i] for i in mine]) > 0)


def test_clocks_that_are_set_anew_count() -> None:
    actors = Actors()
    calendar, _ = actors.step(None, When(0, 7, 0), 1e9)
    actors.next_day[:] = np.inf
    actors.next_day[5] = 9.0
    calendar, found = actors.step(calendar, When(7, 7, 0), 1e9)
    assert set(found[0]) == {5}
    assert found[2][0] == 9.0
