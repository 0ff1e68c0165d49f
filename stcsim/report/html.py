"""Writing HTML so that nothing from outside can become markup: text is escaped unless it was made here."""

from __future__ import annotations

from html import escape

_VOID = frozenset({"br", "col", "hr", "link", "meta"})


class Html(str):
    """Markup that needs no escaping any more."""

    __slots__ = ()


Child = str | Html | None
"""Plain text, which is escaped, markup, or nothing."""


def text(value: str) -> Html:
    """Return `value` as markup: escaped, with characters that no document may hold made visible."""
    kept = "".join(c if c.isprintable() or c in "\n\t" else "�" for c in value)
    return Html(escape(kept, quote=True))


def join(*children: Child, between: str = "") -> Html:
    """Return the children one after the other, plain text escaped."""
    parts = [c if isinstance(c, Html) else text(c) for c in children if c is not None]
    return Html(text(between).join(parts))


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """Return an element.

    Parameters
    ----------
    name : of the element
    children : see `Child`
    attributes : values are escaped; a trailing underscore is dropped and others become hyphens (``class_``,
        ``aria_label``); True stands for an attribute without a value, None and False for none
    """
    parts = [name]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.rstrip("_").replace("_", "-")
        parts.append(f'{shown}="{text(shown if value is True else value)}"')
    opening = " ".join(parts)
    if name in _VOID:
        return Html(f"<{opening} />")
    return Html(f"<{opening}>{join(*children)}</{name}>")


def table(
    head: list[Child],
    rows: list[list[Child]],
    *,
    caption: str,
    class_: str = "",
    numeric: frozenset[int] = frozenset(),
) -> Html:
    """Return a table whose first column names its rows, in a box that scrolls sideways where it is too wide.

    Parameters
    ----------
    head : cells of the first row
    rows : cells of the others
    caption : what the table holds
    numeric : columns set flush right
    """

    def side(i: int) -> str | None:
        return "number" if i in numeric else None

    top = tag("tr", *(tag("th", c, scope="col", class_=side(i)) for i, c in enumerate(head)))
    body = [
        tag(
            "tr",
            tag("th", row[0], scope="row"),
            *(tag("td", c, class_=side(i)) for i, c in enumerate(row[1:], 1)),
        )
        for row in rows
    ]
    inner = tag(
        "table", tag("caption", caption), tag("thead", top), tag("tbody", *body), class_=class_ or None
    )
    # A box that scrolls must be reached by keyboard as well.
    return tag("div", inner, class_="scroll", tabindex="0", role="region", aria_label=caption)


def details(summary: Child, *children: Child, class_: str | None = None) -> Html:
    """Return a part that opens on demand."""
    return tag("details", tag("summary", summary), *children, class_=class_)
