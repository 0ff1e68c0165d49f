"""The Sankey: what goes in comes out, and titles say what is a sum."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from stcsim.charts import Chart
from stcsim.charts.attempts import counted_cases, post_names
from stcsim.charts.paired import points_against, points_finding
from stcsim.charts.sankey import change_through, sankey_chart
from stcsim.charts.shifts import shifts
from stcsim.pictures.style import BASELINE
from stcsim.study.observation import Observation
from tests.charts.conftest import CHANNEL as ARM
from tests.charts.promises import flows_of, keeps_promises


@pytest.mark.parametrize("by", ["way", "post", "country"])
def test_it_keeps_what_every_chart_promises(channel: Observation, by: Any) -> None:
    posts = post_names(channel.actors)
    keeps_promises(
        [
            sankey_chart(channel.flows, arm, labels=channel.arms, posts=posts, through=by)
            for arm in (BASELINE, ARM)
        ]
    )


def _sum(links: list[dict[str, Any]], source: str) -> float:
    return float(sum(link["value"] for link in links if link["source"] == source))


def test_a_sankey_keeps_what_it_is_given(channel: Observation) -> None:
    posts = post_names(channel.actors)
    chart = sankey_chart(channel.flows, ARM, labels=channel.arms, posts=posts)
    assert chart is not None
    (series,) = chart.option["series"]
    assert _sum(series["links"], "all") == pytest.approx(1, abs=1e-3)
    into = {link["target"]: link["value"] for link in series["links"] if link["source"] == "all"}
    for way, value in into.items():
        assert _sum(series["links"], way) == pytest.approx(value, abs=1e-3)
    mine = channel.flows[(channel.flows["arm"] == ARM) & (channel.flows["origin"] == "adversary")]
    assert chart.table["Occasions a run"].sum() == pytest.approx(mine["cases"].sum() / 4)


def test_a_share_and_the_count_behind_it_say_the_same(channel: Observation) -> None:
    cases = counted_cases(channel.flows, "networks", "way")
    share = change_through(cases, ARM)
    whole = shifts(channel.flows, ARM, posts=post_names(channel.actors))[0].through
    occasions = cases[cases["arm"] == ARM]["cases"].sum() / 4
    for name in ("base", "level", "mean", "low", "high"):
        assert getattr(share, name) * occasions == pytest.approx(getattr(whole, name)), name
    assert share.sign == whole.sign


def test_a_sum_in_a_title_is_told_where_its_parts_are_shown() -> None:
    flows = flows_of({(BASELINE, "x"): [70, 70]})
    late, stopped = flows.assign(fate="released_clock", cases=2), flows.assign(fate="refused", cases=28)
    chart = sankey_chart(
        pd.concat([flows, late, stopped]), BASELINE, labels={BASELINE: "Baseline"}, posts={"x": "X"}
    )
    assert chart is not None
    assert chart.title == "Baseline: 72% of occasions get through"
    assert "70% outright and 2% let go when time ran out" in chart.subtitle
    assert any(n["label"]["formatter"] == "gets through outright\u00a0(70%)" for n in _nodes(chart))
    alone = sankey_chart(flows, BASELINE, labels={BASELINE: "Baseline"}, posts={"x": "X"})
    assert alone is not None
    assert "outright" not in json.dumps(alone.option)


def _nodes(chart: Chart) -> list[dict[str, Any]]:
    return list(chart.option["series"][0]["data"])


def test_an_arm_that_does_nothing_changes_no_share() -> None:
    same = [5, 6, 7, 8]
    flows = flows_of({(BASELINE, "x"): same, ("arm", "x"): same})
    change = change_through(counted_cases(flows, "networks", "way"), "arm")
    assert not change.clear
    assert points_finding(change) == "as in the baseline"
    assert points_against(change, "X") == "X: in each of 4 paired runs as in the baseline."
