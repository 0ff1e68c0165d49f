"""Ranks of aid and need, and requests that nobody answers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from stcsim.processes.audiences import people
from stcsim.processes.delivery import of_programmes
from stcsim.processes.matching import aid_by_cell, note_matching, rank_correlation, true_gaps
from stcsim.state import When
from tests.processes.capacity_region import programme, region, weeks


def test_it_is_spearmans_correlation_of_what_counts() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.integers(0, 5, (2, 6, 40)).astype(float)
    counts = rng.uniform(size=(6, 40)) < 0.7
    found = rank_correlation(first, second, counts)
    for r in range(6):
        expected = spearmanr(first[r, counts[r]], second[r, counts[r]]).statistic
        assert found[r] == pytest.approx(expected)
    assert np.isnan(rank_correlation(np.ones((1, 4)), rng.uniform(size=(1, 4)), np.ones((1, 4), dtype=bool)))


def test_gaps_are_those_of_the_people_who_are_there() -> None:
    state = region(donors=1)
    size = people(state)
    gap, there = true_gaps(state, size)
    home, used = state.holders.country, state.holders.uses
    for c in range(2):
        rows = home == c
        lacking = (1 - state.holders.competence[rows]) * used[rows] * size[rows, None]
        assert gap[c] == pytest.approx(lacking.sum(axis=0))
        assert there[c] == pytest.approx((used[rows] * size[rows, None]).sum(axis=0))


def test_aid_is_what_donors_pay_and_is_shared_over_what_is_learnt() -> None:
    state = region(donors=1)
    post = int(np.flatnonzero(state.holders.kind == 2)[0])
    programme(state, "inspection_procedures", [post], 4.0, donor=0)
    programme(state, "inspection_procedures", [post], 4.0, group=1)
    given = of_programmes(state, people(state), 0)
    aid = aid_by_cell(state, given)
    assert aid.sum() == pytest.approx(given.cost[given.donor >= 0].sum())
    assert np.flatnonzero(aid.any(axis=1)).tolist() == [state.holders.country[post]]


def test_a_request_is_met_by_any_aid_in_the_quarter() -> None:
    state = region(donors=1)
    size = people(state)
    note_matching(state, When(0, 7, 0), of_programmes(state, size, 0), size)
    asked = state.ledger.total("requests")
    assert asked[0] > 0
    assert np.array_equal(state.ledger.total("requests_unmet"), asked)
    assert not state.ledger.total("aid_need_quarters").any()
    weeks(state, 13)
    assert state.ledger.total("requests")[0] == 2 * asked[0]
    assert state.ledger.total("requests_unmet")[0] < 2 * asked[0]
    assert state.ledger.total("aid_need_quarters")[0] == 1.0
