"""Names beside a chart: an axis that shows nothing but texts, the room that they need, who is called what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stcsim.pictures.measure import text_width

STAFF = "same money on staff"
"""What the rival of an arm is called below or beside it."""
SIZE = 12.0
"""Size of text on axes in px."""
_GAP = 14.0


def room(texts: Sequence[str], most: float) -> float:
    """Return the px that texts need beside the drawing; longer ones than `most` px are broken."""
    return min(most, max((text_width(text, SIZE) for text in texts), default=0.0)) + _GAP


def names_axis(texts: Sequence[str], most: float, *, right: bool = False) -> dict[str, Any]:
    """Return a vertical axis that names rows from the top downwards.

    Parameters
    ----------
    texts : one a row
    most : width in px at which they are broken
    right : whether it stands on the right side
    """
    axis: dict[str, Any] = {
        "type": "category",
        "inverse": True,
        "data": list(texts),
        "axisLabel": {"width": most, "overflow": "break", "lineHeight": 14, "interval": 0},
        "axisTick": {"show": False},
        "axisLine": {"show": False},
    }
    return axis | {"position": "right"} if right else axis


def name_of(who: str, names: Mapping[str, str]) -> str:
    """Return the name of somebody for people; who has none of its own is told by its identity, in words."""
    found = names.get(who, who)
    return found.replace("_", " ") if found == who else found
