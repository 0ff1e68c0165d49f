"""Donors leave: at their end, in a shock, or because a country holds its own; what is handed over then."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.engine.engine import Engine
from stcsim.processes import sustainment
from stcsim.processes.donors import step_donors
from stcsim.processes.graduation import closed, giving, hand_over, step_graduation
from stcsim.state import State, When
from tests.processes.capacity_region import DRAWS, region
from tests.regions import at_once, changed, raw_region, small_region, spec_of

YEAR = 364.0


def able(state: State, level: float = 0.7) -> State:
    """Let the first country hold far more than graduation asks for."""
    home = state.holders.country == 0
    state.holders.captured[home] = level * state.holders.uses[home][:, :, None]
    state.holders.latent[home] = 0.0
    return state


def test_a_country_that_has_held_for_a_year_without_its_aid_graduates() -> None:
    state = able(region(donors=1))
    state.countries.aid[:] = 100.0
    step_graduation(state, 91.0)
    assert closed(state).tolist() == [True, False]
    assert state.countries.handover_until[0] == 91.0 + 2 * YEAR
    step_graduation(state, 91.0 + YEAR - 91.0)
    assert np.isinf(state.countries.graduated).all()
    step_graduation(state, 91.0 + YEAR)
    assert state.countries.graduated.tolist() == [91.0 + YEAR, np.inf]
    state.holders.captured[:] = 0.0
    step_graduation(state, 91.0 + 2 * YEAR)
    assert closed(state).tolist() == [True, False]


def test_donors_come_back_where_capacity_sinks_within_the_year() -> None:
    state = able(region(donors=1))
    state.countries.aid[:] = 100.0
    step_graduation(state, 0.0)
    state.holders.captured[:] = 0.0
    step_graduation(state, 91.0)
    assert not closed(state).any()
    assert np.isneginf(state.countries.handover_until).all()
    step_graduation(state, 2 * YEAR)
    assert np.isinf(state.countries.graduated).all()


def test_who_was_never_aided_holds_and_does_not_graduate() -> None:
    state = able(region(donors=1))
    for day in (0.0, YEAR, 3 * YEAR):
        step_graduation(state, day)
    assert closed(state).tolist() == [True, False]
    assert np.isinf(state.countries.graduated).all()


def test_what_is_handed_over_pays_what_is_missing_and_no_more() -> None:
    state = region(donors=2)
    state.donors.hands_over[:] = True
    state.donors.leaves[:] = 0.0
    missing = sustainment.missing_money(state)
    state.donors.budget[:] = [1e6, 0.0]
    paid = hand_over(state, 91.0, 0.25)
    assert paid == pytest.approx(np.array([missing / 4, [0.0, 0.0]]))
    assert state.countries.handed_over == pytest.approx([1.0, 1.0])
    assert sustainment.funding(state) == pytest.approx(1.0)
    assert (sustainment.upkeep(state, aided=False) < 1.0).any()
    state.donors.budget[:] = [0.2 * missing.sum(), 0.0]
    paid = hand_over(state, 91.0, 0.25)
    assert paid[0] == pytest.approx([0.1 * missing.sum() / 4] * 2)
    assert state.countries.handed_over == pytest.approx(0.1 * missing.sum() / missing)
    assert not hand_over(state, 2 * YEAR, 0.25).any()
    assert not state.countries.handed_over.any()


def test_who_stays_elsewhere_pays_a_handover_from_its_balance() -> None:
    state = able(region(donors=1))
    state.countries.handover_until[0] = 1000.0
    state.donors.balance[:] = 90.0
    paid = hand_over(state, 0.0, 0.25)
    assert paid[0].tolist() == [45.0, 0.0]
    assert state.donors.balance.tolist() == [45.0]


def test_a_donor_that_left_holds_no_activity_and_saves_its_part_of_the_money() -> None:
    state = region(donors=2)
    state.donors.leaves[0] = [0.0, np.inf]
    step_donors(state, DRAWS, When(0, 7, 0))
    mine = state.activities.col("donor") == 0
    assert set(state.holders.country[state.activities.col("holder")[mine]]) == {1}
    assert state.donors.balance[0] + state.activities.col("cost")[mine].sum() == pytest.approx(1200 / 8)
    assert giving(state, 0.0).tolist() == [[False, True], [True, True]]


def exits(week: int, **shock: Any) -> Any:
    raw = raw_region(26, 40)
    raw["donors"][0] |= {"active_until_week": 60, "notice_weeks": 10, "upkeep_handed_over": True}
    raw["shocks"] = {"donor_exit": shock}
    engine = Engine.begin(spec_of(raw), [1])
    engine._refresh(week)
    donors = engine.state.donors
    return donors.leaves, donors.announces, donors.hands_over


def test_ends_come_from_the_file_and_from_shocks_the_earliest_first() -> None:
    shock = {"at_week": 13, "weeks": 10, "country": "B", "notice_weeks": 4}
    leaves, announces, hands_over = exits(5, **shock)
    assert leaves.tolist() == [[420.0] * 3, [np.inf] * 3]
    assert announces[0].tolist() == [350.0] * 3
    assert hands_over.tolist() == [[True] * 3, [False] * 3]
    strikes = float((26 + 13) * 7)
    leaves, announces, hands_over = exits(9, **shock)
    assert leaves.tolist() == [[420.0, strikes, 420.0], [np.inf, strikes, np.inf]]
    assert announces[1].tolist() == [np.inf, strikes - 28, np.inf]
    assert hands_over[0].tolist() == [True, False, True]
    assert exits(23, **shock)[0].tolist() == [[420.0] * 3, [np.inf] * 3]
    one = exits(13, at_week=13, donor="west", upkeep_handed_over=True)
    assert one[0].tolist() == [[420.0] * 3, [strikes] * 3]
    assert one[2].all()


def test_the_end_that_the_file_gives_is_the_last_of_its_activities() -> None:
    raw = raw_region(26, 52)
    raw["donors"][1]["active_until_week"] = 52
    spec = spec_of(raw)
    engine = Engine.begin(spec, [1]).warm().branch([0], [()]).finish()
    days = engine.state.activities
    assert days.col("day")[days.col("donor") == 1].max() < 52 * 7 <= days.col("day").max()


@pytest.fixture(scope="module")
def captured() -> dict[str, Any]:
    """Captured capacity and what donors paid, by how the donors of the region leave after a year."""
    how: dict[str, Any] = {
        "stay": {},
        "early": {"donor_exit": {"at_week": 52}},
        "planned": {"donor_exit": {"at_week": 52, "notice_weeks": 52, "upkeep_handed_over": True}},
    }
    found = {}
    for name, shocks in how.items():
        spec = small_region(26, 156, shocks=shocks, networks=[])
        engine = Engine.begin(spec, [1, 2, 3]).warm()
        for donors in ((), (0.0,)) if name == "early" else ((),):
            branch = engine.branch(range(3), [()] * 3)
            if donors:
                branch.state.donors.budget[:] = 0.0
                branch.state.donors.balance[:] = 0.0
            state = branch.finish().state
            cost = state.ledger.total("cost_donor")
            found["none" if donors else name] = state.ledger.snapshots["captured"][-1], cost
    return found


def test_what_aid_built_is_seen_two_years_after_its_end(captured: dict[str, Any]) -> None:
    assert (captured["early"][0] > captured["none"][0]).all()
    assert (captured["stay"][0] > captured["early"][0]).all()


def test_an_early_exit_loses_what_a_planned_one_keeps_for_less_money(captured: dict[str, Any]) -> None:
    assert (captured["planned"][0] > captured["early"][0]).all()
    assert (captured["planned"][0] > captured["stay"][0]).all()
    assert (captured["planned"][1] < captured["stay"][1]).all()


def test_countries_graduate_in_a_run_where_the_level_is_within_reach() -> None:
    spec = small_region(26, 182, networks=[])
    level = [changed(spec.parameters, **{"donors.graduation_level": x}) for x in (0.2, 0.9)]
    engine = Engine.begin(spec, [1, 1], level).warm()
    state = engine.branch([0, 1], [(at_once("capacity_capture"),)] * 2).finish().state
    graduated = np.isfinite(state.countries.graduated).reshape(2, -1)
    assert graduated[0].any()
    assert not graduated[1].any()
    home = state.holders.country[state.activities.col("holder")]
    late = state.activities.col("day") >= state.countries.graduated[np.maximum(home, 0)]
    assert not late[home >= 0].any()
