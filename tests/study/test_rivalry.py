from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from stcsim.study.block import Block, run_block
from stcsim.study.carrying_out import Ended, Means, carry_out
from stcsim.study.comparing import run_study
from stcsim.study.equal_cost import COST, PROMISE
from stcsim.study.planned import PlannedStudy
from stcsim.study.specs import RunResult
from stcsim.study.store.reading import read_runs
from tests.api.test_portfolio import truthful
from tests.study.studies import study_design
from tests.study.test_plan import planned

WORLDS = {"uncertainties": "all", "design": {"kind": "worlds", "points": 1}, "equal_cost": True}


def carried_out(folder: Path, work: object = run_block, **keys: object) -> Ended:
    plan = planned(folder, **{"replications": 3, **WORLDS, **keys})
    means = Means(work=work)
    return carry_out(PlannedStudy(plan), folder / "out", means, warn=lambda _: None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rivals")
    ended = carried_out(folder)
    assert ended.notes == ()
    assert ended.runs == ended.added == 25
    return folder


def test_rows_and_rivals_of_a_study_are_those_of_a_comparison(folder: Path) -> None:
    study = run_study(study_design(replications=3, worlds=1), equal_cost=True, jobs=1)
    found, kept = read_runs(folder / "out"), study.tables
    assert found.arms == tuple(arm.name for arm in study.arms)
    order = ["arm", "world", "replication", "name", "month"]
    for one, other in (
        (found.runs.drop(columns="scenario"), kept.runs),
        (found.bodies, kept.bodies),
        (found.series.sort_values(order)[order], kept.series.sort_values(order)[order]),
        (found.series.sort_values(order)["value"], kept.series.sort_values(order)["value"]),
    ):
        frames = [pd.DataFrame(frame).reset_index(drop=True) for frame in (one, other)]
        pd.testing.assert_frame_equal(*frames, check_exact=True)
    assert (found.runs_with([COST], execution=True)["seconds"] > 0).all()


def test_what_is_settled_stays_when_replications_are_added(folder: Path) -> None:
    before = read_runs(folder / "out").runs
    budgets = (folder / "out" / "rivals.jsonl").read_text()
    ended = carried_out(folder, replications=4)
    assert ended.added == 5
    found = read_runs(folder / "out").runs
    assert (folder / "out" / "rivals.jsonl").read_text() == budgets
    assert not found.duplicated(["arm", "world", "replication"]).any()
    pd.testing.assert_frame_equal(
        found.merge(before[["key", "arm"]], on=["key", "arm"]), before, check_exact=True
    )


@pytest.mark.slow
def test_a_study_that_is_stopped_among_its_rivals_gives_the_same_rows(tmp_path: Path, folder: Path) -> None:
    def work(block: Block) -> list[RunResult]:
        if any("~" in arm.name for arm in block.arms) and block.units[0].world == 1:
            raise KeyboardInterrupt
        return run_block(block)

    with pytest.raises(KeyboardInterrupt):
        carried_out(tmp_path, work)
    lines = (tmp_path / "out" / "rivals.jsonl").read_text()
    assert len([json.loads(line) for line in lines.split("\n") if line]) >= 1
    # the machine went down in the middle of a line
    (tmp_path / "out" / "rivals.jsonl").write_text(lines + '{"arm": "cha')
    carried_out(tmp_path)
    # of both, since nobody knows which test had the shared folder before
    for each in (tmp_path, folder):
        carried_out(each, replications=4)
    one, other = (read_runs(f / "out").runs for f in (tmp_path, folder))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.slow
def test_budgets_are_settled_on_the_first_replications_and_hold_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.study.rivalry.MOST_SETTLING", 3)
    ended = carried_out(
        tmp_path, arms=["channel"], replications=6, design={"kind": "list"}, uncertainties="none"
    )
    assert ended.runs == 18
    runs = read_runs(tmp_path / "out").runs
    cost = runs.pivot(index="replication", columns="arm", values=COST)
    own, rival = (cost[arm] - cost["baseline"] for arm in ("channel", "channel~staff"))
    assert rival[:3].mean() == pytest.approx(own[:3].mean(), rel=PROMISE)
    said = [note for note in ended.notes if note.startswith("channel~staff: costs")]
    assert bool(said) == (abs(rival.mean() / own.mean() - 1) > PROMISE)


def test_where_runs_failed_nobody_says_that_an_arm_costs_nothing(tmp_path: Path) -> None:
    def failing(block: Block) -> list[RunResult]:
        lost = {"outcomes": {}, "series": {}, "bodies": {}, "error": "ValueError: no", "stage": "steps"}
        return [replace(r, **lost) if r.arm == "late_group" else r for r in truthful(block)]

    ended = carried_out(tmp_path, failing, arms=["late_group"])
    assert ended.notes == (
        "late_group: its runs, or those of the baseline, failed at 2 points, so that nobody knows what it "
        "costs; no rival there",
    )
