"""What is kept is made anew when, and only when, a column that it is made of has changed."""

from __future__ import annotations

import numpy as np

from stcsim.processes.keeping import kept
from tests.outcomes.hand_made import blank


def test_made_anew_where_a_column_changed() -> None:
    state, column, made = blank(), np.arange(3.0), []

    def total() -> float:
        made.append(1)
        return float(column.sum())

    assert [kept(state, "total", (column,), total) for _ in range(3)] == [3.0] * 3
    assert len(made) == 1
    column[0] = 4.0
    assert kept(state, "total", (column,), total) == 7.0
    assert len(made) == 2
    assert kept(state.take([0]), "total", (column,), total) == 7.0
    assert len(made) == 3
