"""Charts of a comparison: options that are JSON, marks where the numbers are, one colour an arm."""

from __future__ import annotations

import math
from typing import Any

import pytest

from stcsim.charts import Chart
from stcsim.charts.bands import bands_chart
from stcsim.charts.forest import forest_chart
from stcsim.charts.gaps import gaps_chart
from stcsim.charts.hours import hours_chart
from stcsim.charts.plane import plane_chart
from stcsim.charts.truth import truth_chart
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.findings import across_arms
from stcsim.pictures.style import GREY, arm_styles
from stcsim.pictures.words import number
from tests.charts.promises import keeps_promises
from tests.report import synthetic

FEW = ("frontline_channel", "coordinating_entity", "training_programme")


def _effects(*, worlds: int = 12) -> Effects:
    arms = synthetic.with_rivals({a: synthetic.ARMS[a] for a in FEW})
    runs = synthetic.runs_of(arms, replications=12, worlds=worlds)
    return effects_of(synthetic.comparison_of(runs), synthetic.LABELS)


@pytest.fixture(scope="module")
def effects() -> Effects:
    return _effects()


@pytest.fixture(scope="module")
def charts(effects: Effects) -> list[Chart]:
    arms = synthetic.with_rivals({a: synthetic.ARMS[a] for a in FEW})
    labels = {a: effects.label(a) for a in effects.arms}
    series = synthetic.series_of(arms, replications=5)
    found = [
        bands_chart(
            series,
            "diversions",
            arms=effects.arms,
            drawn=effects.drawn,
            label="illicit transfers",
            unit="a month",
            labels=labels,
        ),
        *(
            draw(
                series,
                "diversions",
                arms=effects.arms,
                drawn=effects.drawn,
                label="illicit transfers",
                unit="transfers",
                labels=labels,
                summed=True,
            )
            for draw in (bands_chart, gaps_chart)
        ),
        *(forest_chart(effects, "diversions", over) for over in ("runs", "assumptions")),
        *(plane_chart(effects, "diversions", over) for over in ("runs", "assumptions")),
        hours_chart(synthetic.bodies_of(arms), arms=effects.arms, labels=labels),
        truth_chart(effects, "detection_share", "stat_seizures"),
    ]
    return [c for c in found if c is not None]


def test_every_chart_is_json_with_a_title_a_table_and_words(charts: list[Chart]):
    assert len(charts) == 9
    keeps_promises(charts)


def _keys(value: Any, path: str = "") -> list[str]:
    if isinstance(value, dict):
        return [f"{path}.{k}" for k in value] + [p for k, v in value.items() for p in _keys(v, f"{path}.{k}")]
    if isinstance(value, list):
        return [p for v in value for p in _keys(v, path)]
    return []


def test_no_option_colours_what_the_page_colours(charts: list[Chart]):
    for chart in charts:
        axes = {"xAxis": chart.option["xAxis"], "yAxis": chart.option["yAxis"]}
        assert not [path for path in _keys(axes) if path.endswith(".color")]
        assert "color" not in chart.option["tooltip"]


def test_an_arm_has_its_colour_where_it_is_clear_and_grey_where_not(effects: Effects):
    styles = arm_styles(effects.drawn)
    marks = forest_chart(effects, "diversions").option["series"][-1]
    assert marks["id"] == "marks"
    assert len(marks["data"]) == len(effects.arms)
    for point in marks["data"]:
        e = effects.get(point["arm"], "diversions")
        assert point["itemStyle"]["borderColor"] == (styles[e.arm].colour if e.clear else GREY)
        assert point["itemStyle"]["color"] == (
            "var(--card)" if styles[e.arm].hollow else point["itemStyle"]["borderColor"]
        )


def test_a_forest_shows_the_interval_that_was_asked_for(effects: Effects):
    for over in ("runs", "assumptions"):
        chart = forest_chart(effects, "diversions", over)
        assert "at least 80% of the sets lie on the same side (95% for clearly)" in chart.subtitle
        assert chart.title == across_arms(effects, "diversions", sampled=over == "assumptions")
        lines = {part["id"]: part["data"] for part in chart.option["series"]}
        for place, arm in enumerate(effects.arms):
            e = effects.get(arm, "diversions")
            ends = e.runs(True) if over == "runs" else e.over_worlds(True)[1]
            low, high = lines[f"{arm}-mean"]
            assert (low, high) == ([ends[0], place], [ends[1], place])
            assert lines[f"{arm}-sets"][0][0] == e.assumptions(True)[0]


