"""States behind networks and beside each other: whom diplomacy moves, and what tightening alone costs."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import Draws, keys_of
from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.processes.restraint import restrained
from stcsim.processes.rivalry import given_up
from stcsim.state.state import State
from tests.outcomes.hand_made import blank
from tests.regions import at_once, raw_region, spec_of

DRAWS = Draws()
KEYS = keys_of([f"attempt/{i}" for i in range(20_000)])


def forgone(state: State, network: int) -> float:
    rows = np.full(len(KEYS), network)
    return float(restrained(state, rows, lambda: DRAWS.uniform("restraint", 0, KEYS)).mean())


def with_will(home: float, base: float) -> State:
    state = blank()
    state.countries.will_base[:] = base
    state.countries.will[:] = home
    return state


@pytest.mark.parametrize(("will", "base"), [(1.0, 0.3), (0.65, 0.3), (0.3, 0.3), (0.2, 0.3)])
def test_a_state_linked_network_forgoes_the_share_by_which_its_home_has_come_to_care(
    will: float, base: float
) -> None:
    state = with_will(will, base)
    weight = state.values.runs[0].adversary.home_restraint
    assert forgone(state, 0) == pytest.approx(weight * max(will - base, 0) / (1 - base), abs=0.01)
    state.networks.state_linked[:] = False
    assert forgone(state, 0) == 0.0


def test_who_tightens_alone_gives_up_will_to_rivals_and_not_where_all_tighten() -> None:
    """Supplies .7, .2, .1: others of the first have risen by (.2 * .1 + .1 * .4) / .3."""
    state = blank()
    c = state.countries
    rise = np.array([0.3, 0.1, 0.4])
    c.will_base[:] = 0.3
    c.will[:] = np.tile(0.3 + rise, 2)
    k = state.values.runs[0].will.rivalry
    first = (0.2 * 0.1 + 0.1 * 0.4) / 0.3
    others = np.array([first, (0.7 * 0.3 + 0.1 * 0.4) / 0.8, (0.7 * 0.3 + 0.2 * 0.1) / 0.9])
    assert given_up(state)[:3] == pytest.approx(k * np.maximum(rise - others, 0.0))
    c.will[:] = 0.5
    assert given_up(state) == pytest.approx(0.0, abs=1e-12)
    c.supply[:] = np.tile([1.0, 0.0, 0.0], 2)
    c.will[:] = np.tile([0.9, 0.3, 0.3], 2)
    assert given_up(state).tolist() == [0.0] * 6


def test_engaging_a_home_without_a_border_of_its_own_moves_state_linked_networks_alone() -> None:
    """The home supplies nothing and has no posts, so what is inspected stays as it is."""
    raw = raw_region(counted=52)
    roles = ("foreign_affairs", "trade_ministry", "customs_headquarters")
    bodies = [{"role": role, "staff": 4.0} for role in roles]
    raw["countries"].append({"id": "D", "will": 0.2, "supply": 0.0, "agencies": bodies})
    raw["networks"] = [
        {"id": "linked", "kind": "state_linked", "home": "D", "attempts": 200.0},
        {"id": "alone", "kind": "non_state", "home": "D", "attempts": 200.0},
    ]
    spec = spec_of(raw)
    seeds = list(range(8))
    engage = at_once("leadership_engagement", countries=("D",), per_year=12.0)
    engine = Engine.begin(spec, seeds).warm()
    state = engine.branch(seeds * 2, [()] * 8 + [(engage,)] * 8).finish().state
    v = compute(Tables.of(spec, state))
    moved = {k: (x[8:] - x[:8]) for k, x in v.items()}
    per = {k: moved[k].mean() / v[k][:8].mean() for k in ("attempts_state_linked", "attempts_non_state")}
    assert (moved["attempts_state_linked"] <= 0).all()
    assert per["attempts_state_linked"] < -0.08
    assert abs(per["attempts_non_state"]) < 0.03
