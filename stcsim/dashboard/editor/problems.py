"""All problems of a scenario, each as a way to its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.editing import paths
from stcsim.dashboard.editing.draft import Draft
from stcsim.dashboard.editing.form import told
from stcsim.dashboard.editor.outline import Go
from stcsim.dashboard.element import Element

_SHOWN = 300
"""Most problems that are shown."""


@solara.component_vue("wrong.vue", vuetify=False)
def _Wrong(problems: list[dict[str, Any]], more: int, event_go: Callable[[Any], None]) -> None: ...


@solara.component
def Wrong(draft: Draft, on_go: Go) -> Element:
    """Show all problems, each as a way to its field."""
    return _Wrong(
        problems=[
            {
                "path": paths.written(p.steps),
                "where": f"line {p.problem.line}" if p.problem.line else "",
                "what": p.problem.path,
                "text": told(p),
            }
            for p in draft.problems[:_SHOWN]
        ],
        more=max(0, len(draft.problems) - _SHOWN) + draft.more,
        event_go=lambda sent: _to_problem(draft, sent, on_go),
    )


def _to_problem(draft: Draft, sent: Any, on_go: Go) -> None:
    if isinstance(sent, int) and 0 <= sent < len(draft.problems):
        steps = draft.problems[sent].steps
        name = next((str(s) for s in reversed(steps) if isinstance(s, str)), "")
        on_go(steps, name)
