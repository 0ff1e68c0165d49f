"""Charts of capacity: they agree with the region's own figures, and name what ends and what lies idle."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stcsim.charts import Chart
from stcsim.charts.capacity import COMPONENTS, PILLARS, body_names, put_together
from stcsim.charts.idle import idle_chart
from stcsim.charts.kpst import captured_change, kpst_bodies_chart, kpst_chart, kpst_time_chart
from stcsim.charts.overlap import overlap_bodies_chart, overlap_chart, overlap_share
from stcsim.charts.paired import points_words
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from tests.observations import observed

ARM = "training_programme"


@pytest.fixture(scope="module")
def seen() -> Observation:
    return observed(ARM, replications=4)


def _common(seen: Observation, arm: str) -> dict[str, Any]:
    return {"label": seen.arms[arm], "names": body_names(seen.actors), "days": seen.days}


@pytest.fixture(scope="module")
def charts(seen: Observation) -> list[Chart]:
    last, styles = seen.quarters, arm_styles(seen.arms)
    found: list[Chart | None] = []
    for arm in (BASELINE, ARM):
        common = _common(seen, arm)
        found += [
            kpst_chart(seen.capacity, arm, last, styles=styles, **common),
            kpst_chart(seen.capacity, arm, 0, styles=styles, pillar="enforcement", **common),
            kpst_time_chart(seen.capacity, arm, styles=styles, dates=seen.dates, **common),
            kpst_time_chart(seen.capacity, arm, styles=styles, dates=seen.dates, component="tools", **common),
            kpst_bodies_chart(seen.capacity, arm, last, **common),
            kpst_bodies_chart(seen.capacity, arm, last, latent=True, pillar="licensing", **common),
            idle_chart(seen.equipment, seen.region, arm, last, **common),
            overlap_chart(seen.aid, arm, replications=seen.replications, **common),
            overlap_bodies_chart(seen.aid, arm, replications=seen.replications, **common),
        ]
    assert None not in found
    return [c for c in found if c is not None]


def test_every_chart_is_json_with_a_title_a_table_and_words(charts: list[Chart]) -> None:
    for chart in charts:
        assert json.loads(json.dumps([chart.option, chart.narrow], allow_nan=False))[0] == chart.option
        assert chart.title
        assert chart.subtitle.rstrip().endswith(".")
        assert chart.label.endswith(".")
        assert len(chart.table) > 0


def test_bodies_put_together_are_the_region(seen: Observation) -> None:
    means = put_together(seen.capacity, ["arm", "replication", "quarter"])
    both = means.merge(seen.region, on=["arm", "replication", "quarter"], suffixes=("", " region"))
    assert len(both) == len(seen.region)
    for column in ("captured", "latent"):
        np.testing.assert_allclose(both[column], both[f"{column} region"], rtol=1e-9)


def test_every_part_and_area_has_a_name(seen: Observation) -> None:
    assert set(seen.capacity["component"]) == set(COMPONENTS)
    assert set(seen.capacity["pillar"]) <= set(PILLARS)


def test_a_body_that_has_no_part_in_an_area_has_no_chart(seen: Observation) -> None:
    held = seen.capacity.groupby("body")["pillar"].agg(set)
    body, areas = next((b, a) for b, a in held.items() if len(a) < len(PILLARS))
    lacking = next(p for p in PILLARS if p not in areas)
    common = _common(seen, ARM)
    styles = arm_styles(seen.arms)
    assert kpst_chart(seen.capacity, ARM, 0, styles=styles, body=str(body), pillar=lacking, **common) is None


def test_arms_do_not_differ_where_they_branch(seen: Observation) -> None:
    change = captured_change(seen.capacity, ARM, 0)
    assert change.mean == 0
    assert not change.clear


def _capacity(levels: list[float]) -> pd.DataFrame:
    rows = [
        (BASELINE, run, quarter, "a", "licensing", component, 0.1, level, 1.0)
        for run in range(2)
        for quarter, level in enumerate(levels)
        for component in COMPONENTS
    ]
    columns = ["arm", "replication", "quarter", "body", "pillar", "component", "latent", "captured", "weight"]
    return pd.DataFrame(rows, columns=columns)


def test_what_fades_after_a_programme_ends_is_the_finding() -> None:
    dates = pd.DataFrame(
        [("", 182.0, "leaves", "d", "all countries")], columns=["arm", "day", "what", "who", "detail"]
    )
    chart = kpst_time_chart(
        _capacity([0.3, 0.4, 0.5, 0.45, 0.4]),
        BASELINE,
        label="Baseline",
        styles=arm_styles([]),
        names={"d": "Donor D"},
        days=[0, 91, 182, 273, 364],
        dates=dates,
    )
    assert chart is not None
    assert "in use falls from 50.0% to 40.0% after Donor D leaves" in chart.title
    assert "1: Donor D leaves" in chart.subtitle
    (mark,) = chart.option["series"][0]["markLine"]["data"]
    assert mark["xAxis"] == 2


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


def test_points_are_no_finer_than_they_mean() -> None:
    said = [points_words(x) for x in (0.0, 0.00001, -0.0032, 0.0123, -0.25, float("nan"))]
    assert said == ["0", "0", "−0.32", "+1.2", "−25", "–"]
