"""Environments of peers that cannot live beside stcsim: made on demand with pip, kept in a cache folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = {
    "mesa-frames": ("mesa-frames",),
    "starsim": ("starsim",),
}
"""What each is installed from."""
PATIENCE = 900
"""Seconds that an installation may take."""


def cache() -> Path:
    """Return the folder of environments: ``$STCSIM_BENCH_CACHE``, else one in the user's cache."""
    given = os.environ.get("STCSIM_BENCH_CACHE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else home / "stcsim-bench"


def python_of(name: str) -> tuple[str, str]:
    """Return the interpreter of a peer's environment, made where there is none, and why there is none.

    Parameters
    ----------
    name : one of `REQUIREMENTS`

    Returns
    -------
    the interpreter, or an empty text and the reason
    """
    folder = cache() / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    python, ready = folder / "bin" / "python", folder / ".ready"
    if ready.exists():
        return str(python), ""
    try:
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *REQUIREMENTS[name]])
    except (OSError, subprocess.SubprocessError) as error:
        return "", f"its environment could not be made: {_last_line(error)}"
    ready.touch()
    return str(python), ""


def version_of(python: str, package: str) -> str:
    """Return the version of a package in an environment."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)


def _last_line(error: Exception) -> str:
    lines = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
    return lines[-1][:200] if lines else type(error).__name__
