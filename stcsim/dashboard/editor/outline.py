"""The parts of a scenario at the left, and a search over all fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.finding import Place, find
from stcsim.dashboard.editing.outline import Part
from stcsim.dashboard.element import Element
from stcsim.scenario.nodes import Steps
from stcsim.scenario.spec import MechanismSet

Go = Callable[[Steps, str], None]
"""Called with where to go, and the name of a field to put the cursor in, empty for none."""
_WORDS = 120
"""Most characters of a search."""
_SHOWN = 300
"""Most parts in one that are shown."""


@solara.component_vue("outline.vue", vuetify=False)
def _Outline(
    parts: list[dict[str, Any]],
    found: list[dict[str, Any]],
    words: str,
    event_go: Callable[[Any], None],
    event_search: Callable[[Any], None],
) -> None: ...


@solara.component
def Outline(draft: Draft, root: Part, here: Part, on_go: Go) -> Element:
    """Show the parts of a scenario, those around the open one unfolded; and a search over all fields.

    Parameters
    ----------
    here : the open part
    on_go : called with where to go, and the name of a field to put the cursor in
    """
    words, search = solara.use_state("")
    found: tuple[Place, ...] = solara.use_memo(lambda: find(root, words), [root, words])

    def go(sent: Any) -> None:
        path, field = (*sent, "", "")[:2] if isinstance(sent, list) else ("", "")
        steps = paths.read(path)
        if steps is not None:
            on_go(steps, field if isinstance(field, str) else "")

    return _Outline(
        parts=_visible(draft, root, here),
        found=[
            {"path": paths.written(p.steps), "field": p.field, "label": p.label, "where": p.where}
            for p in found
        ],
        words=words,
        event_go=go,
        event_search=lambda sent: search(sent[:_WORDS] if isinstance(sent, str) else ""),
    )


def _visible(draft: Draft, root: Part, here: Part) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []

    def show(part: Part, deep: int) -> None:
        shown.append(
            {
                "path": paths.written(part.steps),
                "label": part.label,
                "deep": deep,
                "here": part.steps == here.steps,
                "size": part.size if part.kind in ("list", "set") else 0,
                "problems": len(draft.within(part.steps)),
            }
        )
        if here.steps[: len(part.steps)] == part.steps:
            for child in part.children[:_SHOWN]:
                # mechanisms stand right below their arm
                for one in child.children if child.spec is MechanismSet else (child,):
                    show(one, deep + 1 if part.steps else deep)

    show(root, 0)
    return shown
