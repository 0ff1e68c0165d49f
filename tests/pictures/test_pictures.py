"""Pictures: computed titles, the same marks everywhere, valid and deterministic SVG without links."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from stcsim.errors import InputError
from stcsim.pictures import Picture, plot_comparison, plot_series
from stcsim.pictures.effects import Effects, effects_of
from stcsim.pictures.findings import across_arms
from stcsim.pictures.forest import forest
from stcsim.pictures.hours import hours_by_body
from stcsim.pictures.leading import leading_finding
from stcsim.pictures.plane import plane
from stcsim.pictures.series import time_series
from stcsim.pictures.style import arm_styles, dark, drawing
from stcsim.pictures.truth import truth_and_statistics
from tests.report import synthetic

SVG = "{http://www.w3.org/2000/svg}"
LONG = {
    name: f"{label}, with a name that goes on and on far beyond what any picture has room for"
    for name, label in synthetic.LABELS.items()
}


@pytest.fixture(scope="module")
def crowd() -> Effects:
    """Twelve arms and their rivals, one of them sixty times as dear, under long names."""
    arms = {name: dict(effect) for name, effect in synthetic.ARMS.items()}
    arms["frontline_channel"]["total_cost"] = 60.0
    arms["working_group"]["tiny_rate"] = 1e6
    runs = synthetic.runs_of(synthetic.with_rivals(arms), replications=6, worlds=6)
    headline = ("diversions", "tiny_rate", "total_cost", "always_zero")
    return effects_of(synthetic.comparison_of(runs, headline=headline), LONG)


@pytest.fixture(scope="module")
def pictures(crowd: Effects) -> list[Picture]:
    arms = synthetic.with_rivals(synthetic.ARMS)
    labels = {a: crowd.label(a) for a in ("baseline", *crowd.arms)}
    series = synthetic.series_of(arms, replications=5)
    shared = {
        "label": "illicit transfers",
        "unit": "a month",
        "labels": labels,
        "styles": arm_styles(crowd.drawn),
    }
    found = [
        forest(crowd),
        plane(crowd),
        truth_and_statistics(crowd),
        hours_by_body(synthetic.bodies_of(arms, replications=3), arms=crowd.arms, labels=labels),
        time_series(series, "diversions", arms=crowd.arms, **shared),
        time_series(series, "diversions", arms=crowd.own[:3], **shared),
    ]
    assert all(p is not None for p in found)
    return [p for p in found if p is not None]


def texts(figure: Figure) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Every text that is drawn with its box in px."""
    with drawing():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        beyond = set()
        for axes in figure.axes:
            for i, axis, limits in ((0, axes.xaxis, axes.get_xlim()), (1, axes.yaxis, axes.get_ylim())):
                for label in axis.get_ticklabels():
                    if not min(limits) <= label.get_position()[i] <= max(limits):
                        beyond.add(label)
        for artist in figure.findobj(lambda a: isinstance(a, Text) and a not in beyond):
            if artist.get_visible() and artist.get_text().strip():
                box = artist.get_window_extent(canvas.get_renderer())
                yield artist.get_text(), box.extents


def test_no_two_texts_overlap_and_none_is_cut(pictures: list[Picture]) -> None:
    for picture in pictures:
        for panel in picture.panels:
            boxes = list(texts(panel.figure))
            for text, (left, bottom, right, top) in boxes:
                inside = left >= -1 and bottom >= -1 and right <= panel.width + 1 and top <= panel.height + 1
                assert inside, (picture.name, text)
            for (one, a), (two, b) in itertools.combinations(boxes, 2):
                apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 2 or b[3] <= a[1] + 2
                assert apart, (picture.name, one, two)


