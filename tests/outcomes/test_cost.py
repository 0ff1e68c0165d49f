"""Money and hours, in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.outcomes.registry import compute
from tests.outcomes.hand_made import blank, tables


def test_costs_add_up() -> None:
    state = blank()
    for name, amounts in (
        ("cost_national", [10.0, 1.0]),
        ("cost_donor", [30.0, 2.0]),
        ("cost_once", [5.0, 0.0]),
    ):
        state.ledger.add_runs(name, 0, np.array(amounts))
        state.ledger.add_runs(name, 25, np.array(amounts))
        state.ledger.add_runs(name, -2, np.array(amounts))
    v = compute(tables(state))
    assert v["cost_national"].tolist() == [20, 2]
    assert v["cost_recurring"].tolist() == [70, 6]
    assert v["total_cost"].tolist() == [80, 6]


def test_an_hour_is_worth_the_wage_of_its_country() -> None:
    """A body of no country is paid at wage level 1; the second run has its own wage."""
    state = blank()
    holders, countries, n = state.holders, state.countries, state.holders.n
    changed = state.values.runs[1]
    changed = changed.model_copy(
        update={"coordination": changed.coordination.model_copy(update={"wage": 80.0})}
    )
    state.values = type(state.values)([state.values.runs[0], changed])
    body = int(np.flatnonzero(holders.country == 1)[0])
    abroad = int(np.flatnonzero(holders.country < 0)[0])
    wage = state.values.runs[0].coordination.wage
    for rows in ([body, abroad], [n + body, n + abroad]):
        state.ledger.spend("duties", 0, np.array(rows), np.array([100.0, 10.0]))
    level = countries.wage_level[1]
    v = compute(tables(state))
    expected = np.array([wage, 80.0]) * (100 * level + 10) / 1000
    assert level != 1
    assert v["hours_value"] == pytest.approx(expected)
    assert v["total_cost"] == pytest.approx(expected)
