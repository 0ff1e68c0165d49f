"""Which machine and which versions a measurement belongs to."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

from benchmarks.interleaved import ROOT

PACKAGES = ("stcsim", "mesa", "numpy", "scipy", "pandas", "matplotlib", "pydantic", "typer", "numba")
COMPILED = "STCSIM_COMPILED"
"""The variable that decides whether stcsim takes Numba; the benchmarks set it to 0 where it is not set."""


def processor() -> str:
    """Return the name of the processor and how many this process may use."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            x.partition(":")[2].strip() for x in info.read_text().splitlines() if x.startswith("model name")
        ]
        name = models[0] if models else name
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{name}, {usable} processors"


def memory() -> str:
    """Return how much memory the machine has."""
    info = Path("/proc/meminfo")
    if not info.exists():
        return "memory not told"
    kilobytes = int(info.read_text().split("MemTotal:")[1].split()[0])
    return f"{kilobytes / 2**20:.0f} GB"


def load() -> str:
    """Return how busy the machine was in the last minute, in processors."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not told"


def versions(packages: tuple[str, ...] = PACKAGES) -> str:
    """Return the versions of Python and of packages that are installed here."""
    found = [f"Python {platform.python_version()}"]
    for name in packages:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def compiled() -> str:
    """Return whether Numba was allowed, as the variable says it."""
    return f"{COMPILED}={os.environ.get(COMPILED, '')}"


def commit() -> str:
    """Return the commit that was measured, with a plus where files were changed; empty without git."""
    try:
        head = _git("rev-parse", "--short", "HEAD")
        measured = ("stcsim", "benchmarks", "scenarios", ":(exclude)benchmarks/results.md*")
        return head + ("+" if _git("status", "--porcelain", "--", *measured) else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*arguments: str) -> str:
    said = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return said.stdout.strip()