def test_svg_is_valid_and_needs_nothing_from_outside(pictures: list[Picture]) -> None:
    ids: list[str] = []
    for picture in pictures:
        for svg in (*picture.svgs(), picture.svg()):
            root = ElementTree.fromstring(svg)
            assert root.find(f"{SVG}title") is not None
            assert root.find(f"{SVG}desc") is not None
            assert root.get("role") == "img"
            assert not re.findall(r"(?:href|src)=[\"'](?!#)|url\((?!#)|@import|<style|<script", svg)
            for found in re.findall(r"(?:href=\"#|url\(#)([^\")]+)", svg):
                assert f'id="{found}"' in svg
        ids += [i for svg in picture.svgs() for i in re.findall(r' id="([^"]+)"', svg)]
    own = [i for i in ids if not i.startswith("series-")]
    assert len(own) == len(set(own))


def test_text_stays_text(pictures: list[Picture]) -> None:
    svg = pictures[0].svgs()[0]
    shown = [e.text or "" for e in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert "same money on staff" in shown
    assert any(s.startswith("Coordinating entity") for s in shown)


def test_the_same_tables_give_the_same_bytes(crowd: Effects) -> None:
    assert forest(crowd).svg() == forest(crowd).svg()
    first, second = plane(crowd), plane(crowd)
    assert first is not None
    assert second is not None
    assert first.svgs() == second.svgs()


def flipped(sign: float) -> Effects:
    arms = {"one": {"diversions": -0.3 * sign, "total_cost": 0.2}, "two": {"diversions": -0.2 * sign}}
    return effects_of(synthetic.comparison_of(synthetic.runs_of(arms)), {"one": "First", "two": "Second"})


def test_a_flipped_sign_flips_the_words() -> None:
    down, up = flipped(1.0), flipped(-1.0)
    assert across_arms(down, "diversions").startswith(
        "Illicit transfers completed: clearly lower in 2 of 2 arms, most with First (−30% at the defaults)"
    )
    assert across_arms(up, "diversions").startswith(
        "Illicit transfers completed: clearly higher in 2 of 2 arms, most with First (+30% at the defaults)"
    )
    assert leading_finding(down).startswith(
        "First: 33% fewer illicit transfers completed on average over 10 "
    )
    assert leading_finding(up).startswith(
        "No arm leaves fewer illicit transfers completed with any certainty; "
    )
    beneath, above = plane(down), plane(up)
    assert beneath is not None
    assert above is not None
    assert beneath.title.startswith("Illicit transfers completed lower most with First, which costs")
    assert above.title.startswith("No arm makes illicit transfers completed lower")
    assert down.arms == ("one", "two")
    assert up.arms == ("two", "one")


def test_arms_are_held_against_the_same_money_on_staff() -> None:
    arms = {
        "one": {"diversions": -0.3},
        "one~staff": {"diversions": -0.1},
        "two": {},
        "two~staff": {"diversions": -0.2},
    }
    picture = plane(effects_of(synthetic.comparison_of(synthetic.runs_of(arms))))
    assert picture is not None
    assert picture.title == (
        "On average 1 of 2 arms leave illicit transfers completed lower than the same money on staff; "
        "the intervals do not touch in 1 of them"
    )


def test_the_title_of_the_plane_is_about_the_intervals_drawn() -> None:
    """With seeds 0 and 3 those over all arms at once touch, and those drawn, which stand alone, do not."""
    arms = {"one": {"diversions": -0.01}, "one~staff": {"diversions": 0.01}}
    said = []
    for seed in range(4):
        runs = synthetic.runs_of(arms, worlds=0, replications=6, noise=0.012, seed=seed)
        effects = effects_of(synthetic.comparison_of(runs))
        picture = plane(effects)
        assert picture is not None
        assert "One beside clearly holds for all arms and headlines at once" in picture.subtitle
        assert "no upright line where the baseline varies too much" in picture.subtitle
        drawn = [effects.get(arm, "diversions").runs(True) for arm in arms]
        assert ("the intervals do not touch" in picture.title) == (drawn[0][1] < drawn[1][0])
        unclear = ", and its effect is unclear"
        assert picture.title.endswith(unclear) == (not effects.get("one", "diversions").clear)
        said.append(picture.title.removesuffix(unclear).rpartition("; ")[2])
    assert said[0] == said[3] == "the intervals do not touch"
    assert said[1] == said[2] == "the intervals overlap"


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        (("diversions", "total_cost"), "They hold for all arms and headlines at once."),
        (
            ("diversions",),
            "The upright ones hold for all arms and headlines at once, those of the cost stand",
        ),
    ],
)
def test_the_plane_says_which_intervals_hold_together(headline: tuple[str, ...], said: str) -> None:
    runs = synthetic.runs_of({"one": {}}, worlds=2, replications=3)
    picture = plane(effects_of(synthetic.comparison_of(runs, headline=headline)))
    assert picture is not None
    assert said in picture.subtitle


