"""What the list of results says of folders that are damaged, and of results that are gone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

pytest.importorskip("solara")

from stcsim.dashboard.pages.study_list import rows_in
from stcsim.dashboard.studies.damage import damage_of_comparison
from stcsim.dashboard.studies.reading import sentence
from stcsim.study.table_files import FILES


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Return results with a comparison that can be opened by its files."""
    folder = tmp_path / "results" / "compared"
    folder.mkdir(parents=True)
    (folder / "comparison.json").write_text(json.dumps({"provenance": {"scenario": "small_region"}}))
    (folder / "scenario.resolved.yaml").write_text("name: small_region\n")
    for name in FILES:
        pd.DataFrame({"arm": ["baseline"]}).to_parquet(folder / name)
    return folder.parent


def test_a_comparison_with_all_files_is_offered(results: Path) -> None:
    (row,) = rows_in(results)
    assert row.damage == ""
    assert "Brief" in row.documents


def test_a_lost_file_is_named_and_nothing_is_offered(results: Path) -> None:
    (results / "compared" / FILES[-1]).unlink()
    (row,) = rows_in(results)
    assert row.damage == f"{FILES[-1]}: not there. Run the comparison again with --out."
    assert row.documents == ""


def test_damaged_files_are_named(results: Path) -> None:
    for name in ("comparison.json", FILES[0]):
        (results / "compared" / name).write_text("x")
    said = damage_of_comparison(results / "compared", 1.0)
    assert (
        said == f"comparison.json, {FILES[0]}: damaged, cannot be read. Run the comparison again with --out."
    )


def test_a_study_that_cannot_be_read_is_told_without_a_path_of_this_machine(results: Path) -> None:
    broken = results / "broken"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    row = next(row for row in rows_in(results) if row.found.name == "broken")
    assert row.state is not None
    assert row.state.kind == "unreadable"
    assert "damaged" in row.damage
    assert str(results.parent) not in row.damage
    assert (row.found.title, row.documents) == ("broken", "")


def test_results_that_were_moved_away_are_gone_and_not_empty(results: Path) -> None:
    results.rename(results.with_name("elsewhere"))
    assert rows_in(results) == "gone"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("it has no manifest", "It has no manifest"),
        ("nothing. And more", "Nothing. And more"),
        ("why: because", "Why: because"),
        ("res/bad/study.yaml:2:1  not valid YAML", "res/bad/study.yaml:2:1  not valid YAML"),
        ("study.yaml is a pipe", "study.yaml is a pipe"),
    ],
)
def test_a_path_is_no_word(line: str, said: str) -> None:
    assert sentence(line) == said
