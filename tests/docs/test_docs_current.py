"""The documentation is current: generated tables, links, commands, and nothing of anybody's machine."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from stcsim.cli import application
from stcsim.errors import InputError
from stcsim.report.mechanism_pages import pages
from stcsim.report.reference import SECTIONS, refreshed, render
from stcsim.sources import sources
from tests.docs.pages import PAGES, ROOT, name_of, prose, shell_lines

each = pytest.mark.parametrize("page", PAGES, ids=name_of)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_URL = re.compile(r"https?://[^\s)\"'>|]+")
_MARKER = re.compile(r"<!-- generated: ([a-z_]+) -->")


@each
def test_generated_sections_are_as_the_code_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    was, now = text.splitlines(), refreshed(text).splitlines()
    # a new file of tests need not be told at once; one that has gone or says something else must be
    told = set(was)
    assert was == [line for line in now if line in told or "](../tests/" not in line], "run: make docs"


def test_each_mechanism_has_its_page() -> None:
    made = pages()
    folder = ROOT / "docs" / "mechanisms"
    assert {p.name for p in folder.glob("*.md")} == set(made), "run: make docs"
    for name, text in made.items():
        assert (folder / name).read_text(encoding="utf-8") == text, f"{name} is out of date; run: make docs"


def test_every_section_stands_somewhere_and_is_closed() -> None:
    texts = [p.read_text(encoding="utf-8") for p in PAGES]
    used = [name for text in texts for name in _MARKER.findall(text)]
    assert set(used) == set(SECTIONS)
    for text in texts:
        assert len(_MARKER.findall(text)) == text.count("<!-- end -->")


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(InputError, match="no generated section nonsense"):
        render("nonsense")


@pytest.mark.parametrize("name", SECTIONS)
def test_tables_have_as_many_cells_in_each_row(name: str) -> None:
    width = 0
    for line in render(name).splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells


def _anchor(heading: str) -> str:
    """The anchor that repositories on the web make of a heading."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@each
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        if anchor:
            headings = _HEADING.findall(found.read_text(encoding="utf-8"))
            assert anchor in {_anchor(h) for h in headings}, target


@each
def test_no_page_tells_of_a_machine(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w.`])/(?:home|root|tmp|work|Users|opt|srv|var|usr|mnt)/\S*", text)
    assert not re.findall(r"\b(?:localhost|\d{1,3}(?:\.\d{1,3}){3})\b", text)
    known = {s.url for s in sources().values()}
    assert set(_URL.findall(text)) <= known, "addresses other than those of sources"


@each
def test_prose_is_plain(page: Path) -> None:
    text = prose(page)
    assert not re.findall(r"\b(?:TODO|FIXME|XXX|TBD)\b", text)
    assert "\t" not in text


def _commands() -> dict[str, Any]:
    """The commands of the command line by name."""
    made: Any = typer.main.get_command(application())
    return dict(made.commands)


def _said() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        for line in shell_lines(page):
            words = line.split()
            for at, word in enumerate(words):
                if word.rpartition("/")[2] == "stcsim" and at + 1 < len(words):
                    yield name_of(page), words[at + 1 :]


@pytest.mark.parametrize(
    ("page", "words"), list(_said()), ids=lambda v: v if isinstance(v, str) else "_".join(v)
)
def test_every_command_and_option_that_a_page_shows_exists(page: str, words: list[str]) -> None:
    commands = _commands()
    assert words[0] in commands, page
    command = commands[words[0]]
    while hasattr(command, "commands"):
        words = words[1:]
        assert words[0] in command.commands, page
        command = command.commands[words[0]]
    options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
    for word in words[1:]:
        if word.startswith("--"):
            assert word.partition("=")[0] in options, f"{page}: {words[0]} has no {word}"


def test_every_make_target_that_a_page_shows_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        for line in shell_lines(page):
            words = line.split()
            if words[0] == "make":
                assert {w for w in words[1:] if w.isidentifier()} <= targets, line


def test_the_readme_runs_the_demo_that_make_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    said = re.search(r"^DEMO_ARGS \?= (.+)$", makefile, re.MULTILINE)
    assert said is not None
    lines = list(shell_lines(ROOT / "README.md"))
    assert any(f"stcsim compare reference_region {said[1]} --out demo" in line for line in lines)


def test_the_interpreter_is_one_that_the_readme_names() -> None:
    said = re.search(r"Python (\d+)\.(\d+) or newer", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert said is not None
    assert sys.version_info >= (int(said[1]), int(said[2]))
