"""The board: what is kept is not run again, nobody waits for ever, nobody stops what another wants."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stcsim.dashboard import board as module
from stcsim.dashboard import command
from stcsim.dashboard.board import Board
from stcsim.dashboard.command import Order
from stcsim.dashboard.status import State, Status

WORKER = Path(__file__).with_name("worker.py")


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    made = Board(tmp_path, (sys.executable, str(WORKER)))
    yield made
    made.close()


def order(what: str, seed: int = 1) -> Order:
    return Order(("compare", "--seed", str(seed)), what, "", "digest")


def wait(board: Board, wanted: Order, when: Callable[[Status], bool]) -> Status:
    end = time.monotonic() + 30
    while not when(status := board.status(wanted)):
        assert time.monotonic() < end, status
        time.sleep(0.02)
    return status


def over(status: Status) -> bool:
    return not status.active


def in_state(state: State) -> Callable[[Status], bool]:
    return lambda status: status.state is state


def test_what_was_asked_is_run_once_and_kept(board: Board) -> None:
    wanted = order("short")
    assert board.status(wanted).state is State.IDLE
    assert board.request(wanted, "a").active
    done = wait(board, wanted, over)
    assert done.state is State.DONE
    assert done.progress == 1.0
    assert done.notes == ("a note beside",)
    assert done.folder is not None
    words = (done.folder / "words").read_text().split("\n")
    assert words[:6] == ["compare", "short", "--seed", "1", "--out", "result"]
    made = (done.folder / "words").stat().st_mtime_ns
    assert board.request(wanted, "b") == done
    assert (done.folder / "words").stat().st_mtime_ns == made


def test_own_text_lies_beside_the_job(board: Board, tmp_path: Path) -> None:
    wanted = Order(("compare",), "own.yaml", "format: 1\n", "digest")
    board.request(wanted, "a")
    wait(board, wanted, over)
    assert (tmp_path / wanted.key / "own.yaml").read_text() == "format: 1\n"


def test_progress_is_what_the_command_says(board: Board) -> None:
    wanted = order("long")
    board.request(wanted, "a")
    status = wait(board, wanted, lambda s: s.progress is not None)
    assert status.progress == 0.25
    assert status.text == "3 of 12 runs, about 5 s left"
    board.leave(wanted, "a")
    stopped = wait(board, wanted, over)
    assert stopped.state is State.STOPPED
    assert stopped.text == "stopped after 3 runs"
    assert stopped.folder is not None
    assert board.request(wanted, "a").active


def test_what_two_wait_for_one_does_not_stop(board: Board) -> None:
    wanted = order("long")
    board.request(wanted, "a")
    board.request(wanted, "b")
    board.leave(wanted, "a")
    time.sleep(3 * module.TICK_SECONDS)
    assert board.status(wanted).state is State.RUNNING
    board.leave(wanted, "b")
    assert wait(board, wanted, over).state is State.STOPPED


def test_problems_are_told_without_paths(board: Board) -> None:
    wanted = order("wrong")
    board.request(wanted, "a")
    status = wait(board, wanted, over)
    assert status.state is State.FAILED
    assert status.problems[-1] == "own.yaml:3:1  countries: this is wrong. See file.yaml."
    assert not any("/" in problem for problem in status.problems)


def test_failure_is_one_sentence_and_no_trace(board: Board) -> None:
    wanted = order("fails")
    board.request(wanted, "a")
    status = wait(board, wanted, over)
    assert status == Status(State.FAILED, None, "too few runs came to their end", None)


def test_job_that_does_not_listen_is_ended(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE_SECONDS", 0.3)
    wanted = order("deaf")
    board.request(wanted, "a")
    wait(board, wanted, lambda s: s.progress is not None)
    time.sleep(0.2)
    board.leave(wanted, "a")
    assert wait(board, wanted, over).state is State.STOPPED


def test_each_session_runs_one_and_so_many_run_in_all(board: Board) -> None:
    first, second = order("long", 1), order("long", 2)
    board.request(first, "a")
    board.request(second, "a")
    assert wait(board, second, in_state(State.QUEUED)).text.endswith("your other run has to end first")
    others = [order("long", 10 + n) for n in range(module.slots())]
    for n, other in enumerate(others):
        board.request(other, f"other {n}")
    states = [board.status(other).state for other in others]
    assert states.count(State.RUNNING) == module.slots() - 1
    assert states[-1] is State.QUEUED
    board.leave(first, "a")
    wait(board, second, in_state(State.RUNNING))
    # A place in the queue that is given back is never run.
    board.leave(others[-1], f"other {len(others) - 1}")
    assert board.status(others[-1]).state is State.STOPPED


def test_queue_is_bounded_and_says_so(board: Board) -> None:
    for number in range(module.slots() + module.WAITING_JOBS):
        assert board.request(order("long", number), f"s{number}").active
    refused = board.request(order("long", 999), "late")
    assert refused.state is State.FAILED
    assert "try again" in refused.text
    assert board.status(order("long", 999)).state is State.IDLE


def test_session_that_has_gone_gives_up_its_jobs(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ABSENT_SECONDS", 0.3)
    wanted = order("long")
    board.enter("a")
    board.enter("a")
    board.request(wanted, "a")
    board.exit("a")
    time.sleep(0.6)
    assert board.status(wanted).active
    # Loading the page again closes one tab and opens another.
    board.exit("a")
    board.enter("a")
    time.sleep(0.6)
    assert board.status(wanted).active
    board.exit("a")
    assert wait(board, wanted, over).state is State.STOPPED


def test_results_nobody_asks_for_make_room(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_RESULTS", 1)
    for seed in (1, 2, 3):
        board.request(order("short", seed), "a")
        wait(board, order("short", seed), over)
    states = [board.status(order("short", seed)).state for seed in (1, 2, 3)]
    assert states == [State.IDLE, State.DONE, State.DONE]
    assert not (tmp_path / order("short", 1).key).exists()


def test_closed_board_leaves_no_process_and_takes_no_job(board: Board) -> None:
    wanted = order("deaf")
    board.request(wanted, "a")
    wait(board, wanted, lambda s: s.progress is not None)
    board.close()
    assert board.request(order("short"), "a").state is State.FAILED
