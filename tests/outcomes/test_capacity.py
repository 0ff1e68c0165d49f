"""Stocks of capacity and what assistance leaves, in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.actors.vocabulary import PILLARS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.series import series
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import State
from tests.outcomes.hand_made import END, FIRST, blank, put, tables


def filled(captured: float, latent: float) -> State:
    state = blank()
    state.holders.captured[:] = captured
    state.holders.latent[:] = latent
    return state


def test_captured_share() -> None:
    v = compute(tables(filled(0.3, 0.1)))
    assert v["captured_capacity"] == pytest.approx(np.full(2, 0.3))
    assert v["captured_share"] == pytest.approx(np.full(2, 0.75))
    assert np.isnan(compute(tables(filled(0.0, 0.0)))["captured_share"]).all()


def test_classes() -> None:
    state = filled(0.0, 0.0)
    kind = state.holders.kind
    for name, value in (("agency", 0.1), ("partner", 0.2), ("post", 0.4), ("stretch", 0.4)):
        state.holders.captured[kind == HOLDER_KINDS.index(name)] = value
    v = compute(tables(state))
    assert [v[f"captured_{c}"][0] for c in ("agencies", "partners", "frontline")] == pytest.approx(
        [0.1, 0.2, 0.4]
    )


def test_a_body_without_staff_weighs_nothing() -> None:
    state = filled(0.3, 0.1)
    before = compute(tables(state))
    row = np.flatnonzero(state.holders.staff_base > 0)[0]
    state.holders.staff_base[row] = 0.0
    kept = compute(tables(state))["captured_capacity"]
    state.holders.captured[row] = 0.9
    assert compute(tables(state))["captured_capacity"].tolist() == kept.tolist()
    assert before["captured_capacity"] == pytest.approx(kept)


def test_a_pillar_that_nobody_works_in_is_undefined() -> None:
    state = filled(0.3, 0.1)
    state.holders.uses[:] = False
    v = compute(tables(state))
    assert all(np.isnan(v[f"competence_{p}"]).all() for p in PILLARS)


def test_mean_over_months_and_last_month() -> None:
    """A horizon of 26 months: 25 are written down, the last stands as the stock is now."""
    state = filled(0.5, 0.1)
    for month in range(25):
        state.ledger.snapshot("captured", np.array([0.01 * month, 0.2]))
    drawn = series(tables(state))["captured_capacity"]
    assert drawn[:25, 0] == pytest.approx(0.01 * np.arange(25))
    assert drawn[25, 0] == pytest.approx(0.5)
    assert compute(tables(state))["captured_capacity_mean"][1] == pytest.approx((25 * 0.2 + 0.5) / 26)


def activity(day: float, run: int = 0, **given: Any) -> dict[str, Any]:
    return {"run": run, "day": day, "holder": run * blank().holders.n, "cost": 50.0, "people": 10.0, **given}


def test_what_is_left_two_years_after_aid() -> None:
    state = filled(0.2, 0.1)
    staffed = np.flatnonzero((state.holders.staff_base > 0) & (state.holders.run == 0))
    old, recent = staffed[0], staffed[1]
    state.holders.captured[old], state.holders.captured[recent] = 0.7, 0.9
    put(
        state,
        "activities",
        [
            activity(FIRST - 100.0, holder=old),
            activity(FIRST - 100.0, holder=recent),
            activity(FIRST + 100.0, holder=recent),
        ],
    )
    v = compute(tables(state))["captured_after_aid"]
    assert v[0] == pytest.approx(0.7)
    assert np.isnan(v[1])


def test_duplication_and_what_was_counted() -> None:
    """What is stamped with the first counted day counts, with the day after the last not."""
    state = filled(0.2, 0.1)
    rows = [
        activity(float(FIRST)),
        activity(FIRST + 91.0, collided=True),
        activity(FIRST + 91.0, collided=True),
    ]
    rows += [activity(FIRST + 91.0), activity(float(END)), activity(FIRST - 91.0, collided=True)]
    put(state, "activities", rows)
    v = compute(tables(state))
    assert v["duplication_share"][0] == pytest.approx(0.5)
    assert np.isnan(v["duplication_share"][1])
    assert (v["stat_events"][0], v["stat_people_trained"][0]) == (4, 40)
    units = 0.2 * (state.holders.uses * np.minimum(state.holders.staff_base, 1)[:, None])
    assert v["captured_per_thousand_usd"][0] == pytest.approx(units[state.holders.run == 0].sum() / 200)


def test_will_of_countries_in_which_somebody_works() -> None:
    state = blank()
    state.countries.will[:] = np.tile([0.2, 0.4, 0.9], 2)
    state.holders.staff_base[state.holders.country == 2] = 0.0
    assert compute(tables(state))["political_will"] == pytest.approx([0.3, (0.2 + 0.4 + 0.9) / 3])


def test_awareness_of_small_firms() -> None:
    state = blank()
    firms = state.firms
    firms.rate[:], firms.awareness[:] = 0.0, 0.9
    sme = np.flatnonzero((firms.firm_class == 1) & (firms.run == 0))[:3]
    firms.rate[sme[:2]] = [1.0, 9.0]
    firms.awareness[sme] = [0.1, 0.3, 0.8]
    v = compute(tables(state))
    assert v["awareness_sme"][0] == pytest.approx(0.2), "a firm that never exports counts nothing"
    assert v["awareness"][0] == pytest.approx(0.28)
    assert np.isnan(v["awareness_sme"][1])
