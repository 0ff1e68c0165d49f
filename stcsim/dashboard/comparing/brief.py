"""The brief of a comparison from the page: printed, or kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import solara

from stcsim.dashboard.comparing.opened import brief_text
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.parts import Download
from stcsim.dashboard.parts.file_names import FILES, joined


@solara.component_vue("print.vue", vuetify=False)
def _Print(brief: dict[str, Any], event_want: Callable[[Any], None]) -> None: ...


@solara.component
def BriefButtons(folder: Path) -> Element:
    """Offer the brief: one A4 side, black and white, for who decides.

    Parameters
    ----------
    folder : of the comparison
    """
    begin = solara.use_context(FILES)
    brief, set_brief = solara.use_state({"page": "", "count": 0})

    def write(_: object) -> None:
        set_brief({"page": brief_text(folder), "count": int(brief["count"]) + 1})

    return html(
        "div",
        _Print(brief=brief, event_want=write),
        Download(
            "Keep the brief", f"{joined((begin, 'brief'))}.html", lambda: brief_text(folder), "text/html"
        ),
        class_="cmp-buttons",
    )
