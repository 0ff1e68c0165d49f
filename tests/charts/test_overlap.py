"""What lies idle and what donors deliver twice."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from stcsim.charts.capacity import body_names
from stcsim.charts.idle import idle_chart
from stcsim.charts.overlap import overlap_chart, overlap_share
from stcsim.charts.overlap_bodies import overlap_bodies_chart
from stcsim.pictures.style import BASELINE
from stcsim.study.observation import Observation
from tests.charts.conftest import TRAINING as ARM
from tests.charts.promises import keeps_promises


@pytest.mark.parametrize("arm", [BASELINE, ARM])
def test_they_keep_what_every_chart_promises(training: Observation, arm: str) -> None:
    common = {
        "label": training.arms[arm],
        "names": body_names(training.actors),
        "days": training.days,
    }
    keeps_promises(
        [
            idle_chart(training.equipment, training.region, arm, training.quarters, **common),
            overlap_chart(training.aid, arm, replications=training.replications, **common),
            overlap_bodies_chart(training.aid, arm, replications=training.replications, **common),
        ]
    )


def test_overlap_is_a_share_of_donors_money_alone() -> None:
    aid = pd.DataFrame(
        [
            (BASELINE, 0, "x", 30.0, True),
            (BASELINE, 0, "y", 90.0, False),
            (BASELINE, 0, "", 500.0, False),
            (BASELINE, 1, "y", 10.0, False),
        ],
        columns=["arm", "replication", "donor", "money", "overlapping"],
    )
    found = overlap_share(aid, BASELINE, [0, 1, 2])
    assert found[:2].tolist() == [0.25, 0.0]
    assert np.isnan(found[2])


def test_names_of_areas_stand_apart_in_every_window(training: Observation) -> None:
    chart = overlap_bodies_chart(
        training.aid,
        BASELINE,
        label="Baseline",
        names=body_names(training.actors),
        days=training.days,
        replications=training.replications,
    )
    assert chart is not None
    assert chart.narrow is not None
    columns = len(chart.option["xAxis"]["data"])
    narrow = chart.narrow["yAxis"][0]["axisLabel"], chart.narrow["xAxis"]["axisLabel"], 300
    wide = chart.option["yAxis"][0]["axisLabel"], chart.option["xAxis"]["axisLabel"], 480
    for rows, names, width in (wide, narrow):
        # Lines of turned words are as far apart as a column is wide, seen from the side.
        column = (width - rows["width"] - 60) / columns
        assert column * math.sin(math.radians(names["rotate"])) > 1.3 * names["fontSize"]
