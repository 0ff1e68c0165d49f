"""What is dated on an axis of quarters: what takes effect, ends, strikes, and who leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stcsim.charts.names import name_of
from stcsim.pictures.words import capital, listed

_SAID = ("effect", "ends", "shock", "announced", "leaves")


def dated(
    dates: pd.DataFrame, arm: str, days: Sequence[int], names: Mapping[str, str]
) -> list[tuple[int, str, str]]:
    """Return what is dated for an arm: place on the axis, a number, and words for all of that quarter.

    Parameters
    ----------
    dates : table of an observation
    arm : which; what befalls all arms is told too
    days : on which quarters end
    names : of bodies for people
    """
    mine = dates[dates["arm"].isin(("", arm)) & dates["what"].isin(_SAID)]
    places = np.searchsorted(np.asarray(days), mine["day"].to_numpy(float))
    told = [
        (place, _words(mine[places == place], names))
        for place in sorted(set(places.tolist()))
        if 0 < place < len(days)
    ]
    return [(place, str(i), f"{i}: {words}") for i, (place, words) in enumerate(told, 1)]


def _words(quarter: pd.DataFrame, names: Mapping[str, str]) -> str:
    def of(what: str, column: str) -> list[str]:
        return list(dict.fromkeys(quarter.loc[quarter["what"] == what, column].astype(str)))

    leaving = of("leaves", "who")
    # Who leaves in the quarter in which that is announced is told once.
    announced = [who for who in of("announced", "who") if who not in leaving]
    parts = [
        *(f"{title} takes effect" for title in of("effect", "detail")),
        *(f"{title} ends" for title in of("ends", "detail")),
        *(f"the shock “{title}” strikes" for title in of("shock", "detail")),
    ]
    if announced:
        parts.append(f"it is announced that {_people(announced, names)} {_leave(announced)}")
    if leaving:
        parts.append(f"{_people(leaving, names)} {_leave(leaving)}")
    return listed(parts, limit=len(parts))


def _people(who: Sequence[str], names: Mapping[str, str]) -> str:
    return listed([capital(name_of(one, names)) for one in who])


def _leave(who: Sequence[str]) -> str:
    return "leaves" if len(who) == 1 else "leave"
