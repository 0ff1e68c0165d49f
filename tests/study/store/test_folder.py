from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from stcsim.errors import InputError, StoreError
from stcsim.outcomes.registry import INFOS
from stcsim.scenario.arms import ResolvedArm
from stcsim.study.block import Block
from stcsim.study.carrying_out import Means, Progress, carry_out
from stcsim.study.keys import MODEL_VERSION
from stcsim.study.specs import RunResult
from stcsim.study.store import manifest as manifests
from stcsim.study.store.lock import locked
from stcsim.study.store.reading import read_runs
from stcsim.study.store.recovery import shards
from tests.study.plans import (
    TEXT,
    DesignPlan,
    assert_same_rows,
    carried_out,
    made_up,
    partly_failing,
    plan_of,
    with_replications,
)

PLAN = plan_of(replications=6, worlds=2, stack=3)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "out"
    assert carried_out(PLAN, folder) == []
    return folder


class Counted:
    """Makes runs up, counts them, and stops the work after some blocks.

    Where a folder is named each block waits until the one before is on the disk, as a shard of its own.
    """

    def __init__(self, most: int = 10**9, folder: Path | None = None) -> None:
        self.most, self.folder, self.blocks, self.runs = most, folder, 0, 0

    def __call__(self, block: Block) -> list[RunResult]:
        if self.folder is not None:
            wait_for(self.folder, self.blocks)
        if self.blocks == self.most:
            raise KeyboardInterrupt
        self.blocks += 1
        self.runs += block.runs
        return made_up(block)


def wait_for(folder: Path, number: int) -> None:
    """Wait until so many shards are there, or their writer has given up."""
    end = time.monotonic() + 20
    while len(shards(folder)) < number and time.monotonic() < end and shard_writers():
        time.sleep(0.005)


def shard_writers() -> int:
    return sum(thread.name == "write-shards" for thread in threading.enumerate())


