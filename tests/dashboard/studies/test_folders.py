"""Which folders among results can be opened, and that nothing leads out of them."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import pytest

from stcsim.dashboard.studies.folders import MOST_LOOKED, folder_named, found_in, shown_name

STUDY = {"format": 1, "study": {"name": "little", "title": "A <b>little</b>\nstudy", "question": ""}}


def study(folder: Path) -> Path:
    """Make a folder look like that of a study."""
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(STUDY))
    return folder


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Return a folder of results beside something that is none of the reader's."""
    study(tmp_path / "secret")
    found = tmp_path / "results"
    study(found / "first")
    study(found / "more" / "second")
    comparison = found / "compared"
    comparison.mkdir()
    (comparison / "comparison.json").write_text(json.dumps({"provenance": {"scenario": "small_region"}}))
    (found / "empty").mkdir()
    study(found / ".hidden")
    return found


def test_studies_comparisons_and_nothing_else(results: Path) -> None:
    found = {one.name: (one.kind, one.title) for one in found_in(results)}
    assert found == {
        "first": ("study", "A <b>little</b> study"),
        "more/second": ("study", "A <b>little</b> study"),
        "compared": ("comparison", "Comparison: Small region"),
    }


def test_a_comparison_goes_by_the_title_of_its_scenario(results: Path) -> None:
    (results / "compared" / "scenario.resolved.yaml").write_text(
        "name: small_region\ntitle: A producer and a hub\n"
    )
    found = {one.name: one.title for one in found_in(results)}
    assert found["compared"] == "Comparison: A producer and a hub"


def test_nothing_within_what_was_found_is_listed(results: Path) -> None:
    study(results / "first" / "fresh")
    assert "first/fresh" not in {one.name for one in found_in(results)}


def test_a_link_is_never_followed(results: Path) -> None:
    (results / "link").symlink_to(results.parent / "secret")
    (results / "more" / "up").symlink_to(results.parent)
    marked = results / "marked"
    marked.mkdir()
    (marked / "manifest.json").symlink_to(results.parent / "secret" / "manifest.json")
    names = {one.name for one in found_in(results)}
    assert names == {"first", "more/second", "compared"}
    for name in ("link", "more/up/secret", "marked"):
        assert folder_named(results, name) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../secret",
        "first/../../secret",
        "/etc",
        "./first",
        "first/",
        "//",
        ".hidden",
        "a\\b",
        "first\0",
        "x" * 999,
    ],
)
def test_no_other_name_leads_anywhere(results: Path, name: str) -> None:
    assert folder_named(results, name) is None


def test_a_name_leads_to_its_folder(results: Path) -> None:
    assert folder_named(results, "more/second") == (results / "more" / "second", "study")
    assert folder_named(None, "first") is None


def test_a_huge_folder_is_not_looked_through_to_its_end(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stcsim.dashboard.studies.folders.MOST_LOOKED", 1)
    assert len(found_in(results)) <= 1 < MOST_LOOKED


def test_a_broken_manifest_is_still_a_study(results: Path) -> None:
    (results / "first" / "manifest.json").write_text("{")
    assert ("first", "first") in {(one.name, one.title) for one in found_in(results)}


def test_a_study_is_listed_before_it_has_a_manifest_while_somebody_is_at_work(results: Path) -> None:
    about = {"pid": os.getpid(), "host": platform.node(), "started": ""}
    (results / "empty" / "lock").write_text(json.dumps(about))
    assert ("empty", "study") in {(one.name, one.kind) for one in found_in(results)}
    assert folder_named(results, "empty") == (results / "empty", "study")
    # Numbers of processes are reused; the largest that may be given is nobody's here.
    (results / "empty" / "lock").write_text(json.dumps({**about, "pid": 2**22 - 1}))
    assert "empty" not in {one.name for one in found_in(results)}
    for nonsense in ("", "[]", '{"host": 1}', "x" * 9999):
        (results / "empty" / "lock").write_text(nonsense)
        assert folder_named(results, "empty") is None


def test_a_folder_is_named_for_who_started_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work" / "kept").mkdir(parents=True)
    results = tmp_path / "work" / "kept"
    for here, named, itself in (
        (results, "study", "."),
        (tmp_path / "work", "kept/study", "kept"),
        (tmp_path, "work/kept/study", "work/kept"),
    ):
        monkeypatch.chdir(here)
        assert (shown_name(results, "study"), shown_name(results)) == (named, itself)
    other = tmp_path / "elsewhere"
    other.mkdir()
    monkeypatch.chdir(other)
    assert shown_name(results, "study") == "kept/study"
