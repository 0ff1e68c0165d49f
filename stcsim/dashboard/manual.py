"""The documentation in the page: chapters of ``docs``, from the checkout or the copy in the wheel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from stcsim.report.html import Html

_PACKAGE = Path(__file__).resolve().parents[1]
_NUMBERED = re.compile(r"^\d+\.\s+")
_COMMENT = re.compile(r"<!--.*?-->\n?", re.DOTALL)
_BASES = re.compile(r"<!-- generated: bases -->.*?<!-- end -->\n?", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """A part of a chapter under one heading.

    Parameters
    ----------
    title : its heading
    markup : what stands below
    under : whether it has a heading of its own below that of the chapter
    words : all of it in lower case, to be searched
    """

    title: str
    markup: Html
    under: bool
    words: str


def folder() -> Path:
    """Return the folder of the documentation: the package's copy, or the checkout's where there is none."""
    packed = _PACKAGE / "_library" / "docs"
    return packed if packed.is_dir() else _PACKAGE.parent / "docs"


@cache
def chapter(page: str, title: str, first: str = "") -> tuple[Section, ...]:
    """Return the sections of a chapter.

    Parameters
    ----------
    page : name of the page without ending
    title : of the chapter, without its number
    first : heading of what stands before the first one, that of the chapter where empty

    Raises
    ------
    KeyError
        the page has no such chapter
    """
    text = (folder() / f"{page}.md").read_text(encoding="utf-8")
    # The register has a part of its own here.
    text = _COMMENT.sub("", _BASES.sub("", text))
    chapters = {_NUMBERED.sub("", head): body for head, body in _split(text, "## ")}
    return tuple(
        Section(
            head or first or title, _markup(body), bool(head), f"{head or first or title}\n{body}".lower()
        )
        for head, body in _split(chapters[title], "### ")
        if body.strip()
    )


def found(sections: tuple[Section, ...], search: str) -> tuple[Section, ...]:
    """Return the sections that hold every word of `search`; all of them where it is empty."""
    words = search.lower().split()
    return tuple(section for section in sections if all(word in section.words for word in words))


def _split(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """Yield heading and body of each part; the first has no heading. Marks in listings are none."""
    head, body, listing = "", list[str](), False
    for line in text.splitlines():
        listing ^= line.startswith("```")
        if line.startswith(mark) and not listing:
            yield head, "\n".join(body)
            head, body = line.removeprefix(mark).strip(), []
        else:
            body.append(line)
    yield head, "\n".join(body)


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _markup(text: str) -> Html:
    """Return Markdown as markup; links within the documentation become their words."""
    reader = _reader()
    tokens = reader.parse(text)
    for token in tokens:
        if token.children is not None:
            token.children = list(_without_inner_links(token.children))
    written = str(reader.renderer.render(tokens, reader.options, {}))
    scroll = '<div class="st-scroll" tabindex="0" role="group" aria-label="Table"><table>'
    return Html(written.replace("<table>", scroll).replace("</table>", "</table></div>"))


def _without_inner_links(tokens: list[Token]) -> Iterator[Token]:
    outer = False
    for token in tokens:
        if token.type == "link_open":
            outer = str(token.attrs.get("href", "")).startswith(("https://", "http://"))
            if outer:
                token.attrs.update({"target": "_blank", "rel": "noopener noreferrer"})
        if outer or token.type not in ("link_open", "link_close"):
            yield token
