"""Maps of who is tied to whom, on a small observation made by hand."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.stakeholder_groups import ALL, between, nodes
from stcsim.analysis.tie_layers import LAYERS, Ties
from stcsim.charts.bridges import bridges_chart
from stcsim.charts.missing_ties import missing_chart
from stcsim.charts.network import network_chart
from stcsim.charts.network_layout import BODY, layout
from stcsim.charts.network_view import View
from stcsim.charts.tie_changes import changes_finding, changes_table
from stcsim.charts.ties_over_time import ties_over_time_chart
from stcsim.pictures.style import arm_styles
from stcsim.study.observation import TABLES, Observation

BODIES = {
    "A/licensing_authority": ("agency", "licensing_authority", "A"),
    "A/customs_headquarters": ("agency", "customs_headquarters", "A"),
    "A/intelligence": ("agency", "intelligence", "A"),
    "A/sea": ("post", "sea", "A"),
    "B/customs_headquarters": ("agency", "customs_headquarters", "B"),
    "B/university": ("partner", "university", "B"),
    "regional_centre": ("partner", "regional_centre", ""),
    "donor": ("donor", "donor", ""),
}
LC, CI, CC = (
    ("A/licensing_authority", "A/customs_headquarters"),
    ("A/customs_headquarters", "A/intelligence"),
    ("A/customs_headquarters", "B/customs_headquarters"),
)
ARMS = {"baseline": "Baseline", "link": "Joint link"}


def observation() -> Observation:
    """Return two arms and two quarters; `link` brings the pair across the border, and loses one at home."""
    rows = []
    for arm in ARMS:
        for quarter in (0, 1, 2):
            pairs = [LC, CI]
            if arm == "link" and quarter == 2:
                pairs = [LC, CC]
            for one, other in pairs:
                rows += [
                    (arm, quarter, *pair, "recognition", 1.0, 1.0) for pair in ((one, other), (other, one))
                ]
            # one side alone knows the other
            rows.append((arm, quarter, "B/university", "A/intelligence", "recognition", 1.0, 1.0))
            rows.append((arm, quarter, "A/sea", "A/customs_headquarters", "channel", 0.1, 1.0))
    columns = ["arm", "quarter", "source", "target", "kind", "value", "share"]
    actors = pd.DataFrame(
        [
            (i, i.partition("/")[2] or i, k, g, c, f"{c} (hub)" if c else "", 4.0)
            for i, (k, g, c) in BODIES.items()
        ],
        columns=["id", "label", "kind", "group", "country", "country_label", "staff"],
    )
    needed = pd.DataFrame([(*LC, 1.0), (*CI, 0.9), (*CC, 0.9)], columns=["source", "target", "importance"])
    tables = dict.fromkeys(TABLES, pd.DataFrame())  # in the order of its fields
    tables |= {"actors": actors, "pairs": needed, "ties": pd.DataFrame(rows, columns=columns)}
    return Observation(ARMS, 2, (0, 91, 182), *tables.values())


@pytest.fixture(scope="module")
def ties() -> Ties:
    return Ties.of(observation())


RECOGNITION = View("recognition", 2)


def test_a_tie_takes_both_sides_where_it_is_mutual(ties: Ties) -> None:
    links = ties.links(LAYERS["recognition"], "baseline", 1)
    assert links.sum() == 4
    assert (links == links.T).all()
    channels = ties.links(LAYERS["channel"], "baseline", 1)
    assert channels.sum() == 2


def test_groups_put_bodies_together_and_open_one_by_one(ties: Ties) -> None:
    closed = nodes(ties, LAYERS["recognition"])
    assert [n.id for n in closed] == ["A:policy", "A:enforcement", "B:enforcement", "B:society", "abroad"]
    # checkpoints have channels and no recognition; donors have neither
    assert "A:frontline" in [n.id for n in nodes(ties, LAYERS["channel"])]
    opened = nodes(ties, LAYERS["recognition"], ("A:enforcement",))
    assert [n.id for n in opened if n.opened] == ["A/customs_headquarters", "A/intelligence"]
    everybody = nodes(ties, LAYERS["channel"], (ALL,))
    assert sorted(i for n in everybody for i in n.members) == list(range(ties.n))


@pytest.mark.parametrize("opened", [(), ("A:enforcement",), (ALL,)])
def test_pairs_are_counted_once_however_they_are_put_together(ties: Ties, opened: tuple[str, ...]) -> None:
    layer = LAYERS["recognition"]
    drawn = nodes(ties, layer, opened)
    table = between(ties, layer, drawn, "link", 2)
    n = int(ties.bodies.sum())
    assert table["pairs"].sum() == n * (n - 1) // 2
    assert table["tied"].sum() == np.triu(ties.links(layer, "link", 2)).sum()
    assert table["needed"].sum() == 3
    assert table["missing"].sum() == 1


def test_positions_hang_on_who_is_drawn_alone(ties: Ties) -> None:
    style = arm_styles(ARMS)["link"]

    def values(arm: str, quarter: int) -> list[list[float]]:
        view = View("recognition", quarter, (ALL,))
        data = network_chart(ties, view, arm, ARMS[arm], style).option["series"][0]["data"]
        return [node["value"] for node in data]

    assert values("baseline", 0) == values("baseline", 2) == values("link", 2)


def test_names_never_share_a_row(ties: Ties) -> None:
    where = layout(nodes(ties, LAYERS["channel"], (ALL,)))
    rows = [*where.nodes, *(place for _, place in where.headings)]
    for side in (True, False):
        heights = sorted(place.y for place in rows if place.left is side)
        assert all(b - a >= BODY for a, b in pairwise(heights))
        assert not heights or (heights[0] > 0 and heights[-1] < where.height)


def test_what_differs_has_the_colour_of_the_arm_and_is_told(ties: Ties) -> None:
    style = arm_styles(ARMS)["link"]
    view = View("recognition", 2, (ALL,))
    chart = network_chart(ties, view, "link", "Joint link", style, "baseline", "Baseline")
    coloured = [x for x in chart.option["series"][0]["links"] if x["lineStyle"]["color"] == style.colour]
    assert {(x["source"], x["target"]) for x in coloured} | {
        (x["target"], x["source"]) for x in coloured
    } >= {CC, CI}
    assert [x["lineStyle"].get("type") for x in coloured].count([6, 4]) == 1
    assert chart.title == "Joint link: 2 pairs know each other, 1 new and 1 lost against the baseline"
    json.dumps(chart.option, allow_nan=False)
    same = network_chart(ties, View("recognition", 1), "link", "Joint link", style, "baseline", "Baseline")
    assert same.title == "Joint link: the same pairs know each other as in the baseline"


def test_missing_ties_are_dotted_where_only_needed_ones_are_shown(ties: Ties) -> None:
    view = View("recognition", 2, (ALL,), "needed")
    chart = network_chart(ties, view, "baseline", "Baseline", arm_styles(ARMS)["baseline"])
    links = chart.option["series"][0]["links"]
    assert [x["lineStyle"].get("type") for x in links].count([2, 4]) == 1
    assert len(links) == 3


def test_changes_are_said_and_listed(ties: Ties) -> None:
    table = changes_table(ties, RECOGNITION, "link", "baseline")
    assert sorted(table["change"]) == ["lost", "new"]
    said = changes_finding(ties, RECOGNITION, "link", "Joint link", "baseline", "Baseline")
    assert said == (
        "Pairs that know each other with Joint link against the baseline: 1 new, "
        "between A's enforcement and B's enforcement; 1 lost, within A's enforcement"
    )
    before = changes_finding(ties, View("recognition", 1), "link", "Joint link", "baseline", "Baseline")
    assert before == "With Joint link the same pairs know each other as in the baseline"


def test_bridges_margin_and_missing_ties(ties: Ties) -> None:
    styles = arm_styles(ARMS)
    bridges = bridges_chart(ties, RECOGNITION, ARMS, styles)
    assert bridges.title == "Joint link: A's customs_headquarters bridges; 3 without a tie, of 6"
    assert bridges.option["yAxis"]["data"] == ["customs_headquarters, A"]
    assert len(bridges.table) == 6
    missing = missing_chart(ties, RECOGNITION, ARMS, styles)
    assert missing is not None
    assert (
        missing.title
        == "1 of 3 pairs that roles ask for do not know each other, with Joint link as in the baseline"
    )
    assert missing.table.iloc[0]["Joint link"] == "missing"


def test_pairs_over_time_end_as_the_maps_do(ties: Ties) -> None:
    chart = ties_over_time_chart(ties, RECOGNITION, ARMS, arm_styles(ARMS))
    assert list(chart.table["Joint link"]) == [2, 2, 2]
    assert chart.title == "Pairs that know each other stay at 2 in the baseline, and end there in every arm"
    json.dumps(chart.option, allow_nan=False)
