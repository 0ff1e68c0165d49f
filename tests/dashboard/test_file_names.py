"""Names of files that readers save: they tell what is in them, and every file system takes them."""

from __future__ import annotations

import re

import pytest

solara = pytest.importorskip("solara")

from stcsim.dashboard.parts.file_names import LONGEST, joined, safe, stem_of  # noqa: E402

SAFE = re.compile(r"[a-z0-9_-]*")


@pytest.mark.parametrize(
    ("path", "search", "stem"),
    [
        ("/", None, "small_region-compare"),
        ("/", "scenario=donor_crowd&arms=a,b", "donor_crowd-compare"),
        ("/flows", "scenario=own:0123456789ab", "own-0123456789ab-flows"),
        ("/truth", "scenario=file:my%20region.yaml", "my-region-truth"),
        ("/studies", "study=more/quick&view=ranking", "quick-studies"),
        ("/studies", "", "studies"),
        ("/", "saved=spring%2Ffirst&scenario=small_region", "spring-first-compare"),
        ("/flows", "saved=spring%2Ffirst&scenario=small_region", "small_region-flows"),
        ("/method", "part=assumptions&scenario=donor_crowd", "method"),
    ],
)
def test_a_page_says_what_it_is_about(path: str, search: str | None, stem: str) -> None:
    assert stem_of(path, search, "small_region") == stem


@pytest.mark.parametrize(
    "words", ["../../etc/passwd", "a\0b", "CON", "<b>", "état d'urgence", "x" * 500, "%2e%2e"]
)
def test_no_words_make_an_unsafe_name(words: str) -> None:
    for found in (
        safe(words),
        joined(("small_region", "compare", words)),
        stem_of(words, f"scenario={words}", "x"),
    ):
        assert SAFE.fullmatch(found)
        assert len(found) <= LONGEST


def test_long_names_end_with_a_whole_word() -> None:
    assert safe("every outcome with post-shipment checks", 24) == "every-outcome-with-post"
    assert (
        joined(("a", "", "forest-diversions", "frontline_channel")) == "a-forest-diversions-frontline_channel"
    )
