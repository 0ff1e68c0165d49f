"""A command of ours in a process of its own: what it is to run, and what becomes of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stcsim.dashboard.status import State, Status, ended, lines_of, under_way
from stcsim.study.processes import usable_processors

PATIENCE_SECONDS = 8.0
"""So long may a command take to keep what is finished, after it was told to stop."""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Order:
    """What is to be run.

    Parameters
    ----------
    words : command and options, without scenario, ``--out`` and ``--jobs``
    scenario : by which the command finds it: a name of the library, or that of the file
    text : of the file; empty where the library has it
    digest : of the scenario's text
    """

    words: tuple[str, ...]
    scenario: str
    text: str
    digest: str

    @property
    def key(self) -> str:
        """A name for what comes of it."""
        said = json.dumps([self.words, self.scenario, self.digest])
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def processes_each() -> int:
    """Return how many processes a command may have."""
    return max(1, usable_processors() // 2)


class Command:
    """One order that is run.

    Parameters
    ----------
    order : what is to be run
    folder : where it runs; what it writes is in the folder ``result`` there
    """

    def __init__(self, order: Order, folder: Path) -> None:
        self.order = order
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._told_to_stop = 0.0

    @property
    def running(self) -> bool:
        """Whether it was started and its end is not known yet."""
        return self._process is not None

    def start(self, starter: tuple[str, ...]) -> Status:
        """Start it.

        Parameters
        ----------
        starter : what runs the words of an order, given the number of its parent first
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.order.text:
            (self.folder / self.order.scenario).write_text(self.order.text, encoding="utf-8")
        first, *options = self.order.words
        words = [first, self.order.scenario, *options, "--out", "result"]
        if first == "compare":
            words += ["--jobs", str(processes_each())]
        known = os.environ.get("PYTHONPATH", "")
        surroundings = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(_ROOT), *([known] if known else [])]),
            "COLUMNS": "200",
        }
        with (self.folder / "said").open("wb") as said, (self.folder / "printed").open("wb") as printed:
            self._process = subprocess.Popen(
                [*starter, str(os.getpid()), *words],
                cwd=self.folder,
                env=surroundings,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=said,
                start_new_session=True,
            )
        return Status(State.RUNNING, text="starting")

    def follow(self) -> Status:
        """Return how far it is; one that does not listen is ended."""
        assert self._process is not None
        status = self._process.poll()
        lines = lines_of(self.folder / "said")
        if status is None:
            if self._told_to_stop and time.monotonic() - self._told_to_stop > PATIENCE_SECONDS:
                _signal(self._process, signal.SIGKILL)
            return under_way(lines, bool(self._told_to_stop))
        # What a worker has left behind ends with its command.
        _signal(self._process, signal.SIGKILL)
        self._process = None
        written = self.folder / "result"
        return ended(status, lines, written if written.is_dir() else None, bool(self._told_to_stop))

    def stop(self) -> None:
        """Tell it to stop, once; it keeps what is finished."""
        if self._process is not None and not self._told_to_stop:
            self._told_to_stop = time.monotonic()
            _signal(self._process, signal.SIGTERM, group=False)


def end_all(commands: Iterable[Command], seconds: float) -> None:
    """End commands with all that they have started.

    Parameters
    ----------
    seconds : so long may they take together to do it themselves
    """
    running = [(c, c._process) for c in commands if c._process is not None]
    for _, process in running:
        _signal(process, signal.SIGTERM)
    limit = time.monotonic() + seconds
    for command, process in running:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.05, limit - time.monotonic()))
        _signal(process, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2.0)
        command._process = None


def _signal(process: subprocess.Popen[bytes], number: signal.Signals, *, group: bool = True) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
