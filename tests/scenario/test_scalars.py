"""Plain scalars mean what YAML 1.2 says, not what YAML 1.1 said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcsim.scenario.scalars import UnusableNumberError, resolve

TEXT = [
    "NO",
    "no",
    "Yes",
    "on",
    "off",
    "y",
    "12:30",
    "190:20:30",
    "1_000",
    "0b11",
    "-0o7",
    "0o8",
    "+",
    "-",
    ".",
]
TEXT += [
    "2020-01-01",
    "1e",
    "e3",
    "1.2.3",
    "0x",
    "nul",
    "TrUe",
    "1,5",
    "٣",
    "Infinity",
    "nan",
    "--1",
    "=",
    "1 000",
]


@pytest.mark.parametrize("text", TEXT)
def test_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("FALSE", False),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("010", 10),
        ("08", 8),
        ("0o17", 15),
        ("0xfF", 255),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("-1.5E-2", -0.015),
        ("+1e+2", 100.0),
    ],
)
def test_values(text: str, value: object) -> None:
    found = resolve(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", [".nan", ".NaN", ".inf", "-.INF", "+.Inf", "1e999", "-1e999", "9" * 41, "9" * 5000]
)
def test_what_cannot_be_calculated_with(text: str) -> None:
    with pytest.raises(UnusableNumberError):
        resolve(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(number: float) -> None:
    found = resolve(repr(number))
    assert isinstance(found, float)
    assert math.isclose(found, number, rel_tol=0.0)


@given(st.text(max_size=60))
def test_nothing_else_happens(text: str) -> None:
    try:
        found = resolve(text)
    except UnusableNumberError:
        return
    assert found is None or isinstance(found, (bool, int, float)) or found == text
