"""Identity grows where agencies and partners meet, and speeds sharing where channels are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from stcsim.draws import Draws
from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.processes.belonging import speed_of_sharing, step_belonging
from stcsim.state.state import When
from tests.regions import at_once, changed, small_region, warmed

Seed = Callable[[str], int]
SPEC = small_region(13, 65)


def test_it_follows_its_law() -> None:
    state = Engine.begin(SPEC, [1]).state
    p = state.values.runs[0].trust
    state.compiled.belonging[:] = 4.0
    rate = 4 * p.identity_gain + p.identity_fading
    rest = 4 * p.identity_gain / rate
    for quarter in range(8):
        step_belonging(state, Draws(), When(91 * (quarter + 1) - 7, 7, 0))
    assert state.holders.identity == pytest.approx(rest * (1 - np.exp(-rate * 2.0)))


def test_it_speeds_what_passes_and_is_limited() -> None:
    state = Engine.begin(SPEC, [1]).state
    c, speed = state.compiled, state.values.runs[0].trust.identity_speed
    assert (speed_of_sharing(state, c.edge_from, c.edge_to) == 1).all()
    state.holders.identity[:] = 0.49
    assert speed_of_sharing(state, c.edge_from, c.edge_to) == pytest.approx(1 + 0.49 * speed)
    state.holders.identity[:] = 1.0
    assert speed_of_sharing(state, c.edge_from, c.edge_to).max() == pytest.approx(1 + speed)
    state.holders.identity[c.edge_from[0]] = 0.0
    assert speed_of_sharing(state, c.edge_from[:1], c.edge_to[:1])[0] == 1.0


def test_meetings_of_agencies_alone_give_none_those_with_partners_do(seed_of: Seed) -> None:
    arms = [(), (at_once("interagency_working_group"),), (at_once("joint_events"),)]
    state = warmed(SPEC, (seed_of("belonging"),)).branch([0] * 3, arms).finish().state
    found = compute(Tables.of(SPEC, state))["identity"]
    assert found[0] == found[1] == 0.0
    assert found[2] > 0.03


def test_more_is_shared_on_existing_channels_and_nothing_where_there_is_none(seed_of: Seed) -> None:
    cut = {"information.tie_probability": 0.0, "information.delay_headquarters_post": 20_000.0}
    low, high = {"trust.identity": 0.0}, {"trust.identity": 0.8, "trust.identity_speed": 1.0}
    usual = small_region(13, 65, channels=[])
    worlds = [changed(usual.parameters, **w) for w in (low, high, {**low, **cut}, {**high, **cut})]
    seeds = [seed_of(f"belonging/{i}") for i in range(5)]
    engine = Engine.begin(usual, seeds * 4, [w for w in worlds for _ in seeds]).warm().finish()
    shared = compute(Tables.of(usual, engine.state))["stat_items_shared"].reshape(4, 5).mean(axis=1)
    assert shared[1] > 1.1 * shared[0]
    assert shared[3] - shared[2] <= 2.0
