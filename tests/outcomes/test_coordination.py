"""How far information came, how even detection is, how central the channels: closed forms and brute force."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr

from stcsim.ledger import HOUR_REASONS
from stcsim.outcomes.bodies import bodies
from stcsim.outcomes.coordination import REASON_WORDS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.series import series
from stcsim.processes.inspection import detection_at_posts
from stcsim.state.state import State
from tests.outcomes.hand_made import END, FIRST, blank, put, tables


def staffed(state: State, run: int = 0) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.flatnonzero((state.holders.staff_base > 0) & (state.holders.run == run))


def connect(state: State, edges: list[tuple[int, int]]) -> State:
    state.compiled.edge_from = np.array([u for u, _ in edges], dtype=np.int64)
    state.compiled.edge_to = np.array([v for _, v in edges], dtype=np.int64)
    state.compiled.edge_rate = np.full(len(edges), 0.1)
    return state


def test_a_star_is_wholly_centralised_a_ring_not_at_all() -> None:
    state = blank()
    first, second = staffed(state, 0), staffed(state, 1)
    star = [(int(first[3]), int(v)) for v in first if v != first[3]]
    # both directions and channels side by side are one tie
    star += [(v, u) for u, v in star[:4]] + star[:2]
    ring = [(int(u), int(v)) for u, v in zip(second, np.roll(second, 1), strict=True)]
    v = compute(tables(connect(state, star + ring)))["centralisation"]
    assert v == pytest.approx([1.0, 0.0], abs=1e-12)


def test_no_channel_is_no_centralisation() -> None:
    assert compute(tables(connect(blank(), [])))["centralisation"].tolist() == [0, 0]


def even(state: State, chances: list[float]) -> State:
    """Give the posts of each run with trade the inspected shares of a list, everything else alike."""
    posts = state.posts
    posts.targeting[:] = 0.0
    posts.inspected[:] = 100.0
    posts.found[:] = 2.0
    state.holders.competence[posts.holder] = 0.5
    for run in range(state.runs):
        rows = np.flatnonzero(~posts.stretch & (posts.traffic > 0) & (posts.run == run))
        posts.inspected_share[rows] = np.resize(chances, len(rows))
    return state


def test_even_detection() -> None:
    assert compute(tables(even(blank(), [0.1])))["consistency"] == pytest.approx(np.ones(2))
    one = even(blank(), [0.0])
    rows = np.flatnonzero(~one.posts.stretch & (one.posts.run == 0))
    one.posts.inspected_share[rows[0]] = 0.2
    v = compute(tables(one))["consistency"]
    assert v[0] == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(v[1])


def test_evenness_is_one_less_the_mean_difference_between_posts() -> None:
    state = even(blank(), [0.02, 0.3, 0.05, 0.11])
    rows = np.flatnonzero(~state.posts.stretch & (state.posts.run == 0))
    x = detection_at_posts(state)[rows]
    n = len(x)
    difference = np.abs(x[:, None] - x[None, :]).sum() / (n * (n - 1))
    expected = 1 - difference / (2 * x.mean())
    assert compute(tables(state))["consistency"][0] == pytest.approx(expected)


def test_chance_of_detection() -> None:
    """Without separation and rarity it is the inspected share times the chance of recognition."""
    state = even(blank(), [0.1])
    s = state.values.runs[0].screening
    expected = 0.1 * ndtr(s.recognition_base + s.recognition_slope * 0.5 - s.concealment)
    row = np.flatnonzero(~state.posts.stretch)[0]
    assert detection_at_posts(state)[row] == pytest.approx(expected)


def item(state: State, slot: int, born: float, *, life: float = 728.0, run: int = 0) -> None:
    """An item alive that is born at a customs headquarters and that nobody else has received."""
    items, origin = state.items, state.countries.customs[0]
    items.alive[run, slot] = True
    items.born[run, slot], items.expires[run, slot] = born, born + life
    items.received[run, slot, origin] = items.read[run, slot, origin] = born


def test_items_alive_count_as_they_stand() -> None:
    state = blank()
    posts = state.posts
    local = posts.holder[(posts.run == 0) & ~posts.stretch]
    item(state, 0, FIRST + 10.0)
    state.items.received[0, 0, local[0]] = state.items.read[0, 0, local[0]] = FIRST + 60.0
    state.items.received[0, 0, local[1]] = FIRST + 20.0  # never read
    state.items.received[0, 0, local[2]] = state.items.read[0, 0, local[2]] = FIRST + 210.0
    item(state, 1, END - 30.0)  # too young to be judged
    state.items.received[0, 1, local[0]] = state.items.read[0, 1, local[0]] = END - 29.0
    item(state, 2, FIRST - 30.0)  # of the warm-up
    state.items.received[0, 2, local[0]] = state.items.read[0, 2, local[0]] = FIRST + 1.0
    v = compute(tables(state))
    n = len(local)
    assert v["frontline_within_90"][0] == pytest.approx(1 / n)
    assert v["frontline_days_restricted"][0] == pytest.approx((50 + 200 + 364 * (n - 2)) / n)
    assert v["unread_share"][0] == pytest.approx(1 / 6)
    assert v["stat_items_shared"][0] == 4
    assert np.isnan(v["frontline_within_90"][1])


def test_items_archived_and_alive_are_one_population() -> None:
    state = blank()
    n = int((~state.posts.stretch & (state.posts.run == 0)).sum())
    item(state, 0, FIRST + 10.0)
    archived = {
        "run": 0,
        "born": FIRST + 5.0,
        "frontline": float(n),
        "within_90": float(n),
        "days_total": 20.0 * n,
    }
    put(state, "discoveries", [{**archived, "received": 1.0}])
    v = compute(tables(state))
    assert v["frontline_within_90"][0] == pytest.approx(0.5)
    assert v["frontline_days_restricted"][0] == pytest.approx((20 + 364) / 2)
    monthly = series(tables(state))["frontline_within_90"][:, 0]
    # both were 90 days old in the fourth month; thirteen months later they are past
    assert np.isnan(monthly[:3]).all()
    assert (monthly[3:16] == 0.5).all()
    assert np.isnan(monthly[16:]).all()


def spend(state: State, seed: int) -> State:
    rng = np.random.default_rng(seed)
    for reason in HOUR_REASONS:
        for month in (-1, 0, 25):
            state.ledger.spend(reason, month, slice(None), rng.random(len(state.holders.key)))
    return state


def test_hours_add_up(seed_of: Callable[[str], int]) -> None:
    """Over reasons, over bodies and over months; hours of the warm-up are not kept."""
    state = spend(blank(), seed_of("hours add up"))
    t = tables(state)
    v = compute(t)
    total = v["coordination_hours"]
    kept = state.ledger.hours.sum(axis=1).reshape(2, -1).sum(axis=1)
    assert total == pytest.approx(kept)
    assert sum(v[f"coordination_hours_{reason}"] for reason in HOUR_REASONS) == pytest.approx(total)
    assert series(t)["coordination_hours"].sum(axis=0) == pytest.approx(total)
    rows = bodies(t)
    assert np.bincount(rows.run, weights=rows.hours) * t.years == pytest.approx(total)
    assert len(rows.body) == len(rows.run) == len(rows.hours)


def test_reasons_have_words() -> None:
    assert tuple(REASON_WORDS) == HOUR_REASONS


def test_bodies_are_called_by_their_roles() -> None:
    rows = bodies(tables(blank()))
    assert {"customs_headquarters", "sea_post", "green_stretch", "media", "regional_centre"} <= set(rows.body)
    names = rows.body[: len(rows.body) // 2]
    assert list(names) == sorted(set(names))
    assert rows.body[len(names) :] == names


def test_by_a_hub_it_is_two_steps() -> None:
    """Days along the fastest way: by a hub of ten days a step, 10 to it and 20 to all others."""
    state = blank()
    home = state.holders.country
    first = [int(h) for h in staffed(state, 0) if home[h] == 0]
    spokes = [(first[0], h) for h in first[1:]]
    star = spokes + [(v, u) for u, v in spokes]
    found = compute(tables(connect(state, star)))["path_length"]
    n, everybody = len(first), [int(h) for h in staffed(state, 0)]
    sizes = [sum(1 for h in everybody if home[h] == c) for c in (0, 1, 2)]
    whole = sum(s * (s - 1) for s in sizes)
    ours = 2 * (n - 1) * 10 + (n - 1) * (n - 2) * 20
    assert found[0] == pytest.approx((ours + (whole - n * (n - 1)) * 364) / whole)
    assert found[1] == 364
