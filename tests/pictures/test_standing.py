"""Who stands first set by set: numbers that add up, and words that are right whoever leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from stcsim.analysis.ahead import Ahead, ahead
from stcsim.pictures.ranking import finding, on_average, what_places_mean
from stcsim.pictures.standing import left_open, other_counts, standing
from tests.analysis.planted_arms import OUTCOME, cube_with
from tests.pictures import found

LABELS = {"a": "Channel", "b": "Group", "c": "Training in the field", "baseline": "Baseline"}


def said(
    sets: Mapping[str, int],
    same: int = 0,
    close: int = 0,
    level: Mapping[str, int] | None = None,
    *,
    first: str = "a",
    arms: str = "abc",
) -> str:
    """Return what is said where arms are ahead in so many sets, and level in so many others."""
    every = dict.fromkeys(["baseline", *arms], 0)
    counts = Ahead(
        {**every, **sets}, same, close, sum(sets.values()) + same + close, {**every, **(level or {})}
    )
    return standing(counts, first, LABELS)


def everyone(n: int, arms: str = "abc") -> dict[str, int]:
    return dict.fromkeys(["baseline", *arms], n)


def test_a_clear_leader() -> None:
    assert said({"a": 24}) == "Channel is ahead of all others in all 24 sampled sets"
    assert said({"a": 21, "b": 1}, close=2, level={"a": 2, "b": 2}) == (
        "Channel is ahead in 21 of 24 sampled sets, Group in 1; in 2 none stands out"
    )


def test_nothing_differs_in_most_sets() -> None:
    assert said({"a": 4}, same=20, level=everyone(20)) == (
        "Channel cannot be told from any other arm or the baseline in 20 of 24 sampled sets; it is ahead in 4"
    )
    assert said({}, same=24, level=everyone(24)) == (
        "Channel cannot be told from any other arm or the baseline in all 24 sampled sets"
    )


def test_two_options_level() -> None:
    assert said({"a": 4}, same=12, close=8, level={"a": 20, "b": 20, "c": 1}) == (
        "Channel cannot be told from Group in 20 of 24 sampled sets; it is ahead in 4"
    )
    assert said({"a": 8, "b": 8}, close=8, level={"a": 8, "b": 8}) == (
        "Channel is ahead in 8 of 24 sampled sets, Group in 8; in 8 none stands out"
    )


def test_who_is_best_on_average_need_not_be_ahead_anywhere() -> None:
    assert said({"b": 20}, same=4) == (
        "Group is ahead in 20 of 24 sampled sets, Channel, the best on average, in none; in 4 none stands out"
    )
    assert said({"b": 3}, same=21, level={"a": 21, "b": 21}) == (
        "Channel cannot be told from Group in 21 of 24 sampled sets; Group is ahead in 3"
    )
    assert said({"a": 4, "b": 1}, same=10, close=9, level={"a": 12, "b": 19, "c": 19}) == (
        "in 19 of 24 sampled sets none stands out; Channel is ahead in 4, Group in 1"
    )


def test_one_option_stands_beside_the_baseline() -> None:
    assert said({"a": 24}, arms="a") == "Channel is ahead of the baseline in all 24 sampled sets"
    assert said({"a": 5}, same=19, level=everyone(19, "a"), arms="a") == (
        "Channel cannot be told from the baseline in 19 of 24 sampled sets; it is ahead in 5"
    )
    assert said({"baseline": 20}, same=4, level=everyone(4, "a"), first="baseline", arms="a") == (
        "the baseline is ahead in 20 of 24 sampled sets; in 4 none stands out"
    )


def test_many_arms_are_counted_together_and_the_counts_add_up() -> None:
    sets = {"a": 9, "b": 8, "c": 3, "d": 2, "e": 1}
    told = said(sets, close=1, arms="abcdefgh")
    assert told.startswith("Channel is ahead in 9 of 24 sampled sets, Group in 8, ")
    assert "2 others in 3" in told or "others in" in told
    counts = [int(n) for n in re.findall(r"in (\d+)", told)]
    assert sum(counts) == 24


def test_what_few_runs_leave_open_is_one_range() -> None:
    held = replace(found.held(), count_low=0, count_high=24)
    assert left_open(held, found.LABELS) == (
        "With more runs in each set Coordinating entity may turn out best in 0 to 24 of them"
    )
    assert left_open(replace(held, count_high=0), found.LABELS) == ""
    assert "shared out by their chances" in other_counts(held, found.LABELS)
    assert other_counts(replace(held, noise_known=False), found.LABELS).endswith("in these numbers.")


def test_arms_that_may_be_first_are_those_that_do_the_same() -> None:
    gains = np.zeros((4, 24, 2))
    gains[1, :4] = 1.0
    gains[2:, 4:14] = -1.0
    counts = ahead(cube_with(gains), OUTCOME)
    assert (counts.sets["arm_1"], counts.same) == (4, 20)
    # In ten sets arms 2 and 3 are worse than the two that do the same.
    assert counts.level == {"baseline": 20, "arm_1": 20, "arm_2": 10, "arm_3": 10}
    assert standing(counts, "arm_1", {}) == (
        "arm_1 cannot be told from the baseline in 20 of 24 sampled sets; it is ahead in 4"
    )


@pytest.mark.parametrize("by", [OUTCOME, {OUTCOME: 1.0}])
def test_weights_are_counted_as_an_outcome_is(by: str | dict[str, float]) -> None:
    cube = found.cube()
    by = "diversions" if isinstance(by, str) else {"diversions": 1.0}
    assert ahead(cube, by).sets == ahead(cube, "diversions").sets


def test_a_ranking_leads_with_what_holds_set_by_set() -> None:
    ranking, counts = found.ranking(), ahead(found.cube(), "diversions")
    title = finding(ranking, "transfers", found.LABELS, counts)
    assert title == f"Transfers: {standing(counts, ranking.winner, found.LABELS)}"
    assert what_places_mean(ranking, found.LABELS, counts).startswith(
        f"{on_average(ranking, found.LABELS)}. "
    )
    assert what_places_mean(ranking, found.LABELS).startswith("Chance of each arm")