def test_without_sampled_sets_a_forest_says_that_assumptions_were_not_varied():
    chart = forest_chart(_effects(worlds=0), "diversions")
    assert "not varied" in chart.subtitle
    assert not [part for part in chart.option["series"] if part["id"].endswith("-sets")]
    assert "Mean over assumptions, %" not in chart.table.columns


def test_the_table_of_a_forest_is_in_percent(effects: Effects):
    table = forest_chart(effects, "diversions").table
    first = effects.get(effects.arms[0], "diversions")
    assert table["Runs: change, %"].iloc[0] == pytest.approx(100 * first.share)


def test_a_band_lies_upon_its_lower_end(charts: list[Chart]):
    chart = charts[0]
    parts = {part["id"]: part for part in chart.option["series"]}
    middle = [point["value"] for point in parts["baseline"]["data"]]
    low, wide = (parts[f"baseline-0.05-{end}"]["data"] for end in ("low", "band"))
    assert parts["baseline-0.05-low"]["stack"] == parts["baseline-0.05-band"]["stack"]
    for least, height, at in zip(low, wide, middle, strict=True):
        assert least <= at <= least + height + 1e-9
    last = chart.table[chart.table["Arm"] == "Baseline"].iloc[-1]
    assert middle[-1] == pytest.approx(last["Median"], rel=1e-4)


def test_only_the_arm_in_focus_and_the_baseline_have_bands(effects: Effects):
    arms = {a: synthetic.ARMS[a] for a in synthetic.ARMS}
    series = synthetic.series_of(arms, replications=4)
    labels = dict(synthetic.LABELS)
    names = list(arms)
    chart = bands_chart(
        series,
        "diversions",
        arms=names,
        drawn=names,
        label="illicit transfers",
        unit="a month",
        labels=labels,
        focus=names[3],
    )
    assert chart is not None
    banded = {part["id"].split("-")[0] for part in chart.option["series"] if "areaStyle" in part}
    assert banded == {"baseline", names[3]}
    named = [p["name"] for p in chart.option["series"] if p.get("endLabel", {}).get("show")]
    assert named == ["Baseline", labels[names[3]]]
    assert labels[names[3]] in chart.subtitle


def test_bands_over_sampled_sets_take_the_mean_of_a_sets_runs(effects: Effects):
    series = synthetic.series_of({FEW[0]: synthetic.ARMS[FEW[0]]}, replications=4)
    # the same runs as two sets of two runs each
    sets = series.assign(world=1 + series["replication"] % 2)
    chart = bands_chart(
        sets,
        "diversions",
        arms=FEW[:1],
        drawn=FEW[:1],
        label="illicit transfers",
        unit="a month",
        labels=synthetic.LABELS,
        over="assumptions",
    )
    assert chart is not None
    assert "2 sampled sets of assumptions" in chart.subtitle
    own = sets[(sets["arm"] == "baseline") & (sets["month"] == 0) & (sets["name"] == "diversions")]
    means = own.groupby("world")["value"].mean()
    first = chart.table[(chart.table["Arm"] == "Baseline") & (chart.table["Month"] == 0)].iloc[0]
    assert first["Median"] == pytest.approx(means.median())


def _points(chart: Chart, arm: str) -> list[float]:
    part = next(part for part in chart.option["series"] if part["id"] == arm)
    return [point["value"] for point in part["data"]]


def test_sums_are_drawn_as_the_mean_of_what_has_come_together(charts: list[Chart]):
    chart = next(c for c in charts if c.name == "sums-diversions")
    series = synthetic.series_of(synthetic.with_rivals({a: synthetic.ARMS[a] for a in FEW}), replications=5)
    own = series[(series["arm"] == "baseline") & (series["name"] == "diversions")]
    total = own.groupby("replication")["value"].sum().mean()
    line = _points(chart, "baseline")
    assert line[-1] == pytest.approx(total, rel=1e-4)
    assert line == sorted(line)
    assert "summed up since the start" in chart.subtitle
    assert "Mean of the sums" in chart.table.columns


def test_differences_lie_where_the_sums_lie_apart(charts: list[Chart]):
    sums, gaps = (next(c for c in charts if c.name == f"{kind}-diversions") for kind in ("sums", "gaps"))
    arm = "coordinating_entity"
    ends = [_points(sums, name)[-1] for name in (arm, "baseline")]
    assert _points(gaps, arm)[-1] == pytest.approx(ends[0] - ends[1], rel=1e-3)
    assert set(_points(gaps, "baseline")) == {0.0}
    bands = [part["id"] for part in gaps.option["series"] if "areaStyle" in part]
    assert len(bands) == 1, "only the interval of the arm in focus"
    focus = bands[0].removesuffix("-interval-band")
    rows = gaps.table[gaps.table["Arm"] == synthetic.LABELS[focus]]
    assert (rows["95%: from"] <= rows["Mean difference"]).all()
    assert (rows["Mean difference"] <= rows["95%: to"]).all()
    low, high = gaps.option["yAxis"]["min"], gaps.option["yAxis"]["max"]
    assert low < min(rows["95%: from"].min(), 0)
    assert high > max(rows["95%: to"].max(), 0)


