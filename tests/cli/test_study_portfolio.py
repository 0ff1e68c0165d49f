from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from stcsim.cli import main
from tests.study.test_plan import study_file


def words(folder: Path, **keys: object) -> list[str]:
    given = {"arms": ["channel", "late_group"], "outcomes": ["coordination_hours"], "weights": {}, **keys}
    file = study_file(folder, **given)
    small = ["--start", "2", "--last", "4", "--keep", "2", "--fresh", "4", "--parts", "2", "--jobs", "1"]
    return ["study", "portfolio", str(file), "--out", str(folder / "out"), *small]


def test_a_portfolio_is_found_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path, budget={"most": 1e6})) == 0
    said = capsys.readouterr().out
    assert said.startswith("parts: channel, late_group\nsearched: 3 sets on 2, 2 sets on 4\n")
    assert "estimated on 4 replications that had no part in choosing" in said
    assert "gain: less of " in said
    assert "\n1. " in said
    assert (tmp_path / "out" / "portfolio.json").is_file()
    again = main(words(tmp_path, budget={"most": 1e6}))
    assert (again, capsys.readouterr().out) == (0, said)
    assert main(["study", "report", str(tmp_path / "out")]) == 0
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for shown in ("Sets on fresh seeds", "late group", "In the search", "--parts 2"):
        assert shown in page
    assert main(["study", "report", str(tmp_path / "out"), "--figure", "portfolio"]) == 0
    assert (tmp_path / "out" / "portfolio.svg").read_text(encoding="utf-8").startswith("<svg")
    capsys.readouterr()
    assert main(["study", "report", str(tmp_path / "out"), "--figure", "other"]) == 2
    assert "there are portfolio" in capsys.readouterr().err
    kept = tmp_path / "out" / "portfolio.json"
    none = {**json.loads(kept.read_text(encoding="utf-8")), "sets": [], "estimated_on": None, "level": None}
    kept.write_text(json.dumps(none), encoding="utf-8")
    assert main(["study", "report", str(tmp_path / "out")]) == 0
    assert "No set keeps the budget." in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    kept.write_text("{", encoding="utf-8")
    assert main(["study", "report", str(tmp_path / "out")]) == 2
    assert "portfolio.json that cannot be read" in capsys.readouterr().err


def test_sets_that_the_budget_leaves_out_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words(tmp_path, budget={"most": 1e-6})) == 0
    said = capsys.readouterr().out
    left = int(re.search(r"not tried: (\d) of 3 sets, whose parts cost more than the budget", said)[1])
    assert left >= 1


def test_what_is_wrong_is_said_before_anything_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words(tmp_path)) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{tmp_path}/study.yaml  budget: a portfolio is bought with a budget")
    assert "sets:" not in said
    assert main([*words(tmp_path, budget={"most": 5}), "--keep", "0", "--dask", "tcp://nowhere:1"]) == 2
    said = capsys.readouterr().err
    assert "--keep" in said
    assert "--dask" in said
    assert not (tmp_path / "out").exists()
