"""Terms in the text, each with a definition on hover, focus or tap."""

from __future__ import annotations

import solara

from stcsim.charts.marked import MARKED
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.markup import Markup
from stcsim.dashboard.parts.terms import TERMS
from stcsim.report.html import Html, join, tag


def term(key: str, words: str = "") -> Html:
    """Return a word that has a definition.

    Parameters
    ----------
    key : in `TERMS`
    words : how it reads in the sentence, the key itself where empty

    Raises
    ------
    KeyError
        there is no such term
    """
    TERMS[key]
    # A place in the text that can be focused; the definition is in the glossary of the page, see `Furniture`.
    place = f"term-{key.replace(' ', '-')}"
    return tag("button", words or key, type="button", class_="st-term", aria_describedby=place)


def with_terms(sentence: str) -> Html:
    """Return text as markup, with ``[[key]]`` and ``[[key|words]]`` as terms and all else escaped.

    Marks around what is no term stay as they stand: names in a scenario are in titles too.
    """
    parts: list[str | Html] = []
    end = 0
    for found in (one for one in MARKED.finditer(sentence) if one[1] in TERMS):
        parts += [sentence[end : found.start()], term(found[1], found[2] or "")]
        end = found.end()
    return join(*parts, sentence[end:])


def glossary() -> Html:
    """Return the definitions of all terms, for the page to hold once, out of sight."""
    held = (tag("span", text, id=f"term-{key.replace(' ', '-')}") for key, text in TERMS.items())
    return tag("div", *held, hidden=True, id="st-glossary")


@solara.component
def TermText(sentence: str, tag: str = "span", class_: str = "") -> Element:
    """Show text with terms.

    Parameters
    ----------
    sentence : with ``[[key]]`` or ``[[key|words]]`` where a term is
    tag, class_ : of the element around it
    """
    return Markup(with_terms(sentence), tag, class_)


@solara.component
def Term(key: str, words: str = "") -> Element:
    """Show one term, see `term`."""
    return Markup(term(key, words), "span")
