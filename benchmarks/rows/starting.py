"""How long commands take to start, as multiples of an interpreter that does nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.interleaved import ROOT
from benchmarks.outcome import Found, milliseconds
from benchmarks.settings import Settings

MAIN = "import sys; from stcsim.cli import main; main()"
"""What the script ``stcsim`` does."""


def run(settings: Settings, found: Found) -> None:
    """Measure time on the wall of whole commands, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "my_region.yaml"
        _wall(["-c", MAIN, "new", str(small)], folder)
        commands = {
            "pass": ["-c", "pass"],
            "stcsim --help": ["-c", MAIN, "--help"],
            "stcsim check on a small file": ["-c", MAIN, "check", str(small)],
        }
        # the first start of each writes its byte code
        for arguments in commands.values():
            _wall(arguments, folder)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(max(settings.rounds, settings.size(11, 2))):
            for name, arguments in commands.items():
                times[name].append(_wall(arguments, folder))
    bare = times.pop("pass")
    for (name, spent), goal in zip(times.items(), (10, 30), strict=True):
        said = f"{milliseconds(spent)} and {milliseconds(bare)}, on the wall"
        ratio = statistics.median(spent) / statistics.median(bare)
        found.most(name, "python -c pass, byte code present", ratio, goal, "times", said)


def _wall(arguments: list[str], folder: str) -> float:
    left_out = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    environment = {k: v for k, v in os.environ.items() if k not in left_out} | {"PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started
