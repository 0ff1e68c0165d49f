"""The wheel carries what it must and runs outside a checkout; the constraints pin what the extras ask for."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the wheel's contents and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files_of(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def run_installed(installed: Path, code: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-c", code]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


def test_wheel_is_the_package_with_its_scenarios_and_nothing_else(installed: Path) -> None:
    packed = {name for name in files_of(installed) if not name.startswith("stcsim-")}
    expected = {f"stcsim/{name}" for name in files_of(ROOT / "stcsim")}
    expected |= {f"stcsim/_library/scenarios/{name}" for name in files_of(ROOT / "scenarios")}
    expected |= {f"stcsim/_library/docs/{name}" for name in ("model.md", "responsible-use.md")}
    assert packed == expected
    assert "stcsim/py.typed" in packed
    assert "stcsim/_library/scenarios/reference_region.yaml" in packed


def test_wheel_carries_the_licence_and_the_command(installed: Path) -> None:
    (metadata,) = installed.glob("stcsim-*.dist-info")
    assert (metadata / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert "stcsim = stcsim.cli:main" in (metadata / "entry_points.txt").read_text()


def test_wheel_finds_its_own_scenarios_by_name(installed: Path, tmp_path: Path) -> None:
    code = "import sys, stcsim.cli; sys.argv = ['stcsim', 'check', 'reference_region']; stcsim.cli.main()"
    done = run_installed(installed, code, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wheel_is_imported_from_its_own_place(installed: Path, tmp_path: Path) -> None:
    done = run_installed(installed, "import stcsim; print(stcsim.__file__)", cwd=tmp_path)
    assert done.stdout.strip() == str(installed / "stcsim" / "__init__.py"), done.stderr


def pins_for(python: str) -> dict[str, list[str]]:
    """Return for each package the versions that constraints.txt allows on `python`."""
    pins: dict[str, list[str]] = defaultdict(list)
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        pin = Requirement(line)
        assert pin.url is None
        assert not pin.extras
        (clause,) = pin.specifier
        assert clause.operator == "==", line
        if pin.marker is None or pin.marker.evaluate({"python_version": python}):
            pins[canonicalize_name(pin.name)].append(clause.version)
    return pins


@pytest.mark.parametrize("python", PYTHONS)
def test_constraints_pin_every_requirement_once_and_within_its_bounds(python: str) -> None:
    pins = pins_for(python)
    assert all(len(versions) == 1 for versions in pins.values())
    requirements = [*PROJECT["dependencies"]]
    requirements += [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    for requirement in map(Requirement, requirements):
        if requirement.name == PROJECT["name"]:
            continue
        (version,) = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is pinned to {version}"


def test_each_python_gets_the_last_mesa_that_supports_it() -> None:
    assert pins_for("3.11")["mesa"][0].startswith("3.3.")
    assert all(pins_for(python)["mesa"][0].startswith("3.5.") for python in PYTHONS[1:])


def test_all_contains_every_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    (everything,) = map(Requirement, extras["all"])
    assert everything.extras == set(extras) - {"all"}
