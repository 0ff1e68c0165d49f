"""What was asked and what was run, by heading: names for people, those of files and commands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stcsim.report.html import Child, Html, details, tag
from stcsim.report.study.inputs import Named

AT_ONCE = 6
"""Names that are shown before the others are behind a line to open."""


def facts_markup(entries: Mapping[str, str | tuple[Named, ...]], class_: str) -> Html:
    """Return facts by their headings as a list of definitions.

    Parameters
    ----------
    entries : words, or what is named, by heading
    class_ : of the list
    """
    rows = (tag("div", tag("dt", name), tag("dd", *_told(said))) for name, said in entries.items())
    return tag("dl", *rows, class_=class_)


def _told(said: str | tuple[Named, ...]) -> list[Child]:
    if isinstance(said, str):
        return [said]
    if len(said) <= AT_ONCE + 1:
        return [_listed(said)]
    rest = said[AT_ONCE:]
    return [_listed(said[:AT_ONCE]), details(f"and {len(rest)} more", _listed(rest))]


def _listed(named: Sequence[Named]) -> Html:
    return tag("ul", *(tag("li", one.label, " ", tag("code", one.name)) for one in named), class_="named")
