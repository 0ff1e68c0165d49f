"""The events of a story in words: who did what, on which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from stcsim.charts.names import name_of
from stcsim.charts.story import Told
from stcsim.pictures.words import counted

NOBODY = "nobody in particular"
_ID = re.compile(r"[A-Za-z0-9_-]+/[A-Za-z0-9_]+")
"""Identity of a body in words."""

EVENTS: Final[Mapping[str, str]] = {
    "attempt": "tries",
    "forgone": "lets it pass",
    "application": "receives an application",
    "returned": "returns the application",
    "licence": "grants the licence",
    "refusal": "refuses the licence",
    "check": "begins a check",
    "knowledge": "knows of the front or the network",
    "unread": "has not read what lies there",
    "arrival": "sees the goods arrive",
    "screening": "screens",
    "held": "detains on doubt",
    "stopped": "stops it",
    "released": "has to let it go",
    "delivered": "lets it through",
    "completed": "has the goods",
    "discovery": "learns of it afterwards",
    "news": "tells others",
    "case": "takes a step in law",
    "open": "no more is watched",
}
"""What happens in a story, in a few words, by `what` of an observation."""


def events_of(events: pd.DataFrame, told: Told, arm: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the story in one arm for people: columns `Day`, `Who`, `What`, `Detail`, in order.

    Parameters
    ----------
    events : table of an observation
    told : occasion
    arm : which
    names : of actors for people, by identity

    Notes
    -----
    Days are counted from the day on which the occasion arose; what was known before has negative ones.
    """
    mine = events[
        (events["arm"] == arm) & (events["replication"] == told.replication) & (events["case"] == told.case)
    ]
    return pd.DataFrame(
        {
            "Day": (mine["day"] - told.day).round().astype(int),
            "Who": [name_of(w, names) if w else NOBODY for w in mine["who"].astype(str)],
            "What": [EVENTS.get(w, w) for w in mine["what"].astype(str)],
            "Detail": [_ID.sub(lambda m: names.get(m[0], m[0]), d) for d in mine["detail"].astype(str)],
        }
    ).reset_index(drop=True)


def day_words(day: int) -> str:
    """Return a day of a story: ``day 12``, or how long before where it is long ago."""
    if day >= 0:
        return f"day {day}"
    if day > -60:
        return f"{counted(-day, 'day')} before"
    months = round(-day / 30.4)
    return f"{counted(months, 'month')} before"
