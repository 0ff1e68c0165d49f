"""Charts of what becomes of attempts: what is drawn adds up, and titles say no more than runs allow."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from stcsim.actors.vocabulary import CATEGORIES, FAMILIES, family_words
from stcsim.actors.vocabulary import FATES as ALL_FATES
from stcsim.charts import Chart
from stcsim.charts.attempts import FATES, THROUGH, WAYS, counted_cases, post_names
from stcsim.charts.capacity import body_names
from stcsim.charts.displacement import displacement_chart, finding, moves_chart, shifts
from stcsim.charts.paired import paired, paired_rates, points_against, points_finding
from stcsim.charts.posts_heat import MEASURES, posts_heat_chart
from stcsim.charts.quarters import quarter_name
from stcsim.charts.sankey import change_through, sankey_chart
from stcsim.charts.story import EVENTS, best_told, events_of, stories, story_chart
from stcsim.pictures.style import BASELINE, arm_styles
from stcsim.study.observation import Observation
from stcsim.study.observing_knowledge import ON
from stcsim.study.observing_story import WHAT
from tests.observations import observed

ARM = "frontline_channel"


@pytest.fixture(scope="module")
def seen() -> Observation:
    return observed(ARM, replications=4)


@pytest.fixture(scope="module")
def charts(seen: Observation) -> list[Chart]:
    posts, styles = post_names(seen.actors), arm_styles(seen.arms)
    label = seen.arms[ARM]
    told = best_told(stories(seen.cases, list(seen.arms)), ARM)
    assert told is not None
    names = body_names(seen.actors)
    found: list[Chart | None] = [
        story_chart(seen.events, told, ARM, label=label, styles=styles, names=names),
        story_chart(seen.events, told, BASELINE, label="Baseline", styles=styles, names=names),
    ]
    for by in ("way", "post", "country"):
        for arm in (BASELINE, ARM):
            found.append(sankey_chart(seen.flows, arm, labels=seen.arms, posts=posts, through=by))
        for origin in ("networks", "firms"):
            found.append(
                displacement_chart(
                    seen.flows, ARM, label=label, style=styles[ARM], posts=posts, origin=origin, by=by
                )
            )
        moved = moves_chart(seen.cases, ARM, label=label, posts=posts, by=by)
        found += [moved] if moved is not None else []
    for measure in MEASURES:
        for difference in (False, True):
            found.append(
                posts_heat_chart(
                    seen.posts,
                    ARM,
                    measure=measure,
                    label=label,
                    names=posts,
                    days=seen.days,
                    difference=difference,
                )
            )
    assert None not in found
    return [c for c in found if c is not None]


def test_every_chart_is_json_with_a_title_a_table_and_words(charts: list[Chart]) -> None:
    for chart in charts:
        assert json.loads(json.dumps([chart.option, chart.narrow], allow_nan=False))[0] == chart.option
        assert chart.title
        assert chart.subtitle.rstrip().endswith(".")
        assert chart.label.endswith(".")
        assert len(chart.table) > 0
        assert chart.height >= 100


def _sum(links: list[dict[str, Any]], source: str) -> float:
    return float(sum(link["value"] for link in links if link["source"] == source))


def test_a_sankey_keeps_what_it_is_given(seen: Observation) -> None:
    posts = post_names(seen.actors)
    chart = sankey_chart(seen.flows, ARM, labels=seen.arms, posts=posts)
    assert chart is not None
    (series,) = chart.option["series"]
    assert _sum(series["links"], "all") == pytest.approx(1, abs=1e-3)
    into = {link["target"]: link["value"] for link in series["links"] if link["source"] == "all"}
    for way, value in into.items():
        assert _sum(series["links"], way) == pytest.approx(value, abs=1e-3)
    mine = seen.flows[(seen.flows["arm"] == ARM) & (seen.flows["origin"] == "adversary")]
    assert chart.table["Occasions a run"].sum() == pytest.approx(mine["cases"].sum() / 4)


def test_what_changes_at_places_adds_up_to_what_changes_in_all(seen: Observation) -> None:
    whole, *own = shifts(seen.flows, ARM, posts=post_names(seen.actors))
    assert sum(s.through.mean for s in own) == pytest.approx(whole.through.mean)
    assert sum(s.used.level for s in own) == pytest.approx(whole.used.level)


def _flows(counts: dict[tuple[str, str], list[int]]) -> pd.DataFrame:
    rows = [
        (arm, run, "adversary", "unlicensed", "A", post, "completed", n)
        for (arm, post), series in counts.items()
        for run, n in enumerate(series)
    ]
    columns = ["arm", "replication", "origin", "way", "country", "post", "fate", "cases"]
    return pd.DataFrame(rows, columns=columns)


def test_displacement_is_named_where_runs_agree() -> None:
    flows = _flows(
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
    flows = _flows({(BASELINE, "x"): same, ("arm", "x"): same})
    assert "no clear change" in finding(shifts(flows, "arm", posts={}), "Arm")
    change = change_through(counted_cases(flows, "networks", "way"), "arm")
    assert not change.clear
    assert points_finding(change) == "as in the baseline"
    assert points_against(change, "X") == "X: in each of 4 paired runs as in the baseline."


def test_what_few_runs_cannot_tell_says_where_more_are() -> None:
    base = np.array([0.2, 0.4, 0.6, 0.5])
    few = paired(base, base + np.array([0.1, -0.1, 0.2, 0]))
    assert "in 4 runs" in points_finding(few)
    assert "page Compare" in points_against(few, "X")
    assert "page Compare" not in points_against(paired(base, base + 0.1), "X")
    assert "page Compare" not in points_against(paired(np.tile(base, 5), np.tile(base[::-1], 5)), "X")


def test_paired_intervals_are_students_and_wider_when_many_hold_at_once() -> None:
    base, arm = np.array([1.0, 2, 3, 4]), np.array([2.0, 2, 5, 5])
    one, many = paired(base, arm), paired(base, arm, at_once=10)
    half = 3.182446 * np.std(arm - base, ddof=1) / 2
    assert (one.low, one.high) == pytest.approx((1 - half, 1 + half), rel=1e-5)
    assert many.low < one.low
    assert not paired(base[:3], base[:3] + 1).clear
    assert paired(base, base + 1).clear


def test_a_share_and_the_count_behind_it_say_the_same(seen: Observation) -> None:
    cases = counted_cases(seen.flows, "networks", "way")
    share = change_through(cases, ARM)
    whole = shifts(seen.flows, ARM, posts=post_names(seen.actors))[0].through
    occasions = cases[cases["arm"] == ARM]["cases"].sum() / 4
    for name in ("base", "level", "mean", "low", "high"):
        assert getattr(share, name) * occasions == pytest.approx(getattr(whole, name)), name
    assert share.sign == whole.sign


def test_a_sum_in_a_title_is_told_where_its_parts_are_shown() -> None:
    flows = _flows({(BASELINE, "x"): [70, 70]})
    late, stopped = flows.assign(fate="released_clock", cases=2), flows.assign(fate="refused", cases=28)
    chart = sankey_chart(
        pd.concat([flows, late, stopped]), BASELINE, labels={BASELINE: "Baseline"}, posts={"x": "X"}
    )
    assert chart is not None
    assert chart.title == "Baseline: 72% of occasions get through"
    assert "70% outright and 2% let go when time ran out" in chart.subtitle
    assert any(n["label"]["formatter"] == "gets through outright, 70%" for n in _nodes(chart))
    alone = sankey_chart(flows, BASELINE, labels={BASELINE: "Baseline"}, posts={"x": "X"})
    assert alone is not None
    assert "outright" not in json.dumps(alone.option)


def _nodes(chart: Chart) -> list[dict[str, Any]]:
    return list(chart.option["series"][0]["data"])


def test_a_share_of_all_runs_has_the_interval_of_a_ratio() -> None:
    whole = np.array([67.0, 50, 69, 62])
    base, arm = np.array([51.0, 38, 45, 42]), np.array([47.0, 37, 38, 39])
    found = paired_rates(base, whole, arm, whole)
    assert found.mean == pytest.approx((arm.sum() - base.sum()) / whole.sum())
    rest = (arm - base - found.mean * whole) / whole.mean()
    half = 3.182446 * np.std(rest, ddof=1) / 2
    assert (found.low, found.high) == pytest.approx((found.mean - half, found.mean + half), rel=1e-5)


def test_all_together_has_an_interval_of_its_own() -> None:
    flows = _flows({(BASELINE, "x"): [9, 10, 11, 10], ("arm", "x"): [8, 9, 9, 9]})
    flows = pd.concat([flows, flows.assign(fate="refused", cases=20 - flows["cases"])])
    found = shifts(flows, "arm", posts={"x": "X"})
    assert found[0].through.sign == -1
    assert "fewer get through" in finding(found, "Arm")


def test_heat_map_shows_what_the_table_of_posts_holds(seen: Observation) -> None:
    posts = post_names(seen.actors)
    chart = posts_heat_chart(seen.posts, ARM, measure="caught", label="Arm", names=posts, days=seen.days)
    assert chart is not None
    mine = seen.posts[(seen.posts["arm"] == ARM) & (seen.posts["quarter"] == 1)]
    sums = mine.groupby("checkpoint")[["stopped", "reached"]].sum()
    place = {posts[p].capitalize(): p for p in sums.index}
    for name, value in zip(chart.table["Checkpoint"], chart.table["Quarter 1, %"], strict=True):
        stopped, reached = sums.loc[place[name.capitalize()]]
        if reached:
            assert value == pytest.approx(100 * stopped / reached)
        else:
            assert not np.isfinite(value)


def test_a_story_is_told_in_order_of_days(seen: Observation) -> None:
    told = stories(seen.cases, list(seen.arms))
    assert told
    names = body_names(seen.actors)
    for one in told:
        for arm in seen.arms:
            table = events_of(seen.events, one, arm, names)
            assert table["Day"].is_monotonic_increasing
            assert len(table) > 0
    shown = best_told(told, ARM)
    assert shown is not None
    assert shown.turned(ARM) or not any(t.turned(ARM) for t in told)


def test_words_cover_everything_that_may_happen() -> None:
    assert set(FATES) == set(ALL_FATES)
    assert set(EVENTS) == set(WHAT)
    assert set(ON) == set(CATEGORIES)
    assert family_words("cat_6_sensors") == "sensors (category 6)"
    assert family_words("small_arms") == "small arms"
    assert not any("_" in family_words(f) for f in FAMILIES)
    assert set(THROUGH) <= set(FATES)
    assert list(WAYS)[-1] == "wait"


def test_quarters_are_named_by_years() -> None:
    days = [0, 91, 182, 273, 364, 400]
    assert quarter_name(0, days) == "start"
    assert quarter_name(4, days) == "year 1, quarter 4"
    assert quarter_name(5, days, short=True) == "2/1"


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
