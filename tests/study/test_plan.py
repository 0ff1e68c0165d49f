"""Plans of studies: points, seeds and blocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from stcsim.study.keys import run_seed
from stcsim.study.plan import StudyPlan
from stcsim.study.study_reading import read_study
from stcsim.study.worlds import sample_world
from tests.study.studies import study_design, write_study

CUBE = {
    "levers": {"mechanisms.frontline_channel.mean_delay_days": {"low": 0.5, "high": 20.0}},
    "uncertainties": ["parameters.firms", "parameters.trust.clarity"],
    "structure": {"structure.capture": ["rate", "immediate"]},
}


def study_file(folder: Path, **keys: Any) -> Path:
    """Write a study of the small region and its two arms."""
    write_study(folder)
    path = folder / "study.yaml"
    given = {"format": 1, "name": "asked", "scenario": "small_region.yaml", "replications": 3, **keys}
    path.write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
    return path


def planned(folder: Path, **keys: Any) -> StudyPlan:
    """Return the plan of such a study."""
    return read_study(study_file(folder, **keys)).plan


def test_the_simplest_study_is_a_comparison(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    design = study_design(scenario=plan.scenarios[0], replications=3)
    assert [a.name for a in plan.arms] == ["baseline", "channel", "late_group"]
    assert tuple(plan.units) == design.units
    assert list(plan.blocks(1)) == design.blocks(1)
    assert plan.runs == 9


def test_worlds_are_those_of_a_comparison(tmp_path: Path) -> None:
    plan = planned(tmp_path, uncertainties="all", design={"kind": "worlds", "points": 3, "seed": 7})
    design = study_design(scenario=plan.scenarios[0], replications=3, worlds=3, seed=7)
    assert [p.overrides for p in plan.points] == [design.overrides[w] for w in range(4)]
    assert tuple(plan.units) == design.units
    keys = [s.key for b in plan.blocks(2) for s in b.specs()]
    assert sorted(keys) == sorted(s.key for b in design.blocks(2) for s in b.specs())


def test_a_number_of_the_scenario_is_known_in_all_worlds(tmp_path: Path) -> None:
    keys = {"uncertainties": "all", "settings": ["parameters.firms.margin=0.2"]}
    plan = planned(tmp_path, design={"kind": "worlds", "points": 1}, **keys)
    assert "parameters.firms.margin" not in plan.points[1].values
    assert plan.points[1].overrides == sample_world(plan.scenarios[0], 1, 1)


def test_points_that_are_added_change_no_other(tmp_path: Path) -> None:
    scenario = ["small_region.yaml", {"name": "other", "scenario": "small_region.yaml"}]
    keys = {"scenario": scenario, "uncertainties": ["parameters.trust"]}
    few = planned(tmp_path, design={"kind": "worlds", "points": 2}, **keys)
    many = planned(tmp_path, design={"kind": "worlds", "points": 4}, **keys)
    assert list(few.points) == list(many.points)[: len(few.points)]
    assert [p.scenario for p in few.points] == ["small_region", "other"] * 3
    assert [p.row for p in few.points] == [0, 0, 1, 1, 2, 2]
    # the same assumptions and the same chance in both scenarios
    assert few.points[2].overrides == few.points[3].overrides
    assert [u.seed for u in few.units_at(4, 2)] == [run_seed(1, 2, 0), run_seed(1, 2, 1)]
    assert [u.seed for u in few.units_at(5, 2)] == [u.seed for u in few.units_at(4, 2)]


def test_grid_takes_every_combination(tmp_path: Path) -> None:
    plan = planned(
        tmp_path,
        levers={"mechanisms.frontline_channel.mean_delay_days": [1.0, 5.0]},
        uncertainties={"parameters.trust.clarity": {"low": 0.2, "high": 0.6}},
        structure={"structure.capture": ["rate", "immediate"]},
        design={"kind": "grid", "levels": 3},
    )
    assert len(plan.points) == 1 + 12
    assert plan.points[0].values == {}
    assert plan.points[1].values == {
        "mechanisms.frontline_channel.mean_delay_days": 1.0,
        "parameters.trust.clarity": 0.2,
        "structure.capture": "rate",
    }
    assert len({tuple(sorted(p.values.items())) for p in plan.points}) == 13
    assert plan.points[-1].values["parameters.trust.clarity"] == pytest.approx(0.6)
    # all points share their seeds
    assert {u.seed for u in plan.units} == {run_seed(1, 0, r) for r in range(3)}


def test_levers_and_switches_reach_the_runs(tmp_path: Path) -> None:
    plan = planned(
        tmp_path,
        design={
            "kind": "list",
            "values": [
                {"mechanisms.frontline_channel.mean_delay_days": 9, "structure.contagion": "threshold"},
                {"parameters.firms.margin": 0.3},
            ],
        },
    )
    moved, assumed = plan.points[1], plan.points[2]
    arm = plan.arms_at(moved)[1]
    assert [m.mean_delay_days for m in arm.mechanisms if m.name == "frontline_channel"] == [9.0]
    assert plan.arms_at(moved)[2] == plan.arms[2]
    assert plan.scenario_at(moved).structure.contagion == "threshold"
    assert plan.scenario_at(assumed) is plan.scenarios[0]
    (block,) = plan.blocks(1, wanted={2: 1})
    assert block.specs()[0].parameters.firms.margin == 0.3


def test_points_of_few_runs_share_blocks(tmp_path: Path) -> None:
    structure = {"structure.capture": ["rate", "immediate"]}
    worlds = {"kind": "worlds", "points": 20}
    plan = planned(tmp_path, uncertainties=["parameters.trust"], structure=structure, design=worlds)
    blocks = list(plan.blocks(1))
    assert len(blocks) == 4
    assert all(b.runs <= 48 for b in blocks)
    specs = [s for b in blocks for s in b.specs()]
    assert sorted((s.world, s.replication, s.arm.name) for s in specs) == sorted(
        (u.world, u.replication, a.name) for u in plan.units for a in plan.arms
    )
    for spec in specs:
        point = plan.points[spec.world]
        assert spec.overrides == point.overrides
        assert spec.scenario is plan.scenario_at(point)


def test_points_with_levers_share_none(tmp_path: Path) -> None:
    path = "mechanisms.frontline_channel.mean_delay_days"
    plan = planned(tmp_path, levers={path: [1.0, 2.0, 3.0]}, design={"kind": "grid"}, pairs=1)
    specs = [s for b in plan.blocks(1) for s in b.specs() if s.world and s.arm.name == "channel"]
    assert [s.mechanisms[0].mean_delay_days for s in specs] == [1.0, 2.0, 3.0]


def test_more_replications_can_be_wanted(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    first = [s.key for b in plan.blocks(2) for s in b.specs()]
    more = [s.key for b in plan.blocks(2, wanted={0: 5}) for s in b.specs()]
    assert len(set(more)) == 15
    assert set(first) < set(more)


@pytest.mark.parametrize(
    ("design", "rows"),
    [
        ({"kind": "latin_hypercube", "points": 10}, 10),
        ({"kind": "sobol", "points": 8}, 8 * (19 + 2)),
        ({"kind": "morris", "trajectories": 4}, 4 * (19 + 1)),
    ],
)
def test_cube_designs(tmp_path: Path, design: dict[str, Any], rows: int) -> None:
    if design["kind"] != "latin_hypercube":
        pytest.importorskip("SALib")
    plan = planned(tmp_path, design=design, **CUBE)
    assert len(plan.points.factors) == 19
    assert len(plan.points) == 1 + rows
    assert plan.runs == 3 * (3 + 2 * rows)
    again = planned(tmp_path, design=design, **CUBE)
    assert list(plan.points) == list(again.points)
    for point in plan.points:
        # values of firms go together at every point
        plan.arms_at(point)
        block = next(plan.blocks(1, wanted={point.number: 1}))
        _ = block.specs()[0].parameters
    assert {p.values.get("structure.capture") for p in plan.points} == {None, "rate", "immediate"}
