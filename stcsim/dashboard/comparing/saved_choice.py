"""The list of comparisons that lie among the results."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.comparing.following import POINTED
from stcsim.dashboard.comparing.saved import Saved, saved_in
from stcsim.dashboard.element import Element
from stcsim.dashboard.layout import html
from stcsim.dashboard.making import use_looked
from stcsim.dashboard.parts import Choice, Option
from stcsim.dashboard.running import this_server

LOOK_SECONDS = 10.0
"""Time between two looks for saved comparisons."""
_MOST = 100


@solara.component
def SavedChoice(chosen: str, change: Callable[..., None]) -> Element:
    """Offer the saved comparisons; nothing where there are none.

    Parameters
    ----------
    chosen : name of the one that is shown, empty where none is
    change : changes the address
    """
    results = this_server().results
    look: Callable[[], tuple[Saved, ...]] = lambda: saved_in(results)[:_MOST] if results is not None else ()  # noqa: E731
    found = use_looked(look, str(results) if results is not None else None, LOOK_SECONDS) or ()
    if not found and not chosen:
        return html("span", class_="st-none")
    options = [Option("", "None: what is asked here"), *(Option(one.name, one.label) for one in found)]
    if chosen and chosen not in {one.name for one in found}:
        options.append(Option(chosen, chosen))
    return html(
        "div",
        Choice(
            "Saved comparisons",
            chosen,
            options,
            lambda name: change(saved=name or None, **dict.fromkeys(POINTED)),
        ),
        class_="cmp-saved",
    )
