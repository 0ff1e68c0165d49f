"""A post is chosen by traffic as among all posts; a country without traffic has none."""

from __future__ import annotations

import numpy as np

from stcsim.draws import Draws, keys_of, seeded
from stcsim.engine.engine import Engine
from stcsim.processes.exports import post_by_traffic
from stcsim.state.state import State
from tests.regions import small_region

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
