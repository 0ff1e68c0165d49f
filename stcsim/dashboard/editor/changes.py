"""The lines in which a text differs from the original."""

from __future__ import annotations

import solara

from stcsim.dashboard.editing.differing import rows as differing_rows
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts import Markup
from stcsim.report.html import Html, tag


@solara.component
def Difference(before: str, after: str) -> Element:
    """Show the lines in which two texts differ."""
    marks = {"new": ("+", "now"), "gone": ("−", "before"), "same": ("", ""), "gap": ("", "")}
    lines: list[Html] = []
    for row in differing_rows(before, after):
        mark, words = marks[row.kind]
        if row.kind == "gap":
            lines.append(tag("tr", tag("td", row.text, colspan="4"), class_="se-gap"))
            continue
        cells = (
            tag("td", str(row.before or ""), class_="se-n"),
            tag("td", str(row.after or ""), class_="se-n"),
            tag("td", tag("span", mark, aria_hidden="true"), tag("span", words, class_="st-hidden")),
            tag("td", row.text),
        )
        lines.append(tag("tr", *cells, class_=f"se-{row.kind}"))
    head = tag("tr", *(tag("th", word, scope="col") for word in ("Before", "Now", "±", "Text")))
    caption = tag("caption", "Lines that differ from the original", class_="st-hidden")
    whole = tag("table", caption, tag("thead", head), tag("tbody", *lines))
    return Markup(
        tag("div", whole, tabindex="0", role="region", aria_label="Lines that differ") if lines else Html(""),
        "div",
        "se-diff",
    )
