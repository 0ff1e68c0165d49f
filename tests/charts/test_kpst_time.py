"""KPST over time: what fades after something ends is the finding."""

from __future__ import annotations

import pandas as pd
import pytest

from stcsim.charts.capacity import COMPONENTS, body_names
from stcsim.charts.dated import dated
from stcsim.charts.kpst_time import kpst_time_chart
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from tests.charts.conftest import TRAINING as ARM
from tests.charts.promises import keeps_promises


@pytest.mark.parametrize("arm", [BASELINE, ARM])
@pytest.mark.parametrize("component", ["", "tools"])
def test_it_keeps_what_every_chart_promises(training: Observation, arm: str, component: str) -> None:
    chart = kpst_time_chart(
        training.capacity,
        arm,
        label=training.arms[arm],
        styles=arm_styles(training.arms),
        names=body_names(training.actors),
        days=training.days,
        dates=training.dates,
        component=component,
    )
    keeps_promises([chart])


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


def _dates(rows: list[tuple[float, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame([("", *row) for row in rows], columns=["arm", "day", "what", "who", "detail"])


def test_what_fades_unused_is_told_where_what_is_in_use_stays() -> None:
    capacity = _capacity([0.4] * 5).assign(
        latent=lambda t: t["quarter"].map([0.2, 0.25, 0.25, 0.2, 0.15].__getitem__)
    )
    chart = kpst_time_chart(
        capacity,
        BASELINE,
        label="Baseline",
        styles=arm_styles([]),
        names={"donor_1": "donor_1"},
        days=[0, 91, 182, 273, 364],
        dates=_dates([(182.0, "ends", "", "Training programme")]),
    )
    assert chart is not None
    assert chart.title.endswith(
        "in use stays at 40.0%, acquired and not in use falls from 25.0% to 15.0% after Training programme "
        "ends (year 1, quarter 2)"
    )


def test_who_leaves_with_the_shock_that_announces_it_is_told_once() -> None:
    rows = [
        (180.0, what, who, "all countries")
        for who in ("donor_1", "donor_2")
        for what in ("announced", "leaves")
    ]
    dates = _dates([(180.0, "shock", "", "A donor leaves"), *rows, (300.0, "announced", "donor_3", "A, B")])
    assert dated(dates, "any", [0, 91, 182, 273, 364], {}) == [
        (2, "1", "1: the shock “A donor leaves” strikes and Donor 1 and Donor 2 leave"),
        (4, "2", "2: it is announced that Donor 3 leaves"),
    ]
