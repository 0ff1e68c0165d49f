"""A link to a page of the dashboard, or to another state of this one."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.element import Element


@solara.component_vue("page_link.vue", vuetify=False)
def _Link(text: str, href: str, kind: str, current: bool, event_go: Callable[[str], None]) -> None: ...


@solara.component
def PageLink(text: str, href: str, *, kind: str = "st-page-link", current: bool = False) -> Element:
    """Show a link that leads on without loading everything again; it can be opened in another tab as well.

    Parameters
    ----------
    text : of the link
    href : path of a page, with what stands behind ``?``
    kind : its class
    current : whether it leads to what is shown
    """
    router = solara.use_router()
    return _Link(text=text, href=href, kind=kind, current=current, event_go=lambda _: router.push(href))
