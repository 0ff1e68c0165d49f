"""What the pages of one server share: the folder of results, a folder of its own, and its jobs.

Nothing else is shared between sessions; whoever wants to know of the server asks `this_server`.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from stcsim.dashboard.board import Board


@dataclass(frozen=True)
class Running:
    """A server that runs.

    Parameters
    ----------
    results : folder of results that pages may open, None where none was given
    folder : of this server alone; goes with it
    """

    results: Path | None
    folder: Path

    @cached_property
    def board(self) -> Board:
        """The jobs of all sessions."""
        return Board(self.folder / "jobs")

    def close(self) -> None:
        """End what runs and remove what was kept."""
        self.board.close()
        shutil.rmtree(self.folder, ignore_errors=True)


_PREFIX = "stcsim-dashboard-"
_lock = threading.Lock()
_running: Running | None = None


def open_server(results: Path | None) -> Running:
    """Make the server of this process known to its pages, with a new folder of its own."""
    global _running
    with _lock:
        _remove_orphans(Path(tempfile.gettempdir()))
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-")).resolve()
        _running = Running(results, folder)
        # Called after what packages that are imported later do at the end, some of it in this folder.
        atexit.register(_running.close)
        return _running


def this_server() -> Running:
    """Return the server of this process; one without results where none was opened, as in a notebook."""
    return _running or open_server(None)


def _remove_orphans(home: Path) -> None:
    """Remove folders of our servers that were killed, and so could not do it themselves."""
    if not hasattr(os, "geteuid"):
        return
    for folder in home.glob(f"{_PREFIX}*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        with contextlib.suppress(OSError, ValueError):
            ours = not folder.is_symlink() and folder.stat().st_uid == os.geteuid()
            if ours and not _alive(int(number)):
                shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
