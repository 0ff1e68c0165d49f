"""Write constraints.txt: what pip resolves for every extra, on each Python given, merged with markers.

Called by ``make constraints``. Each interpreter resolves in an empty environment of its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADER = """\
# What `make` installs: every package that any extra of stcsim needs, as pip resolved it on Python {pythons}.
# Markers tell them apart; a newer Python takes the versions of the last.
# Remade, after a change of the dependencies in pyproject.toml or to move to newer releases, with
#     make constraints
"""
CANONICAL = re.compile(r"[-_.]+")


def version_of(python: str) -> tuple[int, int]:
    """Return (major, minor) of an interpreter."""
    code = "import sys; print(*sys.version_info[:2])"
    said = subprocess.run([python, "-c", code], check=True, text=True, stdout=subprocess.PIPE).stdout
    major, minor = said.split()
    return int(major), int(minor)


def resolve(python: str) -> dict[str, str]:
    """Return name and version of everything that pip would install for the extra ``all``."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        subprocess.run([python, "-m", "venv", f"{folder}/venv"], check=True)
        pip = [f"{folder}/venv/bin/python", "-m", "pip", "install", "-qq"]
        subprocess.run([*pip, "--upgrade", "pip"], check=True)
        subprocess.run([*pip, "--dry-run", "--report", str(report), f"{ROOT}[all]"], check=True)
        found = [entry["metadata"] for entry in json.loads(report.read_text())["install"]]
    versions = {CANONICAL.sub("-", entry["name"]).lower(): entry["version"] for entry in found}
    del versions["stcsim"]
    return versions


def lines(resolved: dict[tuple[int, int], dict[str, str]]) -> list[str]:
    """Return one pin a line, with a marker where the Pythons differ.

    Parameters
    ----------
    resolved : for each Python, oldest first, name and version of each package
    """
    pythons = sorted(resolved)
    pins: list[str] = []
    for name in sorted({name for pinned in resolved.values() for name in pinned}):
        spans: list[tuple[str | None, int]] = []  # version, index of the first Python that takes it
        for index, python in enumerate(pythons):
            version = resolved[python].get(name)
            if not spans or spans[-1][0] != version:
                spans.append((version, index))
        for position, (version, first) in enumerate(spans):
            if version is None:
                continue
            marker = []
            if first:
                marker.append('python_version >= "{}.{}"'.format(*pythons[first]))
            if position + 1 < len(spans):
                marker.append('python_version < "{}.{}"'.format(*pythons[spans[position + 1][1]]))
            pins.append(f"{name}=={version}" + (" ; " + " and ".join(marker) if marker else ""))
    return pins


def main(pythons: list[str]) -> None:
    """Resolve on each interpreter and write the file."""
    resolved = {version_of(python): resolve(python) for python in pythons}
    names = ", ".join("{}.{}".format(*version) for version in sorted(resolved))
    pins = lines(resolved)
    (ROOT / "constraints.txt").write_text(HEADER.format(pythons=names) + "\n".join(pins) + "\n")
    print(f"constraints.txt: {len(pins)} pins for Python {names}")


if __name__ == "__main__":
    main(sys.argv[1:])
