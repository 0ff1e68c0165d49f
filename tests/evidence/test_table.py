"""The committed table: its rows are the expectations, its verdicts what its numbers say."""

from __future__ import annotations

import csv
import math

import pytest

from tests.evidence.checks import CHECKS
from tests.evidence.judging import VERDICTS, verdict
from tests.evidence.measuring import Effect
from tests.evidence.rows import read
from tests.evidence.table import COLUMNS, CSV, GONE, PAGE, REMAINS, committed, elements


def test_it_has_the_rows_of_the_expectations() -> None:
    assert list(committed()) == list(read()[0])


def test_its_columns_are_what_they_say() -> None:
    with CSV.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert tuple(lines[0]) == COLUMNS
    assert all(len(line) == len(COLUMNS) for line in lines)
    for row in committed().values():
        effect, low, high, share = (float(row[name]) for name in ("effect", "low", "high", "share"))
        assert math.isnan(effect) or low <= effect <= high, row["id"]
        assert math.isnan(share) or 0 <= share <= 1, row["id"]
        assert row["cut"] in ("", GONE, REMAINS), row["id"]
        assert row["verdict"] in VERDICTS, row["id"]


def test_its_verdicts_follow_from_its_numbers() -> None:
    for id_, row in read()[0].items():
        given = committed()[id_]
        effect = Effect(*(float(given[name]) for name in ("effect", "low", "high")))
        assert given["verdict"] == verdict(row, effect, float(given["share"]), given["cut"] != REMAINS), id_
        assert bool(given["cut"]) == bool(row.cut), id_


def test_the_page_tells_every_element_and_row() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for id_ in (*elements(), *read()[0]):
        assert f"| {id_} |" in page or f"| **{id_}** |" in page, id_


SLOW = ("roles_differ", "severity_order", "staff_comparator", "capture_boundary")
"""Checks that run the region for every role, mechanism or rate."""


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.slow] * (n in SLOW)) for n in CHECKS])
def test_properties_are_as_the_table_has_them(name: str, pytestconfig: pytest.Config) -> None:
    offset: int = pytestconfig.getoption("--seed-offset")
    ids = [row.id for row in read()[0].values() if row.check == name]
    assert len(ids) == 1
    figure, passed, told = CHECKS[name](offset)
    given = committed()[ids[0]]
    assert passed == (float(given["share"]) == 1.0), told
    if offset == 0:
        assert figure == pytest.approx(float(given["effect"]), rel=1e-3), told
