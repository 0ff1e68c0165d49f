"""The command ``observe`` as somebody types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.api.observing import OUR_FILES, open_observation
from stcsim.cli import main
from stcsim.study.observation import TABLES
from tests.study.studies import write_study


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_study(tmp_path_factory.mktemp("scenario")))


def test_tables_are_written_and_told(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "seen"
    words = ["observe", scenario, "--arms", "late_group", "--replications", "1", "--out", str(out)]
    assert main(words) == 0
    said = capsys.readouterr()
    for name, text in TABLES.items():
        assert any(line.startswith(f"{name} ") and line.endswith(text) for line in said.out.splitlines())
    assert f"Tables: {out}" in said.out
    repeat = f"stcsim observe {scenario} --arms late_group --replications 1 --seed 1 --out {out}"
    assert f"To repeat: {repeat}" in said.err
    assert sorted(p.name for p in out.iterdir()) == sorted(OUR_FILES)
    assert list(open_observation(out).arms) == ["baseline", "late_group"]


def test_what_is_wrong_is_said_at_once(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["observe", scenario, "--replications", "0", "--seed", "x"]) == 2
    said = capsys.readouterr().err
    assert "--replications: 0 is below the minimum 1." in said
    assert "--seed: 'x' is not a whole number." in said
    assert "--out: tables need a folder. Name one that is there, or a new one." in said
    taken = tmp_path / "file"
    taken.write_text("")
    for words, expected in (
        (["--arms", "chanel", "--out", str(tmp_path / "o")], "Did you mean 'channel'?"),
        (["--out", str(taken)], "a file is in its place"),
        (["--replications", "49", "--out", str(tmp_path / "o")], "'49' is above the maximum 48."),
        (["--set", "parameters.no.such=1", "--out", str(tmp_path / "o")], "parameters.no"),
    ):
        assert main(["observe", scenario, *words]) == 2
        assert expected in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_progress_is_told_in_quarters(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.cli.observe.LINE_SECONDS", 0.0)
    words = ["observe", scenario, "--arms", "channel", "--replications", "1", "--out", str(tmp_path)]
    assert main(words) == 0
    assert "2 of 3 quarters, about " in capsys.readouterr().err
