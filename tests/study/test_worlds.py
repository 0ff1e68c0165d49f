from __future__ import annotations

import numpy as np
import pytest

from stcsim.errors import InputError
from stcsim.mechanisms import MECHANISMS
from stcsim.parameters import register
from stcsim.spec import ASSUMED, QuantityInfo
from stcsim.study import worlds
from stcsim.study.worlds import (
    drawn_quantities,
    mechanisms_in,
    parameters_in,
    sample_world,
    uniforms,
    value_at,
)
from tests.regions import spec_of
from tests.study.studies import raw_study, study_scenario

SPEC = study_scenario()


def quantity(low: float, high: float, default: float = 1.0) -> QuantityInfo:
    return QuantityInfo("parameters.some.thing", "-", default, None, None, (low, high), ASSUMED, "")


def test_what_is_assumed_is_drawn_within_its_range_and_what_has_a_source_is_not() -> None:
    known = {q.path: q for q in drawn_quantities()}
    found = dict(sample_world(SPEC, 1, 1))
    assert set(found) == set(known)
    for path, value in found.items():
        low, high = known[path].sweep or (np.nan, np.nan)
        assert low <= value <= high, path
        assert isinstance(value, type(known[path].default)), path
    sourced = {f"parameters.{q.path}" for q in register() if q.basis != ASSUMED}
    assert sourced
    assert not sourced & set(found)


def test_a_draw_is_uniform_or_log_uniform_where_the_range_is_wide() -> None:
    drawn = np.concatenate([uniforms(["parameters.some.thing"], 7, w) for w in range(1, 4001)]).tolist()
    plain = np.array([value_at(quantity(1.0, 9.0), u) for u in drawn])
    wide = np.array([value_at(quantity(1.0, 100.0), u) for u in drawn])
    # Quantiles of 4,000 draws: six standard errors of a share of one half are 0.047.
    assert abs((plain < 5.0).mean() - 0.5) < 0.047
    assert abs((wide < 10.0).mean() - 0.5) < 0.047
    assert abs((wide < 100.0**0.25).mean() - 0.25) < 0.041
    whole = np.array([value_at(quantity(4, 6, default=5), u) for u in drawn])
    assert set(whole) == {4, 5, 6}
    assert np.bincount(whole.astype(int))[4:].min() > 4000 / 3 - 180


def test_a_parameter_that_is_added_changes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(sample_world(SPEC, 1, 3))
    fewer = drawn_quantities()[::2]
    monkeypatch.setattr(worlds, "drawn_quantities", lambda: fewer)
    monkeypatch.setattr(worlds, "_groups", worlds._groups.__wrapped__)
    after = dict(sample_world(SPEC, 1, 3))
    assert after == {q.path: before[q.path] for q in fewer}


def test_worlds_differ_and_later_ones_leave_earlier_ones_alone() -> None:
    found = [sample_world(SPEC, 1, w) for w in (1, 2)]
    assert all(a != b for (_, a), (_, b) in zip(*found, strict=True))
    assert sample_world(SPEC, 2, 1) != found[0]
    assert sample_world(SPEC, 1, 1) == found[0]


def test_arms_play_no_part_in_a_world() -> None:
    assert sample_world(spec_of({**raw_study(), "arms": []}), 1, 1) == sample_world(SPEC, 1, 1)


def test_what_the_scenario_says_holds_in_every_world() -> None:
    spec = spec_of({**raw_study(), "parameters": {"firms": {"margin": 0.9}}})
    found = sample_world(spec, 1, 1)
    assert "parameters.firms.margin" not in dict(found)
    assert parameters_in(spec.parameters, found).firms.margin == 0.9
    others = dict(sample_world(SPEC, 1, 1))
    assert dict(found) == {path: others[path] for path, _ in found}


def test_values_that_do_not_go_together_are_drawn_again() -> None:
    spec = spec_of({**raw_study(), "parameters": {"firms": {"awareness_decay": 0.1, "contagion": 0.05}}})
    tight = spec.model_copy(
        update={
            "parameters": spec.parameters.model_copy(
                update={
                    "firms": spec.parameters.firms.model_copy(
                        update={"contagion": type(spec.parameters.firms).model_fields["contagion"].default}
                    )
                }
            )
        }
    )
    for world in range(1, 30):
        firms = parameters_in(tight.parameters, sample_world(tight, 1, world)).firms
        assert firms.contagion < firms.awareness_decay == 0.1


def test_a_scenario_that_leaves_no_valid_values_is_refused() -> None:
    firms = SPEC.parameters.firms.model_copy(update={"awareness_decay": 0.01})
    spec = SPEC.model_copy(update={"parameters": SPEC.parameters.model_copy(update={"firms": firms})})
    with pytest.raises(InputError, match=r"parameters\.firms leaves no valid values"):
        sample_world(spec, 1, 1)


def test_worlds_fill_in_what_an_arm_leaves_open() -> None:
    overrides = sample_world(SPEC, 1, 1)
    drawn = {path.rpartition(".")[2]: value for path, value in overrides if ".frontline_channel." in path}
    (left,) = mechanisms_in([MECHANISMS["frontline_channel"]()], overrides)
    assert {name: getattr(left, name) for name in drawn} == drawn
    (said,) = mechanisms_in([MECHANISMS["frontline_channel"](mean_delay_days=1.0, start=4)], overrides)
    assert (said.mean_delay_days, said.start) == (1.0, 4)
    assert said.duty_hours == drawn["duty_hours"]


def test_the_default_world_is_the_scenario() -> None:
    assert parameters_in(SPEC.parameters, ()) is SPEC.parameters
    channel = MECHANISMS["frontline_channel"]()
    assert mechanisms_in([channel], ()) == (channel,)


def test_quantities_are_told_apart_by_their_path() -> None:
    together = uniforms(["parameters.some.thing", "parameters.some.other"], 1, 1)
    assert together[0] != together[1]
    assert uniforms(["parameters.some.other"], 1, 1) == together[1]
