"""Donors over years: duplication, coordination, assessment, money."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from stcsim.actors.activity import CATALOGUE
from stcsim.actors.vocabulary import COMPETENCES
from stcsim.processes.audiences import audiences, people
from stcsim.processes.donors import step_donors
from stcsim.processes.graduation import holds
from stcsim.processes.perception import assessors, errors, gains, insight, lessons, scores, step_memory
from stcsim.state import State, When
from stcsim.state.populations import DRIVE_INDEX
from tests.processes.capacity_region import DRAWS, NAMES, assumed, gained, region, weeks

SEEDS = 8


def seeds(seed_of: Callable[[str], int], row: str) -> tuple[int, ...]:
    return tuple(seed_of(f"{row}/{i}") for i in range(SEEDS))


def of_runs(state: State, values: Any) -> Any:
    run = state.activities.col("run")
    return np.bincount(run, weights=values, minlength=state.runs)


def duplicated(state: State) -> Any:
    """Share of activities at a holder that another donor also delivered, per run."""
    collided = state.activities.col("collided").astype(np.float64)
    return of_runs(state, collided) / of_runs(state, np.ones(len(collided)))


def spent(state: State) -> Any:
    return of_runs(state, state.activities.col("cost"))


def years(state: State, number: int = 3, **donors: Any) -> tuple[State, Any]:
    """Let runs take their course; return the state and the competence gained per run."""
    for name, value in donors.items():
        getattr(state.donors, name)[:] = (
            value if np.ndim(value) == 0 else np.tile(np.asarray(value, dtype=np.float64), state.runs)
        )
    before = state.holders.competence.copy()
    weeks(state, 52 * number)
    return state, gained(state, before)


def test_more_donors_with_the_same_money_duplicate_more(seed_of: Callable[[str], int]) -> None:
    worlds = seeds(seed_of, "donors/duplication")
    one, _ = years(region(worlds), budget=[2400.0, 0.0, 0.0])
    three, _ = years(region(worlds), budget=[800.0, 800.0, 800.0])
    assert spent(three) == pytest.approx(spent(one), rel=0.1)
    assert not duplicated(one).any()
    assert (duplicated(three) > 0.02).all()


def test_donors_that_see_commitments_do_not_collide_and_buy_more(seed_of: Callable[[str], int]) -> None:
    worlds = seeds(seed_of, "donors/coordination")
    blind, without = years(region(worlds), budget=2400.0)
    group, with_it = years(region(worlds), budget=2400.0, sees_commitments=True)
    assert duplicated(blind).mean() > 0.1
    assert not duplicated(group).any()
    better = with_it / spent(group) - without / spent(blind)
    assert better.mean() > 3 * better.std(ddof=1) / np.sqrt(SEEDS) > 0


def test_an_assessment_buys_more_competence_for_a_dollar(seed_of: Callable[[str], int]) -> None:
    worlds = seeds(seed_of, "donors/assessment")
    by_gap, less = years(region(worlds, donors=1))
    by_gain, more = years(region(worlds, donors=1), assessed=True)
    better = more / spent(by_gain) - less / spent(by_gap)
    assert better.mean() > 3 * better.std(ddof=1) / np.sqrt(SEEDS) > 0
    assert (more / spent(by_gain)).mean() > 1.15 * (less / spent(by_gap)).mean()


def test_a_common_error_makes_donors_collide_more(seed_of: Callable[[str], int]) -> None:
    worlds = seeds(seed_of, "donors/fashion")

    def share(common: float) -> Any:
        p = assumed(donors={"perception_error_common": common, "perception_error_own": 0.25})
        return duplicated(years(region(worlds, parameters=[p] * SEEDS))[0]).mean()

    assert share(0.0) < share(0.2) < share(0.5)


def test_money_arrives_by_the_quarter_is_spent_and_what_is_left_stays() -> None:
    state = region(donors=2)
    state.donors.budget[:] = [1200.0, 0.0]
    state.donors.active_from[:] = [0.0, 0.0]
    paid = 0.0
    for quarter in range(6):
        step_donors(state, DRAWS, When(quarter * 91, 7, 0))
        paid = state.activities.col("cost").sum()
        assert state.donors.balance == pytest.approx([300.0 * (quarter + 1) - paid, 0.0])
        assert (state.donors.balance >= -1e-9).all()
    assert state.ledger.total("cost_donor") == pytest.approx([paid])
    assert paid > 1200


def test_shocks_strain_the_money_where_a_donor_works() -> None:
    state = region(donors=2)
    state.donors.works_in[0] = [True, False]
    state.countries.strain[0, DRIVE_INDEX["training_money"]] = 0.0
    step_donors(state, DRAWS, When(0, 7, 0))
    assert state.donors.balance[0] == 0.0
    assert 0 not in state.activities.col("donor")
    given = state.activities.col("cost")[state.activities.col("donor") == 1].sum()
    assert state.donors.balance[1] + given == pytest.approx(1200 / 4 / 2)


def test_a_donor_gives_from_its_first_day_in_its_countries_on_its_pillars() -> None:
    state = region(donors=2)
    state.donors.active_from[:] = [0.0, 92.0]
    state.donors.works_in[0] = [False, True]
    state.donors.priority[0] = [0.0, 1.0, 0.0, 0.0, 0.0]
    weeks(state, 14)
    assert set(state.activities.col("donor")) == {0}
    assert set(state.holders.country[state.activities.col("holder")]) == {1}
    assert {CATALOGUE[a].pillar for a in state.activities.col("activity")} == {"licensing"}
    weeks(state, 26, start=14)
    assert set(state.activities.col("donor")) == {0, 1}


def test_shared_priorities_cover_every_pillar() -> None:
    state = region(donors=2)
    state.donors.priority[:] = [0.0, 0.0, 1.0, 0.0, 0.0]
    size, active = people(state), np.ones((2, 2), dtype=np.bool_)
    offered = audiences(state, size)
    narrow = scores(state, DRAWS, When(0, 7, 0), offered, size, active) > 0
    state.donors.shared_priorities[:] = True
    wide = scores(state, DRAWS, When(0, 7, 0), offered, size, active) > 0
    legal = [i for i, name in enumerate(NAMES) if "legal" in name or "regulatory" in name]
    assert not narrow[:, legal].any()
    assert wide[:, legal].any()


def test_an_assessment_sees_the_missing_complement() -> None:
    state = region(donors=1, parameters=[assumed(donors={"equipment_cost": 60.0})])
    used = state.holders.uses[:, :, None]
    state.holders.latent[:] = used * np.array([0.6, 0.6, 0.6, 0.02])
    state.holders.captured[:] = used * np.array([0.3, 0.3, 0.3, 0.0])
    size = people(state)
    offered = audiences(state, size)
    learnt = lessons(state, offered.holder, offered.activity)
    gain = gains(state, offered, learnt)
    tools, course = NAMES.index("licensing_software"), NAMES.index("licensing_officer_course")
    assert gain[tools] > 5 * gain[course] > 0


def test_gains_are_what_the_next_quarter_brings_without_losses() -> None:
    keep = {
        "decay_latent": 0.0,
        "decay_latent_practices": 0.0,
        "decay_captured": 0.0,
        "decay_captured_practices": 0.0,
        "turnover": 0.0,
        "tool_life": 50.0,
        "capture_rate": 0.0,
    }
    single = {"experts_events_per_quarter": 1.0}
    state = region(donors=1, parameters=[assumed(capacity=keep, donors=single)])
    state.holders.academy[:] = 0.0
    state.countries.upkeep[:] = 1.0
    size = people(state)
    offered = audiences(state, size)
    expected = gains(state, offered, lessons(state, offered.holder, offered.activity))
    before = state.holders.competence.copy()
    weeks(state, 13)
    (taken,) = np.unique(state.activities.col("activity"))
    country = state.holders.country[state.activities.col("holder")[0]]
    option = country * len(NAMES) + taken
    gain = (state.holders.competence - before).sum()
    assert gain == pytest.approx(expected[option], rel=1e-5)


def test_assessments_take_the_hosts_hours_once_where_they_are_shared() -> None:
    def hours(**donors: Any) -> Any:
        state = region(donors=3)
        for name, value in donors.items():
            getattr(state.donors, name)[:] = value
        state.donors.budget[:] = 0.0
        weeks(state, 52)
        return state.ledger.hours[:, 3]

    apart, together = hours(assessed=True), hours(assessed=True, sees_commitments=True)
    assert not hours().any()
    assert apart == pytest.approx(3 * together)
    state = region()
    working = state.holders.staff > 0
    each = state.values.runs[0].donors.assessment_hours
    assert together == pytest.approx(each * state.holders.uses.sum(axis=1) * working)


def test_assessments_that_nobody_shares_lose_candour() -> None:
    state = region(donors=3)
    active = np.ones((3, 2), dtype=np.bool_)
    state.donors.assessed[:] = [True, True, False]
    assert assessors(state, active).tolist() == [2.0, 2.0]
    state.donors.shared_priorities[:] = True
    assert assessors(state, active).tolist() == [1.0, 1.0]
    state.donors.shared_priorities[:] = False
    state.donors.shared_assessment[:] = True
    assert assessors(state, active).tolist() == [1.0, 1.0]
    step_memory(state, active, 0.25)
    assert not state.countries.fatigue.any()
    assert insight(state)[:2] == pytest.approx(1.0)
    assert not insight(state)[2].any()
    state.donors.shared_assessment[:] = False
    loss = state.values.runs[0].donors.candour_loss
    for repeats in (0.25, 0.25 + 0.25 * np.exp(-0.25)):
        step_memory(state, active, 0.25)
        assert state.countries.fatigue == pytest.approx(repeats)
        assert insight(state)[0] == pytest.approx((1 - loss) ** repeats)


def test_what_an_assessment_does_not_show_is_filled_in_by_impressions() -> None:
    state = region(donors=2)
    active = np.ones((2, 2), dtype=np.bool_)
    size = people(state)
    offered = audiences(state, size, 0)

    def seen(**donors: Any) -> Any:
        for name, value in donors.items():
            getattr(state.donors, name)[:] = value
        return scores(state, DRAWS, When(0, 7, 0), offered, size, active)[0]

    blind = seen()
    clear = seen(assessed=True)
    assert clear.sum() == pytest.approx(blind.sum())
    state.countries.fatigue[:] = 4.0
    share = (1 - state.values.runs[0].donors.candour_loss) ** 4
    assert seen() == pytest.approx(share * clear + (1 - share) * blind)


def test_reports_show_the_activities_that_were_held_where_a_donor_has_them_written() -> None:
    state = region(donors=2)
    state.donors.reports[:] = [True, False]
    state.donors.works_in[0] = [True, False]
    weeks(state, 26)
    activity, home = (
        state.activities.col("activity"),
        state.holders.country[state.activities.col("holder")],
    )
    told = np.zeros((2, len(COMPETENCES)), dtype=np.bool_)
    for a in activity[home == 0]:
        told[0, [COMPETENCES.index(c) for c in CATALOGUE[a].competences]] = True
    reported, p = state.countries.reported, state.values.runs[0].donors
    assert np.array_equal(reported > 0, told)
    assert set(reported[told].round(9)) <= {1.0, round(np.exp(-0.25 / p.report_memory), 9)}
    knows = insight(state)
    for a, kind in enumerate(CATALOGUE):
        known = [reported[0, COMPETENCES.index(c)] for c in kind.competences]
        assert knows[0, a] == pytest.approx(p.report_insight * np.mean(known or [0.0]))
    assert not knows[1].any()


def test_errors_have_the_spread_and_the_common_part_that_is_assumed() -> None:
    runs = 60
    p = assumed(donors={"perception_error_common": 0.3, "perception_error_own": 0.4})
    state = region(range(runs), parameters=[p] * runs)
    wrong = errors(state, DRAWS, When(182, 7, 0)).reshape(runs, 3, -1)
    assert wrong.std() == pytest.approx(0.5, rel=0.03)
    first, second = wrong[:, 0].ravel(), wrong[:, 1].ravel()
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.09 / 0.25, abs=0.05)
    later = errors(state, DRAWS, When(273, 7, 0)).ravel()
    assert abs(np.corrcoef(wrong.ravel(), later)[0, 1]) < 0.05


def test_a_country_graduates_when_captured_capacity_outlasts_aid() -> None:
    state = region(donors=1)
    assert not holds(state).any()
    home = state.holders.country == 0
    state.holders.captured[home] = 0.7 * state.holders.uses[home][:, :, None]
    state.holders.latent[home] = 0.0
    assert holds(state).tolist() == [True, False]
    state.holders.dose[:] = 9.0
    assert holds(state).tolist() == [True, False]
    step_donors(state, DRAWS, When(0, 7, 0))
    assert set(state.holders.country[state.activities.col("holder")]) == {1}
    state.holders.captured[home] = 0.505 * state.holders.uses[home][:, :, None]
    state.holders.academy[home] = 0.0
    assert not holds(state).any()


def test_stacked_runs_are_aided_like_single_ones() -> None:
    p = [assumed(), assumed(donors={"seats": 15.0, "perception_error_own": 0.4, "candour_loss": 0.3})]
    together = region((3, 4), parameters=p)
    together.donors.assessed[:] = [False, True, True] * 2
    weeks(together, 40)
    n = together.holders.n
    for r, (seed, world) in enumerate(zip((3, 4), p, strict=True)):
        alone = region((seed,), parameters=[world])
        alone.donors.assessed[:] = [False, True, True]
        weeks(alone, 40)
        mine = together.activities.col("run") == r
        assert np.array_equal(together.activities.col("activity")[mine], alone.activities.col("activity"))
        assert np.array_equal(together.activities.col("holder")[mine] - r * n, alone.activities.col("holder"))
        block = together.holders.competence[r * n : (r + 1) * n]
        assert block == pytest.approx(alone.holders.competence, abs=1e-12)


def test_a_quarter_is_planned_once_whatever_the_step() -> None:
    week, days = weeks(region(), 26), weeks(region(), 26, days=1)
    assert week.activities.count == days.activities.count
    assert week.holders.competence == pytest.approx(days.holders.competence, abs=1e-12)


def test_no_donors_no_aid() -> None:
    state = weeks(region(donors=0), 14)
    assert state.activities.count == 0
    assert not state.holders.dose.any()
    assert not state.holders.course_hours.any()