@pytest.fixture
def every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Close a shard for each block."""
    monkeypatch.setattr("stcsim.study.store.writer.CLOSE_SECONDS", 0.0)


def part_of(folder: Path, blocks: int) -> Path:
    """Carry out some blocks of the study and stop, each block in a shard of its own."""
    with pytest.raises(KeyboardInterrupt):
        carried_out(PLAN, folder, Means(work=Counted(blocks, folder)))
    assert len(read_runs(folder).names) == blocks
    return folder


def test_tables_are_flat_and_hold_every_run_once(whole: Path) -> None:
    found = read_runs(whole)
    units = [(u.world, u.replication) for u in PLAN.design.units]
    expected = [(arm.name, *unit) for unit in units for arm in PLAN.design.arms]
    assert list(found.runs[["arm", "world", "replication"]].itertuples(index=False, name=None)) == expected
    seeds = {(u.world, u.replication): u.seed for u in PLAN.design.units}
    assert [seeds[w, r] for w, r in zip(found.runs["world"], found.runs["replication"], strict=True)] == list(
        found.runs["seed"]
    )
    assert found.runs["y0"].isna().all()
    assert found.runs["y1"].notna().all()
    assert len(found.months) == 4 * len(found.runs)
    assert len(found.series) == 6 * 4 * len(found.runs)
    first = found.series[(found.series["arm"] == "channel") & (found.series["name"] == "s2")]
    assert first["month"].tolist() == [0, 1, 2, 3] * len(units)
    assert found.arms == ("baseline", "channel", "late_group")
    assert found.points["world"].tolist() == [0, 1, 2]
    assert found.points.set_index("world").loc[1, "parameters.firms.margin"] == pytest.approx(
        dict(PLAN.design.overrides[1])["parameters.firms.margin"], abs=0
    )
    assert (whole / "study.yaml").read_text() == TEXT
    columns = json.loads((whole / "manifest.json").read_text())["columns"]
    assert columns["diversions"]["unit"] == INFOS["diversions"].unit


def test_other_readers_need_nothing_of_ours(whole: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as base:
        found = base.sql(
            f"select arm, count(*), avg(y1), count(y0) from '{whole}/runs/*.parquet' group by 1 order by 1"
        ).fetchall()
        months = base.sql(
            f"select count(*) from '{whole}/runs/*.parquet' join '{whole}/months/*.parquet' "
            "using (key, arm, world, replication) where month = 3"
        ).fetchall()
    frame = read_runs(whole).runs
    assert found == [(a, len(g), g["y1"].mean(), 0) for a, g in frame.groupby("arm")]
    assert months == [(len(frame),)]
    plain = pd.read_parquet(whole / "runs")
    assert sorted(plain["key"]) == sorted(frame["key"])
    assert str(plain["started"].dtype).endswith("UTC]")


def test_a_folder_is_read_while_it_is_written(tmp_path: Path, every_block: None) -> None:
    seen: list[int] = []

    def work(block: Block) -> list[RunResult]:
        wait_for(tmp_path, len(seen))
        seen.append(len(read_runs(tmp_path).runs))
        return made_up(block)

    carried_out(PLAN, tmp_path, Means(work=work))
    assert seen == [3 * i for i in range(10)]


def test_what_is_finished_is_on_the_disk_within_two_seconds(tmp_path: Path) -> None:
    late: list[int] = []

    def work(block: Block) -> list[RunResult]:
        if block.units[0].world == 2 and not late:
            time.sleep(1.9)
            late.append(len(read_runs(tmp_path).runs))
        return made_up(block)

    carried_out(plan_of(replications=6, worlds=2), tmp_path, Means(work=work))
    assert late == [24]


def test_a_study_goes_on_where_it_was_stopped(tmp_path: Path, whole: Path, every_block: None) -> None:
    part_of(tmp_path, 4)
    told: list[Progress] = []
    work = Counted()
    assert carried_out(PLAN, tmp_path, Means(work=work), progress=told.append) == []
    assert work.runs == PLAN.runs - 12
    assert_same_rows(tmp_path, whole)
    assert [t.done for t in told] == sorted(t.done for t in told)
    assert (told[0].before, told[0].done, told[-1].done) == (12, 12, PLAN.runs)
    ends = [e["end"] for e in json.loads((tmp_path / "manifest.json").read_text())["executions"]]
    assert ends == ["stopped", "complete"]
    again = Counted()
    carried_out(PLAN, tmp_path, Means(work=again))
    assert again.runs == 0


def test_replications_and_arms_that_are_added_are_all_that_is_run(tmp_path: Path) -> None:
    fewer = plan_of("channel", replications=3, worlds=1)
    carried_out(fewer, tmp_path)
    more = plan_of("channel", "late_group", replications=4, worlds=2)
    work = Counted()
    carried_out(more, tmp_path, Means(work=work))
    assert work.runs == more.runs - fewer.runs
    alone = tmp_path / "alone"
    carried_out(more, alone)
    assert_same_rows(tmp_path, alone)


def test_points_that_share_their_runs_have_rows_of_their_own(tmp_path: Path) -> None:
    class Twice(DesignPlan):
        """Two points without values, as where only arms differ that have a lever."""

        def blocks(self, jobs: int, wanted: object = None) -> object:
            for world in (0, 1):
                units = tuple(replace(u, world=world) for u in self.design.units)
                yield Block(self.design.scenario, units, self.design.arms)

    plan = Twice(plan_of(replications=2).design)
    carried_out(plan, tmp_path)
    found = read_runs(tmp_path).runs
    assert len(found) == 12
    assert found["key"].nunique() == 6
    work = Counted()
    carried_out(plan, tmp_path, Means(work=work))
    assert work.runs == 0


def other_seed() -> DesignPlan:
    return replace(PLAN, design=replace(PLAN.design, seed=2))


def other_scenario() -> DesignPlan:
    time_ = PLAN.design.scenario.time.model_copy(update={"counted_weeks": 18})
    scenario = PLAN.design.scenario.model_copy(update={"time": time_})
    return replace(PLAN, design=replace(PLAN.design, scenario=scenario))


def other_arm() -> DesignPlan:
    baseline, channel, group = PLAN.design.arms
    changed = ResolvedArm(channel.name, channel.label, group.mechanisms)
    return replace(PLAN, design=replace(PLAN.design, arms=(baseline, changed, group)))


class OtherPoints(DesignPlan):
    def points(self) -> Iterator[pd.DataFrame]:
        for frame in super().points():
            frame.loc[frame["world"] == 2, "parameters.firms.margin"] = 0.5
            yield frame


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (other_seed(), "other seeds"),
        (other_scenario(), "other scenarios: small_region has changed since"),
        (other_arm(), "other arms: channel has changed since"),
        (OtherPoints(PLAN.design, 3), "other points: point 2 has changed since"),
    ],
)
def test_another_study_is_refused_and_nothing_is_touched(whole: Path, plan: DesignPlan, said: str) -> None:
    before = {p: p.stat().st_mtime_ns for p in whole.rglob("*") if p.is_file() and p.name != "lock"}
    with pytest.raises(InputError, match=said) as error:
        carried_out(plan, whole)
    assert "Choose another folder." in str(error.value)
    assert {p: p.stat().st_mtime_ns for p in whole.rglob("*") if p.is_file() and p.name != "lock"} == before


def test_another_version_of_the_model_is_refused(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifests, "MODEL_VERSION", "99")
    said = f"holds runs of model version {MODEL_VERSION}, and this is version 99"
    with pytest.raises(InputError, match=said):
        carried_out(PLAN, whole)
    assert len(read_runs(whole).runs) == PLAN.runs


@pytest.mark.parametrize("left", ['{"format": 1, "study', '{"format": 1, "study": {}}', "[" * 100_000, ""])
def test_a_damaged_manifest_is_set_aside_and_written_anew(tmp_path: Path, left: str) -> None:
    carried_out(PLAN, tmp_path)
    (tmp_path / "manifest.json").write_text(left)
    with pytest.raises(
        StoreError, match=r"manifest.json' is damaged.* `stcsim study run .*/study.yaml --out"
    ):
        read_runs(tmp_path)
    work = Counted()
    (said,) = carried_out(PLAN, tmp_path, Means(work=work))
    assert said.startswith("manifest.json is damaged: set aside as torn/manifest.json and written anew")
    assert work.runs == 0
    assert (tmp_path / "torn" / "manifest.json").read_text() == left
    assert len(read_runs(tmp_path).runs) == PLAN.runs


def test_a_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    def work(block: Block) -> list[RunResult]:
        with pytest.raises(
            InputError, match=f"being written by process {os.getpid()} on .*, since 2"
        ) as error:
            carried_out(PLAN, tmp_path)
        assert "Wait until it has ended, or choose another folder." in str(error.value)
        return made_up(block)

    carried_out(plan_of(replications=2), tmp_path, Means(work=work))
    with locked(tmp_path):
        pass


# of months and bodies only the end is looked at; a shard without its runs has never counted
@pytest.mark.parametrize(
    ("kind", "harm"), [("runs", "changed"), ("runs", "short"), ("months", "gone"), ("bodies", "empty")]
)
def test_a_torn_shard_is_set_aside_and_its_runs_are_run_again(
    tmp_path: Path, whole: Path, kind: str, harm: str, every_block: None
) -> None:
    part_of(tmp_path, 3)
    name = read_runs(tmp_path).names[1]
    path = tmp_path / kind / name
    content = path.read_bytes()
    middle = len(content) // 2
    flipped = content[:60] + bytes(255 - b for b in content[60:90]) + content[90:]
    {
        "short": lambda: path.write_bytes(content[:middle]),
        "empty": lambda: path.write_bytes(b""),
        "changed": lambda: path.write_bytes(flipped),
        "gone": path.unlink,
    }[harm]()
    work = Counted()
    (said,) = carried_out(PLAN, tmp_path, Means(work=work))
    assert said.startswith(f"shard {name} cannot be read (")
    assert said.endswith("set aside in torn/, its runs are run again")
    assert work.runs == PLAN.runs - 6
    assert_same_rows(tmp_path, whole)
    if kind == "runs":
        assert (tmp_path / "torn" / f"runs-{name}").exists()


def test_readers_leave_torn_shards_out(tmp_path: Path, every_block: None) -> None:
    part_of(tmp_path, 3)
    path = tmp_path / "runs" / read_runs(tmp_path).names[0]
    path.write_bytes(path.read_bytes()[:-1])
    assert len(read_runs(tmp_path).runs) == 6


def test_drafts_and_shards_that_never_counted_are_swept_out_and_other_files_set_aside(
    tmp_path: Path, whole: Path, every_block: None
) -> None:
    part_of(tmp_path, 2)
    name = read_runs(tmp_path).names[0]
    orphan = f"000009{name[6:]}"
    (tmp_path / "months" / orphan).write_bytes((tmp_path / "months" / name).read_bytes())
    draft = tmp_path / "runs" / f".{orphan}.part"
    draft.write_bytes(b"PAR1")
    mine = tmp_path / "runs" / "mine.parquet"
    mine.write_bytes(b"mine")
    (said,) = carried_out(PLAN, tmp_path)
    assert said == "'runs/mine.parquet' is no file of this study: set aside as 'torn/runs-mine.parquet'"
    assert not draft.exists()
    assert not (tmp_path / "months" / orphan).exists()
    assert (tmp_path / "torn" / "runs-mine.parquet").read_bytes() == b"mine"
    assert len(pd.read_parquet(tmp_path / "runs")) == PLAN.runs
    mine.write_bytes(b"again")
    carried_out(PLAN, tmp_path)
    assert (tmp_path / "torn" / "2-runs-mine.parquet").read_bytes() == b"again"
    assert_same_rows(tmp_path, whole)
    assert read_runs(tmp_path).names[-1][:6] > "000009"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk of .* is full. What was finished before is kept there; make room"),
        (errno.EROFS, "can no longer be written: Read-only file system. What was finished before is kept"),
    ],
)
def test_a_disk_that_fails_stops_the_study_and_what_was_kept_stays(
    tmp_path: Path, whole: Path, every_block: None, number: int, said: str
) -> None:
    real, calls = os.fsync, 0

    def full(file: int) -> None:
        nonlocal calls
        calls += 1
        # after the study file, the points and the manifest: in the middle of the third shard
        if calls > 6 + 2 * 6 + 3:
            raise OSError(number, os.strerror(number))
        real(file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match=said):
            carried_out(PLAN, tmp_path, Means(work=Counted(folder=tmp_path)))
    assert len(read_runs(tmp_path).runs) == 6
    assert not list(tmp_path.rglob("*.part"))
    carried_out(PLAN, tmp_path)
    assert_same_rows(tmp_path, whole)


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Counted()
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written: Not a directory"):
        carried_out(PLAN, tmp_path / "file" / "out", Means(work=work))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="cannot be written: you may not write there"):
        carried_out(PLAN, tmp_path / "out", Means(work=work))
    assert work.runs == 0


def test_a_failed_run_is_a_record_and_spoils_no_other(tmp_path: Path, whole: Path) -> None:
    told: list[Progress] = []
    carried_out(PLAN, tmp_path, Means(work=partly_failing), progress=told.append)
    found = read_runs(tmp_path)
    assert len(found.runs) == 2 * len(PLAN.design.units)
    assert len(found.failures) == len(PLAN.design.units) == told[-1].failed
    first = json.loads((tmp_path / "failures" / f"{found.failures.loc[6, 'id']}.json").read_text())
    assert first["error"] == "RuntimeError: the minister has resigned"
    assert first["stage"] == "steps"
    assert "RuntimeError" in first["traceback"]
    assert first["inputs"]["overrides"] == dict(PLAN.design.overrides[1])
    # what failed is run again, and forgotten when it comes to its end
    again = Counted()
    carried_out(PLAN, tmp_path, Means(work=again))
    assert again.runs == len(PLAN.design.units)
    assert len(read_runs(tmp_path).failures) == 0
    assert_same_rows(tmp_path, whole)


def test_an_error_of_ours_leaves_what_is_finished(tmp_path: Path) -> None:
    def work(block: Block) -> list[RunResult]:
        if block.units[0].replication == 3:
            raise MemoryError
        return made_up(block)

    with pytest.raises(MemoryError):
        carry_out(PLAN, tmp_path, Means(work=work), warn=lambda _: None)
    assert len(read_runs(tmp_path).runs) == 9
    assert json.loads((tmp_path / "manifest.json").read_text())["executions"][0]["end"] == "failed"


def test_a_folder_without_a_study_is_said_to_have_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no study in"):
        read_runs(tmp_path)


def test_more_replications_than_planned_are_kept(tmp_path: Path) -> None:
    carried_out(PLAN, tmp_path)
    told: list[Progress] = []
    carried_out(with_replications(PLAN, 3), tmp_path, progress=told.append)
    assert told[-1].done == told[-1].total == PLAN.runs
