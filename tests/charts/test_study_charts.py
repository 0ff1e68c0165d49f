"""Charts of studies: options that are JSON, marks where the numbers are, the titles of reports."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stcsim.charts import Chart
from stcsim.charts.box_ranges import box_charts
from stcsim.charts.front import front_chart
from stcsim.charts.holding import measures_chart, sets_chart
from stcsim.charts.movers import movers_chart
from stcsim.charts.over_values import over_values_chart
from stcsim.charts.places import places_chart
from tests.pictures import found
from tests.pictures.test_study_pictures import TRANSFERS, drawn

RANGES = {found.AWARENESS: (0.0, 1.0)}


def _plain(path: str) -> str:
    return path.rpartition(".")[2].replace("_", " ")


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    boxes = box_charts(found.boxes(), "the order turns", RANGES, _plain, "box")
    return {
        "ranking": places_chart(found.ranking(), TRANSFERS, found.LABELS, "ranking", found.sets()),
        "crowd": places_chart(found.crowded_ranking(), TRANSFERS, found.LABELS, "crowd"),
        "pareto": front_chart(found.edge(), "Transfers", "transfers", "cost", found.LABELS, "pareto"),
        "robustness": sets_chart(found.held(), found.sets(), TRANSFERS, found.LABELS, "sets"),
        "measures": measures_chart(found.held(), found.sets(), found.LABELS, "measures"),
        "screening": movers_chart(found.screened(), TRANSFERS, "transfers", _plain, "screening"),
        "sobol": movers_chart(found.indices(), TRANSFERS, "transfers", _plain, "sobol"),
        "discovery": boxes[0],
        "values": over_values_chart(
            found.by_donors(), TRANSFERS, "transfers", "donors", found.LABELS, "values"
        ),
    }


def leaves(value: Any) -> list[Any]:
    """Return everything in an option that holds nothing else."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    if isinstance(value, list | tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]


def test_options_are_json_with_titles_tables_and_words(charts: dict[str, Chart]) -> None:
    for name, chart in charts.items():
        # NaN is no JSON; numbers of NumPy are none either.
        json.dumps([chart.option, chart.narrow], allow_nan=False)
        assert chart.title, name
        assert chart.subtitle, name
        assert chart.label, name
        assert len(chart.table), name
        assert "nan" not in chart.label, name


def test_titles_are_those_of_the_pictures(charts: dict[str, Chart]) -> None:
    pictures = drawn()
    for name in ("ranking", "crowd", "pareto", "robustness", "screening", "sobol", "discovery", "values"):
        assert charts[name].title == pictures[name].title


def test_no_colour_of_words_or_paper_is_fixed(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        written = [leaf for leaf in leaves(chart.option) if isinstance(leaf, str)]
        assert not {"black", "white", "#000000", "#000"} & set(written)


def test_chances_of_places_stand_in_their_cells(charts: dict[str, Chart]) -> None:
    ranking, chart = found.ranking(), charts["ranking"]
    cells = {tuple(cell["value"][:2]): cell["value"][2] for cell in chart.option["series"][0]["data"]}
    for row, arm in enumerate(ranking.order):
        for place in range(len(ranking.arms)):
            assert cells[place, row] == pytest.approx(ranking.places[ranking.arms.index(arm), place])
    best = chart.table["Chance to be best, %"]
    assert best.iloc[0] == pytest.approx(100 * ranking.best[ranking.arms.index(ranking.winner)])


def test_words_on_cells_are_light_only_where_cells_are_dark(charts: dict[str, Chart]) -> None:
    for cell in charts["crowd"].option["series"][0]["data"]:
        light, tone = cell["label"]["color"] == "var(--card)", cell["itemStyle"]["opacity"]
        assert light == (tone >= 0.8)
        assert cell["label"]["opacity"] == 1


def test_arms_on_the_front_are_named_where_there_is_little_room(charts: dict[str, Chart]) -> None:
    edge, chart = found.edge(), charts["pareto"]
    assert chart.narrow is not None
    shown = [one["label"]["show"] for one in chart.narrow["series"][-1]["data"]]
    assert shown == [bool(on) for on in edge.on]
    assert len(chart.narrow["series"]) == len(chart.option["series"])


def test_every_quantity_is_in_the_table_though_few_are_drawn(charts: dict[str, Chart]) -> None:
    for name, result in (("screening", found.screened()), ("sobol", found.indices())):
        chart = charts[name]
        assert len(chart.table) == len(result.paths)
        assert len(chart.option["yAxis"][0]["data"]) <= len(result.paths)


def test_both_shares_of_a_quantity_stand_in_one_row(charts: dict[str, Chart]) -> None:
    option = charts["sobol"].option
    assert {one["yAxisIndex"] for one in option["series"]} == {2}
    rows = {round(point["value"][1]) for point in option["series"][-1]["data"]}
    assert rows == set(range(len(option["yAxis"][0]["data"])))


def test_a_box_is_drawn_where_it_lies(charts: dict[str, Chart]) -> None:
    box, chart = found.boxes().boxes[0], charts["discovery"]
    before, within = (one["data"] for one in chart.option["series"])
    for row, limit in enumerate(box.limits):
        if limit.low is not None and limit.path in RANGES:
            assert before[row] == pytest.approx(limit.low)
        assert 0 <= before[row] + within[row]["value"] <= 1 + 1e-9


def test_the_bars_of_sets_add_up_and_other_counts_are_in_the_table(charts: dict[str, Chart]) -> None:
    chart, held, sets = charts["robustness"], found.held(), found.sets()
    assert sum(bar["value"] for bar in chart.option["series"][0]["data"]) == sets.of == found.WORLDS
    table = chart.table.set_index("Arm")
    assert table["Ahead in"].sum() == sets.of
    own = table.loc[found.LABELS[held.best]]
    assert (own["Best in: from"], own["Best in: to"]) == (held.count_low, held.count_high)
    assert table["Best in, expected"].sum() == pytest.approx(found.WORLDS)
    assert table["Best in: from"].notna().sum() == 1


def test_a_narrow_ranking_shows_the_first_places_alone(charts: dict[str, Chart]) -> None:
    for name, places in (("ranking", 5), ("crowd", 5)):
        narrow = charts[name].narrow
        assert narrow is not None
        assert narrow["xAxis"]["max"] == places - 1 < len(narrow["xAxis"]["data"])
