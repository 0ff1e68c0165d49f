"""One variant in a process of its own: builds its work once, then does a block whenever it is told to.

Started as ``python -m benchmarks.worker`` by `interleaved`, also by interpreters that have no stcsim: imports
nothing beyond the standard library itself. Each line that comes in is a command, each that goes out an
answer.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Block = Callable[[], dict[str, float]]
"""A block of work; returns the totals by which twins are compared."""


def resident() -> tuple[float, float]:
    """Return the resident memory of this process and the most it ever had, MB; NaN where it is not told."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan"), float("nan")
    said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
    now, most = (float(said[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def serve(target: str, arguments: dict[str, Any]) -> None:
    """Build the block that `target` names and answer commands until there are none.

    Parameters
    ----------
    target : ``module:function``; the function takes `arguments` and returns a `Block`
    """
    module, _, name = target.partition(":")
    build = getattr(importlib.import_module(module), name)
    imported, _ = resident()
    started = time.perf_counter()
    block: Block = build(**arguments)
    _say({"built": time.perf_counter() - started, "imported_mb": imported, "built_mb": resident()[0]})
    for _ in sys.stdin:
        started, used = time.perf_counter(), time.process_time()
        totals = block()
        used, wall = time.process_time() - used, time.perf_counter() - started
        now, most = resident()
        _say({"processor": used, "wall": wall, "totals": totals, "resident_mb": now, "peak_mb": most})


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write("@" + json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(sys.argv[1], json.loads(sys.argv[2]))
