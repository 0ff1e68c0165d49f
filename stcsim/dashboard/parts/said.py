"""What went wrong, and what to know before reading on."""

from __future__ import annotations

from collections.abc import Sequence

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.markup import Markup
from stcsim.dashboard.parts.term import with_terms
from stcsim.report.html import Html, tag


@solara.component
def Problems(problems: Sequence[str], title: str = "") -> Element:
    """Show what is wrong, each on its own; nothing where nothing is.

    Parameters
    ----------
    problems : as the commands print them, lines kept
    title : before them; counted where empty
    """
    if not problems:
        return Markup(Html(""), "span", "st-none")
    said = title or ("There is a problem" if len(problems) == 1 else f"There are {len(problems)} problems")
    content = tag(
        "div",
        tag("p", tag("strong", said)),
        tag("ul", *(tag("li", problem) for problem in problems)),
        class_="st-problems",
        role="alert",
    )
    return Markup(content)


@solara.component
def Notice(sentence: str) -> Element:
    """Show what a reader has to know before using what follows.

    Parameters
    ----------
    sentence : with terms in double brackets
    """
    return Markup(tag("p", with_terms(sentence), class_="st-notice"))
