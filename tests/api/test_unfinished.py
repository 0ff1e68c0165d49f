"""What a folder lacks: runs that are missing or failed are counted, options without a result are named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from stcsim.api.briefing import brief_inputs
from stcsim.cli import main
from stcsim.report.brief import render_brief
from stcsim.study.store.folder import STOPPED
from tests.study.studies import write_study

STUDY = """format: 1
name: little
scenario: small_region.yaml
uncertainties: all
design: {kind: worlds, points: 3}
replications: 4
outcomes: [diversions, total_cost]
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of a comparison of two arms, four replications each."""
    folder = tmp_path_factory.mktemp("compared")
    words = ["--replications", "4", "--jobs", "1", "--out", str(folder)]
    assert main(["compare", str(write_study(tmp_path_factory.mktemp("scenario"))), *words]) == 0
    return folder


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a study."""
    folder = tmp_path_factory.mktemp("study")
    write_study(folder)
    (folder / "little.yaml").write_text(STUDY, encoding="utf-8")
    assert (
        main(["study", "run", str(folder / "little.yaml"), "--out", str(folder / "out"), "--jobs", "1"]) == 0
    )
    return folder / "out"


def _copy(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def test_a_finished_folder_lacks_nothing(compared: Path, studied: Path) -> None:
    for folder in (compared, studied):
        gaps = brief_inputs(folder).gaps
        assert not gaps.unfinished
        assert gaps.words() == ()
        assert gaps.silent == ()


def test_a_stopped_comparison_lacks_runs(compared: Path, tmp_path: Path) -> None:
    folder = _copy(compared, tmp_path / "stopped")
    runs = pd.read_parquet(folder / "runs.parquet")
    runs[(runs["arm"] != "late_group") & (runs["replication"] < 3)].to_parquet(folder / "runs.parquet")
    document = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    document["provenance"]["complete"] = False
    (folder / "comparison.json").write_text(json.dumps(document), encoding="utf-8")
    gaps = brief_inputs(folder).gaps
    assert gaps.words() == ("6 of 12 runs are missing",)
    assert [reason for _, reason in gaps.silent] == ["missing"]
    assert gaps.finish.endswith(f"--out {folder}")


def test_an_arm_that_failed_in_a_comparison_is_named(compared: Path, tmp_path: Path) -> None:
    folder = _copy(compared, tmp_path / "failed")
    runs = pd.read_parquet(folder / "runs.parquet")
    lost = runs["arm"] == "late_group"
    keys = ["arm", "world", "replication", "seed", "key"]
    runs.loc[lost, keys].assign(error="a minister").to_parquet(folder / "failures.parquet")
    runs[~lost].to_parquet(folder / "runs.parquet")
    inputs = brief_inputs(folder)
    assert inputs.gaps.words() == ("4 of 12 runs failed",)
    assert "stcsim run" in inputs.gaps.look
    page = render_brief(inputs)
    assert "4 of 12 runs failed" in page
    assert "its runs failed" in page


def test_runs_that_a_study_has_lost_are_missing(studied: Path, tmp_path: Path) -> None:
    folder = _copy(studied, tmp_path / "lost")
    for shard in (folder / "runs").glob("*.parquet"):
        runs = pd.read_parquet(shard)
        runs[runs["world"] != 3].to_parquet(shard, index=False)
    inputs = brief_inputs(folder)
    assert inputs.gaps.words() == ("6 of 30 runs are missing",)
    said = render_brief(inputs)
    assert f"finish it: stcsim study run {folder}/study.yaml --out {folder}" in said


def test_a_stopped_study_is_told_even_where_its_planned_runs_are_there(studied: Path, tmp_path: Path) -> None:
    folder = _copy(studied, tmp_path / "stopped")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["executions"][-1]["end"] = STOPPED
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert brief_inputs(folder).gaps.words() == ("It was stopped before its end",)
