"""Studies of designs that SALib draws, where it is not installed: opened, with what can be told without."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stcsim.analysis.study_points import open_study
from stcsim.api.study_analyses import analyses_of
from stcsim.api.study_state import StudyWatch
from stcsim.cli import main
from stcsim.errors import InputError
from stcsim.study.study_reading import read_study
from tests.cli.test_study_sensitivity import carried_out

pytest.importorskip("SALib")

REPAIR = "pip install -c constraints.txt -e '.[studies]'"


@pytest.fixture
def uninstall(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes SALib look as if it were not installed."""
    real, known = importlib.import_module, importlib.util.find_spec

    def missing(name: str, package: str | None = None) -> Any:
        if name.startswith("SALib"):
            raise ModuleNotFoundError(name)
        return real(name, package)

    def unknown(name: str, package: str | None = None) -> Any:
        return None if name.startswith("SALib") else known(name, package)

    def without() -> None:
        monkeypatch.setattr("importlib.import_module", missing)
        monkeypatch.setattr("importlib.util.find_spec", unknown)

    return without


def test_a_screening_opens_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], uninstall: Callable[[], None]
) -> None:
    folder = carried_out(tmp_path, design={"kind": "morris", "trajectories": 8})
    before = StudyWatch(folder).look()
    uninstall()
    assert StudyWatch(folder).look() == before
    assert (before.kind, before.done) == ("complete", before.total)
    (told,) = (a for a in analyses_of(open_study(folder), "done") if a.name == "sensitivity")
    assert not told.allowed
    assert REPAIR in told.why
    for command in ("ranking", "report", "failures"):
        assert main(["study", command, str(folder)]) == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "need SALib, which is not installed" in page
    assert 'id="differences"' in page
    assert 'id="sensitivity"' not in page
    capsys.readouterr()
    assert main(["study", "sensitivity", str(folder)]) == 2
    assert REPAIR in capsys.readouterr().err


def test_shares_of_the_variance_are_told_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], uninstall: Callable[[], None]
) -> None:
    folder = carried_out(tmp_path, design={"kind": "sobol", "points": 64})
    words = ["study", "sensitivity", str(folder), "--format", "csv"]
    capsys.readouterr()
    assert main(words) == 0
    before = capsys.readouterr().out
    uninstall()
    assert main(words) == 0
    assert capsys.readouterr().out == before
    assert all(a.allowed for a in analyses_of(open_study(folder), "done") if a.name == "sensitivity")


@pytest.mark.parametrize("design", [{"kind": "morris", "trajectories": 4}, {"kind": "sobol", "points": 8}])
def test_a_study_that_is_to_be_run_is_refused_at_its_design(
    tmp_path: Path, uninstall: Callable[[], None], design: dict[str, Any]
) -> None:
    folder = carried_out(tmp_path, design=design)
    uninstall()
    with pytest.raises(InputError, match=r"design\.kind.*need SALib"):
        read_study(folder / "study.yaml")
    assert len(read_study(folder / "study.yaml", kept=True).plan.points) == len(
        open_study(folder).plan.points
    )
