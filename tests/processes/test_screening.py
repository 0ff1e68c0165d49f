"""The weekly screening of a state: lists, law, insiders, memory, stretches, and what must not matter."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from stcsim.actors.vocabulary import FATES, ORIGINS, WAYS
from stcsim.draws import Draws
from stcsim.processes.detention import step_detention
from stcsim.processes.inspection import renew, see, start_posts
from stcsim.processes.screening import step_screening
from stcsim.state.state import State
from tests.processes.screening_state import (
    TWO,
    PostSpec,
    brute,
    region,
    set_law,
    ship,
    week,
    with_parameters,
)

DRAWS = Draws()
Seed = Callable[[str], int]
CAUGHT, PASSED = FATES.index("interdicted_checkpoint"), FATES.index("completed")
CERTAIN = with_parameters(
    screening={"recognition_base": 9.0}, detention={"doubt_share": 0.0}, lists={"catch_all_use": 1.0}
)
BLIND = with_parameters(screening={"recognition_base": -10.0}, detention={"doubt_share": 0.0})
FULL = (PostSpec("port", traffic=500.0, inspectors=100.0),)
"""A post that inspects everything."""


def named(n: int, what: str = "case") -> list[str]:
    return [f"{what}/{i}" for i in range(n)]


def run_weeks(state: State, weeks: int, per_week: int = 12, days: int = 7, **given: Any) -> State:
    """Ship `per_week` consignments a week to the posts in turn and screen them."""
    posts = len(state.posts.key)
    for w in range(weeks):
        names = [f"{w}/{i // state.runs}" for i in range(per_week * state.runs)]
        post = np.arange(per_week * state.runs) % state.runs * state.posts.n
        post = post + np.arange(per_week * state.runs) // state.runs % state.posts.n
        assert (post < posts).all()
        ship(state, names, post, due=7 * w + np.linspace(0.5, 6.5, per_week * state.runs), **given)
        for day in range(0, 7, days):
            when = week(w, days, day)
            step_detention(state, DRAWS, when)
            step_screening(state, DRAWS, when)
    return state


def observed(state: State) -> dict[str, Any]:
    """Everything that screening and detention leave behind."""
    cases, posts = state.cases, state.posts
    seen = {f"cases.{n}": cases.col(n).copy() for n in ("fate", "fate_day", "stage", "due", "inspected")}
    seen |= {
        f"posts.{n}": getattr(posts, n).copy()
        for n in ("found", "inspected", "seen", "detained", "doubt_hours", "capacity", "inspected_share")
    }
    return seen | {f"ledger.{n}": state.ledger.series(n) for n in state.ledger.counts}


# ---- lists


def test_a_listed_party_is_inspected_whatever_its_score() -> None:
    state = region((PostSpec("port", traffic=1e6, inspectors=0.01),), parameters=CERTAIN)
    state.fronts.known_until[0, state.posts.holder[0]] = 1000.0
    rows = ship(state, named(20), 0, front=0, due=1.0)
    other = ship(state, named(20, "other"), 0, front=1, due=1.0)
    step_screening(state, DRAWS, week(0))
    assert state.cases.list_selected[rows].all()
    assert (state.cases.fate[rows] == CAUGHT).all()
    assert (state.cases.fate[other] == PASSED).all()
    assert state.ledger.total("list_hits") == 20
    assert state.posts.found[0] == 0, "list hits leave no trace in the memory of what is found"


@pytest.mark.parametrize("reason", ["expired", "replaced", "unstaffed", "elsewhere"])
def test_a_list_does_not_select(reason: str) -> None:
    inspectors = 0.0 if reason == "unstaffed" else 0.01
    state = region(
        (PostSpec("port", traffic=1e6, inspectors=inspectors), PostSpec("rail")), parameters=CERTAIN
    )
    holder = state.posts.holder[1 if reason == "elsewhere" else 0]
    state.fronts.known_until[0, holder] = 5.0 if reason == "expired" else 1000.0
    state.fronts.generation[0] = 1 if reason == "replaced" else 0
    rows = ship(state, named(20), 0, front=0, due=1.0)
    step_screening(state, DRAWS, week(0))
    assert not state.cases.list_selected[rows].any()
    assert (state.cases.fate[rows] == PASSED).all()


def test_list_hits_and_false_hits_take_inspections_from_the_others() -> None:
    def taken(listed: int, false: float) -> float:
        state = region((PostSpec("port", traffic=50_000.0, inspectors=2.0),), parameters=CERTAIN)
        state.fronts.known_until[0, state.posts.holder[0]] = 10_000.0
        state.holders.false_listings[state.posts.holder[0]] = false
        for w in range(40):
            ship(state, named(listed, f"l{w}"), 0, front=0, due=7.0 * w)
            ship(state, named(8, f"v{w}"), 0, due=7.0 * w)
            step_screening(state, DRAWS, week(w))
        free = ~state.cases.col("list_selected")
        if false:
            assert state.ledger.total("false_hits") > 0
        inspections, licit = state.ledger.total("inspections"), state.ledger.total("licit_inspected")
        assert inspections == licit + state.cases.col("inspected").sum()
        return float(state.cases.col("inspected")[free].mean())

    base = taken(0, 0.0)
    assert taken(6, 0.0) < base
    assert taken(0, 200.0) < base


def test_intelligence_on_activities_raises_the_score_of_that_network_only() -> None:
    state = region((PostSpec("port", traffic=50_000.0, inspectors=5.0),), parameters=CERTAIN)
    state.fronts.network_known_until[0, state.posts.holder[0]] = 10_000.0
    share = []
    for front in (0, 1):
        rows = [
            ship(state, named(6, f"{front}/{w}"), 0, front=front, due=7.0 * w + 7000 * front)
            for w in range(200)
        ]
        for w in range(200):
            step_screening(state, DRAWS, week(w + 1000 * front))
        share.append(state.cases.inspected[np.concatenate(rows)].mean())
    assert share[0] > share[1] + 0.1


# ---- law, versions, insiders, licences


@pytest.mark.parametrize(
    ("topics", "given"),
    [
        (("export",), {}),
        (("transit", "reexport"), {"way": WAYS.index("third_country")}),
        (("catch_all",), {"unlisted": True}),
        (("catch_all",), {"unlisted": True, "new_goods": True}),
    ],
)
def test_nothing_is_stopped_without_a_ground_in_law(topics: tuple[str, ...], given: dict[str, Any]) -> None:
    for allowed in (True, False):
        state = region(FULL, parameters=CERTAIN)
        for topic in topics:
            set_law(state, topic, allowed)
        rows = ship(state, named(10), 0, due=1.0, **given)
        step_screening(state, DRAWS, week(0))
        assert state.cases.inspected[rows].all()
        assert (state.cases.fate[rows] == (CAUGHT if allowed else PASSED)).all()


def test_transit_law_and_catch_all_do_not_matter_to_listed_domestic_goods() -> None:
    state = region(FULL, parameters=CERTAIN)
    set_law(state, "transit", False)
    set_law(state, "catch_all", False)
    rows = ship(state, named(10), 0, due=1.0)
    step_screening(state, DRAWS, week(0))
    assert (state.cases.fate[rows] == CAUGHT).all()


def test_new_goods_need_the_newest_list() -> None:
    state = region(FULL, parameters=CERTAIN)
    set_law(state, "catch_all", False)
    state.newest_list[:] = 2.0
    state.holders.list_version[:] = 1.0
    new = ship(state, named(10), 0, due=1.0, new_goods=True)
    old = ship(state, named(10, "old"), 0, due=1.0)
    step_screening(state, DRAWS, week(0))
    assert (state.cases.fate[new] == PASSED).all()
    assert (state.cases.fate[old] == CAUGHT).all()
    state.holders.list_version[:] = 2.0
    later = ship(state, named(10, "later"), 0, due=8.0, new_goods=True)
    step_screening(state, DRAWS, week(1))
    assert (state.cases.fate[later] == CAUGHT).all()


def test_an_insider_waves_through_his_share(seed_of: Seed) -> None:
    """Within .04 of .3 at 95%: the standard error of 3,000 is .0084."""
    state = region(FULL, seeds=(seed_of("insider"),), parameters=CERTAIN)
    state.countries.insider[:] = 0.3
    rows = ship(state, named(3000), 0, due=1.0)
    state.posts.traffic[:] = 0.0
    step_screening(state, DRAWS, week(0))
    through = (state.cases.fate[rows] == PASSED)[state.cases.inspected[rows]].mean()
    assert abs(through - 0.3) + 1.645 * 0.0084 < 0.04


def test_a_licence_explains_goods_away_unless_the_party_is_listed() -> None:
    state = region(FULL, parameters=CERTAIN)
    state.fronts.known_until[1, state.posts.holder[0]] = 1000.0
    rows = ship(state, named(400), 0, front=0, due=1.0, licensed=True)
    known = ship(state, named(400, "known"), 0, front=1, due=1.0, licensed=True)
    state.posts.inspectors[:] = 10_000.0
    step_screening(state, DRAWS, week(0))
    caught = state.cases.fate == CAUGHT
    assert state.cases.inspected[rows].all()
    assert caught[known].all()
    assert caught[rows].mean() == pytest.approx(0.25, abs=0.08)


def test_deceit_orders_the_ways(seed_of: Seed) -> None:
    """Smuggling is inspected most often, then re-export, unaware firms, ignorance, licensed fronts."""
    kinds: list[dict[str, Any]] = [
        {},
        {"way": WAYS.index("third_country")},
        {"way": WAYS.index("unaware_firm")},
        {"origin": ORIGINS.index("ignorance")},
        {"way": WAYS.index("deceive_licensing"), "licensed": True},
    ]
    state = region((PostSpec("port", traffic=20_000.0, inspectors=8.0),), parameters=CERTAIN, competence=0.8)
    shares = []
    for j, kind in enumerate(kinds):
        start = 1000 * j
        rows = [ship(state, named(3, f"{w}"), 0, due=7.0 * (start + w), **kind) for w in range(400)]
        for w in range(400):
            step_screening(state, DRAWS, week(start + w))
        shares.append(state.cases.inspected[np.concatenate(rows)].mean())
    assert (np.diff(shares) < 0).all(), shares


# ---- hours


def capacity_at(state: State) -> Any:
    renew(state)
    return state.posts.capacity.copy()


def test_capacity_follows_hours_will_doubts_and_shocks() -> None:
    state = region((PostSpec("port", inspectors=10.0),))
    base = capacity_at(state)[0]
    assert base == pytest.approx(1700 * 10 * 0.5 / 3 / 52)
    state.holders.available[:] = 0.8
    state.countries.will[:] = 0.5
    assert capacity_at(state)[0] == pytest.approx(0.4 * base)
    state.holders.added_inspectors[state.posts.holder] = 10.0
    assert capacity_at(state)[0] == pytest.approx(0.8 * base)
    state.countries.strain[:, 5] = 0.5  # staff
    assert capacity_at(state)[0] == pytest.approx(0.6 * base)
    state.posts.doubt_hours[:] = 30.0
    assert capacity_at(state)[0] == pytest.approx(0.6 * base - 10.0)
    state.posts.doubt_hours[:] = 1e6
    assert capacity_at(state)[0] == 0.0


def test_a_fraction_of_an_inspection_is_made_in_that_share_of_weeks(seed_of: Seed) -> None:
    """0.4 inspections a week at a post with little trade: the mean over 4,000 posts is within .03 of it."""
    posts = [PostSpec(f"p{i}", traffic=1e4, inspectors=0.4 * 3 * 52 / 850) for i in range(4000)]
    state = region(posts, seeds=(seed_of("fraction"),))
    step_screening(state, DRAWS, week(3))
    error = math.sqrt(0.24 / 4000)
    assert abs(state.ledger.total("inspections")[0] / 4000 - 0.4) + 1.645 * error < 0.03
    assert state.posts.inspected.max() == 1


# ---- honest trade


def test_counts_of_a_week_add_up() -> None:
    state = run_weeks(region(countries=2, answer=10.0), 60)
    total = {k: state.ledger.total(k)[0] for k in state.ledger.counts}
    cases = state.cases
    assert total["inspections"] == total["licit_inspected"] + cases.col("inspected").sum()
    assert total["seizures"] == (cases.col("fate") == CAUGHT).sum()
    assert total["licit_detained"] < total["licit_inspected"] < total["declarations"]
    trade = sum(p.traffic for p in TWO) / 52 * 2 * 60
    assert total["declarations"] == pytest.approx(trade, rel=4 / math.sqrt(trade))


def test_honest_goods_are_detained_by_mistake_less_often_where_officers_know_goods() -> None:
    """Mean = inspected x ambiguous share x detained by mistake x (1 - E) / .55, within 4 standard errors."""
    for competence in (0.2, 0.45, 0.8):
        state = region((PostSpec("port", traffic=1e6, inspectors=600.0),), competence=competence, answer=10.0)
        for w in range(100):
            step_screening(state, DRAWS, week(w))
        mean = state.ledger.total("licit_inspected")[0] * 0.05 * 0.10 * (1 - competence) / 0.55
        assert abs(state.ledger.total("licit_detained")[0] - mean) < 4 * math.sqrt(mean)


# ---- memory and what is seen


def test_posts_that_start_at_their_steady_state_stay_there() -> None:
    """Violations at the expected rate: three years later as much is found per inspection as at the start."""
    posts = [PostSpec(f"p{i}", traffic=20_000.0, inspectors=4.0) for i in range(40)]
    state = region(posts, parameters=with_parameters(detention={"doubt_share": 0.0}))
    start_posts(state, np.full(40, 3 * 52.0), 1.0)
    found, inspected, seen = state.posts.found.sum(), state.posts.inspected.sum(), state.posts.seen.copy()
    run_weeks(state, 156, per_week=120)
    assert state.posts.inspected.sum() == pytest.approx(inspected, rel=0.03)
    assert state.posts.found.sum() == pytest.approx(found, rel=0.06)
    assert state.posts.seen == pytest.approx(seen, rel=0.1)


def test_memory_halves_in_its_exact_time() -> None:
    state = region((PostSpec("quiet", inspectors=0.0),))
    state.posts.found[:], state.posts.inspected[:] = 3.0, 100.0
    for w in range(52):
        step_screening(state, DRAWS, week(w))
    assert state.posts.found == pytest.approx(3 * math.exp(-1))
    assert state.posts.inspected == pytest.approx(100 * math.exp(-1))


@pytest.mark.parametrize("lag", [0.0, 0.25])
def test_what_is_seen_follows_with_the_lag_of_observation(lag: float) -> None:
    state = region((PostSpec("port"),), parameters=with_parameters(adversary={"observation_lag": lag}))
    state.posts.inspected_share[:], state.posts.targeting[:] = 0.04, 1.37
    state.posts.seen[:] = 0.1
    target = min(1.0, 2 * float(ndtr(1.37 - 1.7506860712521692)))
    for w in range(13):
        see(state, week(w))
    left = math.exp(-1) if lag else 0.0
    assert state.posts.seen[0] == pytest.approx(target + (0.1 - target) * left)


# ---- open stretches


@pytest.mark.parametrize(
    ("known", "law", "want"), [("no", 1, 0.06), ("activities", 1, 0.2), ("name", 1, 0.2)]
)
def test_patrols_intercept_on_intelligence(known: str, law: int, want: float, seed_of: Seed) -> None:
    """Equivalence within .02 at 95%: with 12,000 crossings the standard error is at most .0037."""
    state = region((PostSpec("river", stretch=True, patrols=0.25),), seeds=(seed_of(f"patrol/{known}"),))
    state.holders.available[:] = 0.8
    if known == "activities":
        state.fronts.network_known_until[:] = 1000.0
    if known == "name":
        state.fronts.known_until[:] = 1000.0
    rows = ship(state, named(12_000), 0, front=0, way=WAYS.index("open_stretch"), due=2.5)
    step_screening(state, DRAWS, week(0, days=1, offset=2))
    got = (state.cases.fate[rows] == CAUGHT).mean()
    assert abs(got - want) + 1.645 * 0.0037 < 0.02
    assert (state.cases.fate_day[rows] == 2.5).all(), "crossings end on the day they are made"


def test_nobody_is_held_on_a_stretch_without_export_control() -> None:
    state = region((PostSpec("river", stretch=True, patrols=1.0),))
    set_law(state, "export", False)
    rows = ship(state, named(50), 0, due=2.5)
    step_screening(state, DRAWS, week(0))
    assert (state.cases.fate[rows] == PASSED).all()


def test_what_crosses_no_post_is_left_alone() -> None:
    state = region(())
    rows = ship(state, named(3), -1, run=0, country=0, supplier=0, due=2.5)
    for w in range(2):
        step_detention(state, DRAWS, week(w))
        step_screening(state, DRAWS, week(w))
    assert (state.cases.fate[rows] == FATES.index("in_process")).all()


# ---- what must not matter


THREE = (*TWO, PostSpec("stretch", stretch=True, patrols=0.5))


def test_daily_and_weekly_steps_are_the_same_world() -> None:
    worlds = []
    for days in (7, 1):
        state = region(THREE, countries=2, answer=8.0)
        start_posts(state, np.full(len(state.posts.key), 50.0), 0.8)
        worlds.append(observed(run_weeks(state, 40, days=days)))
    for name, weekly in worlds[0].items():
        if weekly.dtype == np.float64:
            assert worlds[1][name] == pytest.approx(weekly, rel=1e-9, nan_ok=True), name
        else:
            assert np.array_equal(worlds[1][name], weekly), name


def test_stacked_runs_are_the_single_ones_bit_for_bit() -> None:
    other = with_parameters(screening={"targeting_slope": 1.5}, detention={"doubt_share": 0.7})
    both = (with_parameters(), other)
    stacked = run_weeks(region(THREE, (5, 6), countries=2, answer=8.0, parameters=both), 30)
    for run, (seed, parameters) in enumerate(zip((5, 6), both, strict=True)):
        single = region(THREE, (seed,), countries=2, answer=8.0, parameters=parameters)
        for w in range(30):
            n = 12
            at = np.arange(n * 2) // 2
            due = (7 * w + np.linspace(0.5, 6.5, n * 2))[run::2]
            ship(single, [f"{w}/{i}" for i in range(n)], at[run::2] % single.posts.n, due=due)
            step_detention(single, DRAWS, week(w))
            step_screening(single, DRAWS, week(w))
        mine = stacked.cases.col("run") == run
        for name, value in observed(single).items():
            got = observed(stacked)[name]
            if name.startswith("cases."):
                got = got[mine]
            else:
                got = got[:, run : run + 1] if name.startswith("ledger.") else got.reshape(2, -1)[run]
            assert np.array_equal(got, value, equal_nan=got.dtype == np.float64), name


def test_an_inert_post_changes_nothing_bit_for_bit() -> None:
    inert = PostSpec("pass", traffic=0.0, inspectors=0.0)
    plain = region(THREE, countries=2, answer=8.0)
    more = region((THREE[0], inert, *THREE[1:]), countries=2, answer=8.0)
    moved = np.array([0, 2, 3, 4, 6, 7])
    for w in range(30):
        for state, place in ((plain, np.arange(6)), (more, moved)):
            ship(state, named(12, str(w)), place[np.arange(12) % 6], due=7.0 * w + 1)
            step_detention(state, DRAWS, week(w))
            step_screening(state, DRAWS, week(w))
    before, after = observed(plain), observed(more)
    for name, value in before.items():
        got = after[name][moved] if name.startswith("posts.") else after[name]
        assert np.array_equal(got, value, equal_nan=got.dtype == np.float64), name


def test_counting_and_scoring_everything_are_equivalent_in_a_whole_week(seed_of: Seed) -> None:
    """Share of consignments inspected, 400 posts of two sizes over 10 weeks, margin .02 at 95%.

    Consignments are paired (same scores, capacity and trade); 12,000 of them unpaired would give a standard
    error of at most .0065, hence power of .92 at least.
    """
    posts = [
        PostSpec(f"{kind}{i}", traffic=t, inspectors=f)
        for i in range(200)
        for kind, t, f in (("river", 500.0, 0.25), ("port", 8_000.0, 2.0))
    ]
    inspected = []
    for way in (region, lambda *a, **k: brute(region(*a, **k))):
        state = way(posts, (seed_of("whole week"),), parameters=BLIND)
        for w in range(10):
            ship(state, named(1200, str(w)), np.arange(1200) % 400, due=7.0 * w)
            step_screening(state, DRAWS, week(w))
        inspected.append(state.cases.col("inspected").astype(float))
        assert 0.05 < inspected[-1].mean() < 0.6
    difference = inspected[0] - inspected[1]
    for kind in (0, 1):
        d = difference[kind::2]
        assert abs(d.mean()) + 1.645 * d.std() / math.sqrt(len(d)) < 0.02
