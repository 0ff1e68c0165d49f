"""What can be listed, as a table and as JSON."""

from __future__ import annotations

import json

import pytest

from stcsim.actors.activity import CATALOGUE
from stcsim.cli import main
from stcsim.cli.listing import Kind, _challenges, _print_table
from stcsim.mechanisms import MECHANISMS
from stcsim.mechanisms.challenges import CHALLENGES
from stcsim.outcomes.registry import OUTCOMES
from stcsim.parameters import register
from stcsim.scenario.library import names
from stcsim.shocks import SHOCKS
from tests.docs.pages import ROOT

Captured = pytest.CaptureFixture[str]

KNOWN: dict[str, list[str]] = {
    "mechanisms": list(MECHANISMS),
    "challenges": list(CHALLENGES),
    "shocks": list(SHOCKS),
    "outcomes": list(OUTCOMES),
    "parameters": [q.path for q in register()],
    "scenarios": list(names()),
    "activities": [a.name for a in CATALOGUE],
}
each = pytest.mark.parametrize("kind", [k.value for k in Kind])


@each
def test_every_entry_is_listed_in_its_order(kind: str, capsys: Captured) -> None:
    assert main(["list", kind, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == KNOWN[kind]


@each
def test_the_table_names_them_all(kind: str, capsys: Captured) -> None:
    assert main(["list", kind]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in KNOWN[kind])


@each
def test_one_entry(kind: str, capsys: Captured) -> None:
    name = KNOWN[kind][-1]
    assert main(["list", kind, name, "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["name"] == name
    assert main(["list", kind, name]) == 0
    assert name in capsys.readouterr().out


def test_a_mechanism_is_shown_with_its_parameters(capsys: Captured) -> None:
    assert main(["list", "mechanisms", "frontline_channel", "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    delay = next(p for p in row["parameters"] if p["name"] == "mean_delay_days")
    assert (delay["unit"], delay["default"], delay["range"], delay["sweep"]) == (
        "days",
        3.0,
        [0.5, 60.0],
        [1.0, 14.0],
    )
    assert delay["basis"] == "assumed"
    assert delay["text"]
    assert main(["list", "mechanisms", "frontline_channel"]) == 0
    said = capsys.readouterr().out
    assert "0.5 to 60" in said
    assert "prerequisites:" in said


def test_a_challenge_says_where_its_evidence_stands(capsys: Captured) -> None:
    assert main(["list", "challenges", "inconsistent_checkpoints", "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["evidence"] == ["C10"]
    assert row["pages"] == ["docs/evidence.md", *(f"docs/mechanisms/{m}.md" for m in row["mechanisms"])]
    assert all((ROOT / page).is_file() for page in row["pages"])
    assert main(["list", "challenges", "inconsistent_checkpoints"]) == 0
    assert "docs/evidence.md" in capsys.readouterr().out


def test_a_group_of_parameters(capsys: Captured) -> None:
    assert main(["list", "parameters", "firms", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) > 10
    assert all(row["name"].startswith("firms.") for row in rows)


def test_an_activity_says_whom_it_teaches_what(capsys: Captured) -> None:
    assert main(["list", "activities", "legal_gap_analysis", "--format", "json"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["competences"], row["component"], row["level"]) == (
        ["legal_framework"],
        "knowledge",
        "national",
    )
    assert "legislature" in row["audiences"]
    assert (row["mode"], row["modality"]) == ("any", "consultation")


def test_a_part_of_a_name_finds_all_parameters_with_it(capsys: Captured) -> None:
    assert main(["list", "parameters", "Margin", "--format", "json"]) == 0
    found = [row["name"] for row in json.loads(capsys.readouterr().out)]
    assert found == [name for name in KNOWN["parameters"] if "margin" in name]
    assert "firms.margin" in found
    assert main(["list", "parameters", ""]) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["mechanisms", "frontline"],
            "'frontline' is none of the mechanisms. Did you mean 'frontline_channel'?",
        ),
        (["shocks", "conflit"], "'conflit' is none of the shocks. Did you mean 'conflict'?"),
        (["outcomes", "diversion"], "'diversion' is none of the outcomes. Did you mean 'diversions'?"),
        (["scenarios", "x" * 5000], "…' is none of the scenarios."),
    ],
)
def test_what_is_not_there(words: list[str], message: str, capsys: Captured) -> None:
    assert main(["list", *words]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.endswith(f"1 problem; nothing was run. See: stcsim list {words[0]}\n")


def test_kinds_and_formats_are_closed(capsys: Captured) -> None:
    assert main(["list", "mechanism"]) == 2
    assert "'mechanisms'" in capsys.readouterr().err
    assert main(["list", "mechanisms", "--format", "xml"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("--format: 'xml' is not one of 'table', 'json'.")
    assert "Value error" not in said


@each
def test_a_table_in_a_pipe_has_no_blank_edges(kind: str, capsys: Captured) -> None:
    assert main(["list", kind]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[0] == "name"
    assert lines[-1]
    assert all(line == line.rstrip() for line in lines)


def test_a_pipe_gets_one_line_for_each_entry_and_all_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["list", "challenges"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for name, challenge in CHALLENGES.items():
        (line,) = (x for x in lines if x.split()[:1] == [name])
        assert challenge.text in line
        assert ", ".join(challenge.outcomes) in line


@pytest.mark.parametrize("width", [120, 160, 240])
def test_a_terminal_breaks_no_word(width: int, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _print_table([{k: v for k, v in row.items() if k != "scenario"} for row in _challenges()])
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines() if "\x1b" not in line) <= width
    if "A wider window" not in shown:
        assert all(name in shown for challenge in CHALLENGES.values() for name in challenge.outcomes)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_terminal_shows_names_whole_and_says_what_it_leaves_off(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _print_table(_challenges())
    shown = capsys.readouterr().out
    *table, note = shown.splitlines()
    assert max(len(line) for line in table if "\x1b" not in line) <= width
    for name in CHALLENGES:
        assert any(line.split()[:1] == [name] for line in table)
    assert note.startswith("A wider window also shows:")
    if width >= 120:
        for name, kind in MECHANISMS.items():
            assert not kind.answers or name in shown
