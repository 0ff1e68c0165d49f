"""The laws themselves: they see an attempt that is lost, doubled or invented, in whichever run of a stack."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from stcsim.actors.vocabulary import ORIGINS
from stcsim.draws import mix
from stcsim.engine.engine import Engine
from stcsim.processes.adversary import FURTHER
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.state import State
from stcsim.state.table import columns_of
from tests.properties.laws import broken_laws
from tests.regions import small_region

CALM = small_region(4, 8)
LOST, TWICE, NOBODY = "attempts that are in no table", "attempts that occur twice", "attempts of nobody"


def conflict(attempts: float, at_week: int = 0, country: str = "") -> ScenarioSpec:
    struck = {"at_week": at_week, "weeks": 4, "country": country, "attempts": attempts}
    return small_region(4, 8, shocks={"conflict": struck})


@cache
def finished(spec: ScenarioSpec) -> State:
    return Engine.begin(spec, [7, 7]).warm().finish().state


def two_alike() -> State:
    """Two runs of one seed, whose keys are the same."""
    return finished(CALM).take([0, 1])


def one_of(state: State, run: int, week: int) -> int:
    """Return the row of a potential attempt of a run in a week after arms branched."""
    cases = state.cases
    ours = (cases.col("origin") == ORIGINS.index("adversary")) & (cases.col("run") == run)
    return int(np.flatnonzero(ours & (cases.col("born") // 7 == CALM.time.warm_up_weeks + week))[0])


def add(state: State, row: int, *ordinals: int) -> None:
    """Add an attempt like that of a row, keyed as the further ones of its occasion, or as itself."""
    values = {f.name: state.cases.col(f.name)[[row]].copy() for f in columns_of(state.cases)}
    for j in ordinals:
        values["key"] = mix(values["key"], FURTHER + j)
    state.cases.append(**values)


def test_a_lost_attempt_is_missed_in_either_run() -> None:
    for run in (0, 1):
        state = two_alike()
        row = one_of(state, run, 2)
        state.cases.origin[row], state.cases.opportunities[row] = ORIGINS.index("ignorance"), 0.0
        assert broken_laws(state, CALM) == [LOST]


def test_an_attempt_twice_is_seen_in_either_run() -> None:
    for run in (0, 1):
        state = two_alike()
        add(state, one_of(state, run, 2))
        assert broken_laws(state, CALM) == [TWICE]


@pytest.mark.parametrize(
    ("spec", "allowed"),
    [
        (CALM, False),
        (conflict(1.5), True),
        (conflict(0.5), False),
        (conflict(1.5, at_week=3), False),
    ],
)
def test_a_further_attempt_takes_a_conflict_at_that_time(spec: ScenarioSpec, allowed: bool) -> None:
    state = two_alike()
    add(state, one_of(state, 1, 2), 0)
    assert broken_laws(state, spec) == ([] if allowed else [NOBODY])


def test_it_takes_one_where_the_network_is_at_home() -> None:
    state = two_alike()
    row = one_of(state, 1, 2)
    homes = state.networks.home[state.cases.network[row]] % state.countries.n
    home = state.countries.ids[homes]
    add(state, row, 0)
    for country in state.countries.ids:
        assert broken_laws(state, conflict(1.5, country=country)) == ([] if country == home else [NOBODY])


def test_a_second_further_one_takes_a_first_and_a_worse_conflict() -> None:
    state = two_alike()
    row = one_of(state, 1, 2)
    further = mix(state.cases.key[[row]], FURTHER + 1)
    add(state, row, 0)
    last = state.cases.count
    add(state, row, 0)
    state.cases.key[last] = further[0]
    assert broken_laws(state, conflict(2.5)) == []
    assert broken_laws(state, conflict(1.5)) == [NOBODY]
    state.cases.key[last - 1] = mix(further, 0)[0]
    assert broken_laws(state, conflict(2.5)) == [NOBODY]


def test_a_run_in_which_each_occasion_comes_several_times_keeps_them() -> None:
    spec = conflict(3.5)
    state = finished(spec)
    ours = state.cases.col("origin") == ORIGINS.index("adversary")
    assert ours.sum() > 1.5 * state.networks.attempts.sum()
    assert broken_laws(state, spec) == []
