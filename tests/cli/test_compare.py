from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from stcsim.api.results import OUR_FILES
from stcsim.cli import main
from tests.study.studies import write_study

QUICK = ("--replications", "2", "--jobs", "1")


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_study(tmp_path_factory.mktemp("scenario")))


def test_a_table_and_where_the_report_is(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "made" / "out"
    assert main(["compare", scenario, *QUICK, "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "Channel" in said.out
    assert f"The report: {out}/report.html" in said.out
    assert f"To run more: stcsim compare {scenario} --replications 4 --worlds 10 --seed 1" in said.out
    assert sorted(p.name for p in out.iterdir()) == sorted(OUR_FILES)


def test_json_is_all_there_is_on_stdout(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", scenario, *QUICK, "--arms", " channel , late_group", "--format", "json"]) == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert list(document["outcomes"]["diversions"]["differences"]) == ["channel", "late_group"]
    assert "To run more" in said.err


def test_csv_is_one_row_per_outcome_and_arm(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", scenario, *QUICK, "--arms", "channel", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    found = {(row["outcome"], row["arm"]) for row in rows}
    assert found >= {("diversions", "channel"), ("diversions", "baseline")}


def test_rivals_stand_in_the_table(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", scenario, *QUICK, "--arms", "channel", "--equal-cost"]) == 0
    assert "on staff" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            ["--replications", "1", "--worlds", "-1", "--jobs", "0", "--seed", "x"],
            [
                "--replications: 1 is below the minimum 2.",
                "--worlds: -1 is below the minimum 0.",
                "--seed: 'x' is not a whole number.",
                "--jobs: 0 is below the minimum 1.",
            ],
        ),
        (
            ["--worlds", "1"],
            ["--worlds: one sampled set of assumptions says nothing of their spread: 0 or at"],
        ),
        (
            ["--pairs", "3"],
            ["--pairs: these are runs in sampled sets of assumptions, and none is asked for."],
        ),
        (["--pairs", "1_0"], ["--pairs: '1_0' is not a whole number."]),
        (["--replications", "²"], ["--replications: '²' is not a whole number."]),
        (["--out", ""], ["--out: the name of the folder is empty. A dot is this folder."]),
        (["--format", "xml"], ["--format: 'xml' is not one of 'table', 'json', 'csv'."]),
        (["--arms", ","], ["arms: a name is missing. Arms and mechanisms: "]),
        (["--seed", "9" * 30], ["--seed: '" + "9" * 30 + "' is above the maximum 9007199254740991."]),
        (["--arms", "chanel"], ["no arm of this scenario and no mechanism. Did you mean 'channel'?"]),
        (["--arms", "channel,"], ["arms: a name is missing. "]),
        (["--set", "countries[A].will=2"], ["countries[0].will: "]),
    ],
)
def test_a_bad_value_is_one_line(
    scenario: str, capsys: pytest.CaptureFixture[str], words: list[str], lines: list[str]
) -> None:
    assert main(["compare", scenario, *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    *problems, summary = said.err.splitlines()
    assert len(problems) == len(lines)
    assert all(line in problem for line, problem in zip(lines, problems, strict=True)), problems
    assert "nothing was run" in summary


def test_a_folder_that_cannot_be_written_is_found_before_anything_is_run(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "taken" / "runs.parquet").mkdir(parents=True)
    for folder, reason in (
        ("file", "a file is in its place"),
        ("file/below", "a file is in its place"),
        ("file/below/far", "a file is in its place"),
        ("x" * 300, "File name too long"),
        ("taken", "runs.parquet there is a folder"),
    ):
        huge = ["--replications", "1000000", "--out", str(tmp_path / folder)]
        assert main(["compare", scenario, *huge]) == 2
        said = capsys.readouterr().err
        assert f"cannot be written: {reason}" in said
        assert len(said.splitlines()) == 2
    assert main(["compare", "no_such_region", "--out", str(tmp_path / "new")]) == 2
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "no_such_region"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_what_does_nothing_is_said_before_the_runs_and_in_the_result(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*QUICK, "--arms", "legal_clearance", "--format", "json"]
    assert main(["compare", scenario, *words]) == 0
    said = capsys.readouterr()
    line = "arm 'legal_clearance': legal_clearance would take effect in week 78"
    assert said.err.startswith(line)
    assert any(note.startswith(line) for note in json.loads(said.out)["notes"])


def test_few_sampled_sets_of_assumptions_are_said(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", scenario, *QUICK, "--worlds", "2", "--pairs", "2", "--arms", "channel"]) == 0
    assert "2 sampled sets of assumptions are too few for a verdict; take 10" in capsys.readouterr().err


def test_what_is_known_is_listed_once(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", scenario, "--arms", "qqq,,zzz"]) == 2
    said = capsys.readouterr().err
    assert said.count("training_programme") == 1
    assert all(word in said for word in ("'qqq' is no arm", "a name is missing", "'zzz' is no arm"))
