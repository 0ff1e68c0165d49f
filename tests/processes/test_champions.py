"""Key practitioners leave by their own clocks; ties, buy-in and will suffer until somebody succeeds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from stcsim.draws import F8, Draws
from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.processes import champions, sustainment
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State, When
from tests.regions import at_once, changed, small_region

Seed = Callable[[str], int]


def ties(state: State) -> F8:
    """The factor on trust of each pair, shape (holders, n)."""
    u, v = np.indices(state.holders.trust.shape)
    return champions.ties_now(state, u, u // state.holders.n * state.holders.n + v)


def region(**values: float) -> ScenarioSpec:
    spec = small_region(26, 104)
    return spec.model_copy(update={"parameters": changed(spec.parameters, **values)})


def quarters(state: State, number: int) -> None:
    for q in range(number):
        champions.step_champions(state, Draws(), When(91 * (q + 1) - 7, 7, 0))


def begun(**values: float) -> State:
    return Engine.begin(region(**values), [7, 8, 9, 10]).state


def test_they_leave_at_their_rate() -> None:
    """Every agency loses one each ``1 / rate + gap`` years; partners and posts have none to lose."""
    state = begun(**{"trust.champion_departure": 0.4, "trust.champion_gap": 0.25})
    quarters(state, 20)
    holders = state.holders
    agency = (holders.kind == 0) & (holders.staff_base > 0)
    assert not holders.champions_lost[~agency].any()
    assert (holders.champion[~agency] == 1).all()
    expected = 5 / (1 / 0.4 + 0.25)
    assert holders.champions_lost[agency].mean() == pytest.approx(expected, abs=0.45)


def test_a_loss_weakens_ties_authority_and_will_and_takes_what_was_earned() -> None:
    state = begun(**{"trust.champion_ties": 0.5, "will.champion_authority": 0.4, "will.champion_will": 0.3})
    holders, countries = state.holders, state.countries
    body = int(countries.authority[0])
    other = int(countries.customs[0])
    inst = float(holders.institutionalised[body])
    holders.trust[body, other] += 0.2
    before, buy_in = float(holders.trust_base[body, other]), sustainment.leadership(state)[body]
    holders.champion_hazard[body] = 1e9
    quarters(state, 1)
    assert holders.champion[body] == 0
    assert holders.champions_lost[body] == 1
    assert holders.trust[body, other] == pytest.approx(before + 0.2 * (1 - 0.5 * (1 - inst)))
    assert ties(state)[body, other] == pytest.approx(1 - 0.5 * (1 - inst))
    assert sustainment.leadership(state)[body] == pytest.approx(buy_in * (1 - 0.4 * (1 - inst)))
    at_rest = champions.will_at_rest(state) / countries.will_base
    assert at_rest[0] == pytest.approx(1 - 0.3 * (1 - inst))
    assert at_rest[1] == 1.0


def test_a_successor_comes_and_what_is_institutionalised_stays() -> None:
    state = begun(**{"trust.champion_departure": 0.0, "trust.champion_gap": 0.5})
    body = int(state.countries.authority[0])
    state.holders.institutionalised[body] = 1.0
    state.holders.champion_hazard[body] = 1e9
    quarters(state, 1)
    assert state.holders.champion[body] == 0
    assert (ties(state) == 1).all()
    assert (champions.will_at_rest(state) == state.countries.will_base).all()
    quarters(state, 3)
    assert state.holders.champion[body] == 1


def test_departures_are_the_same_in_every_arm(seed_of: Seed) -> None:
    engine = Engine.begin(region(**{"trust.champion_departure": 0.5}), [seed_of("champions")]).warm()
    arms = [(), (at_once("interagency_working_group"),), (at_once("training_programme"),)]
    state = engine.branch([0] * 3, arms).finish().state
    lost = state.holders.champions_lost.reshape(3, -1)
    assert lost.sum() > 10
    assert (lost == lost[0]).all()


def test_their_loss_drops_trust_and_will(seed_of: Seed) -> None:
    """Worlds in which they leave often against worlds in which nobody does, under the same seeds."""
    spec = small_region(26, 104)
    never, often = (region(**{"trust.champion_departure": r}).parameters for r in (0.0, 1.0))
    seeds = [seed_of(f"champions/{i}") for i in range(6)]
    engine = Engine.begin(spec, seeds * 2, [never] * 6 + [often] * 6).warm()
    engine = engine.branch(range(12), [(at_once("interagency_working_group"),)] * 12).finish()
    found = compute(Tables.of(spec, engine.state))
    assert (found["champions_lost"][:6] == 0).all()
    for name in ("trust", "political_will"):
        assert (found[name][6:] < found[name][:6]).all(), name


def test_nothing_happens_within_a_quarter() -> None:
    state = begun()
    state.holders.champion_hazard[:] = 1e9
    champions.step_champions(state, Draws(), replace(When(0, 7, 0), day=14))
    assert not state.holders.champions_lost.any()
    assert np.array_equal(ties(state), np.ones_like(state.holders.trust))
