"""stcsim study report and stcsim brief on the folder of a study that was run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stcsim.cli import main
from tests.study.studies import write_study

STUDY = """format: 1
name: little
title: A little study
question: Which of two arms?
scenario: small_region.yaml
uncertainties: all
design: {kind: worlds, points: 6}
replications: 4
equal_cost: true
outcomes: [coordination_hours, total_cost]
weights: {coordination_hours: 1, total_cost: 1}
"""


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a study."""
    folder = tmp_path_factory.mktemp("study")
    write_study(folder)
    (folder / "little.yaml").write_text(STUDY, encoding="utf-8")
    out = folder / "out"
    assert main(["study", "run", str(folder / "little.yaml"), "--out", str(out), "--jobs", "1"]) == 0
    return out


def test_a_report_and_a_brief(studied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["study", "report", str(studied)]) == 0
    assert capsys.readouterr().out == f"The report: {studied}/report.html\n"
    page = (studied / "report.html").read_text(encoding="utf-8")
    for words in ("A little study", "Which arm is best", "Whether the order holds", "stcsim study run"):
        assert words in page
    assert main(["brief", str(studied)]) == 0
    brief = (studied / "brief.html").read_text(encoding="utf-8")
    for words in ("Which of two arms?", "Same money on staff", "sampled sets of assumptions", "in year 1"):
        assert words in brief


def test_one_figure_as_a_file(studied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "report", str(studied), "--figure", "differences"]) == 0
    assert (studied / "differences.svg").read_text(encoding="utf-8").startswith("<svg")
    assert main(["study", "report", str(studied), "--figure", "nonsense"]) == 2
    assert "there is no figure 'nonsense' in this report; there are differences" in capsys.readouterr().err


def test_a_bad_folder_is_one_clear_message(
    studied: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without, torn = tmp_path / "without", tmp_path / "torn"
    for copy in (without, torn):
        shutil.copytree(studied, copy)
    shutil.rmtree(without / "runs")
    (without / "runs").mkdir()
    (torn / "manifest.json").write_text("{", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name, words in (
        ("nowhere", "is not there"),
        ("file", "is a file, not a folder"),
        ("empty", "study"),
        ("without", "holds no finished runs"),
        ("torn", "is damaged"),
    ):
        for command in (["study", "report"], ["brief"]):
            assert main([*command, str(tmp_path / name)]) == 2, (name, command)
            said = capsys.readouterr().err
            assert words in said, (name, command)
            assert len(said.splitlines()) == 2, (name, command)


def test_the_folder_of_a_comparison_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "comparison.json").write_text("{}", encoding="utf-8")
    assert main(["study", "report", str(tmp_path)]) == 2
    assert f"holds a comparison (of stcsim compare), not a study. Its page: stcsim brief {tmp_path}" in (
        capsys.readouterr().err
    )
