"""How far a job is, in words and as a line, with the way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.element import Element


@solara.component_vue("progress.vue", vuetify=False)
def _Progress(
    label: str, text: str, progress: float | None, stop: str, event_cancel: Callable[[Any], None]
) -> None: ...


@solara.component
def ProgressLine(
    text: str,
    progress: float | None = None,
    on_cancel: Callable[[], None] | None = None,
    *,
    label: str = "Progress",
    stop: str = "Stop",
) -> Element:
    """Show how far a job is.

    Parameters
    ----------
    text : such as ``144 of 396 runs, about 2 min left``
    progress : share that is done, 0 to 1; None where it is not known
    on_cancel : called when the reader stops it; None where that cannot be
    label : what goes on
    stop : on the button
    """
    share = None if progress is None else min(1.0, max(0.0, progress))
    return _Progress(
        label=label,
        text=text,
        progress=share,
        stop=stop if on_cancel is not None else "",
        event_cancel=lambda _: on_cancel() if on_cancel is not None else None,
    )
