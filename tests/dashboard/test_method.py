"""What the page Method shows: chapters of the documentation, and the register as it is."""

from __future__ import annotations

import pytest

pytest.importorskip("solara")

from stcsim.dashboard import assumed
from stcsim.dashboard.manual import chapter, found
from stcsim.parameters import register
from stcsim.report.reference_choices import assumed as told


def test_the_chapters_that_the_page_shows_are_there():
    submodels = chapter("model", "Submodels")
    titles = [section.title for section in submodels]
    assert {"Political will", "Trust, recognition, clarity", "Screening"} <= set(titles)
    assert any("<pre>" in section.markup for section in submodels)
    for page, title in (
        ("responsible-use", "What it cannot say"),
        ("responsible-use", "What it may not be used for"),
        ("responsible-use", "What to tell a reader with any result"),
        ("model", "Known limits"),
    ):
        assert chapter(page, title), title


def test_links_lead_out_into_the_open_or_nowhere():
    for section in chapter("model", "Submodels"):
        assert "../stcsim" not in section.markup
        assert "<!--" not in section.markup
        assert "&lt;!--" not in section.markup
        assert section.markup.count("<a ") == section.markup.count('<a href="http')


def test_a_search_wants_all_words():
    sections = chapter("model", "Submodels")
    assert "Trust, recognition, clarity" in [s.title for s in found(sections, "TRUST meetings")]
    assert found(sections, "trust zzzz") == ()
    assert found(sections, "") == sections


def test_the_register_is_whole_and_counted_as_in_the_documentation():
    model = assumed.chosen("", assumed.MODEL, "")
    assert len(model) == len(register())
    guessed = assumed.chosen("", assumed.MODEL, "assumed")
    own = assumed.chosen("", assumed.MECHANISM, "")
    assert f"Of the {len(model)} parameters in the register, **{len(guessed)} are assumed**" in told()
    assert f"Of the {len(own)} numbers that describe" in told()
    assert assumed.summary().startswith(f"{len(guessed)} of {len(model)} parameters")


def test_a_number_with_a_source_names_it():
    sourced = assumed.chosen("", assumed.MODEL, "source")
    assert sourced
    assert all(e.source is not None and e.source.url.startswith("http") and e.known for e in sourced)
    (only,) = assumed.chosen("capacity latent_use", "", "")
    assert only.path == "parameters.capacity.latent_use"
