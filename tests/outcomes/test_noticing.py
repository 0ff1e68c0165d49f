"""First noticed by whom, early warnings heard, answers lost: on tables made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.outcomes.coordination import early_warnings, early_warnings_raised, recovery_weeks
from stcsim.outcomes.enforcement import first_detected_by_firms
from stcsim.processes.detention import answered_share
from stcsim.processes.record import stocks
from tests.outcomes.hand_made import END, FIRST, attempt, blank, put, tables


def test_a_front_is_first_noticed_once_by_what_comes_first() -> None:
    state = blank()
    rows = [
        attempt("stopped_report", FIRST + 20.0, front=0),
        attempt("interdicted_checkpoint", FIRST + 30.0, front=0),
        attempt("interdicted_checkpoint", FIRST + 15.0, front=1),
        attempt("stopped_report", FIRST + 16.0, front=1),
        # a later front in the same slot is another one
        attempt("stopped_report", FIRST + 40.0, front=1, generation=1),
        # noticed before counting began, and so no news
        attempt("interdicted_checkpoint", FIRST - 5.0, front=2),
        attempt("stopped_report", FIRST + 5.0, front=2),
        # got through and found out by a check
        attempt("completed", FIRST + 8.0, front=3, discovered=FIRST + 9.0),
        attempt("completed", FIRST + 8.0, front=3),
    ]
    put(state, "cases", rows)
    share = first_detected_by_firms(tables(state))
    assert share[0] == pytest.approx(2 / 4)
    assert np.isnan(share[1])


def test_an_early_warning_counts_where_it_was_brought_up_and_whether_it_was_read() -> None:
    state = blank()
    state.items.alive[:] = False
    seen = {"born": FIRST + 1.0, "received": 1.0, "frontline": 1.0}
    put(
        state,
        "discoveries",
        [{**seen, "early": 1.0, "heard": 1.0}, {**seen, "early": 1.0}, {**seen}, {**seen, "run": 1}],
    )
    t = tables(state)
    assert early_warnings_raised(t).tolist() == [2.0, 0.0]
    assert early_warnings(t).tolist() == [1.0, 0.0]


def test_answers_are_lost_where_few_of_those_at_the_start_come_in_time() -> None:
    """A body that has lost nine tenths of its staff answers a tenth as fast; its posts lack answers."""
    state = blank()
    assert (answered_share(state) == state.posts.answered_start).all()
    assert (stocks(state)["answers_lost"] == 0).all()
    hit = int(state.countries.technical[0])
    state.holders.staff[hit] *= 0.1
    state.posts.answered[:] = answered_share(state)
    declared = ~state.posts.stretch & (state.posts.traffic > 0)
    mine = declared & (state.compiled.answerer == hit)
    lost = stocks(state)["answers_lost"]
    assert mine.any()
    assert lost[0] == pytest.approx(mine.sum() / (declared & (state.posts.run == 0)).sum())
    assert lost[1] == 0.0
    weeks = (END - FIRST) / 7
    state.ledger.snapshots.clear()
    assert recovery_weeks(tables(state)) == pytest.approx(lost * weeks)
