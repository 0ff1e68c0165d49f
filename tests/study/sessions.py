"""Real processes: each program leads a session of its own, so that whatever it starts is found again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(words: list[str], folder: Path) -> subprocess.Popen[str]:
    """Start a Python program in a session of its own; both of its streams are pipes."""
    return subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        # whoever runs the tests in the background has its children ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def wait_for_some_runs(process: subprocess.Popen[str]) -> None:
    """Wait until a program tells on stderr how long it will take: once some runs are finished."""
    assert process.stderr is not None
    said = ""
    while " left" not in said:
        said = process.stderr.readline()
        assert "runs" in said


def session_of(pid: int) -> set[int]:
    """Return the living processes of the session that a process leads."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if int(after_name[3]) == pid and after_name[0] != "Z":
            found.add(int(entry.name))
    return found


def wait_until_none(pid: int, seconds: float) -> set[int]:
    """Return which processes of the session are left when all should have ended."""
    end = time.monotonic() + seconds
    while (left := session_of(pid)) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def end_session(process: subprocess.Popen[str]) -> None:
    """End everything that a process has started, and itself."""
    for pid in session_of(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.communicate()
