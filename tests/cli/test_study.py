"""The group ``study``."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.cli import main
from tests.study.test_plan import study_file


def test_plan_says_what_it_will_take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = study_file(tmp_path, uncertainties=["parameters.trust"], design={"kind": "worlds", "points": 2})
    assert main(["study", "plan", str(path), "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert "arms: the baseline and channel, late_group" in said
    assert "points: the defaults and 2 other points; 3 replications at the defaults, 2 of each" in said
    assert "runs: 21, in 1 block\n" in said
    assert "time: about" in said
    assert "disk: at most 1 MB" in said


@pytest.mark.parametrize(
    ("arms", "said"),
    [([], "note: 'arms' names none, so all arms"), (["baseline"], "note: there is nothing to compare")],
)
def test_arms_that_may_not_be_meant_are_noted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arms: list[str], said: str
) -> None:
    assert main(["study", "plan", str(study_file(tmp_path, arms=arms)), "--jobs", "1"]) == 0
    assert said in capsys.readouterr().out


def test_a_bad_study_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = study_file(tmp_path, arms=["chanel"], outcomes=["diversion"])
    assert main(["study", "plan", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.count("Did you mean") == 2
    assert "2 problems; nothing was run." in said


@pytest.mark.parametrize("words", ["study", "study pln", "study plan", "study plan no.yaml"])
def test_words_that_make_no_command(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words.split()) == 2
    assert "1 problem; nothing was run." in capsys.readouterr().err
