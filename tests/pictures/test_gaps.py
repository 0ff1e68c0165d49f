"""Differences over months: the paired mean with Student's interval, and words that say what is told apart."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from stcsim.draws import F8
from stcsim.pictures.bands import Bands, bands_of
from stcsim.pictures.gaps import gap_finding, gap_of, gaps_of, summed_finding

LABELS = {"one": "First", "two": "Second", "three": "Third", "baseline": "Baseline"}


def bands(runs: F8, units: tuple[int, ...] = ()) -> Bands:
    months = np.arange(runs.shape[1], dtype=np.float64)
    return Bands(units or tuple(range(len(runs))), months, runs)


def noisy(shift: float, months: int = 30, runs: int = 12, seed: int = 1) -> Bands:
    """Return sums that drift apart from those of seed 1 by `shift` a month, with a little noise."""
    base = np.cumsum(np.random.default_rng(1).normal(2.0, 1.0, (runs, months)), axis=1)
    own = (
        np.cumsum(np.random.default_rng(seed).normal(0.0, 0.1, (runs, months)), axis=1) if seed != 1 else 0.0
    )
    return bands(base + shift * np.arange(1, months + 1) + own)


def test_the_interval_is_that_of_paired_differences() -> None:
    rng = np.random.default_rng(5)
    base, own = rng.normal(3, 1, (8, 4)), rng.normal(2, 1, (8, 4))
    found = gap_of(bands(own), bands(base))
    assert found is not None
    expected = stats.ttest_1samp(own - base, 0.0)
    low, high = expected.confidence_interval(0.95)
    np.testing.assert_allclose(found.mean, (own - base).mean(axis=0))
    np.testing.assert_allclose((found.low, found.high), (low, high))
    assert found.pairs == 8


def test_only_runs_of_both_are_paired() -> None:
    base = bands(np.array([[1.0, 1.0], [5.0, 5.0], [9.0, 9.0]]), (0, 1, 2))
    found = gap_of(bands(np.array([[6.0, 7.0], [10.0, 11.0]]), (1, 2)), base)
    assert found is not None
    assert found.mean.tolist() == [1.0, 2.0]
    assert gap_of(bands(np.ones((2, 2)), (7, 8)), base) is None


def test_since_is_the_month_from_which_on_zero_stays_out() -> None:
    runs = np.zeros((6, 5)) + np.array([3.0, 0.0, 2.0, 2.5, 3.0])
    runs[:, 1] += np.array([-1, 1, -1, 1, -1, 1.0])
    found = gap_of(bands(runs), bands(np.zeros((6, 5))))
    assert found is not None
    assert (found.side, found.since) == (1, 2)
    assert found.mean[0] == 3.0, "apart before, and together again"


def test_sums_add_up_to_what_the_months_hold() -> None:
    rows = [
        {"arm": arm, "world": 0, "replication": r, "month": m, "name": "x", "value": 1.0 + r + (arm == "one")}
        for arm in ("baseline", "one")
        for r in range(3)
        for m in range(4)
    ]
    found = bands_of(pd.DataFrame(rows), "x", ("baseline", "one"), summed=True)
    assert found["baseline"].runs[:, -1].tolist() == [4.0, 8.0, 12.0]
    gap = gaps_of(found)["one"]
    assert gap.mean.tolist() == [1.0, 2.0, 3.0, 4.0]


def test_words_name_the_arm_that_is_told_apart() -> None:
    found = {"baseline": noisy(0.0), "one": noisy(-0.3, seed=2), "two": noisy(0.0, seed=3)}
    own = ("one", "two")
    level, base = (f"{found[a].mean()[-1]:.3g}" for a in ("one", "baseline"))
    assert summed_finding("Transfers", own, found, LABELS) == (
        f"Transfers, summed up: {level} by the end with First, {base} in the baseline"
    )
    said = gap_finding("Transfers", own, found, LABELS)
    gap = gaps_of(found)["one"]
    assert said.startswith(f"Transfers: −{-gap.mean[-1]:.3g} by the end with First (−")
    assert said.endswith((f"apart from zero from month {gap.since} on", "apart from zero from the start"))


def test_words_count_where_several_are_told_apart() -> None:
    found = {
        "baseline": noisy(0.0),
        "one": noisy(-0.3, seed=2),
        "two": noisy(-0.2, seed=3),
        "three": noisy(0.2, seed=4),
    }
    own = ("one", "two", "three")
    for said in (
        summed_finding("Transfers", own, found, LABELS),
        gap_finding("Transfers", own, found, LABELS),
    ):
        assert re.search(r"lower in 2 of 3 arms, most with First \(−\d\.\d+, −\d+%\)", said)
        assert "higher with Third (+" in said


@pytest.mark.parametrize("finding", [summed_finding, gap_finding])
def test_nothing_is_said_of_what_cannot_be_told(finding: type[str]) -> None:
    rng = np.random.default_rng(8)
    found = {arm: bands(rng.normal(2, 1, (5, 6))) for arm in ("baseline", "one", "two")}
    for arm in ("one", "two"):
        found[arm].runs[:, -1] = found["baseline"].runs[:, -1] + np.array([1, -1, 1, -1, 0.0])
    assert finding("X", ("one", "two"), found, LABELS).endswith("; no arm can be told from it")
    assert finding("X", ("one",), found, LABELS).endswith("; First cannot be told from it")
    single = {arm: bands(band.runs[:1]) for arm, band in found.items()}
    assert finding("X", ("one", "two"), single, LABELS).endswith("; one run cannot tell an arm from it")
    assert finding("X", ("one",), single, LABELS, "assumptions").endswith(
        "; one sampled set cannot tell an arm from it"
    )
