"""Each shock does what it says, to whom it says, while it lasts, and the same in every arm."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from stcsim.actors.vocabulary import WAYS
from stcsim.processes.cases import time_for_cases
from stcsim.processes.hours import added_staff
from stcsim.processes.information import reading_capacity
from stcsim.shocks import SHOCKS
from stcsim.shocks.base import STEP_WEEKS, Shock
from stcsim.sources import sources
from stcsim.spec import texts
from tests.columns import differing
from tests.properties.laws import broken_laws
from tests.regions import at_once, everything
from tests.shocks.struck import SPEC, Shocks, outcomes, struck, weeks

Seed = Callable[[str], int]
NOW: dict[str, Any] = {"at_week": 0, "weeks": 52}
SEEDS = 12
A, B, C = range(3)


@pytest.fixture(scope="module")
def seeds(seed_of: Seed) -> tuple[int, ...]:
    return tuple(seed_of(f"shocks/{i}") for i in range(SEEDS))


@lru_cache(maxsize=64)
def _of(name: str, fields: tuple[tuple[str, Any], ...], seeds: tuple[int, ...]) -> Any:
    return outcomes({name: dict(fields)} if name else {}, seeds)


def change(name: str, outcome: str, seeds: tuple[int, ...], **fields: Any) -> float:
    """Standard errors that a shock moves an outcome away from what it is without."""
    with_ = _of(name, tuple(sorted({**NOW, **fields}.items())), seeds)[outcome]
    d = with_ - _of("", (), seeds)[outcome]
    return float(d.mean() / max(d.std(ddof=1) / np.sqrt(len(d)), 1e-12))


each = pytest.mark.parametrize("name", SHOCKS)


@each
def test_described(name: str) -> None:
    kind = SHOCKS[name]
    assert 5 < len(kind.title) <= 60
    assert (kind.__doc__ or "").strip()
    assert set(texts(kind)) == set(kind.model_fields)
    assert set(kind.sources) <= set(sources())


@each
def test_it_does_nothing_before_it_strikes_and_something_after(name: str, seeds: tuple[int, ...]) -> None:
    still = weeks(struck({}, seeds[:2]), 4).state
    engine = weeks(struck({name: {"at_week": 4, "weeks": 16}}, seeds[:2]), 4)
    assert differing(engine.state.take([0]), still.take([0])) == []
    # long enough to hold a quarter's start, at which donors plan
    weeks(engine, 14)
    assert differing(engine.state.take([0]), weeks(struck({}, seeds[:2]), 18).state.take([0])) != []


@each
def test_it_is_the_same_in_every_arm(name: str, seeds: tuple[int, ...]) -> None:
    """What it strains is equal; an arm that does nothing is the baseline to the last bit."""
    inert = (at_once("coordinating_entity", coverage=0.0),)
    engine = struck({name: {"at_week": 2, "weeks": 6}}, seeds[:1], [(), inert, everything()])
    for _ in range(10):
        engine.step()
        state = engine.state
        for column in (state.countries.strain, state.countries.tips, state.holders.manning):
            values = column.reshape(3, -1)
            assert np.array_equal(values[0], values[1])
            assert np.array_equal(values[0], values[2])
    assert differing(state.take([0]), state.take([1])) == []


@each
def test_drives_are_back_when_it_is_over(name: str, seeds: tuple[int, ...]) -> None:
    state = weeks(struck({name: {"at_week": 1, "weeks": 5}}, seeds[:1]), 20).state
    assert (state.countries.strain == 1).all()
    assert (state.holders.manning == 1).all()
    assert (state.holders.exchange == 1).all()
    assert not state.countries.tips.any()
    assert not state.posts.waved.any()


def test_a_conflict_brings_attempts_and_opens_the_green_border(seeds: tuple[int, ...]) -> None:
    assert change("conflict", "opportunities", seeds, country="C") > 5
    assert change("conflict", "diversions", seeds, country="C") > 3
    quiet = {"attempts": 1.0, "will_lost": 0.0, "patrols_lost": 0.0}
    assert change("conflict", "diversions_open_stretch", seeds, country="C", passage=10.0, **quiet) > 3
    # networks at home elsewhere try as often as before
    elsewhere = {"country": "A", "attempts": 3.0}
    assert change("conflict", "opportunities", seeds, **elsewhere) == 0.0


def test_further_attempts_are_as_many_as_the_strain_says(seeds: tuple[int, ...]) -> None:
    many = _of("conflict", tuple(sorted({**NOW, "country": "C", "attempts": 2.5}.items())), seeds)
    usual = _of("", (), seeds)
    home = 60.0 * SEEDS
    added = float((many["opportunities"] - usual["opportunities"]).sum())
    assert added == pytest.approx(1.5 * home, abs=5 * np.sqrt(1.5**2 * home + 0.25 * home))


def test_a_seizure_in_the_press_raises_will_compliance_and_wariness(seeds: tuple[int, ...]) -> None:
    assert change("publicised_seizure", "evasion", seeds) < -3
    assert change("publicised_seizure", "attempts_forgone", seeds, wariness=3.0) > 3
    state = weeks(struck({"publicised_seizure": {**NOW, "country": "B"}}, seeds), 30).state
    usual = weeks(struck({}, seeds), 30).state
    more = (state.posts.inspected_share - usual.posts.inspected_share).reshape(SEEDS, -1)
    here = state.posts.country.reshape(SEEDS, -1)[0] == B
    declared = ~state.posts.stretch.reshape(SEEDS, -1)[0]
    assert (more[:, here & declared] > 0).all()


def test_networks_turn_away_from_a_border_that_is_in_the_press(seeds: tuple[int, ...]) -> None:
    def tried(shocks: Shocks) -> float:
        cases = struck(shocks, seeds).finish().state.cases
        ways = [WAYS.index(w) for w in ("unlicensed", "unaware_firm", "third_country")]
        ours = np.isin(cases.col("way"), ways) & (cases.col("network") >= 0) & (cases.col("post") >= 0)
        ours &= cases.col("born") > 26 * 7
        return float((cases.col("country")[ours] % 3 == A).mean())

    only = {"will": 1.0, "deterrence": 1.0, "wariness": 3.0, "country": "A"}
    assert tried({"publicised_seizure": {**NOW, **only}}) < tried({}) - 0.05


def test_a_scramble_lowers_detection_at_the_same_capacity(seeds: tuple[int, ...]) -> None:
    assert change("resource_scramble", "licence_days_mean", seeds) > 3
    assert change("resource_scramble", "evasion", seeds) > 3
    state = weeks(struck({"resource_scramble": NOW}, seeds), 12).state
    usual = weeks(struck({}, seeds), 12).state
    assert (state.posts.inspected_share < usual.posts.inspected_share).sum() > 0.5 * len(state.posts.key)
    for outcome in ("diversions", "unintentional_violations"):
        assert change("resource_scramble", outcome, seeds, trade=3.0) > 3


def test_a_new_route_draws_transit_and_crossings(seeds: tuple[int, ...]) -> None:
    assert change("new_route", "diversions_third_country", seeds, country="B") > 3
    alone = {"country": "C", "transit": 1.0, "traffic": 1.0, "passage": 20.0}
    assert change("new_route", "diversions_open_stretch", seeds, **alone) > 3


def test_an_insider_defeats_inspection_at_his_post_alone(seeds: tuple[int, ...]) -> None:
    assert change("insider", "interdictions_checkpoint", seeds, share=1.0) < -5
    state = struck({"insider": {**NOW, "post": "A/air", "share": 1.0}}, seeds).finish().state
    usual = struck({}, seeds).finish().state

    def seized(which: Any, at: Any) -> int:
        cases = which.cases
        post = cases.col("post")
        ours = (post >= 0) & cases.col("recognised") & (cases.col("born") > 26 * 7 + 14)
        return int((post[ours] % which.posts.n == at).sum())

    bought = state.posts.ids.index("A/air")
    assert seized(state, bought) == 0
    assert seized(usual, bought) > 5
    other = state.posts.ids.index("A/sea_1")
    assert seized(state, other) > 5


def test_a_breakdown_takes_staff_exchange_skill_and_tools_and_recovers(seeds: tuple[int, ...]) -> None:
    fields = {"at_week": 2, "weeks": 100, "country": "A", "body": "technical_authority", "recovery": 2.0}
    engine = weeks(struck({"system_breakdown": fields}, seeds[:2]), 3)
    usual = weeks(struck({}, seeds[:2]), 3)
    state, before = engine.state, usual.state
    row = state.countries.technical[A]
    assert state.holders.staff[row] == pytest.approx(0.5 * before.holders.staff[row])
    assert state.holders.exchange[row] == pytest.approx(0.2)
    acquired = state.holders.latent[row] + state.holders.captured[row]
    was = before.holders.latent[row] + before.holders.captured[row]
    used = state.holders.uses[row]
    assert acquired[used][:, 3] == pytest.approx(0.6 * was[used][:, 3], rel=0.02)
    assert acquired[used][:, 0] == pytest.approx(0.8 * was[used][:, 0], rel=0.06)
    others = np.setdiff1d(np.arange(state.holders.n), [row])
    assert (state.holders.manning[others] == 1).all()
    weeks(engine, 26)
    steps = 26 // STEP_WEEKS * STEP_WEEKS
    assert state.holders.manning[row] == pytest.approx(1 - 0.5 * np.exp(-2.0 * steps / 52))


def test_a_service_that_sent_people_elsewhere_has_nobody_left_at_worst(seeds: tuple[int, ...]) -> None:
    """A quarter is seconded and nearly all of those at home are lost; the seconded stay where they are."""
    unit = at_once("joint_targeting_unit", seconded_share=0.25)
    loss = {"at_week": 14, "weeks": 100, "country": "A", "staff_lost": 0.95, "recovery": 0.0}
    for body, work in (("intelligence", reading_capacity), ("law_enforcement", time_for_cases)):
        engine = weeks(struck({"system_breakdown": {**loss, "body": body}}, seeds[:1], [(unit,)]), 16)
        state = engine.state
        row = state.holders.ids.index(f"A/{body}")
        assert state.holders.staff[row] + added_staff(state)[row] < 0
        assert work(state)[row if body == "intelligence" else A] == 0
        assert work(state).min() == 0
        assert broken_laws(engine.state, engine.spec) == []


def test_a_breakdown_slows_answers_and_blinds_posts(seeds: tuple[int, ...]) -> None:
    reach = (at_once("frontline_channel"),)
    shock = {"system_breakdown": {**NOW, "recovery": 0.0}}
    for arm in ((), reach):
        with_, without = outcomes(shock, seeds, arm), outcomes({}, seeds, arm)
        for outcome, sign in (("interdictions_checkpoint", -1), ("frontline_within_90", -1)):
            d = (with_[outcome] - without[outcome]) * sign
            assert d.mean() > 0, (arm, outcome)
        assert (with_["competence"] < without["competence"]).all()
    # licences wait for half the staff
    d = with_["licence_days_mean"] - without["licence_days_mean"]
    assert d.min() > 0


def test_false_tips_cost_honest_trade_and_vetting_spares_a_part(seeds: tuple[int, ...]) -> None:
    """Tips at one customs service: at home nobody vets them, across the border an agreement may."""
    assert change("false_tip_wave", "licit_false_hits", seeds, country="A") > 5
    assert change("false_tip_wave", "stat_items_shared", seeds, country="A") > 5
    wave = {"false_tip_wave": {**NOW, "country": "A", "per_year": 200.0}}
    agreement = (
        (at_once("information_sharing_agreement", vetting=v, mean_delay_days=3.0),) for v in (False, True)
    )
    unvetted, vetted = (outcomes(wave, seeds, arm)["licit_false_hits"] for arm in agreement)
    spared = unvetted - vetted
    assert spared.mean() > 3 * spared.std(ddof=1) / np.sqrt(SEEDS)


def test_false_tips_are_as_many_as_the_shock_says(seeds: tuple[int, ...]) -> None:
    fields = {"at_week": 0, "weeks": 26, "country": "A", "per_year": 100.0}
    state = weeks(struck({"false_tip_wave": fields}, seeds), 26).state
    born = state.ledger.total("items_born") - weeks(struck({}, seeds), 26).state.ledger.total("items_born")
    mean = 50.0 * SEEDS
    assert born.sum() == pytest.approx(mean, abs=5 * np.sqrt(mean))


def test_a_cut_and_a_change_of_leadership_strain_what_they_say(seeds: tuple[int, ...]) -> None:
    state = weeks(struck({"budget_cut": NOW, "leadership_change": NOW}, seeds[:1]), 1).state
    assert state.countries.strain[A].tolist() == SHOCK_OF_BOTH


SHOCK_OF_BOTH = [1, 1, 1, 0.7, 1, 0.85, 0.6, *[1] * 7]


def test_a_shock_that_does_not_recover_keeps_its_strength() -> None:
    kind: type[Shock] = SHOCKS["budget_cut"]
    assert kind(at_week=3).left(40) == 1.0
    assert list(kind(at_week=3, weeks=4).turns()) == [3, 7]
    breakdown = SHOCKS["system_breakdown"](at_week=3, weeks=10, recovery=1.0)
    assert list(breakdown.turns()) == [3, 7, 11, 13]
    assert breakdown.left(3) == breakdown.left(0) == 1.0
    assert breakdown.left(52) == pytest.approx(np.exp(-1))


def test_the_region_of_these_tests_is_befallen_by_nothing_else() -> None:
    assert SPEC.all_shocks() == ()