def caps(effects: Effects) -> int:
    """How many short upright lines end an interval of a forest plot of one headline."""
    lines = forest(effects).panels[0].figure.axes[0].lines
    return sum(
        x[0] == x[1] and 0.1 < abs(y[1] - y[0]) < 0.3
        for x, y in ((list(line.get_xdata()), list(line.get_ydata())) for line in lines)
        if len(x) == 2
    )


def test_what_holds_over_all_arms_has_caps_where_others_stand_alone() -> None:
    arms = {"one": {"diversions": -0.3}, "two": {}}
    effects = [
        effects_of(
            synthetic.comparison_of(
                synthetic.runs_of(arms, worlds=worlds, replications=6), headline=("diversions",)
            )
        )
        for worlds in (0, 10)
    ]
    assert [e.get("one", "diversions").verdict for e in effects] == ["clearly", "clearly"]
    assert effects[0].get("two", "diversions").verdict != "clearly"
    # without sampled worlds the one that is clear; with them the thin line of each arm
    assert [caps(e) for e in effects] == [2, 4]
    assert "caps at its ends" in forest(effects[0]).subtitle
    assert "caps" not in forest(effects[1]).subtitle


def test_no_zero_stands_beside_a_direction() -> None:
    effects = flipped(1.0)
    still = {k: replace(e, share=0.0, mean=0.0) for k, e in effects.rows.items() if k[1] == "diversions"}
    title = across_arms(replace(effects, rows={**effects.rows, **still}), "diversions")
    assert "(0%)" not in title
    assert re.search(r"most with \w+ \(−\d+% over the sampled sets\)", title)


def test_nothing_is_said_of_what_is_unclear() -> None:
    arms = {"one": {}, "two": {}}
    effects = effects_of(synthetic.comparison_of(synthetic.runs_of(arms, worlds=0, replications=3)))
    title = across_arms(effects, "diversions")
    assert "clearly" not in title
    assert {e.judged for e in effects.rows.values() if not e.clear} == {""}


def test_the_series_says_when_arms_part() -> None:
    arms = {"one": {"diversions": -0.5}, "two": {}}
    series = synthetic.series_of(arms, replications=12)
    title = plot_series(series, "diversions").title
    assert re.match(
        r"Illicit transfers completed: lower in One in the last year; the gap opens about month \d+$", title
    )
    month = int(title.rsplit(" ", 1)[1])
    assert 3 < month < 15
    rising = plot_series(
        synthetic.series_of({"one": {"diversions": 0.5}}, replications=12), "diversions"
    ).title
    assert "higher in One" in rising
    assert (
        "no arm parts" in plot_series(synthetic.series_of({"two": {}}, replications=12), "diversions").title
    )


@pytest.mark.parametrize(
    ("runs", "told"), [(1, "one run cannot tell"), (6, "in all 6 runs"), (12, "nine of ten")]
)
def test_the_series_counts_the_runs_it_has(runs: int, told: str) -> None:
    title = plot_series(synthetic.series_of({"two": {}}, replications=runs), "diversions").title
    assert told in title


def test_the_baseline_is_dashed_and_on_top() -> None:
    picture = plot_series(synthetic.series_of({"one": {}}, replications=3), "diversions")
    assert "Dashed, on top: the baseline." in picture.subtitle
    lines = picture.panels[0].figure.axes[0].lines
    top = max(lines, key=lambda line: line.get_zorder())
    assert top.get_color() == arm_styles(["one"])["baseline"].colour
    assert sum(line.get_zorder() == top.get_zorder() for line in lines) == 1


