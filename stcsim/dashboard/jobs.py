"""A page's view of a job: a command of ours that runs in a process of its own, followed while it runs."""

from __future__ import annotations

import shlex
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import solara

from stcsim.dashboard.command import Order
from stcsim.dashboard.running import this_server
from stcsim.dashboard.session import session_key
from stcsim.dashboard.sources import ScenarioSource
from stcsim.dashboard.status import Status

LOOK_SECONDS = 0.25
"""How often a page that waits for a job looks how far it is."""


@dataclass(frozen=True)
class JobView:
    """A job as a page sees it.

    Parameters
    ----------
    state : idle, queued, running, done, stopped or failed
    progress : share of its runs that are finished, None where that is not known
    text : one line: progress, place in the queue, or how it ended
    folder : what it has written; also of a job that was stopped and has kept what was finished
    problems : what is wrong with what was asked for, one line each
    notes : what the command said beside
    command : the line that repeats it, beside the scenario's file where the library has it not
    start : ask for it
    cancel : take the wish back; what is finished is kept
    """

    state: str
    progress: float | None
    text: str
    folder: Path | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    command: str
    start: Callable[[], None]
    cancel: Callable[[], None]

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("queued", "running")


def command_of(argv: tuple[str, ...], scenario: ScenarioSource) -> str:
    """Return the line that repeats a job."""
    return shlex.join(["stcsim", argv[0], scenario.argv, *argv[1:]])


def order_of(argv: tuple[str, ...], scenario: ScenarioSource) -> Order:
    """Return what the board is asked for."""
    return Order(argv, scenario.argv, "" if scenario.in_library else scenario.text, scenario.digest)


def use_job(argv: tuple[str, ...] | None, scenario: ScenarioSource | None, *, auto: bool = False) -> JobView:
    """Follow the job that runs a command on a scenario.

    Parameters
    ----------
    argv : command and options, without scenario, ``--out`` and ``--jobs``, which are added; None for no job
    scenario : what it is run on
    auto : ask for it at once, where it has not been run
    """
    order = order_of(argv, scenario) if argv is not None and scenario is not None else None
    key = order.key if order is not None else ""
    asked, ask_again = solara.use_state(0)
    # What a request answered that the board does not keep, as when the queue is full.
    refused, set_refused = solara.use_state(("", Status()))
    _, set_seen = solara.use_state(Status())
    board = this_server().board
    session = session_key()

    def request() -> None:
        assert order is not None
        given = board.request(order, session)
        if board.status(order) != given:
            set_refused((key, given))

    def follow() -> Callable[[], None] | None:
        if order is None:
            return None
        if auto and not asked and board.status(order).state == "idle":
            request()
        over = threading.Event()

        def look() -> None:
            seen = Status()
            while True:
                now = board.status(order)
                if now != seen:
                    seen = now
                    set_seen(now)
                if not now.active or over.wait(LOOK_SECONDS):
                    return

        threading.Thread(target=look, name="job view", daemon=True).start()
        return over.set

    solara.use_effect(follow, [key, auto, asked])

    def start() -> None:
        if order is not None:
            set_refused(("", Status()))
            request()
            ask_again(asked + 1)

    def cancel() -> None:
        if order is not None:
            board.leave(order, session)
            ask_again(asked + 1)

    status = board.status(order) if order is not None else Status()
    if status.state == "idle" and refused[0] == key:
        status = refused[1]
    return JobView(
        status.state.value,
        status.progress,
        status.text,
        status.folder,
        status.problems,
        status.notes,
        command_of(argv, scenario) if argv is not None and scenario is not None else "",
        start,
        cancel,
    )
