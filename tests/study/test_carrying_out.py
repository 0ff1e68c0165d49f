"""Any executor; what is said on the way; and the folder when the executor can do nothing any more."""

from __future__ import annotations

import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from stcsim.cli import progress
from stcsim.study.block import Block
from stcsim.study.carrying_out import Means
from stcsim.study.specs import RunResult
from stcsim.study.store.reading import read_runs
from tests.study.plans import assert_same_rows, carried_out, made_up, plan_of

PLAN = plan_of("channel", replications=12, worlds=1, stack=2)


def test_any_executor_does_the_work_and_is_given_little_at_a_time(tmp_path: Path) -> None:
    waiting, most = 0, 0
    lock = threading.Lock()

    class Counting(ThreadPoolExecutor):
        def submit(self, *words: Any, **named: Any) -> Future[Any]:
            nonlocal waiting, most
            with lock:
                waiting += 1
                most = max(most, waiting)
            future = super().submit(*words, **named)
            future.add_done_callback(leave)
            return future

    def leave(_: Future[Any]) -> None:
        nonlocal waiting
        with lock:
            waiting -= 1

    with Counting(2) as executor:
        assert carried_out(PLAN, tmp_path / "threads", Means(2, executor, "threads", made_up)) == []
    assert most <= 4
    carried_out(PLAN, tmp_path / "alone")
    assert_same_rows(tmp_path / "threads", tmp_path / "alone")
    assert read_runs(tmp_path / "threads").manifest["executions"][0]["how"] == "threads"


def test_an_executor_that_breaks_stops_the_study_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    class Fragile(Executor):
        given = 0

        def submit(self, work: Any, /, *words: Any, **named: Any) -> Future[Any]:
            self.given += 1
            future: Future[Any] = Future()
            if self.given > 5:
                future.set_exception(BrokenExecutor("its processes are gone"))
            else:
                future.set_result(work(*words, **named))
            return future

    with pytest.raises(BrokenExecutor):
        carried_out(PLAN, tmp_path, Means(2, Fragile(), "fragile", made_up))
    assert len(read_runs(tmp_path).runs) == 10
    carried_out(PLAN, tmp_path)
    assert len(read_runs(tmp_path).runs) == PLAN.runs


def test_progress_says_what_is_left_and_what_has_failed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.0)
    moments = iter([0.0, 10.0, 10.0, 20.0, 20.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    with progress.shown() as tell:
        # half a second a run; those of an earlier execution say nothing of the pace
        tell(520, 1000, 500)
        tell(535, 1000, 500, 5)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "520 of 1000 runs, about 4 min left"
    assert second == "535 of 1000 runs, about 4 min left, 5 failed"


@pytest.mark.slow
def test_a_block_that_fails_in_our_own_processes_is_a_failure(tmp_path: Path) -> None:
    said = carried_out(PLAN, tmp_path, Means(2, work=refused))
    assert len(said) == 0
    found = read_runs(tmp_path)
    assert len(found.runs) == 24
    assert set(found.failures["error"]) == {"RuntimeError: ValueError: not this one"}


def refused(block: Block) -> list[RunResult]:
    """Refuse the sampled world as a whole, as where a result cannot be sent."""
    if block.units[0].world:
        raise ValueError("not this one")
    return made_up(block)
