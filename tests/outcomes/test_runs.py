"""Outcomes of real runs: alone as in a stack, conserved, consistent with each other and with the ledger."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.actors.vocabulary import FATES
from stcsim.draws import mix
from stcsim.engine.engine import Engine
from stcsim.errors import ModelError
from stcsim.outcomes.bodies import bodies
from stcsim.outcomes.conservation import check
from stcsim.outcomes.registry import INFOS, compute
from stcsim.outcomes.series import series
from stcsim.outcomes.tables import Tables
from stcsim.processes.adversary import FURTHER
from stcsim.state.state import State
from tests.regions import everything, small_region, warmed

SPEC = small_region(warm_up=13, counted=54)
SEEDS = (21, 22, 23)


@pytest.fixture(scope="module")
def stacked() -> Engine:
    return warmed(SPEC, SEEDS).branch([0, 1, 2] * 2, [()] * 3 + [everything()] * 3).finish()


@pytest.fixture
def state(stacked: Engine) -> State:
    return stacked.state.take(range(6))


def test_values(stacked: Engine) -> None:
    for name, values in compute(Tables.of(SPEC, stacked.state)).items():
        assert "Undefined" in INFOS[name].text or np.isfinite(values).all(), name


@pytest.mark.parametrize("run", [1, 5])
def test_alone_as_in_a_stack(stacked: Engine, run: int) -> None:
    alone = Engine.begin(SPEC, [SEEDS[run % 3]]).warm().branch([0], [stacked.arms[run]]).finish()
    many, one = Tables.of(SPEC, stacked.state), Tables.of(SPEC, alone.state)
    first, second = compute(many), compute(one)
    assert [k for k in first if not np.array_equal(first[k][[run]], second[k], equal_nan=True)] == []
    drawn, drawn_one = series(many), series(one)
    assert [k for k in drawn if not np.array_equal(drawn[k][:, [run]], drawn_one[k], equal_nan=True)] == []
    rows, rows_one = bodies(many), bodies(one)
    assert rows.hours[rows.run == run].tolist() == rows_one.hours.tolist()


def test_flows_add_up_over_the_months(stacked: Engine) -> None:
    t = Tables.of(SPEC, stacked.state)
    found, drawn = compute(t), series(t)
    assert t.months == 14
    for name in (
        "diversions",
        "attempts",
        "attempts_forgone",
        "interdictions",
        "stat_seizures",
        "cases_opened",
    ):
        assert drawn[name].shape == (14, 6)
        assert drawn[name].sum(axis=0).tolist() == found[name].tolist(), name
    for name in ("coordination_hours", "cost_donor", "cost_national", "licit_detained"):
        assert drawn[name].sum(axis=0) == pytest.approx(found[name]), name


def test_stocks_end_where_outcomes_stand(stacked: Engine) -> None:
    """The counted time ends within a month: the last value is the stock at the end all the same."""
    t = Tables.of(SPEC, stacked.state)
    found, drawn = compute(t), series(t)
    for name in (
        "captured_capacity",
        "competence",
        "political_will",
        "trust",
        "recognition",
        "idle_equipment",
    ):
        assert drawn[name][-1].tolist() == found[name].tolist(), name
    assert drawn["awareness_sme"][-1] == pytest.approx(found["awareness_sme"])


def test_attempts_and_fates_add_up(stacked: Engine) -> None:
    check(Tables.of(SPEC, stacked.state))
    v = compute(Tables.of(SPEC, stacked.state))
    assert (v["attempts"] + v["attempts_forgone"] == v["opportunities"]).all()
    assert (v["diversions_undiscovered"] + v["diversions_discovered_later"] == v["diversions"]).all()
    assert (v["opportunities"] > 50).all()
    assert (v["diversions"] > 5).all()


def test_what_a_conflict_adds_belongs_to_somebody() -> None:
    shock = {"at_week": 2, "weeks": 20, "country": "C", "attempts": 3.5}
    spec = small_region(warm_up=4, counted=26, shocks={"conflict": shock})
    state = Engine.begin(spec, [5, 6]).warm().branch([0, 1, 0], [()] * 3).finish().state
    check(Tables.of(spec, state))
    assert state.networks.attempts.sum() < (state.cases.col("origin") == 0).sum()
    last = np.flatnonzero(state.cases.col("origin") == 0)[-1]
    state.cases.key[last] += np.uint64(1)
    with pytest.raises(ModelError, match="attempts"):
        check(Tables.of(spec, state))


def test_the_world_is_the_same_in_both_arms(stacked: Engine) -> None:
    v = compute(Tables.of(SPEC, stacked.state))["opportunities"]
    assert v[:3].tolist() == v[3:].tolist()


def _first(state: State, fate: str) -> int:
    cases = state.cases
    return int(np.flatnonzero((cases.col("fate") == FATES.index(fate)) & (cases.col("origin") == 0))[0])


def _lose(state: State) -> None:
    row = _first(state, "completed")
    state.cases.origin[row], state.cases.opportunities[row] = 2, 0.0


def _double(state: State) -> None:
    rows = np.flatnonzero((state.cases.col("origin") == 0) & (state.cases.col("run") == 0))
    state.cases.key[rows[1]] = state.cases.key[rows[0]]


def _add(state: State) -> None:
    """A further occasion, as a conflict would have added it, stands in the place of a firm's consignment."""
    cases = state.cases
    of = np.flatnonzero((cases.col("origin") == 0) & (cases.col("run") == 0))[0]
    row = np.flatnonzero((cases.col("origin") != 0) & (cases.col("run") == 0))[0]
    for name in ("network", "opportunities", "born", "stage", "fate", "fate_day", "way"):
        getattr(cases, name)[row] = getattr(cases, name)[of]
    cases.origin[row], cases.key[row] = 0, mix(cases.key[[of]], FURTHER)[0]


def _reopen(state: State) -> None:
    state.cases.stage[_first(state, "completed")] = 3


def _forget_the_day(state: State) -> None:
    state.cases.fate_day[_first(state, "completed")] = np.nan


def _forgo(state: State) -> None:
    state.cases.fate[_first(state, "completed")] = FATES.index("forgone")


def _seize(state: State) -> None:
    row = _first(state, "completed")
    state.cases.fate[row] = FATES.index("interdicted_checkpoint")
    state.cases.fate_day[row] = SPEC.time.warm_up_weeks * 7 + 20.0


def _count(state: State) -> None:
    state.ledger.add("potential_attempts", 0, np.array([2]))


@pytest.mark.parametrize("harm", [_lose, _double, _add, _reopen, _forget_the_day, _forgo, _seize, _count])
def test_a_broken_law_is_noticed(state: State, harm: object) -> None:
    check(Tables.of(SPEC, state))
    harm(state)
    with pytest.raises(ModelError, match=r"in run \d"):
        check(Tables.of(SPEC, state))


def test_a_structure_of_other_runs_is_refused(stacked: Engine) -> None:
    with pytest.raises(ModelError, match="other runs"):
        compute(Tables.of(SPEC, stacked.state.take([2])))


def test_a_run_that_was_stopped_early(stacked: Engine) -> None:
    """Up to a day before the horizon, only what happened by then counts."""
    whole = Tables.of(SPEC, stacked.state)
    half = Tables.of(SPEC, stacked.state, day=(13 + 24) * 7)
    assert half.months == 6
    assert half.years == pytest.approx(24 / 52)
    assert (compute(half)["attempts"] < compute(whole)["attempts"]).all()
    assert series(half)["attempts"].tolist() == series(whole)["attempts"][:6].tolist()
