"""The order of arms on a screen of 80 columns: every number whole, long names folded."""

from __future__ import annotations

import numpy as np
import pandas as pd

from stcsim.analysis.cube import Cube
from stcsim.analysis.pareto import front
from stcsim.analysis.ranking import best_by_outcome, rank, rank_by_weights
from stcsim.analysis.regret import regret
from stcsim.analysis.robustness import robustness
from stcsim.analysis.study_ranking import StudyRanking
from stcsim.cli.ranking_text import folded_name, ranking_text, table

LONG = "information_sharing_agreement+capacity_capture+training_programme_of_country_"
WEIGHTS = {"diversions": 1.0, "captured_capacity": 2.0}


def ranked(arms: int) -> StudyRanking:
    """An order of arms with long names, by weights, with large costs."""
    rng = np.random.default_rng(4)
    names = ("baseline", *(f"{LONG}{i}" for i in range(1, arms)))
    shape = (arms, 20, 2)
    step = np.arange(arms)[:, None, None]
    values = {
        "diversions": 1e4 - 10.0 * step + rng.standard_normal(shape),
        "captured_capacity": 5.0 + 0.1 * step + 0.01 * rng.standard_normal(shape),
        "total_cost": 1e5 * (1.0 + step) + rng.standard_normal(shape),
    }
    inputs = pd.DataFrame({"parameters.firms.margin": rng.random(20)})
    cube = Cube(names, np.arange(1, 21), inputs, values, False)
    by = WEIGHTS
    return StudyRanking(
        "small_region",
        by,
        rank_by_weights(cube, by),
        best_by_outcome(cube, list(values)),
        regret(cube, by),
        front(cube, "diversions", "total_cost"),
        robustness(cube, by),
        (),
    )


def test_tables_fit_eighty_columns_and_no_number_is_cut() -> None:
    for arms in (4, 12):
        found = ranked(arms)
        text = ranking_text(found, "gain", 80)
        tables, _, _ = text.partition("best by diversions")
        assert max(map(len, tables.splitlines())) <= 80
        assert "…" not in text
        for head in ("gain", "95% interval", "best", "place", "regret", "largest", "cost", "on the front"):
            assert f" {head}" in tables
        whole = tables.replace("\n  ", "")
        assert len([line for line in tables.splitlines() if line.startswith("information")]) == 3 * (arms - 1)
        assert f"training_programme_of_country_{arms - 1}" in whole
        assert f"best by diversions: {LONG}{arms - 1} 100%" in text.replace("\n  ", " ")


def test_where_no_arm_differs_there_is_no_order() -> None:
    shape = (3, 6, 2)
    values = {
        "diversions": np.full(shape, 4.0),
        "total_cost": 1e3 + 50.0 * np.arange(3)[:, None, None] + np.zeros(shape),
    }
    cube = Cube(("baseline", "one", "two"), np.arange(1, 7), pd.DataFrame(index=range(6)), values, False)
    order, best = rank(cube, "diversions"), best_by_outcome(cube, list(values))
    text = ranking_text(StudyRanking("region", "diversions", order, best, None, None, None, ()), "fewer", 80)
    assert "No arm differs from another by this in these runs" in text
    assert "%" not in text.partition("best by total_cost")[0]
    assert "best by diversions" not in text


def test_a_name_is_cut_at_its_joints() -> None:
    assert folded_name("capacity_capture+training_programme", 20) == [
        "capacity_capture+",
        "training_programme",
    ]
    assert folded_name("training_programme", 14) == ["training_", "programme"]
    assert folded_name("short", 20) == ["short"]
    assert "".join(folded_name("x" * 50, 12)) == "x" * 50
    assert table(["arm", "gain"], [["a", "12"]], 80).splitlines() == ["arm  gain", "---------", "a      12"]
