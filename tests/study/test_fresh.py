"""Fresh seeds: other chance, other sampled assumptions, the same question."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from stcsim.errors import InputError
from stcsim.study.fresh import check_fresh, fresh_design, fresh_plan, fresh_seed
from stcsim.study.study_reading import read_study
from stcsim.study.study_writing import files_of
from tests.study.studies import study_design
from tests.study.test_plan import CUBE, planned


def test_a_fresh_seed_is_named_by_the_old_one() -> None:
    assert fresh_seed(1) == fresh_seed(1)
    assert len({fresh_seed(1), fresh_seed(1, 2), fresh_seed(2), 1}) == 4
    assert all(0 <= fresh_seed(i) < 2**48 for i in range(50))


def test_a_design_is_run_again_with_other_chance_and_other_worlds() -> None:
    design = study_design(worlds=3, pairs=2)
    fresh = fresh_design(design, ["late_group"])
    assert [a.name for a in fresh.arms] == ["baseline", "late_group"]
    assert not {u.seed for u in design.units} & {u.seed for u in fresh.units}
    assert all(design.overrides[w] != fresh.overrides[w] for w in (1, 2, 3))
    assert (fresh.replications, fresh.worlds, fresh.pairs) == (design.replications, 3, 2)
    with pytest.raises(InputError, match="no arm nobody"):
        fresh_design(design, ["nobody"])


@pytest.mark.parametrize("kind", ["worlds", "latin_hypercube"])
def test_sampled_points_of_a_study_are_others(kind: str, tmp_path: Path) -> None:
    plan = planned(tmp_path, design={"kind": kind, "points": 4, "seed": 5}, **CUBE)
    fresh = fresh_plan(plan, ["channel"])
    assert [a.name for a in fresh.arms] == ["baseline", "channel"]
    assert len(fresh.points) == len(plan.points)
    assert all(fresh.points[i].values != plan.points[i].values for i in range(1, 5))
    assert not {u.seed for u in plan.units} & {u.seed for u in fresh.units}


def test_points_that_are_written_down_stay(tmp_path: Path) -> None:
    levers = {"mechanisms.frontline_channel.mean_delay_days": [1.0, 9.0]}
    plan = planned(tmp_path, levers=levers, design={"kind": "grid"})
    fresh = fresh_plan(plan, ["channel"])
    assert list(fresh.points) == list(plan.points)
    assert not {u.seed for u in plan.units} & {u.seed for u in fresh.units}


def test_a_fresh_study_can_be_written_and_read(tmp_path: Path) -> None:
    own = {"name": "mine", "mechanisms": {"frontline_channel": {"lead_time": 1}}}
    plan = planned(
        tmp_path, arms=["late_group", own], uncertainties="all", design={"kind": "worlds", "points": 2}
    )
    fresh = fresh_plan(plan, ["mine"])
    for name, text in files_of(fresh).items():
        path = tmp_path / "again" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    again = read_study(tmp_path / "again" / "study.yaml").plan
    assert [a.name for a in again.arms] == ["baseline", "mine"]
    keys = [{s.key for b in p.blocks(1) for s in b.specs()} for p in (fresh, again)]
    assert keys[0] == keys[1]


def test_runs_that_have_chosen_are_not_fresh() -> None:
    check_fresh(pd.DataFrame({"seed": [1, 2]}), pd.DataFrame({"seed": [3]}))
    with pytest.raises(InputError, match="2 of their seeds have chosen"):
        check_fresh(pd.DataFrame({"seed": [1, 2]}), pd.DataFrame({"seed": [2, 1, 4]}))
