"""Buttons: to do something, to save a file, to hand one in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Literal

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.saved import Saved


@solara.component_vue("button.vue", vuetify=False)
def _Button(
    label: str,
    kind: str,
    off: bool,
    title: str,
    file: dict[str, Any],
    event_press: Callable[[Any], None],
) -> None: ...


@solara.component
def Button(
    label: str,
    on_click: Callable[[], None],
    *,
    kind: Literal["main", "plain", "quiet"] = "plain",
    off: bool = False,
    title: str = "",
) -> Element:
    """Do something.

    Parameters
    ----------
    label : what it does
    on_click : called without arguments
    kind : the main one of a page, a plain one, or one without border
    off : whether it cannot be used now
    title : more words, where the label alone does not say enough
    """
    return _Button(
        label=label, kind=kind, off=off, title=title, file=asdict(Saved()), event_press=lambda _: on_click()
    )


@solara.component
def Download(
    label: str, name: str, content: str | Callable[[], str], mime: str = "text/plain", *, off: bool = False
) -> Element:
    """Save a file where the reader's browser saves files.

    Parameters
    ----------
    label : of the button
    name : of the file
    content : its text, or what makes it when it is wanted
    mime : its type
    off : whether it cannot be used now
    """
    file, give = solara.use_state(Saved())

    def press(_: object) -> None:
        give(Saved(name, content() if callable(content) else content, mime, file.count + 1))

    return _Button(label=label, kind="plain", off=off, title="", file=asdict(file), event_press=press)
