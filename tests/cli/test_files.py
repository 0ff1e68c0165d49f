"""Commands about scenario files, as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stcsim.cli import main
from stcsim.cli.console import OUTPUT_LIMIT
from stcsim.scenario.loading import load
from stcsim.scenario.schema import schema_text
from tests.scenario.files import HEAD, MINIMAL, write

Captured = pytest.CaptureFixture[str]


def test_check_says_ok_in_one_line(capsys: Captured) -> None:
    assert main(["check", "small_region"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    (line,) = said.out.splitlines()
    assert line.startswith(
        "small_region: ok (2 countries, 24 holders, 300 firms, 2 donors, 2 networks, 3 arms; about"
    )


def test_check_says_every_problem_of_every_file(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, MINIMAL, "good.yaml")
    write(tmp_path, f"{MINIMAL}    will: 2\n    wil: 2\n", "bad.yaml")
    assert main(["check", "bad.yaml", "good.yaml", "none.yaml"]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("good.yaml: ok (1 country, 0 holders")
    assert said.err.splitlines() == [
        "bad.yaml:5:5  countries[0].will: 2 is above the maximum 1 (share).",
        "bad.yaml:6:5  countries[0].wil: unknown key. Did you mean 'will'?",
        "none.yaml  is no file that exists.",
        "3 problems; nothing was run. See: stcsim schema",
    ]


def test_one_problem_is_one(tmp_path: Path, capsys: Captured) -> None:
    assert (
        main(["check", str(write(tmp_path, f"{MINIMAL}arms: [{{name: a, mechanisms: {{x: {{}}}}}}]\n"))]) == 2
    )
    assert capsys.readouterr().err.endswith("\n1 problem; nothing was run. See: stcsim list mechanisms\n")


def test_settings_are_checked_with_the_file(capsys: Captured) -> None:
    assert main(["check", "small_region", "--set", "time.counted_weeks=4"]) == 0
    assert main(["check", "small_region", "--set", "time.counted_weeks=0"]) == 2
    assert "--set  time.counted_weeks: 0 is below the minimum 1 (weeks)." in capsys.readouterr().err


@pytest.mark.parametrize(
    "entry", ["{kind: sea, inspectors: -1}, ", "{kind: sea, xxxxxxxxxx: 1}, ", "{kind: s}, ", "3, "]
)
def test_output_is_bounded(tmp_path: Path, capsys: Captured, entry: str) -> None:
    path = write(tmp_path, f"{HEAD}countries:\n  - id: A\n    checkpoints: [{entry * 20_000}]\n")
    assert main(["check", str(path)]) == 2
    said = capsys.readouterr()
    assert len((said.out + said.err).encode()) <= OUTPUT_LIMIT
    *_, more, summary = said.err.splitlines()
    assert more.startswith("and ")
    assert more.endswith(" more problems")
    assert summary.startswith("20,000 problems; nothing was run.")


def test_output_is_bounded_for_many_files_with_long_names(tmp_path: Path, capsys: Captured) -> None:
    names = [str(tmp_path / f"{'x' * 200}{i}.yaml") for i in range(300)]
    assert main(["check", *names, "y" * 100_000, "z" * 3000 + ".yaml"]) == 2
    said = capsys.readouterr()
    assert len((said.out + said.err).encode()) <= OUTPUT_LIMIT


def test_show_prints_a_scenario_that_passes(tmp_path: Path, capsys: Captured) -> None:
    assert main(["show", "small_region", "--set", "countries[Orsund].will=0.1"]) == 0
    shown = load(write(tmp_path, capsys.readouterr().out))
    assert shown.spec == load("small_region", ["countries[Orsund].will=0.1"]).spec


def test_show_says_where_values_come_from(capsys: Captured) -> None:
    assert main(["show", "small_region", "--origin", "--set", "countries[Orsund].will=0.1"]) == 0
    said = capsys.readouterr().out
    assert "will: 0.1  # --set" in said
    assert "fine_multiple: 3.0  # register, uk_penalties" in said
    assert "small_region.yaml:" in said


def test_diff(tmp_path: Path, capsys: Captured) -> None:
    other = write(
        tmp_path, "extends: small_region\nname: small_region\ncountries: [{id: Orsund, will: 0.1}]\n"
    )
    assert main(["diff", "small_region", str(other)]) == 0
    assert capsys.readouterr().out == "~ countries[Orsund].will: 0.6 -> 0.1\n"
    assert main(["diff", "small_region", "small_region"]) == 0
    assert capsys.readouterr().out == "no difference\n"
    assert main(["diff", "small_region", "smal_region"]) == 2


def test_new_writes_a_scenario_that_passes_and_overwrites_nothing(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "mine"]) == 0
    assert capsys.readouterr().out == "mine.yaml: written. Check it: stcsim check mine.yaml\n"
    before = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert before.startswith("# yaml-language-server: $schema=")
    assert main(["check", "mine.yaml"]) == 0
    assert main(["new", "mine"]) == 2
    assert "'mine.yaml' exists and is not overwritten. Choose another name." in capsys.readouterr().err
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == before
    (tmp_path / "folder").mkdir()
    assert main(["new", "folder/other.yaml"]) == 0
    assert main(["check", "folder/other.yaml"]) == 0


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "My Scenario",
            "'My Scenario' is not a name of a scenario. Use a-z, 0-9 and _, at most 60, a letter first.",
        ),
        ("", " is not a name of a scenario."),
        ("x" * 61, "is not a name of a scenario."),
        ("nowhere/mine", "'nowhere/mine.yaml' cannot be written (No such file or directory)."),
    ],
)
def test_new_with_a_name_that_none_can_have(
    name: str, message: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", name]) == 2
    assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_new_follows_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").symlink_to(tmp_path / "target")
    assert main(["new", "mine"]) == 2
    assert not (tmp_path / "target").exists()


def test_schema(capsys: Captured) -> None:
    assert main(["schema"]) == 0
    said = capsys.readouterr().out
    assert said == schema_text()
    assert json.loads(said)["title"] == "Scenario of stcsim"


def test_checking_says_what_comes_too_late(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arm = "arms:\n  - name: late\n    mechanisms: { frontline_channel: { start: 300 } }\n"
    path = write(tmp_path, f"{MINIMAL}time: {{ counted_weeks: 260 }}\n{arm}")
    assert main(["check", str(path)]) == 0
    said = capsys.readouterr()
    assert "ok" in said.out
    assert "arm 'late': frontline_channel would take effect in week 313" in said.err
