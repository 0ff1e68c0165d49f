"""Labels and axes: nothing overlaps, nothing is pressed together."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from stcsim.pictures.axis import place_label, span_of, spread
from stcsim.pictures.measure import fit, text_width, wrap


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12).map(sorted))
def test_spread_keeps_the_gap_the_order_and_the_limits(places: list[float]) -> None:
    found = spread(places, 14.0, (0.0, 300.0))
    assert all(b - a >= 14.0 - 1e-9 for a, b in itertools.pairwise(found))
    assert found[0] >= -1e-9
    assert found[-1] <= 300.0 + 1e-9


def test_spread_leaves_alone_what_is_far_apart() -> None:
    assert spread([10.0, 100.0, 200.0], 14.0, (0.0, 300.0)) == [10.0, 100.0, 200.0]


def test_a_far_row_gets_an_arrow_and_the_others_keep_their_room() -> None:
    low, high, limit = span_of([[-0.15, -0.1], [-0.1, 0.02], [0.12], [8.0, 9.0]], [True] * 4)
    assert limit == 0.15
    assert high < 0.3
    assert low < -0.15


def test_a_single_effect_beside_nothing_is_no_outlier() -> None:
    rows = [[0.4], *[[0.001 * i] for i in range(1, 12)]]
    _, high, limit = span_of(rows, [True, *[False] * 11])
    assert limit == 0.4
    assert high > 0.4


def test_an_empty_axis_has_room() -> None:
    assert span_of([], []) == (-1.0, 1.0, 1.0)
    assert span_of([[0.0], []], [False, False]) == (-1.0, 1.0, 1.0)


@given(st.lists(st.tuples(st.floats(120, 580), st.floats(60, 380)), min_size=1, max_size=12))
def test_labels_on_a_plane_stay_on_the_page(points: list[tuple[float, float]]) -> None:
    page = (80.0, 50.0, 700.0, 460.0)
    taken = []
    for point in points:
        box = place_label(point, 90.0, 11.0, taken, [], page)
        assert page[0] <= box[0] < box[2] <= page[2]
        assert page[1] <= box[1] < box[3] <= page[3]
        taken.append(box)


def test_labels_of_a_crowd_do_not_cover_each_other() -> None:
    taken = []
    for i in range(12):
        box = place_label((300.0 + i, 200.0 - 2 * i), 120.0, 11.0, taken, [], (80.0, 50.0, 700.0, 460.0))
        for other in taken:
            assert box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
        taken.append(box)


@given(st.text(max_size=120), st.integers(20, 300), st.integers(1, 3))
def test_what_is_cut_fits(text: str, room: int, lines: int) -> None:
    rows = wrap(text, room, lines)
    assert 1 <= len(rows) <= lines
    for row in rows:
        assert text_width(row) <= max(room, text_width("…"))


def test_short_texts_stay_as_they_are() -> None:
    assert fit("Working group", 200) == "Working group"
    assert wrap("Channel between the frontline and the centre", 150, 2) == [
        "Channel between the",
        "frontline and the centre",
    ]
