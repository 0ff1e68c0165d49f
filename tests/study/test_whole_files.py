"""Files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.study.whole_files import beside, write_page, write_text


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with beside(path) as draft:
        draft.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(TypeError), beside(path) as draft:
        draft.write_text(7)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_lines_end_alike_everywhere(tmp_path: Path) -> None:
    assert write_text(tmp_path / "a.csv", "a\nb\n").read_bytes() == b"a\nb\n"


def test_a_page_in_a_folder_has_its_name(tmp_path: Path) -> None:
    assert write_page(tmp_path, "report.html", "x") == tmp_path / "report.html"
    assert write_page(str(tmp_path / "other.html"), "report.html", "y") == tmp_path / "other.html"
