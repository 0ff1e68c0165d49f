"""Numbers and verdicts in words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.pictures.words import (
    capital,
    clean,
    in_column,
    listed,
    number,
    percent,
    signed,
    span,
    tick,
)


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (0.0, "0"),
        (1.5, "1.5"),
        (99.95, "100"),
        (1234.5, "1,234"),
        (999_999.0, "999,999"),
        (1.234e6, "1.23 million"),
        (5e12, "5.0×10¹²"),
        (-3e-8, "−3.0×10⁻⁸"),
        (9.9999e-4, "1.0×10⁻³"),
        (math.nan, "–"),
        (math.inf, "–"),
    ],
)
def test_numbers_for_people(x: float, shown: str) -> None:
    assert number(x) == shown


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (-0.154, "−15%"),
        (0.004, "+0.4%"),
        (0.04, "+4.0%"),
        (0.0, "0%"),
        (-4e-4, "−0.04%"),
        (-1e-5, "−0.0%"),
        (1e-7, "+0.0%"),
        (1e-15, "0.0%"),
        (12.34, "×13"),
        (-1.0, "−100%"),
        (-1.3, "−100% or more"),
        (1.5e6, "×1.5 million"),
    ],
)
def test_relative_differences(x: float, shown: str) -> None:
    assert percent(x) == shown


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_a_sign_is_never_lost_nor_invented(x: float) -> None:
    for shown in (signed(x), percent(x), tick(x)):
        assert not shown.startswith("-")
        assert shown.startswith("−") <= (x < 0)
        assert shown.startswith("+") <= (x > 0)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_text_says_nan_or_infinity(x: float) -> None:
    for shown in (
        number(x),
        signed(x),
        percent(x),
        span(x, 1.0, relative=True),
        span(x, 1.0, relative=False),
    ):
        assert "nan" not in shown.lower()
        assert "inf" not in shown.lower()


def test_an_interval_names_percent_once() -> None:
    assert span(-0.21, -0.09, relative=True) == "−21 to −9.0%"
    assert span(-0.5, 12.0, relative=True) == "−50% to ×13"
    assert span(-1.4, 0.2, relative=True) == "−100% or more to +20%"
    assert tick(-1.5) == "−150%"
    assert span(-1.25, 0.4, relative=False) == "−1.25 to +0.4"
    assert span(math.nan, 0.4, relative=False) == "not defined"


def test_lists_and_names() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c", "d"], 3) == "a, b and 2 more"
    assert capital("licit delay of SMEs") == "Licit delay of SMEs"
    assert clean("a\x00b\n c‮") == "a�b c�"


def test_no_two_ticks_read_the_same() -> None:
    told = [tick(x) for x in (-0.00004, -0.00002, 0.0, 0.00002, 0.00004)]
    assert told == ["−0.004%", "−0.002%", "0%", "+0.002%", "+0.004%"]
    assert [tick(x) for x in (-0.1, -0.05, 0.005, 0.025, 2.0)] == ["−10%", "−5%", "+0.5%", "+2.5%", "+200%"]


def test_numbers_of_a_column_are_as_fine_as_its_largest_needs() -> None:
    assert [in_column(x, 791.4) for x in (791.4, 0.0432, -0.0432, 0.0, -12.6)] == [
        "791",
        "<1",
        ">−1",
        "0",
        "−13",
    ]
    assert [in_column(x, 1.234) for x in (1.234, 0.0432, 0.001)] == ["1.23", "0.04", "<0.01"]
    assert in_column(math.nan, 5) == in_column(5, math.nan).replace("5", "–")
    assert in_column(1234.5, 1234.5) == "1,234"
