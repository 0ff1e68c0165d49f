"""Displacement: what changes at places adds up, and is named where runs agree."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from stcsim.charts.attempts import post_names
from stcsim.charts.displacement import displacement_chart
from stcsim.charts.shifts import finding, shifts
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from tests.charts.conftest import CHANNEL as ARM
from tests.charts.promises import flows_of, keeps_promises


@pytest.mark.parametrize("by", ["way", "post", "country"])
def test_it_keeps_what_every_chart_promises(channel: Observation, by: Any) -> None:
    style, posts = arm_styles(channel.arms)[ARM], post_names(channel.actors)
    keeps_promises(
        [
            displacement_chart(
                channel.flows, ARM, label="Arm", style=style, posts=posts, origin=origin, by=by
            )
            for origin in ("networks", "firms")
        ]
    )


def test_what_changes_at_places_adds_up_to_what_changes_in_all(channel: Observation) -> None:
    whole, *own = shifts(channel.flows, ARM, posts=post_names(channel.actors))
    assert sum(s.through.mean for s in own) == pytest.approx(whole.through.mean)
    assert sum(s.used.level for s in own) == pytest.approx(whole.used.level)


def test_displacement_is_named_where_runs_agree() -> None:
    flows = flows_of(
        {
            (BASELINE, "x"): [9, 10, 11, 10, 9],
            ("arm", "x"): [4, 5, 5, 5, 4],
            (BASELINE, "y"): [3, 4, 3, 4, 3],
            ("arm", "y"): [8, 9, 9, 9, 8],
        }
    )
    found = shifts(flows, "arm", posts={"x": "X", "y": "Y"})
    said = finding(found, "Arm")
    assert "fewer get through (X), more (Y)" in said
    assert "no clear change" in said
    chart = displacement_chart(
        flows, "arm", label="Arm", style=arm_styles(["arm"])["arm"], posts={"x": "X", "y": "Y"}
    )
    assert chart is not None
    assert [s.name for s in found] == ["all together", "X", "Y"]


def test_an_arm_that_does_nothing_is_said_to_do_nothing() -> None:
    same = [5, 6, 7, 8]
    flows = flows_of({(BASELINE, "x"): same, ("arm", "x"): same})
    assert "no clear change" in finding(shifts(flows, "arm", posts={}), "Arm")


def test_all_together_has_an_interval_of_its_own() -> None:
    flows = flows_of({(BASELINE, "x"): [9, 10, 11, 10], ("arm", "x"): [8, 9, 9, 9]})
    flows = pd.concat([flows, flows.assign(fate="refused", cases=20 - flows["cases"])])
    found = shifts(flows, "arm", posts={"x": "X"})
    assert found[0].through.sign == -1
    assert "fewer get through" in finding(found, "Arm")
