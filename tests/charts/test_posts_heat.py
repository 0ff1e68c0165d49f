"""Checkpoints over time: cells hold what the table of posts holds."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.charts.attempts import post_names
from stcsim.charts.post_measures import MEASURES
from stcsim.charts.posts_heat import posts_heat_chart
from stcsim.study.observation import Observation
from tests.charts.conftest import CHANNEL as ARM
from tests.charts.promises import keeps_promises


@pytest.mark.parametrize("measure", MEASURES)
def test_it_keeps_what_every_chart_promises(channel: Observation, measure: str) -> None:
    keeps_promises(
        [
            posts_heat_chart(
                channel.posts,
                ARM,
                measure=measure,
                label="Arm",
                names=post_names(channel.actors),
                days=channel.days,
                difference=difference,
            )
            for difference in (False, True)
        ]
    )


def test_heat_map_shows_what_the_table_of_posts_holds(channel: Observation) -> None:
    posts = post_names(channel.actors)
    chart = posts_heat_chart(
        channel.posts, ARM, measure="caught", label="Arm", names=posts, days=channel.days
    )
    assert chart is not None
    mine = channel.posts[(channel.posts["arm"] == ARM) & (channel.posts["quarter"] == 1)]
    sums = mine.groupby("checkpoint")[["stopped", "reached"]].sum()
    place = {posts[p].capitalize(): p for p in sums.index}
    for name, value in zip(chart.table["Checkpoint"], chart.table["Quarter 1, %"], strict=True):
        stopped, reached = sums.loc[place[name.capitalize()]]
        if reached:
            assert value == pytest.approx(100 * stopped / reached)
        else:
            assert not np.isfinite(value)