def test_bands_are_called_a_spread_and_show_one_set_of_assumptions() -> None:
    series = synthetic.series_of({"one": {}}, replications=6)
    other = series.assign(world=1, value=1e9)
    both = plot_series(pd.concat([series, other], ignore_index=True), "diversions")
    assert "spread, not an interval" in both.subtitle
    assert both.svg() == plot_series(series, "diversions").svg()


def test_a_series_that_begins_late_is_drawn_from_where_it_is_known() -> None:
    series = synthetic.series_of({"one": {"captured_capacity": 0.5}}, replications=6)
    late = series.assign(value=series["value"].where(series["month"] >= 20))
    late.loc[(late["replication"] == 3) & (late["arm"] == "one"), "value"] = math.nan
    picture = plot_series(late, "captured_capacity")
    assert "nan" not in picture.svg()
    assert "median of 6 runs" in picture.subtitle
    nothing = plot_series(series.assign(value=math.nan), "captured_capacity")
    ElementTree.fromstring(nothing.svg())


def test_an_arm_looks_the_same_everywhere_and_unlike_others() -> None:
    arms = list(synthetic.with_rivals(synthetic.ARMS))
    styles = arm_styles(arms)
    looks = {(s.colour, s.marker, s.dashes, s.hollow) for s in styles.values()}
    assert len(looks) == len(styles)
    assert styles == arm_styles(arms)
    # Without colour: marker and dashes tell the arms apart.
    assert len({(s.marker, s.dashes) for a, s in styles.items() if "~" not in a and a != "baseline"}) == 12
    # Leaving rivals out moves no colour.
    assert arm_styles(list(synthetic.ARMS))["leadership_engagement"] == styles["leadership_engagement"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_coloured_text_has_contrast() -> None:
    for style in arm_styles(list(synthetic.ARMS)).values():
        assert 1.05 / (luminance(dark(style.colour)) + 0.05) >= 4.5


def test_who_bears_the_hours_is_computed() -> None:
    arms = {"one": {}, "two": {}}
    bodies = synthetic.bodies_of(arms, replications=2)
    labels = {"one": "First", "two": "Second"}
    bodies.loc[bodies["body"] == "prosecutor", "hours"] *= 100
    picture = hours_by_body(bodies, arms=["one", "two"], labels=labels)
    assert picture is not None
    assert "falls on prosecutor in every arm" in picture.title
    assert hours_by_body(bodies.assign(hours=0.0), arms=["one", "two"], labels=labels) is None


def test_seizures_that_rise_while_detection_falls_are_told() -> None:
    arms = {"one": {"detection_share": -0.4, "stat_seizures": 0.4}, "two": {}}
    picture = truth_and_statistics(effects_of(synthetic.comparison_of(synthetic.runs_of(arms))))
    assert picture is not None
    assert picture.title == "In 1 of 2 arms a statistic moves against what it is read for"
    assert picture.panels[0].title == (
        "Seizures and share of attempts interdicted move to opposite sides in 1 of 2 arms"
    )


def test_pictures_of_results() -> None:
    comparison = synthetic.comparison_of(synthetic.runs_of({"one": {"diversions": -0.3}}, worlds=2))
    for kind in ("differences", "cost", "statistics"):
        ElementTree.fromstring(plot_comparison(comparison, kind).svg())
    with pytest.raises(InputError, match="no picture 'nonsense'"):
        plot_comparison(comparison, "nonsense")
    with pytest.raises(InputError, match="no series"):
        plot_series(synthetic.series_of({"one": {}}, replications=2), "nonsense")
    single = plot_series(synthetic.series_of({}, replications=1), "diversions", arms=[])
    ElementTree.fromstring(single.svg())
    assert single.subtitle.startswith("One run")


def test_threads_that_draw_at_once_draw_what_they_would_alone(crowd: Effects) -> None:
    alone = forest(crowd).svgs()
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: forest(crowd).svgs(), range(6))) == {alone}
