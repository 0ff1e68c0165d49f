"""Markup that was written by `stcsim.report.html`, in the page."""

from __future__ import annotations

import solara

from stcsim.dashboard.element import Element
from stcsim.report.html import Html


@solara.component_vue("markup.vue", vuetify=False)
def _Markup(tag: str, content: str, class_: str) -> None: ...


@solara.component
def Markup(content: Html, tag: str = "div", class_: str = "") -> Element:
    """Show markup; it is an `Html`, so that text from outside has been escaped.

    Parameters
    ----------
    content : made with `stcsim.report.html.tag` and its like
    tag : name of the element around it
    class_ : class of the element around it
    """
    return _Markup(tag=tag, content=str(content), class_=class_)