def test_levels_are_set_beside_the_baseline_month_by_month(effects: Effects):
    arms = {a: synthetic.ARMS[a] for a in FEW}
    chart = gaps_chart(
        synthetic.series_of(arms, replications=6),
        "captured_capacity",
        arms=FEW,
        drawn=FEW,
        label="captured capacity",
        unit="share",
        labels=synthetic.LABELS,
        focus="training_programme",
    )
    assert chart is not None
    assert chart.title.startswith("Captured capacity: +0.")
    assert "with Training programme" in chart.title
    assert "moving means over 3 months" in chart.subtitle
    assert "of Training programme" in chart.subtitle


def test_a_series_that_nobody_has_is_no_chart(effects: Effects):
    series = synthetic.series_of({FEW[0]: synthetic.ARMS[FEW[0]]}, replications=2)
    shared = {"arms": FEW[:1], "drawn": FEW[:1], "label": "", "unit": "", "labels": synthetic.LABELS}
    assert bands_chart(series, "no_such_series", **shared) is None
    assert gaps_chart(series, "no_such_series", **shared) is None
    assert hours_chart(synthetic.bodies_of({}).iloc[:0], arms=FEW, labels=synthetic.LABELS) is None


def test_the_plane_puts_cost_across_and_effect_upwards(effects: Effects):
    chart = plane_chart(effects, "total_cost")
    assert chart is not None, "the cost itself gives way to the first headline"
    parts = {part["id"]: part for part in chart.option["series"]}
    for arm in effects.arms:
        x, y = parts[arm]["data"][0]["value"]
        assert x == effects.get(arm, "total_cost").mean
        assert y == effects.get(arm, "diversions").share
    assert [p for p in parts["ties"]["data"] if p == ["-", "-"]], "each arm is tied to its rival"


def test_the_plane_tells_the_price_that_it_draws():
    runs = synthetic.runs_of({a: synthetic.ARMS[a] for a in FEW}, replications=12, worlds=12)
    effects = effects_of(synthetic.comparison_of(runs), synthetic.LABELS)
    for over in ("runs", "assumptions"):
        chart = plane_chart(effects, "diversions", over)
        assert chart is not None
        best = effects.get("coordinating_entity", "total_cost")
        price = best.mean if over == "runs" else best.world_mean
        said = f"most with Coordinating entity, which costs {number(price)} thousand US dollars"
        assert said in chart.title
        part = next(part for part in chart.option["series"] if part["id"] == "coordinating_entity")
        assert part["data"][0]["value"][0] == price


def test_hours_add_up_and_rivals_are_left_out(charts: list[Chart]):
    chart = next(c for c in charts if c.name == "hours")
    table = chart.table
    parts = table.drop(columns=["Arm", "Total"]).sum(axis=1)
    assert parts.tolist() == pytest.approx(table["Total"].tolist())
    assert len(table) == 1 + len(FEW)


def test_percentages_of_hours_stand_where_there_is_room(charts: list[Chart]):
    chart = next(c for c in charts if c.name == "hours")
    assert chart.narrow is not None

    def shown(series: list[dict[str, Any]]) -> list[bool]:
        return [point["label"]["show"] for part in series for point in part["data"]]

    wide, narrow = shown(chart.option["series"]), shown(chart.narrow["series"])
    assert len(wide) == len(narrow)
    assert sum(narrow) < sum(wide) < len(wide)
    assert all(w or not n for w, n in zip(wide, narrow, strict=True))


def test_statistics_are_open_squares_beside_what_is_so(effects: Effects):
    chart = truth_chart(effects, "detection_share", "stat_seizures")
    parts = {part["id"]: part for part in chart.option["series"]}
    assert parts["statistic"]["symbol"] == "rect"
    arm = effects.own.index("training_programme")
    truth = parts["truth"]["data"][arm]
    assert truth["value"] == [effects.get("training_programme", "detection_share").share, arm]
    assert math.isfinite(truth["value"][0])
    assert "opposite sides" in chart.title
    assert parts["training_programme-tie"]["lineStyle"]["width"] > 2
