"""Delay and burden of honest trade against closed forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.outcomes.registry import compute
from stcsim.outcomes.trade import quantile_by_run
from stcsim.state.state import State
from stcsim.state.values import RunValues
from tests.outcomes.hand_made import END, FIRST, attempt, blank, put, tables


def applied(days: float, run: int = 0, **given: Any) -> dict[str, Any]:
    return {"run": run, "days": days, "day": FIRST + 10.0, **given}


def test_delay_of_licences_issued() -> None:
    state = blank()
    rows = [applied(10.0), applied(50.0), applied(999.0, outcome=1), applied(100.0, outcome=2)]
    rows += [applied(999.0, honest=False), applied(999.0, day=FIRST - 1.0), applied(999.0, day=END + 1.0)]
    # decided after the end: known at application, and no gap
    rows += [applied(90.0, day=END - 1.0)]
    put(state, "licences", rows)
    v = compute(tables(without_border(state)))
    assert v["licit_delay_mean"][0] == pytest.approx((10 + 50 + 90) / 3)
    assert v["licit_delay_p95"][0] == pytest.approx(np.quantile([10, 50, 90], 0.95))
    assert v["licence_days_mean"][0] == pytest.approx((10 + 50 + 999 + 100 + 90) / 5)
    assert v["licences_within_20"][0] == pytest.approx(1 / 5)
    assert v["licences_within_60"][0] == pytest.approx(2 / 5)
    assert v["licit_refusals"][0] == 1
    assert np.isnan(v["licit_delay_mean"][1])


def test_working_days_in_calendar_days() -> None:
    state = blank()
    put(state, "licences", [applied(d) for d in (28.0, 28.1, 84.0, 84.1)])
    v = compute(tables(state))
    assert (v["licences_within_20"][0], v["licences_within_60"][0]) == (0.25, 0.75)


def without_border(state: State) -> State:
    """Put no day of procedures between honest goods and their way."""
    p = state.values.runs[0]
    p = p.model_copy(update={"screening": p.screening.model_copy(update={"border_days": 0.0})})
    state.values = RunValues([p, p])
    return state


def test_the_border_adds_its_expected_days() -> None:
    state = without_border(blank())
    put(state, "licences", [applied(20.0), applied(20.0, run=1)])
    for name, amounts in (("licit_detained_days", [30.0, 0.0]), ("declarations", [60.0, 10.0])):
        state.ledger.add_runs(name, 0, np.array(amounts))
    v = compute(tables(state))
    assert v["licit_delay_mean"].tolist() == [20.5, 20.0]
    assert v["licit_delay_p95"].tolist() == [20.5, 20.0]
    assert v["licit_border_days"].tolist() == [0.5, 0.0]


def test_aligned_procedures_save_days() -> None:
    state = blank()
    s = state.values.runs[0].screening
    posts = state.posts
    state.holders.procedures_known[posts.holder[posts.run == 1]] = 1.0
    v = compute(tables(state))["licit_border_days"]
    assert v == pytest.approx([s.border_days, s.border_days * (1 - s.alignment_saves)])


def test_burden_of_a_firm() -> None:
    """Two exporting firms wait 60 days each in two years: a month a firm and year."""
    state = blank()
    state.firms.rate[:] = 0.0
    first = np.flatnonzero(state.firms.run == 0)[:2]
    state.firms.rate[first] = 1.0
    put(state, "licences", [applied(60.0), applied(60.0)])
    per_30 = state.values.runs[0].firms.burden_per_30_days
    v = compute(tables(state))["licensing_burden"]
    assert v[0] == pytest.approx(per_30 * 120 / 30 / 2 / 2)
    assert np.isnan(v[1])


def test_share_of_exports_with_a_licence() -> None:
    """Neither leaked nor shipped without one; a general licence needs no application and is one."""
    state = blank()
    breach = {"opportunities": 0.0, "origin": "ignorance"}
    put(
        state,
        "cases",
        [attempt("completed", **breach), attempt("in_process", **breach), attempt("completed")],
    )
    state.ledger.add_runs("controlled_exports", 0, np.array([8.0, 0.0]))
    state.ledger.add_runs("leaks_by_firms", 0, np.array([4.0, 0.0]))
    v = compute(tables(state))["licensed_share"]
    assert v[0] == 0.25
    assert np.isnan(v[1])


def test_networks_are_no_honest_applicants_but_stand_in_the_statistics() -> None:
    state = blank()
    put(state, "licences", [applied(5.0), applied(5.0, honest=False), applied(5.0, outcome=1, honest=False)])
    v = compute(tables(state))
    assert (v["stat_licences"][0], v["stat_refusals"][0], v["licit_refusals"][0]) == (2, 1, 0)


def test_quantiles_by_run(seed_of: Callable[[str], int]) -> None:
    rng = np.random.default_rng(seed_of("quantiles by run"))
    run = rng.integers(0, 7, 200)
    run = run[run != 3]
    values = np.round(rng.exponential(20, len(run)), 1)
    for share in (0.0, 0.5, 0.95, 1.0):
        got = quantile_by_run(values, run, share, 8)
        for r in range(8):
            mine = values[run == r]
            if len(mine):
                assert got[r] == pytest.approx(np.quantile(mine, share), rel=1e-12)
            else:
                assert np.isnan(got[r])
