"""Aid replaces a part of national money: how far, how fast, and how slowly it comes back."""

from __future__ import annotations

import math

import numpy as np
import pytest

from stcsim.processes import sustainment
from stcsim.processes.crowding import step_crowding
from tests.processes.capacity_region import assumed, region, weeks


def test_it_tends_to_the_part_that_aid_has_in_all_money() -> None:
    state = region(donors=1)
    own = sustainment.national_money(state)
    k = state.values.runs[0].donors.crowding_out
    state.countries.counted_on[:] = own * [1.0, 3.0]
    for _ in range(80):
        step_crowding(state, 0.25)
    assert state.countries.displaced == pytest.approx([k / 2, 3 * k / 4])


def test_it_gives_way_at_one_rate_and_comes_back_at_another() -> None:
    p = assumed(donors={"crowding_rate": 2.0, "recovery_rate": 0.5, "crowding_out": 0.4})
    state = region(donors=1, parameters=[p])
    state.countries.counted_on[:] = sustainment.national_money(state)
    step_crowding(state, 0.5)
    risen = 0.2 * (1 - math.exp(-1))
    assert state.countries.displaced == pytest.approx([risen, risen])
    state.countries.counted_on[:] = 0.0
    step_crowding(state, 1.0)
    assert state.countries.displaced == pytest.approx([risen * math.exp(-0.5)] * 2)


def test_one_long_step_is_many_short_ones() -> None:
    once, often = region(donors=1), region(donors=1)
    for state, steps in ((once, 1), (often, 12)):
        state.countries.counted_on[:] = [500.0, 2000.0]
        for _ in range(steps):
            step_crowding(state, 1.0 / steps)
    assert once.countries.displaced == pytest.approx(often.countries.displaced)


def test_what_gives_way_is_missing_for_use_and_upkeep() -> None:
    state = region(donors=1)
    before = sustainment.funding(state), sustainment.upkeep(state), sustainment.missing_money(state)
    state.countries.displaced[:] = [0.2, 0.0]
    home = state.holders.country
    for old, new in zip(before[:2], (sustainment.funding(state), sustainment.upkeep(state)), strict=True):
        assert new[home == 0] == pytest.approx(0.8 * old[home == 0])
        assert np.array_equal(new[home != 0], old[home != 0])
    more = sustainment.missing_money(state) - before[2]
    assert more == pytest.approx(0.2 * sustainment.national_money(state) * [1.0, 0.0])


def test_national_budgets_count_on_aid_until_its_end_is_announced() -> None:
    lasting, ending = region(donors=1), region(donors=1)
    ending.donors.announces[:, 0] = 0.0
    for state in (lasting, ending):
        weeks(state, 52)
    assert (lasting.countries.displaced > 0.01).all()
    assert ending.countries.displaced[0] == 0.0
    assert ending.countries.displaced[1] == pytest.approx(lasting.countries.displaced[1], rel=0.1)


def test_without_aid_nothing_gives_way() -> None:
    state = weeks(region(donors=0), 30)
    assert not state.countries.displaced.any()
    idle = region(donors=2)
    idle.donors.budget[:] = 0.0
    assert not weeks(idle, 30).countries.displaced.any()
