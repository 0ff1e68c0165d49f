"""Page Ecosystem: who knows, trusts and tells whom, year by year."""

from __future__ import annotations

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.watching.following import use_observation
from stcsim.dashboard.watching.setup import WatchSetup


@solara.component
def Page() -> Element:
    """Show what is watched, and what was seen."""
    watching = use_observation({})
    return html("div", WatchSetup(watching), class_="cmp", data_testid="ecosystem")
