"""The matrix says what is in law and who enforces it; counts and the index follow from its entries."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from stcsim import load, run
from stcsim.engine.engine import Engine
from stcsim.outcomes.matrix import BLANK, ESTABLISHED, FIELDS, RECORDED, UNCLEAR, matrix, readiness
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.scenario.readiness import ReadinessSpec
from stcsim.scenario.spec import ScenarioSpec
from stcsim.state.populations import LAW_INDEX
from stcsim.state.state import State

ROW = {f.name: j for j, f in enumerate(FIELDS)}
BORDER = [f"{x}.law.{y}=false" for x in ("countries[Orsund]",) for y in ("catch_all", "brokering")]


@pytest.fixture(scope="module")
def spec() -> ScenarioSpec:
    return load("small_region", ["time.warm_up_weeks=1", "time.counted_weeks=4", *BORDER])


@pytest.fixture
def state(spec: ScenarioSpec) -> State:
    return Engine.begin(spec, [1, 2]).warm().state


def test_every_switch_has_one_row_at_most() -> None:
    named = [f.law for f in FIELDS if f.law]
    assert len(set(named)) == len(named)
    assert set(named) <= set(LAW_INDEX)


def test_the_legal_column_follows_the_law(state: State) -> None:
    legal = matrix(state).legal
    for name in ("catch_all", "transit", "detention"):
        law = state.countries.law[:, LAW_INDEX[FIELDS[ROW[name]].law]]
        assert ((legal[:, ROW[name]] == RECORDED) == law).all()
    assert (legal[:, ROW["border"]] == -1).all()
    state.countries.law[:, [LAW_INDEX["administrative_penalties"], LAW_INDEX["criminal_penalties"]]] = False
    unbacked = matrix(state).legal
    assert ((unbacked[:, ROW["export"]] == UNCLEAR) == state.countries.law[:, LAW_INDEX["export"]]).all()
    assert (unbacked[:, ROW["criminal"]] == BLANK).all()
    assert (unbacked[:, ROW["sharing"]] == legal[:, ROW["sharing"]]).all(), "sharing needs no penalty"


def test_the_enforcement_column_follows_body_law_and_competence(state: State) -> None:
    row = state.countries.authority
    review = ROW["export"]
    state.holders.competence[row] = ESTABLISHED
    assert (matrix(state).enforcement[:, review] == RECORDED).all()
    state.holders.competence[row] = ESTABLISHED - 0.01
    assert (matrix(state).enforcement[:, review] == UNCLEAR).all()
    state.holders.competence[row] = ESTABLISHED
    state.countries.law[:, LAW_INDEX["export"]] = False
    assert (matrix(state).enforcement[:, review] == UNCLEAR).all()
    state.countries.authority[:] = -1
    assert (matrix(state).enforcement[:, review] == BLANK).all()


def test_posts_are_recorded_by_their_mean_competence(state: State) -> None:
    posts, border = state.posts, ROW["border"]
    mine = posts.holder[(posts.country == 0) & ~posts.stretch]
    state.holders.competence[mine] = np.linspace(ESTABLISHED - 0.2, ESTABLISHED + 0.2, len(mine))[:, None]
    assert matrix(state).enforcement[0, border] == RECORDED
    state.holders.competence[mine] -= 0.01
    assert matrix(state).enforcement[0, border] == UNCLEAR


def test_the_index_is_the_weighted_mean_of_shares(state: State) -> None:
    found = matrix(state)
    legal, enforced = found.legal / RECORDED, found.enforcement / RECORDED
    one = {"legislation": 1.0, "monitoring": 0.0, "enforcement": 0.0, "international": 0.0}
    laws = [j for j, f in enumerate(FIELDS) if f.law and f.criterion != "international"]
    assert np.allclose(readiness(state, ReadinessSpec(**one)), 100 * legal[:, laws].mean(axis=1))
    held = [j for j, f in enumerate(FIELDS) if f.criterion == "enforcement"]
    police = ReadinessSpec(**{**one, "legislation": 0.0, "enforcement": 7.0})
    assert np.allclose(readiness(state, police), 100 * enforced[:, held].mean(axis=1))
    both = ReadinessSpec(legislation=1.0, monitoring=0.0, enforcement=1.0, international=0.0)
    mean = (readiness(state, ReadinessSpec(**one)) + readiness(state, police)) / 2
    assert np.allclose(readiness(state, both), mean)


def test_weights_that_count_nothing_are_refused() -> None:
    with pytest.raises(ValidationError, match="give at least one group"):
        ReadinessSpec(legislation=0, monitoring=0, enforcement=0, international=0)


def test_weights_move_the_index_and_nothing_else(spec: ScenarioSpec) -> None:
    other = spec.model_copy(update={"readiness": ReadinessSpec(legislation=1e6)})
    state = Engine.begin(spec, [1]).warm().finish().state
    one, two = compute(Tables.of(spec, state)), compute(Tables.of(other, state))
    moved = {n for n in one if not np.array_equal(one[n], two[n], equal_nan=True)}
    assert moved == {"stat_readiness_index"}


def test_a_run_gives_the_matrix_before_and_after() -> None:
    found = run("small_region", seed=3, overrides=["time.warm_up_weeks=4", "time.counted_weeks=8"])
    table = found.matrix.set_index(["country", "field"])
    assert len(table) == 2 * len(FIELDS)
    hub, producer = "Maravel (hub)", "Orsund (producer)"
    assert table.loc[(hub, "catch_all"), "legal"] == ""
    assert table.loc[(producer, "catch_all"), "legal"] == "X"
    assert table.loc[(hub, "border"), "legal"] == "-"
    assert found["stat_matrix_legal"] == (table["legal"] == "X").sum()
    assert found["stat_matrix_enforcement"] == (table["enforcement"] == "X").sum()
    unclear = (table["legal"] == "?").sum() + (table["enforcement"] == "?").sum()
    assert found["stat_matrix_unclear"] == unclear
