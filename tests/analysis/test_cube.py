"""Runs as arrays of arms, points and replications."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from stcsim.analysis.cube import Cube, cube_of
from stcsim.analysis.pairs import pair_runs
from stcsim.errors import InputError
from stcsim.outcomes.registry import INFOS
from tests.analysis.samples import simulated_runs


def study(shared: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    runs = simulated_runs(3, arms=2, outcomes=2, worlds=3, pairs=2, replications=2)
    runs = runs.rename(columns={"outcome_0": "diversions", "outcome_1": "total_cost"})
    if shared:
        runs["seed"] = runs["replication"]
    points = pd.DataFrame(
        {"world": [0, 1, 2, 3], "scenario": "here", "parameters.firms.margin": [0.1, 0.2, 0.3, 0.4]}
    )
    return runs, points


def cube(runs: pd.DataFrame | None = None, points: pd.DataFrame | None = None) -> Cube:
    own = study()
    return cube_of(
        own[0] if runs is None else runs, own[1] if points is None else points, ["diversions", "total_cost"]
    )


def test_every_run_stands_in_its_place_whatever_the_order_of_rows() -> None:
    runs, points = study()
    found = cube(runs.sample(frac=1.0, random_state=1), points.iloc[::-1])
    assert found.arms == ("baseline", "arm_0", "arm_1")
    assert found.worlds.tolist() == [0, 1, 2, 3]
    assert found.inputs.columns.tolist() == ["parameters.firms.margin"]
    assert found.inputs["parameters.firms.margin"].tolist() == [0.1, 0.2, 0.3, 0.4]
    for row in runs.to_dict("records"):
        place = found.arms.index(row["arm"]), row["world"], row["replication"]
        assert found.of("total_cost")[place] == row["total_cost"]


def test_differences_and_effects_are_those_of_the_comparison() -> None:
    runs, _ = study()
    found = cube()
    pairs = pair_runs(runs, ["diversions"], baseline="baseline", arms=found.arms[1:], sampled=True)
    assert (found.difference("diversions")[:, 1:] == np.moveaxis(pairs.difference[..., 0], 2, 0)).all()
    expected = pairs.difference[..., 0].mean(axis=1) / pairs.base[..., 0]
    assert found.effect("diversions")[:, 1:] == pytest.approx(expected.T)


def test_what_failed_is_left_out_on_both_sides_of_a_ratio() -> None:
    runs, points = study()
    gone = runs[~((runs["arm"] == "arm_0") & (runs["world"] == 2) & (runs["replication"] == 1))]
    found = cube(gone)
    assert np.isnan(found.difference("diversions")[0, 2, 1])
    values = found.of("diversions")
    assert found.effect("diversions")[0, 2] == pytest.approx(values[1, 2, 0] / values[0, 2, 0] - 1.0)
    without = cube_of(gone[gone["world"] != 3], points, ["diversions"])
    assert np.isnan(without.of("diversions")[:, 3]).all()
    assert np.isfinite(without.of("diversions")[:, :2]).all()


def test_gain_is_turned_so_that_more_is_better() -> None:
    found = cube()
    gain = found.gain("diversions")
    assert (gain[0] == 0).all()
    assert (gain[1:] == -found.difference("diversions")).all()
    assert not np.signbit(found.gain("diversions")[0]).any()


def test_score_is_percent_of_the_baseline_by_share_of_weights() -> None:
    found = cube()
    base = found.of("diversions")[0].mean()
    expected = 100.0 * found.gain("diversions") / base
    assert found.score({"diversions": 3.0}) == pytest.approx(expected)
    cost = 100.0 * found.gain("total_cost") / found.of("total_cost")[0].mean()
    both = found.score({"diversions": 3.0, "total_cost": 1.0})
    assert both == pytest.approx(0.75 * expected + 0.25 * cost)
    with pytest.raises(InputError, match="above 0"):
        found.score({"diversions": 0.0})
    with pytest.raises(InputError, match="above 0"):
        found.score({"diversions": -1.0})


def test_a_baseline_without_a_positive_mean_takes_no_weight() -> None:
    runs, _ = study()
    with pytest.raises(InputError, match="no positive mean"):
        cube(runs.assign(diversions=0.0)).score({"diversions": 1.0})


def test_points_that_share_seeds_are_known() -> None:
    assert not cube().shared_seeds
    assert cube(study(shared=True)[0]).shared_seeds


def test_scenarios_are_an_input_where_there_are_several() -> None:
    _, points = study()
    points["scenario"] = ["here", "here", "there", "there"]
    assert "scenario" in cube(points=points).inputs.columns
    some = cube(points=points).take(np.array([1, 3]))
    assert some.worlds.tolist() == [1, 3]
    assert some.inputs["scenario"].tolist() == ["here", "there"]
    assert some.of("diversions").shape == (3, 2, 2)


def test_what_cannot_be_arranged_is_refused() -> None:
    runs, points = study()
    with pytest.raises(InputError, match="no column"):
        cube_of(runs, points, ["licences"])
    with pytest.raises(InputError, match="no point 3"):
        cube_of(runs, points[points["world"] < 3], ["diversions"])
    with pytest.raises(InputError, match="two runs"):
        cube_of(pd.concat([runs, runs.iloc[:1]]), points, ["diversions"])
    with pytest.raises(InputError, match="no arm"):
        cube_of(runs, points, ["diversions"], baseline="nothing")
    with pytest.raises(InputError, match="no outcome"):
        cube().of("licences")
    name = next(n for n, info in INFOS.items() if info.better == "none")
    aimless = cube_of(runs.assign(**{name: 1.0}), points, [name])
    with pytest.raises(InputError, match="neither"):
        aimless.gain(name)
