"""What stands around every page: bar, navigation, heading, and a sentence where something broke."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reacton.ipyvuetify as v
import solara
from solara.alias import rv

from stcsim.dashboard.address import FIRST, link
from stcsim.dashboard.parts.file_names import FILES, stem_of
from stcsim.dashboard.parts.furniture import Furniture
from stcsim.dashboard.running import this_server
from stcsim.dashboard.session import session_key

LOG = logging.getLogger("stcsim.dashboard")
HERE = "Something went wrong in showing this page."


@dataclass(frozen=True)
class Place:
    """A page of the dashboard.

    Parameters
    ----------
    path : in the address, with a slash in front
    label : in the navigation, the heading and the browser's title
    lead : one sentence on what the page answers
    """

    path: str
    label: str
    lead: str


@solara.component_vue("shell.vue")
def Shell(
    pages: list[dict[str, str]],
    path: str,
    home: str,
    event_go: Callable[[str], None],
) -> Any:
    """Show bar and navigation; a drawer where the window is narrow."""


def html(tag: str, *children: Any, **attributes: Any) -> Any:
    """Return an element of HTML; underscores in names of attributes are dashes, ``class_`` is class."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    kind = named.pop("class", "")
    return rv.Html(tag=tag, children=list(children), attributes=named, class_=kind)


@solara.component
def Guarded(children: Any = ()) -> Any:
    """Show what it holds, and where that breaks a sentence with a number; details go to the server's log."""
    broken, clear = solara.use_exception()
    number = solara.use_memo(lambda: secrets.token_hex(3).upper(), [id(broken)])

    def log() -> None:
        if broken is not None:
            LOG.error("reference %s", number, exc_info=broken)

    solara.use_effect(log, [number])
    if broken is None:
        return html("div", *children)
    said = f"{HERE} Whoever runs this server finds the details in its log under reference {number}."
    return html("div", html("p", said), _Again(clear), class_="error-box", role="alert", data_testid="error")


@solara.component
def _Again(clear: Callable[[], None]) -> Any:
    again = v.Btn(children=["Try again"], outlined=True, class_="error-again")
    v.use_event(again, "click", lambda *_: clear())
    return again


def _count_tab() -> None:
    """Let the jobs know that this session is here, as long as it is."""
    session = session_key()

    def enter() -> Callable[[], None]:
        board = this_server().board
        board.enter(session)
        return lambda: board.exit(session)

    solara.use_effect(enter, [])


@solara.component
def Around(places: tuple[Place, ...], children: Any = ()) -> Any:
    """Show a page within everything that stands around it."""
    _count_tab()
    router = solara.use_router()
    path = "/" + router.path.strip("/")
    place = next((p for p in places if p.path == path), None)
    solara.provide_context(FILES, stem_of(path, router.search, FIRST))
    pages = [{"path": p.path, "label": p.label, "href": link(p.path, router.search)} for p in places]
    heading = [html("h1", place.label), html("p", place.lead)] if place else [html("h1", "No such page")]
    return html(
        "div",
        Furniture(),
        Shell(pages=pages, path=path, home=link("/", router.search), event_go=router.push),
        html(
            "main",
            html("div", *heading, class_="page-head"),
            Guarded(children=children).key(f"page {path}"),
            id="main",
            tabindex="-1",
        ),
        class_="frame",
    )
