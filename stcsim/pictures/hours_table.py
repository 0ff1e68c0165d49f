"""Hours in numbers and words: what each arm takes, by the body that spends them, and on whom most falls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from stcsim.pictures.style import BASELINE, is_rival, rival_of
from stcsim.pictures.words import capital_words, listed, number, share_percent

MOST = 6
"""Bodies that are shown one by one; all others are put together."""
OTHERS = "others"


def hours_table(bodies: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame | None:
    """Return mean hours a year, arms as rows and the bodies that bear most as columns; None without any hour.

    Parameters
    ----------
    bodies : columns `arm`, `world`, `replication`, `body`, `hours` (per counted year)
    arms : in the order in which they are shown; rivals are left out, staff coordinates as the baseline does
    """
    table = _means(bodies, [BASELINE, *(a for a in arms if not (is_rival(a) and rival_of(a) in arms))])
    if table.empty or not (table.to_numpy() > 0).any():
        return None
    return _few_bodies(table)


def runs_of(bodies: pd.DataFrame) -> int:
    """Return of how many runs under default assumptions an arm's hours are the mean."""
    return int(bodies[bodies["world"] == 0].groupby("arm")["replication"].nunique().max())


def names_of(table: pd.DataFrame, labels: Mapping[str, str]) -> list[str]:
    """Return what the arms of a table of hours are called, row by row."""
    return ["Baseline" if arm == BASELINE else labels[str(arm)] for arm in table.index]


def body_words(body: str) -> str:
    """Return the name of a body within a sentence."""
    return capital_words(body).lower()


def hours_words(table: pd.DataFrame, names: Sequence[str]) -> str:
    """Return a sentence that says of each arm how many hours it takes and who bears most of them.

    Parameters
    ----------
    table : as `hours_table` gives it
    names : of its arms
    """
    most = table.idxmax(axis=1)
    said = [
        f"{name}: {number(float(total))} hours a year, most by {body_words(str(body))}"
        for name, total, body in zip(names, table.sum(axis=1), most, strict=True)
    ]
    return f"{'; '.join(said)}."


def _means(bodies: pd.DataFrame, arms: Sequence[str]) -> pd.DataFrame:
    """Mean hours, arms as rows in the order given, bodies as columns."""
    own = bodies[bodies["world"] == 0]
    runs = own.groupby("arm")["replication"].nunique()
    total = own.groupby(["arm", "body"])["hours"].sum().unstack("body", fill_value=0)
    table = total.div(runs, axis=0)
    return table.loc[[a for a in arms if a in table.index]]


def _few_bodies(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the bodies that bear most over all arms, in that order; put the others together."""
    total = table.sum().sort_index().sort_values(ascending=False, kind="stable")
    total = total[total > 0]
    kept = list(total.index[: MOST if len(total) > MOST + 1 else MOST + 1])
    few = table[kept].copy()
    if len(total) > len(kept):
        few[OTHERS] = table[[b for b in total.index if b not in kept]].sum(axis=1)
    return few


def hours_finding(table: pd.DataFrame) -> str:
    """Say on whom most hours fall."""
    named = table.drop(columns=OTHERS, errors="ignore")
    own = named.drop(index=BASELINE, errors="ignore")
    own = own if len(own) else named
    first = own.idxmax(axis=1)
    counts = first.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if 2 * counts.iloc[0] <= len(own):
        heads = [f"{body_words(str(body))} in {n}" for body, n in counts.items()]
        return f"Who bears most coordination hours differs between arms: {listed(heads)}"
    body = str(counts.index[0])
    there = first[first == body].index
    share = float((table.loc[there, body] / table.sum(axis=1)[there]).mean())
    where = "in every arm" if counts.iloc[0] == len(own) else f"in {counts.iloc[0]} of {len(own)} arms"
    return (
        f"The largest part of coordination hours falls on {body_words(body)} {where}, "
        f"{share_percent(share)} on average"
    )
