"""Which of the arms that were watched a page looks at."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.asking.arms import arm_options
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts import Choice
from stcsim.dashboard.watching.opened import Seen


def focus_of(seen: Seen, wanted: str) -> str:
    """Return the arm that is looked at: the one that was asked for, else the first, else the baseline."""
    return wanted or seen.arms[min(1, len(seen.arms) - 1)]


@solara.component
def FocusPick(seen: Seen, arm: str, on_arm: Callable[[str], None]) -> Element:
    """Choose the arm that is looked at, beside the baseline."""
    return Choice("Arm in focus", arm, arm_options(seen.arms, seen.label, seen.styles), on_arm)
