"""What a study will take: counts exactly, time by a sample."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from stcsim.study.estimate import estimate
from tests.study.test_plan import planned


def test_counts_are_those_of_the_blocks(tmp_path: Path) -> None:
    worlds = {"kind": "worlds", "points": 3}
    plan = planned(tmp_path, replications=5, uncertainties=["parameters.trust"], design=worlds)
    for jobs in (1, 2, 5):
        blocks = list(plan.blocks(jobs))
        found = estimate(plan, jobs, clock=count().__next__)
        assert found.blocks == len(blocks)
        assert found.runs == found.most_runs == plan.runs == sum(b.runs for b in blocks)
        # by this clock every sample takes one second, so a block does, whatever its length
        assert found.seconds == pytest.approx(max(1.0, len(blocks) / jobs))


def test_a_precision_leaves_the_number_open(tmp_path: Path) -> None:
    rule = {"until": {"outcome": "diversions", "halfwidth": "5%"}, "min": 10, "max": 30}
    found = estimate(planned(tmp_path, replications=rule, equal_cost=True), 1, clock=count().__next__)
    # a baseline, two arms and two rivals
    assert (found.runs, found.most_runs, found.rivals) == (50, 150, 20)
    assert found.bytes > 150 * 8 * 100
