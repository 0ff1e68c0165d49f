"""A post is chosen by traffic as among all posts; what exports need is known by their keys alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stcsim.draws import Draws, keys_of, seeded
from stcsim.engine.engine import Engine
from stcsim.processes.exports import exports_of, post_by_traffic
from stcsim.processes.renewal import calendar_of
from stcsim.state.state import State, When
from tests.regions import changed, small_region

DRAWS = Draws()


def by_choosing(state: State, country: np.ndarray, key: np.ndarray) -> np.ndarray:
    """The same choice among all posts, those of other countries closed: the readable form."""
    posts, n = state.posts, state.posts.n
    run = country // state.countries.n
    weight = np.where(
        posts.stretch | (posts.traffic <= 0), -np.inf, np.log(np.maximum(posts.traffic, 1e-300))
    ).reshape(-1, n)
    here = posts.country.reshape(-1, n)[run] == country[:, None]
    keys = np.zeros(n, dtype=np.uint64)
    at = state.options.post >= 0
    keys[state.options.post[at]] = state.options.key[at]
    index = DRAWS.choose("post", 0, np.where(here, weight[run], -np.inf), key, keys)
    return np.where(index >= 0, run * n + index, -1)


def test_a_post_is_chosen_as_among_all_posts() -> None:
    state = Engine.begin(small_region(), [1, 2]).state
    state.posts.traffic[0] = 0.0
    country = np.arange(2000) % len(state.countries.key)
    key = seeded(keys_of([f"export/{i}" for i in range(2000)]), 1)
    chosen = post_by_traffic(state, DRAWS, country, key)
    assert np.array_equal(chosen, by_choosing(state, country, key))
    assert (chosen >= 0).any()
    assert 0 not in chosen


def test_a_country_without_traffic_has_no_post() -> None:
    state = Engine.begin(small_region(), [1]).state
    state.posts.traffic[state.posts.country == 0] = 0.0
    key = keys_of([f"export/{i}" for i in range(10)])
    assert (post_by_traffic(state, DRAWS, np.zeros(10, dtype=np.int64), key) == -1).all()


def test_what_some_exports_need_is_the_same_worked_out_for_them_or_for_all() -> None:
    """In runs whose assumptions differ, so that each export has those of its run."""
    spec = small_region()
    other = changed(spec.parameters, **{"licensing.false_refusal": 0.3, "screening.list_newness_share": 0.6})
    state = Engine.begin(spec, [1, 2], [None, other]).state
    firms, when = state.firms, When(0, 7, 0)
    actors = firms.key, firms.next_export, firms.exports, firms.rate
    calendar = calendar_of(DRAWS, "export", *actors, when, 8)
    known = exports_of(state, DRAWS, calendar)
    assert known.ahead
    alone = replace(known, ahead=False)
    at = np.arange(0, len(known.key), 3)
    assert len(np.unique(known.run[at])) == 2
    for mine, others in (
        (known.applications(at), alone.applications(at)),
        (known.shipments(at), alone.shipments(at)),
    ):
        for one, two in zip(mine, others, strict=True):
            assert one.tobytes() == two.tobytes()
