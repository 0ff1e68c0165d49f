"""Illicit transfers on consignments put in by hand: who, how, when, found out or not."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.actors.vocabulary import WAYS
from stcsim.outcomes.diversion import TANGIBLE_WAYS
from stcsim.outcomes.registry import compute
from stcsim.outcomes.series import series
from tests.outcomes.hand_made import END, FIRST, attempt, blank, put, tables


def found(*rows: dict[str, object]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    state = blank()
    put(state, "cases", list(rows))
    return compute(tables(state))


def test_by_whom_and_how() -> None:
    v = found(
        attempt("completed", family="cat_0_nuclear"),
        attempt("released_clock", family="cat_4_computers"),
        attempt("completed", family="manpads", run=1),
        attempt("completed", way="intangible"),
        attempt("refused"),
        attempt("forgone", way="wait"),
        attempt("in_process"),
        attempt("completed", origin="ignorance", opportunities=0.0),
        attempt("released_clock", origin="ignorance", opportunities=0.0),
        attempt("interdicted_checkpoint", origin="ignorance", opportunities=0.0),
        attempt("completed", origin="evasion", opportunities=0.0),
    )
    expected = {
        "diversions": (2, 1),
        "diversions_weighted": (6, 5),
        "diversions_released": (1, 0),
        "opportunities": (6, 1),
        "attempts": (5, 1),
        "attempts_forgone": (1, 0),
        "diversions_per_opportunity": (1 / 3, 1),
        "intangible_leaks_networks": (1, 0),
        "interdictions": (1, 0),
        "unintentional_violations": (2, 0),
        "evasion": (1, 0),
        "detection_share": (1 / 4, 0),
    }
    assert [tuple(v[k]) for k in expected] == [pytest.approx(e) for e in expected.values()]


def test_ways_add_up() -> None:
    assert set(TANGIBLE_WAYS) == set(WAYS) - {"intangible", "wait"}
    rows = [attempt("completed", way=way) for k, way in enumerate(TANGIBLE_WAYS) for _ in range(k + 1)]
    v = found(*rows, attempt("completed", way="intangible"))
    assert [v[f"diversions_{way}"][0] for way in TANGIBLE_WAYS] == [1, 2, 3, 4, 5, 6]
    assert v["diversions"][0] == 21


def test_only_the_counted_time() -> None:
    """A week's end belongs to the week: a fate on the first day is the warm-up's, one on the last counts."""
    days = [FIRST - 40.0, float(FIRST), FIRST + 0.5, float(END), END + 0.5]
    v = found(*(attempt("completed", day, born=day) for day in days))
    assert v["diversions"][0] == v["opportunities"][0] == 2


def test_a_transfer_of_the_warm_up_completed_later_counts_as_completed() -> None:
    v = found(attempt("completed", FIRST + 3.0, born=FIRST - 3.0))
    assert v["diversions"][0] == 1
    assert v["attempts"][0] == 0


def test_discovery() -> None:
    v = found(
        attempt("completed", discovered=FIRST + 50.0),
        attempt("completed", discovered=END + 50.0),
        attempt("completed"),
        attempt("completed"),
    )
    assert v["diversions_discovered_later"][0] == 1
    assert v["diversions_undiscovered"][0] == 3


def test_months() -> None:
    """Days 1 to 28 are the first month, the last day of the horizon lies in the last one."""
    state = blank()
    days = [0.5, 28.0, 28.5, 56.0, float(END - FIRST)]
    put(state, "cases", [attempt("completed", FIRST + d) for d in days])
    monthly = series(tables(state))["diversions"][:, 0]
    assert monthly.tolist() == [2, 2, *[0] * 23, 1]


def test_firms_leaks_come_from_the_ledger() -> None:
    state = blank()
    state.ledger.add("leaks_by_firms", 3, np.array([0, 0, 1]))
    state.ledger.add("leaks_by_firms", -1, np.array([0]))
    put(state, "cases", [attempt("completed", way="intangible", run=1)])
    v = compute(tables(state))
    assert v["intangible_leaks_firms"].tolist() == [2, 1]
    assert v["intangible_leaks"].tolist() == [2, 2]
