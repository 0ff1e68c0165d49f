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
from stcsim.dashboard.running import this_server
from stcsim.dashboard.studies.folders import shown_name


@solara.component_vue("print.vue", vuetify=False)
def _Print(brief: dict[str, Any], event_want: Callable[[Any], None]) -> None: ...


@solara.component
def BriefButtons(folder: Path, saved: str = "") -> Element:
    """Offer the brief: one A4 side, black and white, for who decides.

    Parameters
    ----------
    folder : of the comparison
    saved : its name among the results; empty for that of a job
    """
    begin = solara.use_context(FILES)
    results = this_server().results
    called = shown_name(results, saved) if saved and results is not None else ""
    brief, set_brief = solara.use_state({"page": "", "count": 0})

    def write(_: object) -> None:
        set_brief({"page": brief_text(folder, called), "count": int(brief["count"]) + 1})

    return html(
        "div",
        _Print(brief=brief, event_want=write),
        Download(
            "Keep the brief",
            f"{joined((begin, 'brief'))}.html",
            lambda: brief_text(folder, called),
            "text/html",
        ),
        class_="cmp-buttons",
    )
