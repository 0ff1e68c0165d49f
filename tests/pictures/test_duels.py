"""Arms beside the same money on staff: paired differences, and words that go no further than these."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from stcsim.pictures.duels import duels_finding, duels_of, duels_table
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.leading import leading_finding
from tests.report import synthetic

ARMS = {
    "frontline_channel": {"diversions": -0.3, "total_cost": 0.03},
    "frontline_channel~staff": {"diversions": -0.05, "total_cost": 0.03},
    "working_group": {"diversions": -0.1, "total_cost": 0.02},
    "working_group~staff": {"diversions": -0.25, "total_cost": 0.02},
    "donor_coordination": {"diversions": -0.1, "total_cost": 0.02},
    "donor_coordination~staff": {"diversions": -0.1, "total_cost": 0.02},
}


def _effects(worlds: int, arms: dict[str, dict[str, float]] = ARMS) -> tuple[Effects, pd.DataFrame]:
    runs = synthetic.runs_of(arms, replications=12, worlds=worlds)
    return effects_of(synthetic.comparison_of(runs), synthetic.LABELS), runs


def test_the_interval_is_that_of_runs_under_the_same_chance() -> None:
    effects, runs = _effects(0)
    duel = duels_of(effects, runs, "diversions")["working_group"]
    table = runs.pivot(index="replication", columns="arm", values="diversions")
    gap = table["working_group"] - table["working_group~staff"]
    low, high = stats.ttest_1samp(gap, 0.0).confidence_interval(0.95)
    np.testing.assert_allclose((duel.mean, duel.low, duel.high), (gap.mean(), low, high))
    assert (duel.rival, duel.side) == ("working_group~staff", -1)


def test_over_assumptions_a_set_counts_once() -> None:
    effects, runs = _effects(12)
    duel = duels_of(effects, runs, "diversions")["frontline_channel"]
    table = runs[runs["world"] > 0].pivot_table(index="world", columns="arm", values="diversions")
    gap = table["frontline_channel"] - table["frontline_channel~staff"]
    low, high = stats.ttest_1samp(gap, 0.0).confidence_interval(0.95)
    np.testing.assert_allclose((duel.mean, duel.low, duel.high), (gap.mean(), low, high))
    assert duel.side == 1
    few, fewer_runs = _effects(3)
    assert {d.side for d in duels_of(few, fewer_runs, "diversions").values()} == {0}


def test_more_of_what_is_better_higher_is_ahead() -> None:
    arms = {
        "training_programme": {"captured_capacity": 0.3},
        "training_programme~staff": {"captured_capacity": 0.1},
    }
    effects, runs = _effects(0, arms)
    found = duels_of(effects, runs, "captured_capacity")
    assert found["training_programme"].side == 1
    assert duels_finding(effects, found, "captured_capacity").startswith(
        "Training programme does more than the same money on staff: captured capacity, 0.0"
    )
    assert duels_of(effects, runs, "stat_seizures") == {}, "neither direction is better"


def test_words_say_who_does_more() -> None:
    effects, runs = _effects(0)
    duels = duels_of(effects, runs, "diversions")
    said = duels_finding(effects, duels, "diversions")
    assert said.startswith(
        "Illicit transfers completed: only Channel between the frontline and the centre does more than the "
        "same money on staff, "
    )
    assert said.endswith(" fewer")
    table = duels_table(effects, duels, "diversions").set_index("Arm")["Does more"]
    assert table["Channel between the frontline and the centre"] == "coordination"
    assert table["Inter-agency working group"] == "staff"
    open_ = {arm: replace(duel, side=0) for arm, duel in duels.items()}
    assert duels_finding(effects, open_, "diversions") == (
        "Illicit transfers completed: no arm is told to do more than the same money on staff"
    )
    behind = {"working_group": duels["working_group"]}
    assert duels_finding(effects, behind, "diversions").endswith(
        "Inter-agency working group is not told to do more than the same money on staff; staff do better"
    )


@pytest.mark.parametrize(("side", "said"), [(1, "does less"), (0, "is open")])
def test_the_first_finding_follows_the_pairs(side: int, said: str) -> None:
    effects, runs = _effects(0)
    duels = duels_of(effects, runs, "diversions")
    duels["frontline_channel"] = replace(duels["frontline_channel"], side=side)
    assert said in leading_finding(effects, duels)


def test_without_rivals_there_is_nothing_to_set_beside() -> None:
    effects, runs = _effects(0, {"frontline_channel": {"diversions": -0.3}})
    assert duels_of(effects, runs, "diversions") == {}
