"""Every element of the field has rows, every row names what exists, and the verdicts follow written rules."""

from __future__ import annotations

import math

import pytest

from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.scenario.size import size
from tests.evidence.checks import CHECKS
from tests.evidence.judging import DEPENDS, HOLDS, NOT_SHOWN, WRONG, cut_works, verdict
from tests.evidence.measuring import Effect
from tests.evidence.rows import Row, read, specification, stated
from tests.evidence.table import elements


def test_every_row_can_be_run() -> None:
    """A row that names what does not exist is an error, told with all others; none is skipped."""
    assert read()[1] == {}
    wanted = {given["check"] for given in stated().values() if given["kind"] == "property"}
    assert wanted - set(CHECKS) == set()


def test_every_element_has_a_row_and_every_row_an_element() -> None:
    named = {id_.rstrip("abcdefghijklmnopqrstuvwxyz") for id_ in stated()}
    assert len(elements()) == 94
    assert set(elements()) - named == set()
    assert named - set(elements()) == set()


def test_every_element_is_represented() -> None:
    """By a mechanism, shock, setting or scenario that some row turns on, or by the check of a property."""
    shown: set[str] = set()
    for row in read()[0].values():
        cells = list(row.arms.values())
        differ = len({(c.source, c.settings, c.arm) for c in cells}) > 1
        if differ or row.check in CHECKS:
            shown.add(row.element)
    assert set(elements()) - shown == set()


def test_rows_say_what_they_expect() -> None:
    for id_, given in stated().items():
        assert given["kind"] in ("effect", "null", "property"), id_
        assert given["says"][0].isupper(), id_
        assert not given["says"].endswith("."), id_
        if given["kind"] == "effect":
            assert given["sign"] in ("+", "-"), id_
            assert given["at_least"] > 0, id_
            assert given["cut"], id_
        if given["kind"] == "null":
            assert given["margin"] > 0, id_
            assert not {"sign", "cut"} & set(given), id_


def test_challenges_name_elements_that_are_tried() -> None:
    tried = {row.id for row in read()[0].values()}
    for name, challenge in CHALLENGES.items():
        for element in challenge.elements:
            assert element in elements(), name
            assert any(row.startswith(element) for row in tried), name


def test_the_region_is_small() -> None:
    for row in read()[0].values():
        for cell in row.arms.values():
            if not row.id.startswith(("L03", "L04")):
                spec = specification(cell.source, cell.settings)
                assert spec.time.counted_weeks == 104, row.id
                assert size(spec).firms < 200, row.id


def _row(kind: str = "effect", sign: int = 1, least: float = 0.1) -> Row:
    return Row("T01", "Text", kind, {}, {}, {}, "baseline", "diversions", "", "", "", sign, least, "")


@pytest.mark.parametrize(
    ("effect", "share", "gone", "expected"),
    [
        (Effect(0.3, 0.1, 0.5), 0.9, True, HOLDS),
        (Effect(0.3, 0.1, 0.5), 0.8, True, HOLDS),
        (Effect(0.3, 0.1, 0.5), 0.79, True, DEPENDS),
        (Effect(0.3, 0.1, 0.5), 0.9, False, NOT_SHOWN),
        (Effect(0.3, -0.1, 0.7), 0.9, True, NOT_SHOWN),
        (Effect(0.05, 0.01, 0.09), 0.9, True, NOT_SHOWN),
        (Effect(-0.3, -0.5, -0.1), 0.1, True, WRONG),
        (Effect(math.nan, math.nan, math.nan), 0.9, True, NOT_SHOWN),
    ],
)
def test_verdicts_on_effects(effect: Effect, share: float, gone: bool, expected: str) -> None:
    assert verdict(_row(), effect, share, gone) == expected
    mirrored = Effect(-effect.value, -effect.high, -effect.low)
    assert verdict(_row(sign=-1), mirrored, share, gone) == expected


@pytest.mark.parametrize(
    ("effect", "share", "expected"),
    [
        (Effect(0.05, -0.02, 0.09), 0.9, HOLDS),
        (Effect(0.0, 0.0, 0.0), 1.0, HOLDS),
        (Effect(0.05, -0.02, 0.09), 0.5, DEPENDS),
        (Effect(0.05, -0.02, 0.2), 0.9, NOT_SHOWN),
        (Effect(0.3, 0.2, 0.4), 0.1, WRONG),
        (Effect(-0.3, -0.4, -0.2), 0.1, WRONG),
    ],
)
def test_verdicts_on_nulls(effect: Effect, share: float, expected: str) -> None:
    assert verdict(_row("null", 0), effect, share, True) == expected


def test_a_cut_works_where_nothing_is_left_that_can_be_told_from_none() -> None:
    effect = Effect(0.5, 0.3, 0.7)
    assert cut_works(effect, Effect(0.2, -0.1, 0.5))
    assert cut_works(effect, Effect(0.04, 0.02, 0.06))
    assert cut_works(effect, Effect(-0.2, -0.3, -0.1))
    assert not cut_works(effect, Effect(0.2, 0.1, 0.3))
