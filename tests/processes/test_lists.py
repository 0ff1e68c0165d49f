"""Lists in force: lags of the regime and of countries, what shortens them, what the catch-all is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from stcsim.draws import Draws
from stcsim.engine.build import build
from stcsim.processes.listed import catch_all_used, may_act, unknown_to, unlisted
from stcsim.processes.lists import national_days, progress, regime_days, step_lists
from stcsim.state.items import SUBJECT_LIST, SUBJECT_TECHNOLOGY
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import State, When
from tests.processes.screening_state import region, ship
from tests.regions import raw_region, spec_of

Seed = Callable[[str], int]
DRAWS = Draws()


def region_with(*shocks: dict[str, Any], lags: tuple[float, ...] = (1.0, 2.0, 0.5)) -> State:
    raw = raw_region(26, 260)
    raw["networks"] = []
    for country, lag in zip(raw["countries"], lags, strict=True):
        country["list_lag"] = lag
    if shocks:
        raw["shocks"] = {"new_technology": list(shocks)}
    return build(spec_of(raw), 1)


def go(state: State, end: int, days: int = 7, start: int = 0) -> State:
    for day in range(start, end, days):
        step_lists(state, DRAWS, When(day, days, 0))
    return state


def switch(state: State, topic: str, *countries: int) -> None:
    state.countries.law[list(countries) or slice(None), LAW_INDEX[topic]] = True


def test_each_country_adopts_after_its_own_lag() -> None:
    state = go(region_with(), 364 + 28 * 7)
    assert state.newest_list.tolist() == [2.0]
    # a lag of 26 weeks has let the second version in 28 weeks after it, one of 52 weeks the first only
    assert state.countries.list_version.tolist() == [2.0, 1.0, 2.0]
    assert state.countries.list_since.tolist() == [364 + 182, 364.0, 364 + 91]


def test_a_country_behind_by_more_than_a_year_is_behind_by_versions() -> None:
    state = go(region_with(lags=(5.0, 1.0, 1.0)), 4 * 364)
    assert state.newest_list.tolist() == [4.0]
    assert state.countries.list_version.tolist() == [2.0, 4.0, 4.0]


def test_who_adopts_by_reference_is_as_new_as_the_regime() -> None:
    state = region_with()
    switch(state, "harmonised_lists", 1)
    go(state, 7)
    assert state.countries.list_version.tolist() == [0.0, 1.0, 0.0]


def test_a_list_in_force_stays_when_the_lag_grows() -> None:
    state = region_with()
    switch(state, "harmonised_lists")
    go(state, 371)
    state.countries.law[:, LAW_INDEX["harmonised_lists"]] = False
    go(state, 378, start=371)
    assert state.countries.list_version.tolist() == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("days", [1, 7])
def test_the_step_changes_no_day(days: int) -> None:
    state = go(region_with({"at_week": 3}), 6 * 364, days)
    tech, week = state.technologies, go(region_with({"at_week": 3}), 6 * 364).technologies
    assert tech.agreed == pytest.approx(week.agreed)
    assert tech.adopted == pytest.approx(week.adopted)
    assert state.countries.list_since.tolist() == [5 * 364 + 182.0, 5 * 364.0, 5 * 364 + 91.0]


def test_a_technology_is_listed_after_both_lags() -> None:
    tech = go(region_with({"at_week": 4}), 6 * 364).technologies
    assert tech.emerges.tolist() == [30 * 7.0]
    assert tech.agreed == pytest.approx((30 + 78) * 7.0)
    assert tech.adopted[0] == pytest.approx((30 + 78 + 26 * np.array([1.0, 2.0, 0.5])) * 7.0)


def test_what_saves_lag_saves_the_shares_of_the_register() -> None:
    state = region_with()
    slow, regime = national_days(state), regime_days(state)
    switch(state, "anticipates_technology", 0)
    assert national_days(state) == pytest.approx(slow * [0.5, 1.0, 1.0])
    assert regime_days(state) == pytest.approx(regime * (1 - 0.5 / 3))
    switch(state, "technology_watch")
    assert national_days(state) == pytest.approx(slow * 0.75 * [0.5, 1.0, 1.0])
    assert regime_days(state) == pytest.approx(regime * 0.75 * (1 - 0.5 / 3))


def test_a_country_without_an_authority_is_no_member_of_the_regime() -> None:
    state = region_with()
    state.countries.authority[2] = -1
    switch(state, "anticipates_technology", 2)
    assert regime_days(state) == pytest.approx(78 * 7)
    switch(state, "anticipates_technology", 0, 1)
    assert regime_days(state) == pytest.approx(39 * 7)


def test_a_lag_that_is_halved_midway_halves_what_is_left() -> None:
    state = region_with({"at_week": 0})
    go(state, (26 + 39) * 7)
    switch(state, "anticipates_technology")
    go(state, 6 * 364, start=(26 + 39) * 7)
    assert state.technologies.agreed == pytest.approx((26 + 39 + 39 / 2) * 7)


def test_progress_ends_on_its_day() -> None:
    done, day = progress(np.array([0.0, 0.5, 0.0]), np.array([10.0, 10.0, 0.0]), np.full(3, 2.0), 9.0)
    assert done == pytest.approx([0.7, 1.0, 1.0])
    assert day.tolist() == [np.inf, 7.0, 2.0]


def test_lists_are_sent_out_by_authorities_when_in_force() -> None:
    state = go(region_with({"at_week": 0}), 30 * 7)
    items = state.items
    born = {(int(c), float(d)) for c, d in zip(items.country[0], items.born[0], strict=True)}
    kinds = items.subject_kind[0][items.alive[0]]
    assert (kinds == SUBJECT_LIST).sum() == 2, "in the country with twice the lag the list is still to come"
    assert {(0, 182.0), (2, 91.0)} <= born
    assert (kinds == SUBJECT_TECHNOLOGY).sum() == 0
    go(state, 150 * 7, start=30 * 7)
    assert (items.subject_kind[0][items.alive[0]] == SUBJECT_TECHNOLOGY).sum() == 2
    reader = state.countries.authority
    assert state.technologies.known[0, reader] == pytest.approx(state.technologies.adopted[0])


def named(n: int) -> list[str]:
    return [f"case/{i}" for i in range(n)]


def none(n: int) -> NDArray[np.int64]:
    return np.full(n, -1, dtype=np.int64)


def test_goods_are_unlisted_where_the_list_is_behind() -> None:
    state = go(region_with(), 100)
    country = np.arange(3)
    new, days = np.ones(3, dtype=np.bool_), np.full(3, 95.0)
    assert unlisted(state, country, new, none(3), days).tolist() == [True, True, False]
    # attempted before the day on which the list came into force
    assert unlisted(state, country, new, none(3), np.full(3, 90.0)).all()
    assert not unlisted(state, country, ~new, none(3), days).any()


def test_a_technology_is_unlisted_until_adopted() -> None:
    state = go(region_with({"at_week": 0}), 120 * 7)
    adopted = state.technologies.adopted[0]
    assert np.isfinite(adopted).tolist() == [False, False, True]
    of, new = np.zeros(3, dtype=np.int64), np.zeros(3, dtype=np.bool_)
    assert unlisted(state, np.arange(3), new, of, np.full(3, adopted[2])).tolist() == [True, True, False]
    assert unlisted(state, np.arange(3), new, of, np.full(3, adopted[2] - 1)).all()


def test_neither_will_nor_a_catch_all_alone_stops_unlisted_goods(seed_of: Seed) -> None:
    """Both stop the register's share: within .03 of it at six standard errors of 6,000."""
    state = region(seeds=(seed_of("catch_all"),))
    rows = ship(state, named(6000), 0, due=1.0, unlisted=True)
    country = state.cases.country[rows]
    found = {}
    for will in (0.0, 0.5, 1.0):
        for law in (False, True):
            state.countries.will[:] = will
            state.countries.law[:, LAW_INDEX["catch_all"]] = law
            found[will, law] = may_act(state, rows, country).mean()
            assert found[will, law] == catch_all_used(state, rows, country).mean()
    assert [found[w, False] for w in (0.0, 0.5, 1.0)] == [0.0, 0.0, 0.0]
    assert [found[w, True] for w in (0.0, 0.5, 1.0)] == pytest.approx([0.0, 0.4, 0.8], abs=0.03)
    state.cases.unlisted[rows] = False
    state.countries.will[:] = 0.0
    assert may_act(state, rows, country).all()


def test_who_has_read_no_list_that_names_the_goods_does_not_know_them() -> None:
    state = region()
    state.newest_list[:] = 3.0
    state.holders.list_version[:] = [3.0, 3.0, 3.0, 2.0]
    rows = ship(state, named(2), 0, due=1.0, new_goods=True)
    assert unknown_to(state, rows, np.array([2, 3])).tolist() == [False, True]
    state.cases.new_goods[rows] = False
    assert not unknown_to(state, rows, np.array([2, 3])).any()
