"""stcsim brief: written from a folder of a comparison; a folder that is none is one clear message."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stcsim.api.briefing import brief_inputs
from stcsim.cli import main
from tests.study.studies import write_study


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that stcsim compare --out has written."""
    out = tmp_path_factory.mktemp("compared")
    scenario = str(write_study(tmp_path_factory.mktemp("scenario")))
    words = ["--replications", "4", "--jobs", "1", "--equal-cost", "--out", str(out)]
    assert main(["compare", scenario, *words]) == 0
    return out


def test_a_brief_is_written_beside_the_comparison(
    compared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.cli.brief.PATIENCE", 60.0)
    capsys.readouterr()
    assert main(["brief", str(compared)]) == 0
    said = capsys.readouterr()
    assert said.out == f"The brief: {compared}/brief.html\n"
    assert said.err == ""
    page = (compared / "brief.html").read_text(encoding="utf-8")
    for words in (
        "Channel",
        "Same money on staff",
        "a customs headquarters with a duty officer",
        "numbers are",
    ):
        assert words in page
    assert "and repeat it with assumptions varied (stcsim compare" in page
    assert "have the analysts count a longer time, in which" in page


def test_a_slow_brief_says_so(
    compared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.cli.brief.PATIENCE", 0.0)
    capsys.readouterr()
    assert main(["brief", str(compared)]) == 0
    assert "Reading the runs" in capsys.readouterr().err


def test_the_next_step_is_a_whole_command(compared: Path) -> None:
    command = brief_inputs(compared).command.split()
    assert command[2] == f"{compared}/scenario.resolved.yaml"
    assert command[-2:] == ["--out", f"{compared}-more"]


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _torn(name: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_text(text, encoding="utf-8") and None


def _of_another_kind(folder: Path) -> None:
    document = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    del document["provenance"]["seed"]
    (folder / "comparison.json").write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (shutil.rmtree, "is not there"),
        (_without("comparison.json"), "holds neither"),
        (_without("series.parquet"), "lacks series.parquet"),
        (_torn("comparison.json", "{"), "holds a comparison.json that cannot be read"),
        (_torn("runs.parquet", "PAR1 torn"), "holds tables that cannot be read"),
        (_torn("scenario.resolved.yaml", "format: 1"), "scenario.resolved.yaml"),
        (_of_another_kind, "'seed' is missing"),
    ],
    ids=["missing", "other", "lacking", "torn json", "torn table", "torn scenario", "foreign"],
)
def test_a_bad_folder_is_one_clear_message(
    compared: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], None],
    words: str,
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(compared, folder, ignore=shutil.ignore_patterns("brief.html"))
    spoil(folder)
    capsys.readouterr()
    assert main(["brief", str(folder)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert not (folder / "brief.html").exists()


def test_what_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("file", "x" * 300, ""):
        assert main(["brief", str(tmp_path / name) if name else ""]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 2
