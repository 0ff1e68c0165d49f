"""Servers of the dashboard as real processes, and what descends from them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180.0
COMMAND = ("-m", "stcsim", "dashboard", "--port", "0")
TRIAL = ("-m", "tests.browser.trial_server")
"""The same server, with pages that are made to be tried."""


@dataclass(eq=False)
class Served:
    """A server that answers.

    Parameters
    ----------
    process : of the operating system
    url : without a slash at the end
    log : file of what it writes to stderr
    home : folder in which it makes its temporary folder
    """

    process: subprocess.Popen[str]
    url: str
    log: Path
    home: Path

    def said(self) -> str:
        """Return what it has written to its log."""
        return self.log.read_text(encoding="utf-8")

    def wait_for_log(self, part: str, seconds: float = 60.0) -> None:
        """Wait until it has written something to its log, which may come after what it shows."""
        end = time.monotonic() + seconds
        while part not in self.said():
            assert time.monotonic() < end, f"not in the log: {part!r}\n{self.said()}"
            time.sleep(0.05)

    def called(self) -> str:
        """Return whom it has called, other than this machine."""
        file = self.log.with_name("called")
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def end(self) -> None:
        """End it, and all that it has started."""
        left = descendants(self.process.pid)
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        for pid in left:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        if self.process.stdout:
            self.process.stdout.close()


def start(folder: Path, words: Sequence[str] = COMMAND, *more: str) -> Served:
    """Start a server and wait until it answers."""
    home = folder / "tmp"
    home.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    surroundings = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests/browser/outbound"), str(ROOT)]),
        "STCSIM_CALLED": str(folder / "called"),
        "TMPDIR": str(home),
        "HOME": str(folder),
        # What it knows of the fonts of this machine need not be found out again.
        "MPLCONFIGDIR": matplotlib.get_cachedir(),
    }
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, *words, *more],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=folder,
            env=surroundings,
        )
    line = _first_line(process)
    if "http://" not in line:
        process.kill()
        process.communicate()
        raise AssertionError(f"the server has not started: {line!r} {log.read_text()}")
    url = line[line.index("http://") :].split()[0].rstrip("/")
    return Served(process, url, log, home)


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if select.select([process.stdout], [], [], 0.2)[0]:
            return process.stdout.readline()
    return process.stdout.readline() if process.poll() is not None else ""


def descendants(pid: int) -> set[int]:
    """Return all living processes that descend from one, whatever session or group they are in."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after_name[0] != "Z":
            parents[int(entry.name)] = int(after_name[1])
    found: set[int] = set()
    fresh = {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def left_of(pids: set[int], seconds: float) -> set[int]:
    """Return which processes are left when all should have ended."""
    end = time.monotonic() + seconds
    while (left := {pid for pid in pids if alive(pid)}) and time.monotonic() < end:
        time.sleep(0.05)
    return left
