"""The text of a scenario, to be edited, with numbers of lines and those that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.element import Element
from stcsim.dashboard.limits import UPLOAD_BYTES

_SHOWN = 300
"""Most lines that are marked."""


@solara.component_vue("text.vue", vuetify=False)
def _Text(
    text: str,
    seen: int,
    problems: list[dict[str, Any]],
    at: dict[str, int],
    event_give: Callable[[Any], None],
    event_find: Callable[[Any], None],
) -> None: ...


@solara.component
def Text(
    draft: Draft,
    seen: int,
    line: int,
    on_text: Callable[[str, int, bool], None],
    on_line: Callable[[int], None],
) -> Element:
    """Show the text of a scenario, to be edited, with numbers of lines and those that are wrong.

    Parameters
    ----------
    seen : number of the last text that came from here
    line : where the open part stands, 0 for nowhere
    on_text : called with the text, its number, and whether whoever wrote it has left it
    on_line : called with a line whose part is to be opened
    """

    def give(sent: Any) -> None:
        text, count = (sent.get("text"), sent.get("count")) if isinstance(sent, dict) else (None, None)
        if isinstance(text, str) and isinstance(count, int) and len(text) <= UPLOAD_BYTES:
            on_text(whole(text), count, bool(sent.get("end")))

    return _Text(
        text=draft.text,
        seen=seen,
        problems=[
            {"line": number, "text": " ".join(f"{p.message}. {p.repair}".strip() for p in found)}
            for number, found in sorted(draft.lines.items())[:_SHOWN]
        ],
        at={"line": line, "lines": 1},
        event_give=give,
        event_find=lambda sent: on_line(sent) if isinstance(sent, int) else None,
    )


def whole(text: str) -> str:
    """Return a text without halves of characters, which no file can hold."""
    return text.encode(errors="replace").decode()
