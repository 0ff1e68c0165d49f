"""Studies that come with the project: read without a problem, and of the size that they are said to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from stcsim.study.study_reading import read_study
from tests.docs.pages import ROOT, blocks

STUDIES = sorted((ROOT / "experiments").glob("*.yaml"))


@pytest.mark.parametrize("path", STUDIES, ids=lambda p: p.stem)
def test_a_study_is_read_and_has_a_page(path: Path) -> None:
    found = read_study(path)
    assert found.spec.name == path.stem
    assert found.spec.question
    if path.stem != "quick":
        page = ROOT / "docs" / f"{path.stem.replace('_', '-')}.md"
        assert path.name in page.read_text(encoding="utf-8")


def test_the_quick_study_has_many_blocks() -> None:
    plan = read_study(next(p for p in STUDIES if p.stem == "quick")).plan
    assert plan.runs == 4 * (24 + 240 * 2)
    blocks = list(plan.blocks(2))
    assert len(blocks) >= 30
    assert sum(b.runs for b in blocks) == plan.runs


def test_the_study_of_the_documentation_is_read(tmp_path: Path) -> None:
    (text,) = blocks(ROOT / "docs" / "studies.md", "yaml")
    path = tmp_path / "does_it_hold.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_study(path).plan.runs == 3 * (20 + 40 * 2)
