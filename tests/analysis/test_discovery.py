"""Boxes: what is planted is found and told honestly, and nothing is found where there is nothing."""

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.boxes import Limit, inside
from stcsim.analysis.discovery import Share, discover
from stcsim.analysis.prim import prim, quasi_p
from stcsim.errors import InputError


def inputs(points: int, columns: int, seed: int) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    table = pd.DataFrame(draw.random((points, columns)), columns=[f"x{i}" for i in range(columns)])
    return table.assign(switch=draw.choice(["gradual", "immediate", "never"], points))


def test_a_planted_box_is_found_among_a_hundred_inputs() -> None:
    table = inputs(400, 100, 1)
    where = (table.x0 > 0.6) & (table.x1 < 0.5)
    wanted = np.random.default_rng(2).random(400) < np.where(where, 0.9, 0.1)
    found = discover(table, wanted)
    assert len(found.boxes) == 1
    limits = {limit.path: limit for limit in found.boxes[0].limits}
    assert set(limits) == {"x0", "x1"}
    assert limits["x0"].low == pytest.approx(0.6, abs=0.08)
    assert limits["x1"].high == pytest.approx(0.5, abs=0.2)
    # the half that tells is not the half that chose: what is said is what is so within the limits
    within = inside(table, limits)
    density = found.boxes[0].density
    assert density.low < np.where(where, 0.9, 0.1)[within].mean() < density.high
    assert found.boxes[0].outside.value < 0.2


def test_a_word_can_be_the_side_of_a_box() -> None:
    table = inputs(300, 5, 3)
    where = (table.switch == "never") & (table.x2 > 0.4)
    wanted = np.random.default_rng(4).random(300) < np.where(where, 0.9, 0.05)
    box = discover(table, wanted).boxes[0]
    limits = {limit.path: limit for limit in box.limits}
    assert limits["switch"].among == ("never",)
    assert "x2" in limits
    assert "switch never" in box.words(str)


def test_two_boxes_are_found_one_after_the_other() -> None:
    table = inputs(600, 5, 5)
    where = (table.x0 > 0.75) | (table.x1 < 0.2)
    wanted = np.asarray(np.random.default_rng(6).random(600) < np.where(where, 0.95, 0.02))
    found = discover(table, wanted)
    assert {limit.path for box in found.boxes for limit in box.limits} >= {"x0", "x1"}


def test_where_there_is_nothing_no_box_is_confirmed() -> None:
    confirmed = 0
    for seed in range(12):
        wanted = np.random.default_rng(seed + 100).random(120) < 0.3
        confirmed += bool(discover(inputs(120, 20, seed), wanted).boxes)
    assert confirmed <= 2


def test_a_box_is_told_on_points_that_did_not_choose_it() -> None:
    table = inputs(200, 1, 7)
    wanted = np.asarray(table.x0 > 0.5)
    found = discover(table, wanted, seed=3)
    assert found.everywhere.count == 200
    assert found.boxes[0].density.count + found.boxes[0].outside.count == 100


def test_all_or_nothing_has_no_box() -> None:
    table = inputs(50, 2, 8)
    assert prim(table, np.ones(50, dtype=bool)) == {}
    assert prim(table, np.zeros(50, dtype=bool)) == {}
    assert discover(table, np.zeros(50, dtype=bool)).boxes == ()


def test_few_points_are_refused() -> None:
    with pytest.raises(InputError, match="12 points are too few"):
        discover(inputs(12, 2, 8), np.zeros(12, dtype=bool))


def test_limits_in_words() -> None:
    assert Limit("parameters.firms.margin", low=0.25).words() == "firms.margin 0.25 or more"
    assert Limit("a.b", 0.1, 0.3).words() == "a.b from 0.1 to 0.3"
    assert Limit("a.b", high=4.0).words("hours") == "hours 4 or less"
    assert Limit("s", among=("x", "y")).words() == "s x or y"


def test_a_limit_that_says_nothing_has_a_large_quasi_p() -> None:
    table = inputs(200, 2, 9)
    wanted = np.asarray(table.x0 > 0.5)
    limits = {"x0": Limit("x0", low=0.5), "x1": Limit("x1", low=0.3)}
    assert quasi_p(table, wanted, limits, "x1") > 0.9
    assert quasi_p(table, wanted, limits, "x0") < 1e-6
    assert inside(table, limits).sum() < 100


def test_shares_have_intervals_of_clopper_and_pearson() -> None:
    # table of the textbook: 8 of 10
    assert Share(8, 10).low == pytest.approx(0.4439, abs=1e-4)
    assert Share(8, 10).high == pytest.approx(0.9748, abs=1e-4)
    assert Share(0, 5).low == 0.0
    assert Share(5, 5).high == 1.0
    assert np.isnan(Share(0, 0).value)
