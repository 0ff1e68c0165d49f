"""How a series over months is drawn: as asked where it can be, else as says most."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

from stcsim.dashboard.comparing.over_time import WAYS, way_of
from stcsim.outcomes.series import SERIES


def test_what_happens_in_a_month_is_summed_up_and_what_there_is_is_not() -> None:
    assert way_of("diversions", "") == "summed"
    assert way_of("cost_national", "") == "summed"
    assert way_of("captured_capacity", "") == "monthly"
    assert way_of("licence_backlog", "") == "monthly"


@pytest.mark.parametrize("name", sorted(SERIES))
def test_every_way_that_there_is_can_be_asked_for(name: str) -> None:
    for way in WAYS:
        drawn = way_of(name, way)
        assert drawn == way or (way == "summed" and not SERIES[name].adds_up)


def test_sums_lose_the_month_of_their_unit() -> None:
    assert SERIES["diversions"].sum_unit == "transfers"
    assert SERIES["cost_national"].sum_unit == "thousand US dollars"
    assert SERIES["captured_capacity"].sum_unit == "share"
    assert not SERIES["licit_delay_mean"].adds_up
