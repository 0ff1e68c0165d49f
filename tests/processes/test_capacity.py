"""Capacity in a step of a state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stcsim.actors.agency import AgencySpec
from stcsim.processes.capacity import begin, captured_at_once, step_capacity
from stcsim.processes.sustainment import funding, leadership, upkeep
from stcsim.state import State, Switches, When
from stcsim.state.populations import DRIVE_INDEX
from tests.processes.capacity_region import DRAWS, assumed, region, weeks

COLUMNS = ("latent", "captured", "academy", "dose", "competence")


def dosed(state: State, rate: float = 1.0) -> State:
    state.holders.dose[:] = rate * state.holders.uses[:, :, None] * np.array([1.0, 0.3, 1.0, 0.0])
    return state


def steps(state: State, number: int, days: int = 7) -> State:
    for i in range(number):
        step_capacity(state, DRAWS, When(i * days, days, 0))
    return state


def test_the_start_stays_where_nobody_is_trained() -> None:
    state = region()
    before = state.holders.competence.copy()
    steps(state, 260)
    assert state.holders.competence == pytest.approx(before, abs=1e-12)
    assert (before > 0)[state.holders.uses].all()
    assert not before[~state.holders.uses].any()


def test_a_week_equals_seven_days() -> None:
    week, days = dosed(region()), dosed(region())
    steps(week, 13)
    steps(days, 91, days=1)
    for name in COLUMNS:
        assert getattr(days.holders, name) == pytest.approx(getattr(week.holders, name), abs=1e-12)


def test_stacked_runs_move_like_single_ones_even_with_other_parameters() -> None:
    worlds = [
        assumed(),
        assumed(capacity={"latent_use": 0.4, "complements_exponent": -2.0, "turnover": 0.35}),
    ]
    together = steps(dosed(region((3, 4), parameters=worlds)), 20)
    n = together.holders.n
    for r, (seed, world) in enumerate(zip((3, 4), worlds, strict=True)):
        alone = steps(dosed(region((seed,), parameters=[world])), 20)
        for name in COLUMNS:
            block = getattr(together.holders, name)[r * n : (r + 1) * n]
            assert block == pytest.approx(getattr(alone.holders, name), abs=1e-13)


def test_an_inert_body_changes_nobody_else_s_numbers() -> None:
    inert = AgencySpec(id="archive", role="regulator", staff=0)
    fewer, more = region(), region(extra=[inert])
    for state in (fewer, more):
        state.compiled.upkeep_money[:] = state.compiled.capture_money[:] = 50.0
        weeks(state, 30)
    others = np.array([i != "A/archive" for i in more.holders.ids])
    for name in (*COLUMNS, "course_hours", "hours_before"):
        assert np.array_equal(getattr(more.holders, name)[others], getattr(fewer.holders, name))
    assert np.array_equal(more.donors.balance, fewer.donors.balance)
    assert more.activities.count == fewer.activities.count
    assert fewer.activities.count > 100


def test_a_plan_without_activities_is_inert_and_with_them_captures_more() -> None:
    def after(plan: float, dose: float) -> Any:
        state = dosed(region(), dose)
        state.holders.plan[:] = plan
        return steps(state, 52).holders

    assert np.array_equal(after(1.0, 0.0).captured, after(0.0, 0.0).captured)
    planned, unmanaged = after(1.0, 1.0), after(0.0, 1.0)
    used = planned.uses
    assert (planned.captured[used][:, 0] > unmanaged.captured[used][:, 0]).all()
    assert (planned.competence[used] > unmanaged.competence[used]).all()


def test_the_share_captured_at_once_reaches_from_unmanaged_to_planned() -> None:
    p = assumed().capacity
    q = captured_at_once(p, np.array([0.0, 1.0, 1.0, 0.5]), np.array([1.0, 1.0, 0.0, 1.0]))
    assert q == pytest.approx([0.15, 0.70, 0.15, 0.425])


def test_under_immediate_capture_doses_are_in_use_at_once() -> None:
    state = region(switches=Switches(capture="immediate"))
    holders = state.holders
    shares = np.ones(len(holders.key))
    begin(
        holders, holders.uses[:, :, None] * np.full(4, 0.4), shares, shares * 0.5, assumed(), immediate=True
    )
    before = holders.captured.copy()
    assert not holders.latent.any()
    steps(state, 52)
    assert holders.captured == pytest.approx(before, abs=1e-12)
    steps(dosed(state), 13)
    assert not holders.latent.any()
    assert (holders.captured[holders.uses][:, 0] > before[holders.uses][:, 0]).all()


@pytest.mark.parametrize("form", ["ces", "linear", "minimum"])
def test_competence_follows_the_switch(form: Any) -> None:
    state = dosed(region(switches=Switches(complements=form)))
    steps(state, 26)
    e = state.holders.captured + 0.6 * state.holders.latent
    raised = np.maximum(e, 0.05)[state.holders.uses]
    expected = {"ces": 4 / (1 / raised).sum(1), "linear": raised.mean(1), "minimum": raised.min(1)}[form]
    assert state.holders.competence[state.holders.uses] == pytest.approx(expected)


def test_will_moves_authority_and_upkeep_and_leaves_international_bodies_alone() -> None:
    state = region()
    before, kept = leadership(state), upkeep(state)
    assert before == pytest.approx(state.holders.authority)
    state.countries.will[:] = state.countries.will_base * 0.64
    assert leadership(state) == pytest.approx(before * 0.8)
    assert upkeep(state) == pytest.approx(kept * 0.8)
    state.holders.country[0] = -1
    assert leadership(state)[0] == before[0]
    assert upkeep(state)[0] == funding(state)[0] == 1.0
    state.countries.will[:] = 1.0
    state.countries.upkeep[:] = 0.9
    assert upkeep(state).max() <= 1.0


def test_a_strain_on_upkeep_lets_tools_fail_and_money_restores_them() -> None:
    def tools(strain: float, money: float) -> Any:
        state = region()
        state.countries.strain[:, DRIVE_INDEX["upkeep"]] = strain
        state.compiled.upkeep_money[:] = money
        steps(state, 104)
        used = state.holders.uses & (state.holders.staff > 0)[:, None]
        return (state.holders.latent + state.holders.captured)[used][:, 3].mean()

    neglected, usual, aided, flooded = tools(0.0, 0.0), tools(1.0, 0.0), tools(0.0, 200.0), tools(0.0, 1e9)
    assert neglected < 0.9 * usual
    assert neglected < aided < usual < flooded


def test_money_for_capture_funds_the_use_of_what_was_learnt() -> None:
    state = region()
    before = funding(state)
    state.compiled.capture_money[0] = 100.0
    at_home = state.holders.country == 0
    assert (funding(state)[at_home] > before[at_home]).all()
    assert np.array_equal(funding(state)[~at_home], before[~at_home])
    state.compiled.capture_money[:] = 1e9
    assert funding(state).max() == 1.0


def test_course_hours_are_charged_evenly_over_the_weeks() -> None:
    state = region()
    state.holders.course_hours[:] = 364.0
    steps(state, 1)
    assert state.holders.hours_before == pytest.approx(np.full(len(state.holders.key), 7.0))


def test_columns_stay_within_their_bounds_under_heavy_doses() -> None:
    state = dosed(region((1, 2)), 40.0)
    steps(state, 60)
    holders = state.holders
    assert (holders.latent >= 0).all()
    assert (holders.captured >= 0).all()
    assert (holders.latent + holders.captured <= 1).all()
    assert (holders.competence <= 1).all()
