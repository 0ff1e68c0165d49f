"""Which attempts have their story told: some of each sort, those first that end differently in some arm."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

MOST_STORIES = 16
"""Attempts of each replication whose story is kept."""
_WAITED = "wait/forgone"


def choose(cases: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """Return the attempts whose story is told: `replication`, `case`.

    For each replication those of different ends in different arms first, and one of each sort (ways and fates
    in all arms) in turn, the earliest first.
    """
    tried = cases[cases["origin"] == "adversary"]
    end = tried["way"] + "/" + tried["fate"]
    sorts = tried.assign(end=end).pivot(index=["replication", "case"], columns="arm", values="end")
    sorts = sorts.reindex(columns=list(arms)).fillna("")
    day = tried.groupby(["replication", "case"])["day"].min()
    words, alike = sorts[arms[0]], pd.Series(True, index=sorts.index)
    waits = sorts.isin([_WAITED, ""]).all(axis=1)
    for arm in arms[1:]:
        alike &= sorts[arm] == sorts[arms[0]]
        words = words + " | " + sorts[arm]
    found = pd.DataFrame({"sort": words, "day": day, "alike": alike})[~waits].reset_index()
    found = found.sort_values(["replication", "day", "case"], kind="stable")
    turn = found.groupby(["replication", "sort"]).cumcount()
    found = found.assign(turn=turn).sort_values(["replication", "turn", "alike", "day"], kind="stable")
    first = found.groupby("replication").head(MOST_STORIES)
    return first[["replication", "case"]].sort_values(["replication", "case"]).reset_index(drop=True)
