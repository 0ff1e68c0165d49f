"""Studies in real processes that are killed: what is finished is kept, nothing twice, no process is left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stcsim.study.carrying_out import Means
from stcsim.study.store.reading import read_runs
from tests.study.plans import assert_same_rows, carried_out, made_up
from tests.study.program import plan
from tests.study.sessions import ROOT, end_session, start, wait_for_some_runs, wait_until_none

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, carried out in one go by one process."""
    folder = tmp_path_factory.mktemp("whole") / "out"
    carried_out(plan(), folder)
    return folder


def runner(folder: Path, *means: str) -> subprocess.Popen[str]:
    return start(["-m", "tests.study.program", str(folder), *means], ROOT)


def wait_for_runs(process: subprocess.Popen[str], more: int) -> bool:
    """Wait until a runner has finished so many runs more than at its begin; False where it ends before."""
    assert process.stdout is not None
    first = None
    for line in process.stdout:
        first = int(line) if first is None else first
        if int(line) - first >= more:
            return True
    return False


def kill_and_resume(folder: Path, means: str, kills: int, seed: int) -> list[int]:
    """Kill a runner again and again, each time in the midst of its work; return how far each had come."""
    moments = random.Random(seed)
    kept: list[int] = []
    for _ in range(kills):
        process = runner(folder, means)
        try:
            if wait_for_runs(process, moments.randrange(1, 2 * 180 // kills)):
                time.sleep(moments.uniform(0.0, 0.3))
            process.kill()
            process.wait(20)
            assert wait_until_none(process.pid, 20) == set()
        finally:
            end_session(process)
        found = read_runs(folder)
        assert not found.runs.duplicated(["key", "arm", "world"]).any()
        kept.append(len(found.runs))
    return kept


def test_a_runner_that_is_killed_alone_leaves_no_process_and_goes_on(tmp_path: Path, whole: Path) -> None:
    kept = kill_and_resume(tmp_path, "pool", kills=1, seed=3)
    assert len(read_runs(whole).runs) == plan().runs >= kept[0]
    carried_out(plan(), tmp_path)
    assert_same_rows(tmp_path, whole)


@pytest.mark.slow
@pytest.mark.parametrize("means", ["serial", "pool"])
def test_a_runner_that_is_killed_ten_times_gives_the_rows_of_one_go(
    tmp_path: Path, whole: Path, means: str
) -> None:
    kept = kill_and_resume(tmp_path, means, kills=10, seed=5)
    assert kept == sorted(kept)
    process = runner(tmp_path, means)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, "")
    assert_same_rows(tmp_path, whole)


QUICK = ROOT / "experiments" / "quick.yaml"
MAIN = "import sys; from stcsim.cli import main, progress; progress.LINE_SECONDS = 0.0; sys.exit(main())"


def quick(folder: Path, jobs: int) -> subprocess.Popen[str]:
    return start(["-c", MAIN, "study", "run", str(QUICK), "--out", str(folder), "--jobs", str(jobs)], ROOT)


@pytest.mark.slow
def test_the_quick_study_that_is_killed_ten_times_gives_the_rows_of_one_go(tmp_path: Path) -> None:
    _, said = (process := quick(tmp_path / "whole", 1)).communicate(timeout=600)
    assert process.returncode == 0, said
    shards = read_runs(tmp_path / "whole").names
    assert len(shards) >= 15
    moments = random.Random(11)
    for _ in range(10):
        process = quick(tmp_path / "killed", 2)
        try:
            assert process.stderr is not None
            for _ in range(moments.randrange(1, 4)):
                assert "of 2016 runs" in process.stderr.readline()
            time.sleep(moments.uniform(0.0, 1.0))
            process.kill()
            process.wait(20)
            assert wait_until_none(process.pid, 20) == set()
        finally:
            end_session(process)
    _, said = (process := quick(tmp_path / "killed", 2)).communicate(timeout=600)
    assert process.returncode == 0, said
    assert_same_rows(tmp_path / "killed", tmp_path / "whole")
    ends = [e["end"] for e in read_runs(tmp_path / "killed").manifest["executions"]]
    assert ends == ["under way"] * 10 + ["complete"]


# ------------------------------------------------------------------ Dask


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A scheduler of its own on the loopback, without workers."""
    pytest.importorskip("distributed")
    process = start(
        ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], ROOT
    )
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "Scheduler at:" in line)
        yield line.split()[-1]
    finally:
        end_session(process)


def dask_worker(address: str, folder: Path, *, wait: bool = True) -> subprocess.Popen[str]:
    words = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    process = start(["-m", "distributed.cli.dask_worker", address, *words], ROOT)
    assert process.stderr is not None
    assert not wait or any("Registered to" in line for line in process.stderr)
    return process


def kill_workers(folder: Path, scratch: Path, address: str, kills: int, seed: int) -> str:
    """Carry the study out on two workers, one of which is killed again and again, and replaced."""
    moments = random.Random(seed)
    workers = [dask_worker(address, scratch) for _ in range(2)]
    study = runner(folder, "dask", address)
    try:
        for _ in range(kills):
            assert wait_for_runs(study, moments.randrange(1, 2 * 60 // kills))
            time.sleep(moments.uniform(0.0, 0.1))
            os.kill(workers[0].pid, signal.SIGKILL)
            end_session(workers.pop(0))
            # until it is there the other one works, or nobody does
            workers.append(dask_worker(address, scratch, wait=False))
        _, said = study.communicate(timeout=120)
        assert study.returncode == 0, said
        return said
    finally:
        for process in (study, *workers):
            end_session(process)


@pytest.mark.slow
def test_a_worker_of_a_cluster_that_is_killed_costs_nothing(
    tmp_path: Path, whole: Path, scheduler: str
) -> None:
    kill_workers(tmp_path / "out", tmp_path, scheduler, kills=1, seed=7)
    assert_same_rows(tmp_path / "out", whole)
    assert "Dask at" in read_runs(tmp_path / "out").manifest["executions"][0]["how"]


@pytest.mark.slow
def test_ten_workers_of_a_cluster_that_are_killed_cost_nothing(
    tmp_path: Path, whole: Path, scheduler: str
) -> None:
    kill_workers(tmp_path / "out", tmp_path, scheduler, kills=10, seed=9)
    carried_out(plan(), tmp_path / "out", Means(work=made_up))
    assert_same_rows(tmp_path / "out", whole)


@pytest.mark.slow
def test_a_scheduler_that_is_killed_ends_the_study_and_it_goes_on_without(
    tmp_path: Path, whole: Path
) -> None:
    pytest.importorskip("distributed")
    process = start(
        ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"], ROOT
    )
    workers: list[subprocess.Popen[str]] = []
    study = None
    try:
        assert process.stderr is not None
        address = next(line for line in process.stderr if "Scheduler at:" in line).split()[-1]
        workers.append(dask_worker(address, tmp_path))
        study = runner(tmp_path / "out", "dask", address)
        assert wait_for_runs(study, 20)
        process.kill()
        study.communicate(timeout=120)
        assert study.returncode != 0
        assert wait_until_none(study.pid, 10) == set()
    finally:
        for one in (process, *workers, *([study] if study else [])):
            end_session(one)
    assert 20 <= len(read_runs(tmp_path / "out").runs) < plan().runs
    carried_out(plan(), tmp_path / "out")
    assert_same_rows(tmp_path / "out", whole)


# ------------------------------------------------------------------ told to end


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), pytest.param(signal.SIGINT, 130, marks=pytest.mark.slow)],
)
def test_a_study_that_is_told_to_end_keeps_what_is_finished_and_goes_on(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    from tests.study.test_plan import study_file

    file = study_file(tmp_path, replications=4000)
    jobs = "1" if number == signal.SIGTERM else "2"
    words = ["-c", MAIN, "study", "run", str(file), "--out", "out", "--jobs", jobs]
    process = start(words, tmp_path)
    try:
        wait_for_some_runs(process)
        os.kill(process.pid, number)
        _, said = process.communicate(timeout=30)
        assert process.returncode == status
        assert wait_until_none(process.pid, 10) == set()
    finally:
        end_session(process)
    found = read_runs(tmp_path / "out")
    assert f"{len(found.runs):,} of 12,000 runs are kept in 'out', and the same command goes on" in said
    assert found.manifest["executions"][0]["end"] == "stopped"
    assert len(found.runs) >= 3
