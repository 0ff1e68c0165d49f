"""What every page holds once: the style sheet, the glossary, and the script that shows definitions."""

from __future__ import annotations

from pathlib import Path

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import glossary

STYLE = (Path(__file__).parents[1] / "style.css").read_text(encoding="utf-8")


@solara.component_vue("furniture.vue", vuetify=False)
def _Furniture(sheet: str, glossary: str) -> None: ...


@solara.component
def Furniture() -> Element:
    """Place what the parts need; the layout of the pages holds it once. It takes no room."""
    return _Furniture(sheet=STYLE, glossary=str(glossary()))
