"""Checking a scenario is light: a wrong file is reported before any numerical package is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("dask", "matplotlib", "mesa", "networkx", "numpy", "pandas", "pyarrow", "scipy")


@pytest.mark.parametrize(
    "module",
    [
        "stcsim",
        "stcsim.errors",
        "stcsim.spec",
        "stcsim.sources",
        "stcsim.parameters",
        "stcsim.actors",
        "stcsim.mechanisms",
        "stcsim.shocks",
        "stcsim.scenario",
    ],
)
def test_the_rooms_of_specs_load_no_numerical_package(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & {set(HEAVY)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
