"""What the page of a study tells of the order of arms: counts that add up, no order where nothing differs."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("solara")

from stcsim.analysis.ranking import rank
from stcsim.dashboard.studies.sections import (
    Shown,
    chances_table,
    failures_table,
    holding_drawn,
    leaders,
    ranking_drawn,
    regret_finding,
    turn_lines,
)
from stcsim.report.study import ScenarioFindings, StudyFindings
from stcsim.report.study.inputs import WEIGHTS
from tests.analysis.planted_arms import cube_with
from tests.pictures import found
from tests.report.test_study_report import findings

SHOWN = Shown(Path("/nowhere/quick"), "quick")


@pytest.fixture(scope="module")
def told() -> StudyFindings:
    return findings()


def part_of(told: StudyFindings) -> ScenarioFindings:
    return told.parts[0]


def test_the_order_leads_with_sets_and_averages_come_second(told: StudyFindings) -> None:
    drawn = ranking_drawn(told, part_of(told), "diversions", SHOWN)
    assert drawn is not None
    assert f"of {found.WORLDS} sampled sets" in drawn.chart.title
    assert "chance" not in drawn.chart.title
    assert drawn.chart.subtitle.startswith("On average over the sets ")
    by_weights = ranking_drawn(told, part_of(told), WEIGHTS, SHOWN)
    assert by_weights is not None
    assert by_weights.chart.title.startswith("Your weights: ")


def test_each_count_of_sets_is_said_once(told: StudyFindings) -> None:
    sets, measures = holding_drawn(told, part_of(told), SHOWN)
    assert "best in" not in sets.chart.title
    assert {"Ahead in", "Best in, expected", "Best in: from", "Best in: to"} <= set(sets.chart.table.columns)
    assert all("%" not in line or "turns" in line for line in turn_lines(told, part_of(told)))
    assert "none stands out" in measures.chart.title or not found.sets().none


def test_where_nothing_differs_there_is_no_order(told: StudyFindings) -> None:
    none = rank(cube_with(np.zeros((4, 12, 2))), "diversions")
    alike = dataclasses.replace(part_of(told), rankings={"diversions": none}, weighted=None)
    assert ranking_drawn(told, alike, "diversions", SHOWN) is None
    assert chances_table(told, alike).iloc[:, 1].isna().all()
    assert leaders(alike, told.labels) == "No arm differs from another by anything that was looked at"
    one = dataclasses.replace(alike, rankings={"diversions": none, "total_cost": found.ranking()})
    assert leaders(one, told.labels).endswith(
        " is first by total cost; by illicit transfers completed no arm differs"
    )


def test_the_baseline_is_no_name_within_a_sentence(told: StudyFindings) -> None:
    ranking = dataclasses.replace(found.ranking(), mean=np.array([9.0, *[0.0] * (len(found.ARMS))]))
    first = dataclasses.replace(part_of(told), rankings={"diversions": ranking}, weighted=None)
    assert leaders(first, told.labels) == "The baseline is first by everything that was looked at"
    assert regret_finding(first, told.labels) == ""


def test_failed_runs_go_by_labels_and_name_the_scenario_only_where_there_are_several(
    told: StudyFindings,
) -> None:
    labels = {**told.labels, "a": "An arm"}
    several = dataclasses.replace(told, labels=labels)
    table = failures_table(several, SHOWN)
    assert table["Arm"].tolist() == ["An arm"]
    assert table["Scenario"].tolist() == ["A region of the test"]
    alone = dataclasses.replace(several, parts=several.parts[:1])
    assert "Scenario" not in failures_table(alone, SHOWN).columns
