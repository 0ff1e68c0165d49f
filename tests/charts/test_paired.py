"""Paired differences: intervals by the book, and words that say no more than runs allow."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.charts.paired import paired, paired_rates, points_against, points_finding, points_words


def test_what_few_runs_cannot_tell_says_where_more_are() -> None:
    base = np.array([0.2, 0.4, 0.6, 0.5])
    few = paired(base, base + np.array([0.1, -0.1, 0.2, 0]))
    assert "in 4 runs" in points_finding(few)
    assert "page Compare" in points_against(few, "X")
    assert "page Compare" not in points_against(paired(base, base + 0.1), "X")
    assert "page Compare" not in points_against(paired(np.tile(base, 5), np.tile(base[::-1], 5)), "X")


def test_paired_intervals_are_students_and_wider_when_many_hold_at_once() -> None:
    base, arm = np.array([1.0, 2, 3, 4]), np.array([2.0, 2, 5, 5])
    one, many = paired(base, arm), paired(base, arm, at_once=10)
    half = 3.182446 * np.std(arm - base, ddof=1) / 2
    assert (one.low, one.high) == pytest.approx((1 - half, 1 + half), rel=1e-5)
    assert many.low < one.low
    assert not paired(base[:3], base[:3] + 1).clear
    assert paired(base, base + 1).clear


def test_a_share_of_all_runs_has_the_interval_of_a_ratio() -> None:
    whole = np.array([67.0, 50, 69, 62])
    base, arm = np.array([51.0, 38, 45, 42]), np.array([47.0, 37, 38, 39])
    found = paired_rates(base, whole, arm, whole)
    assert found.mean == pytest.approx((arm.sum() - base.sum()) / whole.sum())
    rest = (arm - base - found.mean * whole) / whole.mean()
    half = 3.182446 * np.std(rest, ddof=1) / 2
    assert (found.low, found.high) == pytest.approx((found.mean - half, found.mean + half), rel=1e-5)


def test_points_are_no_finer_than_they_mean() -> None:
    said = [points_words(x) for x in (0.0, 0.00001, -0.0032, 0.0123, -0.25, float("nan"))]
    assert said == ["0", "0", "−0.32", "+1.2", "−25", "–"]
