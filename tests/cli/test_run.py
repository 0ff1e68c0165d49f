from __future__ import annotations

import re
from pathlib import Path

import pytest

from stcsim.api.results import RUN_FILES
from stcsim.cli import main, progress
from stcsim.engine.phases import PHASES
from stcsim.outcomes.matrix import CAVEAT, LEGEND
from tests.study.studies import write_study


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_study(tmp_path_factory.mktemp("scenario")))


def test_a_run_prints_outcomes_and_the_time_of_phases(
    scenario: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", scenario, "--arm", "channel", "--seed", "4", "--profile", "--out", str(tmp_path / "o")]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "channel, seed 4" in said
    assert "illicit transfers completed" in said
    told = said.partition("Time by phase")[2].splitlines()[1:]
    times = [line.split() for line in told if line.startswith("  ")]
    assert {line[0] for line in times} == {"structure", *(p.name for p in PHASES)}
    spent = [float(line[1]) for line in times]
    assert spent == sorted(spent, reverse=True)
    assert sorted(p.name for p in (tmp_path / "o").iterdir()) == sorted(RUN_FILES)


def test_equal_seeds_print_the_same(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for seed in ("4", "4", "5"):
        assert main(["run", scenario, "--seed", seed]) == 0
        said.append(capsys.readouterr().out.replace(f"seed {seed}", ""))
    assert said[0] == said[1] != said[2]


def test_a_matrix_says_what_its_marks_mean(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", scenario, "--matrix"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert LEGEND in said
    assert CAVEAT in said
    assert re.search(r"Readiness index, index of measures in place: \d+\.\d of 100 at the end", said)


def test_what_cannot_be_run(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", scenario, "--seed", "-1"]) == 2
    assert main(["run", scenario, "--arm", "chanel"]) == 2
    said = capsys.readouterr().err
    assert "--seed: -1 is below the minimum 0." in said
    assert "Did you mean 'channel'?" in said


def test_phases_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["phases"]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line[:2].strip()]
    assert [line.split()[1] for line in said] == [p.name for p in PHASES]


def test_progress_without_a_terminal_is_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with progress.shown() as tell:
        for done in range(101):
            now[0] += 3.0
            tell(done, 100)
    lines = capsys.readouterr().err.splitlines()
    assert 18 <= len(lines) <= 21
    assert lines[0] == "4 of 100 runs, about 6 min left"


def test_progress_is_told_also_while_nothing_comes_to_its_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    lines = progress._Lines("runs", 15.0)
    lines.tell(0, 100)
    for second in range(1, 40):
        now[0] = float(second)
        if second == 15:
            lines.tell(10, 100, 0, 2)
        lines.tick()
    assert capsys.readouterr().err.splitlines() == [
        "0 of 100 runs, the first are being started",
        "10 of 100 runs, about 2 min left, 2 failed",
        "10 of 100 runs, about 2 min left, 2 failed",
    ]


def test_a_mechanism_that_does_nothing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(write_study(tmp_path)), "--arm", "legal_clearance"]) == 0
    assert "legal_clearance would take effect in week 78" in capsys.readouterr().err
