from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from stcsim.scenario.arms import ResolvedArm
from stcsim.study.comparing import Study, run_study
from stcsim.study.design import Design
from stcsim.study.interrupts import held
from stcsim.study.processes import Answer, worker_processes
from stcsim.study.tables import RunTables
from tests.study.sessions import session_of, wait_for_some_runs, wait_until_none
from tests.study.studies import study_design, write_study
from tests.study.trouble import Deadly

ROOT = Path(__file__).resolve().parents[2]


def assert_same(one: RunTables, other: RunTables) -> None:
    for field in fields(RunTables):
        pd.testing.assert_frame_equal(getattr(one, field.name), getattr(other, field.name), check_exact=True)


@pytest.fixture(scope="module")
def serial() -> Study:
    return run_study(study_design(replications=4, worlds=1), equal_cost=True, jobs=1)


def test_processes_give_the_rows_of_one_process_in_the_same_order(serial: Study) -> None:
    told: list[tuple[int, int]] = []
    parallel = run_study(
        study_design(replications=4, worlds=1),
        equal_cost=True,
        jobs=2,
        progress=lambda done, total: told.append((done, total)),
    )
    assert_same(parallel.tables, serial.tables)
    assert parallel.rivals == serial.rivals
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1] == len(serial.tables.runs)


def test_any_executor_gives_them(serial: Study) -> None:
    with ThreadPoolExecutor(1) as executor:
        threads = run_study(study_design(replications=4, worlds=1), equal_cost=True, executor=executor)
    assert_same(threads.tables, serial.tables)


def test_rows_stand_by_world_replication_and_arm(serial: Study) -> None:
    runs = serial.tables.runs
    names = [arm.name for arm in serial.arms]
    assert names == ["baseline", "channel", "channel~staff", "late_group", "late_group~staff"]
    units = [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1)]
    expected = [(arm, *unit) for unit in units for arm in names]
    assert list(runs[["arm", "world", "replication"]].itertuples(index=False, name=None)) == expected
    assert runs.groupby(["world", "replication"])["seed"].nunique().eq(1).all()
    assert runs["key"].is_unique
    months = serial.tables.series.groupby(["arm", "world", "replication", "name"])["month"]
    assert (months.max() + 1 == months.size()).all()


def test_a_worker_that_dies_takes_only_its_own_runs_along() -> None:
    said: list[str] = []
    plain = study_design("channel", replications=3)
    deadly = ResolvedArm("deadly", "Deadly", (Deadly(spared=os.getpid()),))
    alone = run_study(plain, jobs=1)
    found = run_study(Design(plain.scenario, (*plain.arms, deadly), replications=3), jobs=2, warn=said.append)
    # A block that no worker survives is given up whole; everything is in such a block here.
    assert said[0] == "a worker process died; what was under way is run again"
    assert said[-1].endswith("runs (out of memory?); these are given up")
    assert found.tables.failures["error"].str.contains("worker process died").all()
    assert len(found.tables.failures) + len(found.tables.runs) == 9
    assert len(alone.tables.runs) == 6
    assert found.notes


def test_workers_take_nothing_from_a_terminal_and_use_one_thread() -> None:
    before = dict(os.environ)
    assert list(asked(signal.getsignal, [signal.SIGINT])) == [signal.SIG_IGN]
    assert list(asked(os.getenv, ["OPENBLAS_NUM_THREADS"])) == [os.environ.get("OPENBLAS_NUM_THREADS", "1")]
    assert dict(os.environ) == before


def asked(work: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[Any]:
    """Yield what one worker makes of tasks, one after the other."""
    with worker_processes(1, work) as workers:
        for number, task in enumerate(tasks):
            while not workers.idle:
                assert not list(workers.answers(0.1))
            workers.give(number, task)
            while not (answers := list(workers.answers(0.1))):
                continue
            (answer,) = answers
            assert answer.task == number
            yield answer.result if answer.done else answer.error or None


def test_an_error_of_a_task_is_an_answer_and_the_worker_goes_on() -> None:
    errors = list(asked(os.stat, ["/nothing/here", "/"]))
    assert errors[0].startswith("FileNotFoundError")
    assert errors[1].st_ino == Path("/").stat().st_ino


def half_an_answer(share: float) -> bytes:
    """Return what no pipe holds at once; the process ends while it is being written."""
    threading.Timer(share, os._exit, (9,)).start()
    return bytes(64_000_000)


def test_a_worker_that_dies_in_the_middle_of_its_answer_is_seen() -> None:
    with worker_processes(1, half_an_answer) as workers:
        while not workers.idle:
            assert not list(workers.answers(0.1))
        workers.give(7, 0.3)
        # Nobody reads before it is dead, and its pipe holds far less than its answer.
        (process,) = multiprocessing.active_children()
        process.join()
        answers: list[Answer] = []
        while not answers:
            answers = list(workers.answers(0.1))
    assert answers == [Answer(7)]


def test_interrupts_wait_for_a_place_where_work_may_stop(request: pytest.FixtureRequest) -> None:
    reached = []
    # whoever runs the tests in the background has them ignore it
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))

    def stopped_where_asked() -> None:
        with held() as interrupts:
            signal.raise_signal(signal.SIGINT)
            reached.append("after the signal")
            interrupts.raise_if_any()
            reached.append("never")

    def stopped_at_the_end() -> None:
        with held():
            signal.raise_signal(signal.SIGINT)
            reached.append("up to the end")

    with pytest.raises(KeyboardInterrupt):
        stopped_where_asked()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        stopped_at_the_end()
    assert reached == ["after the signal", "up to the end"]


# ------------------------------------------------------------------ real processes

PROGRAM = """
import sys
import stcsim.cli.progress as progress
from stcsim.cli import main
progress.LINE_SECONDS = 0.0
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a long comparison on two workers in a session of its own; it tells its progress on stderr."""
    program = folder / "program.py"
    program.write_text(textwrap.dedent(PROGRAM), encoding="utf-8")
    scenario = write_study(folder)
    words = ["compare", str(scenario), "--replications", "4000", "--jobs", "2", *arguments]
    return subprocess.Popen(
        [sys.executable, str(program), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        # whoever runs the tests in the background has its children ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@needs_proc
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path)
    try:
        wait_for_some_runs(process)
        assert len(session_of(process.pid)) >= 3
        process.kill()
        process.wait(10)
        assert wait_until_none(process.pid, 10) == set()
    finally:
        process.kill()
        process.communicate()


@needs_proc
@pytest.mark.parametrize(
    ("number", "whole_group", "status"),
    [
        (signal.SIGINT, True, 130),
        (signal.SIGTERM, False, 143),
        pytest.param(signal.SIGTERM, True, 143, marks=pytest.mark.slow),
        pytest.param(signal.SIGHUP, True, 129, marks=pytest.mark.slow),
    ],
)
def test_an_interrupt_leaves_what_is_finished_readable(
    tmp_path: Path, number: signal.Signals, whole_group: bool, status: int
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    process = start(tmp_path, "--out", str(out))
    try:
        wait_for_some_runs(process)
        if whole_group:
            # As a terminal does: every process of the group hears it.
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode == status
        assert "Traceback" not in said
        assert "resource_tracker" not in said
        assert f"what was finished is in {out}" in said
        assert wait_until_none(process.pid, 10) == set()
    finally:
        process.kill()
    runs = pd.read_parquet(out / "runs.parquet")
    assert 0 < len(runs) < 12_000
    assert set(runs["arm"]) == {"baseline", "channel", "late_group"}
    assert (out / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert '"complete": false' in (out / "comparison.json").read_text(encoding="utf-8")
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not list(out.glob(".*"))
