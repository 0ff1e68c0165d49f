"""Moves: where the same occasions go with an arm."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from stcsim.charts.attempts import post_names
from stcsim.charts.moves import moves_chart
from stcsim.pictures.style import BASELINE
from stcsim.study.observation import Observation
from tests.charts.conftest import CHANNEL as ARM
from tests.charts.promises import keeps_promises


@pytest.mark.parametrize("by", ["way", "post", "country"])
def test_it_keeps_what_every_chart_promises(channel: Observation, by: Any) -> None:
    chart = moves_chart(channel.cases, ARM, label="Arm", posts=post_names(channel.actors), by=by)
    if chart is None:
        pytest.skip(f"no occasion takes another {by}")
    keeps_promises([chart])


def test_moves_over_many_places_stay_readable() -> None:
    n = 40
    base = pd.DataFrame(
        {
            "case": [f"c{i}" for i in range(n)],
            "replication": 0,
            "origin": "adversary",
            "way": "unlicensed",
            "post": [f"p{i:02}" for i in range(n)],
            "fate": "completed",
            "arm": BASELINE,
        }
    )
    moved = base.assign(arm="arm", post=[*list(base["post"])[1:], "p00"], fate="interdicted_checkpoint")
    chart = moves_chart(pd.concat([base, moved]), "arm", label="Arm", posts={}, by="post")
    assert chart is not None
    assert chart.height < 600
    (series,) = chart.option["series"]
    assert sum(link["value"] for link in series["links"]) == n
    assert f"{n} of {n} occasions take another checkpoint" in chart.title
    assert f"{n} no longer get through, none now does" in chart.title
