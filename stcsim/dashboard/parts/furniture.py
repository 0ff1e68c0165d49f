"""What every page holds once: the glossary, and the script that shows definitions."""

from __future__ import annotations

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import glossary


@solara.component_vue("furniture.vue", vuetify=False)
def _Furniture(glossary: str) -> None: ...


@solara.component
def Furniture() -> Element:
    """Place what terms need; the layout of the pages holds it once. It takes no room."""
    return _Furniture(glossary=str(glossary()))
