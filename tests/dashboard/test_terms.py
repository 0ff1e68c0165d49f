"""Terms in texts of the dashboard have definitions, and a definition that nothing uses is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

pytest.importorskip("solara")

from stcsim.charts.marked import plain_words
from stcsim.dashboard.parts.term import glossary, term, with_terms
from stcsim.dashboard.parts.terms import TERMS

PACKAGE = Path(__file__).parents[2] / "stcsim"
MARKED = re.compile(r"\[\[([A-Za-z][A-Za-z -]*)(?:\|[^\[\]]+)?\]\]")


def test_marked_words_become_terms_and_nothing_else_becomes_markup():
    found = with_terms("A <b> of [[runs]] and [[trust|trusted]]")
    assert "A &lt;b&gt; of <button" in found
    assert ">trusted</button>" in found
    assert 'aria-describedby="term-runs"' in found
    assert plain_words("A [[runs]] and [[trust|trusted]]") == "A runs and trusted"


def test_marks_in_names_that_others_gave_stay():
    assert with_terms("Arm [[no such word]] of [[runs]]").startswith("Arm [[no such word]] of <button")


def test_a_term_without_definition_is_an_error():
    with pytest.raises(KeyError):
        term("no such word")


def test_every_term_that_a_text_marks_is_defined():
    for path in [*(PACKAGE / "dashboard").rglob("*.py"), *(PACKAGE / "charts").rglob("*.py")]:
        named = set(MARKED.findall(path.read_text(encoding="utf-8")))
        assert named <= set(TERMS) | {"key"}, path.name


def test_the_glossary_holds_each_definition_once():
    text = glossary()
    assert all(text.count(f'id="term-{key.replace(" ", "-")}"') == 1 for key in TERMS)
    assert all(meaning.endswith(".") and meaning[0].isupper() for meaning in TERMS.values())


def test_every_definition_is_used():
    paths = [*(PACKAGE / "dashboard").rglob("*.py"), *(PACKAGE / "charts").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    used = {key for key in TERMS if re.search(rf'\[\[{key}[|\]]|[tT]erm\("{key}"', text)}
    assert set(TERMS) == used
