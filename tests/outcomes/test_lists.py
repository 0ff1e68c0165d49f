"""What passes between lists, and how long a list is on its way, in tables made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stcsim.engine.engine import Engine
from stcsim.outcomes.registry import compute
from stcsim.outcomes.tables import Tables
from stcsim.state.state import State
from tests.outcomes.hand_made import END, FIRST, attempt, blank, put, tables
from tests.regions import raw_region, spec_of


def test_unlisted_goods_are_counted_apart() -> None:
    state = blank()
    third = {"way": "third_country", "new_goods": True, "unlisted": True}
    put(
        state,
        "cases",
        [
            attempt("completed"),
            attempt("completed", new_goods=True),
            attempt("completed", new_goods=True, unlisted=True),
            attempt("completed", **third),
            attempt("interdicted_checkpoint", **third),
            attempt("refused", unlisted=True, new_goods=True),
            attempt("stopped_report", unlisted=True),
            attempt("refused"),
            attempt("completed", run=1, unlisted=True),
        ],
    )
    found = compute(tables(state))
    assert found["diversions_unlisted"].tolist() == [2, 1]
    assert found["loophole_transfers"].tolist() == [2, 0]
    assert found["loophole_transit"].tolist() == [1, 0]
    assert found["interdictions_unlisted"].tolist() == [2, 0]
    assert found["refusals_unlisted"].tolist() == [1, 0]
    assert found["technology_leaks"].tolist() == [0, 0]
    assert np.isnan(found["technology_lag_days"]).all()


def with_technology() -> State:
    raw = raw_region(26, 104)
    raw["shocks"] = {"new_technology": [{"at_week": 2}, {"at_week": 300}]}
    return Engine.begin(spec_of(raw), [1, 2]).state


def test_a_technology_leaks_and_is_between_lists_once_the_regime_agreed() -> None:
    state = with_technology()
    late = [t.endswith("300/#0") or t.startswith("300/") for t in state.technologies.ids]
    row = late.index(False)
    state.technologies.agreed[row] = FIRST + 100.0
    of = {"technology": row, "unlisted": True}
    put(
        state,
        "cases",
        [
            attempt("completed", FIRST + 50, born=FIRST + 40.0, **of),
            attempt("completed", FIRST + 150, born=FIRST + 140.0, **of),
            attempt("completed", FIRST + 150, born=FIRST + 140.0, technology=row),
            attempt("interdicted_checkpoint", FIRST + 150, born=FIRST + 140.0, **of),
        ],
    )
    found = compute(tables(state))
    assert found["technology_leaks"].tolist() == [3, 0]
    assert found["diversions_unlisted"].tolist() == [2, 0]
    assert found["loophole_transfers"].tolist() == [1, 0]
    assert found["interdictions_unlisted"].tolist() == [1, 0]


def test_the_lag_is_the_mean_over_posts_and_ends_with_the_counted_time() -> None:
    state = with_technology()
    tech, holder = state.technologies, state.posts.holder[~state.posts.stretch]
    posts = holder[holder < state.holders.n]
    row = int(np.flatnonzero(tech.emerges[: tech.n] < END)[0])
    emerged = FIRST + 14.0
    assert tech.emerges[row] == emerged
    tech.known[row, posts] = END + 500.0
    tech.known[row, posts[0]] = emerged + 70.0
    whole, n = END - emerged, len(posts)
    found = compute(tables(state))
    lag = found["technology_lag_days"]
    assert lag == pytest.approx([(70.0 + (n - 1) * whole) / n, whole])
    assert (found["newest_list_share"] == 1).all()


def test_the_lag_of_lists_is_of_versions_and_technologies_in_force() -> None:
    state = with_technology()
    tech, posts = state.technologies, state.posts
    row = int(np.flatnonzero(tech.emerges[: tech.n] < END)[0])
    tech.adopted[row, 0] = tech.emerges[row] + 100.0
    manned = ~posts.stretch[: posts.n]
    first = (manned & (posts.country[: posts.n] == 0)).sum() / manned.sum()
    whole = END - (FIRST + 14.0)
    # beside the technology two yearly versions that no country lacked
    lag = compute(tables(state))["list_lag_days"]
    assert lag == pytest.approx([(first * 100.0 + (1 - first) * whole) / 3, whole / 3])
    state.newest_list[:] = 1.0
    state.countries.list_version[0] = 1.0
    lag = compute(tables(state))["list_lag_days"]
    assert lag[1] == pytest.approx((whole + 2 * 364.0) / 3)
    assert lag[0] == pytest.approx((first * 100.0 + (1 - first) * (whole + 2 * 364.0)) / 3)


def test_posts_with_the_newest_list() -> None:
    state = blank()
    posts = state.posts.holder[~state.posts.stretch]
    state.newest_list[:] = [2.0, 1.0]
    state.holders.list_version[posts] = 1.0
    ended = replace(Tables.of(spec_of(raw_region(26, 104)), state), end=FIRST + 7)
    assert ended.months == 1
    found = compute(ended)
    assert found["newest_list_share"].tolist() == [0.0, 1.0]
    assert found["list_lag_days"] == pytest.approx([364.0, 364.0]), "no country has either in force"
