"""Environments of peers that cannot live beside stcsim: made on demand with pip, kept in a cache folder."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from benchmarks.outcome import reason

REQUIREMENTS = {
    "mesa-frames": ("mesa-frames",),
    "starsim": ("starsim",),
}
"""What each is installed from."""
PATIENCE = 900
"""Seconds that an installation may take."""


def home() -> Path:
    """Return the folder of environments: ``$STCSIM_BENCH_CACHE``, else one in the user's cache."""
    given = os.environ.get("STCSIM_BENCH_CACHE")
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else caches / "stcsim-bench"


@cache
def python_of(name: str) -> tuple[str, str]:
    """Return the interpreter of a peer's environment, made where none works, and why there is none.

    What was found stands for the whole process: an installation that failed is not tried again.

    Parameters
    ----------
    name : one of `REQUIREMENTS`

    Returns
    -------
    the interpreter, or an empty text and the reason
    """
    folder = home() / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    python, ready = folder / "bin" / "python", folder / ".ready"
    if ready.exists() and _works(str(python), name):
        return str(python), ""
    try:
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *REQUIREMENTS[name]])
    except subprocess.TimeoutExpired:
        return "", f"its environment could not be made within {PATIENCE} s"
    except (OSError, subprocess.SubprocessError) as error:
        return "", f"its environment could not be made: {reason(error)}"
    ready.touch()
    return str(python), ""


def version_of(python: str, package: str) -> str:
    """Return the version of a package in an environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _works(python: str, package: str) -> bool:
    """Return whether an environment made earlier still has its interpreter and its package."""
    try:
        version_of(python, package)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
