"""Entries below each other, to be opened, copied, taken out and added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import solara

from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.form import summary
from stcsim.dashboard.editing.outline import Part
from stcsim.dashboard.element import Element
from stcsim.scenario.nodes import Steps

_SHOWN = 300
"""Most entries of one list that are shown."""


@solara.component_vue("entries.vue", vuetify=False)
def _Entries(
    entries: list[dict[str, Any]],
    none: str,
    adding: str,
    copies: bool,
    drops: bool,
    names: list[dict[str, str]],
    event_open: Callable[[Any], None],
    event_copy: Callable[[Any], None],
    event_drop: Callable[[Any], None],
    event_add: Callable[[Any], None],
) -> None: ...


@solara.component
def Entries(
    draft: Draft,
    parts: Sequence[Part],
    on_open: Callable[[Steps], None],
    on_drop: Callable[[Steps], None] | None = None,
    *,
    none: str = "There are none.",
    adding: str = "",
    names: Sequence[tuple[str, str]] = (),
    on_add: Callable[[str], None] | None = None,
    on_copy: Callable[[Steps], None] | None = None,
) -> Element:
    """Show entries one below the other, to be opened, copied and taken out, and a way to add one.

    Parameters
    ----------
    adding : what the way to add one is called; empty for none
    names : names and words from which a new one is chosen; where empty, there is one kind alone
    """
    known = {paths.written(part.steps): part.steps for part in parts}

    def to(act: Callable[[Steps], None] | None) -> Callable[[Any], None]:
        return lambda sent: act(known[sent]) if act and isinstance(sent, str) and sent in known else None

    def add(sent: Any) -> None:
        if on_add and isinstance(sent, str) and (not names or sent in dict(names)):
            on_add(sent)

    return _Entries(
        entries=[
            {
                "path": paths.written(part.steps),
                "label": part.label,
                "summary": summary(draft, part),
                "problems": len(draft.within(part.steps)),
            }
            for part in parts[:_SHOWN]
        ],
        none=none,
        adding=adding,
        copies=on_copy is not None,
        drops=on_drop is not None,
        names=[{"value": value, "label": label} for value, label in names],
        event_open=to(on_open),
        event_copy=to(on_copy),
        event_drop=to(on_drop),
        event_add=add,
    )
