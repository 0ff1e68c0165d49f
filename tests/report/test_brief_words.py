"""Changes, ranges, times and money in plain words."""

from __future__ import annotations

import math

import pytest

from stcsim.report.brief.words import (
    change_in_words,
    in_hundred,
    in_years,
    money,
    months,
    range_in_words,
    unclear_words,
)


@pytest.mark.parametrize(
    ("share", "unit", "words"),
    [
        (-0.11, "transfers", "about a tenth fewer"),
        (0.24, "cases", "about a quarter more"),
        (-0.5, "share", "about half lower"),
        (0.02, "days", "about one in fifty longer"),
        (-0.002, "transfers", "fewer by less than one in a hundred"),
        (-0.97, "transfers", "hardly any left"),
        (-1.0, "transfers", "none left"),
        (2.0, "items", "about 3 times as many"),
        (1.0, "share", "about 2 times as high"),
        (math.nan, "items", "change not defined"),
    ],
)
def test_a_change(share: float, unit: str, words: str) -> None:
    assert change_in_words(share, unit) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (-0.15, -0.08, "8 to 15% fewer"),
        (-0.06, 0.03, "6% fewer to 3% more"),
        (0.1, 0.2, "10 to 20% more"),
        (-1.4, -0.2, "20% fewer to none left"),
        (-0.1, 12.0, "10% fewer to 13 times as many"),
        (0.1, 12.0, "10% more to 13 times as many"),
        (-0.0142, -0.0002, "under 0.1 to 1% fewer"),
        (0.0, 0.004, "0% to 0.4% more"),
        (0.0102, 0.0138, "1.0 to 1.4% more"),
        (0.01021, 0.01022, "1.02% more"),
        (math.nan, 0.1, "range not defined"),
    ],
)
def test_a_range(low: float, high: float, words: str) -> None:
    assert range_in_words(low, high, "transfers") == words


def test_times_and_money_and_shares() -> None:
    assert [months(w) for w in (0, 1, 2, 13, 39, 104)] == [
        "at once",
        "1 week",
        "2 weeks",
        "3 months",
        "9 months",
        "2 years",
    ]
    assert [money(x) for x in (0.3, 123.4, 1234.5, 0.0)] == ["less than 1", "120", "1,230", "0"]
    assert in_hundred(0.5361) == "54 in 100"
    assert in_hundred(0.6473, 0.6512) == "64.7 in 100"
    assert in_hundred(0.65, 0.65) == "65 in 100"
    assert [in_years(w) for w in (52, 130, 260)] == ["1 year", "2.5 years", "5 years"]


def test_a_wide_unclear_change_is_not_known() -> None:
    assert unclear_words(-0.02, 0.03) == "no clear change"
    assert unclear_words(-0.4, 0.3) == "not known"
    assert unclear_words(math.nan, 0.3) == "no clear change"
    assert unclear_words(0.001, 0.008) == "unclear, as too few sets agree"
