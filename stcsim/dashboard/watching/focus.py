"""Which of the arms that were watched a page looks at."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts import Choice, Option
from stcsim.dashboard.watching.opened import Seen
from stcsim.report.arms import mark


def focus_of(seen: Seen, wanted: str) -> str:
    """Return the arm that is looked at: the one that was asked for, else the first, else the baseline."""
    if wanted in seen.arms:
        return wanted
    return seen.arms[1] if len(seen.arms) > 1 else seen.arms[0]


@solara.component
def FocusPick(seen: Seen, arm: str, on_arm: Callable[[str], None]) -> Element:
    """Choose the arm that is looked at, beside the baseline."""
    options = [Option(a, seen.label(a), mark=str(mark(seen.styles[a]))) for a in seen.arms]
    return Choice("Arm in focus", arm, options, on_arm)
