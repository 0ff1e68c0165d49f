"""The pages of the dashboard and their addresses."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import solara

from stcsim.dashboard.layout import Around, Guarded, Place
from stcsim.dashboard.pages import (
    capacity,
    compare,
    ecosystem,
    flows,
    method,
    scenario,
    studies,
    truth,
)

PAGES: tuple[tuple[ModuleType, Place], ...] = (
    (compare, Place("/", "Compare", "What each way of coordinating changes, and how sure that is.")),
    (ecosystem, Place("/ecosystem", "Ecosystem", "Who knows, trusts and tells whom, year by year.")),
    (flows, Place("/flows", "Flows", "What becomes of attempts, where, and by whom.")),
    (capacity, Place("/capacity", "Capacity", "Who can do what, who uses it, and how it fades.")),
    (truth, Place("/truth", "Truth and statistics", "What your own figures would show beside what is so.")),
    (scenario, Place("/scenario", "Scenario", "Look into a scenario, change it, bring your own.")),
    (studies, Place("/studies", "Studies", "Many scenarios, arms and assumptions at once.")),
    (method, Place("/method", "Method", "How it is computed, what is assumed, and what it cannot say.")),
)
"""Module with a component ``Page``, and where it stands; in the order of the navigation."""

PLACES = tuple(place for _, place in PAGES)


@solara.component
def Layout(children: Any = ()) -> Any:
    """Show a page within what stands around it."""
    return Guarded(children=[Around(PLACES, children=children)])


routes = [
    solara.Route(
        "/" if place.path == "/" else place.path.strip("/"),
        component=module.Page,
        layout=Layout if place.path == "/" else None,
        label=f"{place.label} · stcsim",
    )
    for module, place in PAGES
]
