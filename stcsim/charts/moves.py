"""Moves: where the same occasions go that take another way with an arm, or end otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from stcsim.charts.attempts import FATES, ORIGINS, PASSED, PLACE, THROUGH, Through, place_name
from stcsim.charts.chart import Chart
from stcsim.charts.ribbons import link_of, node_of, ribbons_narrow, ribbons_option
from stcsim.charts.shifts import MOST_ROWS, REST
from stcsim.pictures.style import BASELINE, GREY
from stcsim.pictures.words import capital, counted


def moves_chart(
    cases: pd.DataFrame, arm: str, *, label: str, posts: Mapping[str, str], by: Through = "way"
) -> Chart | None:
    """Draw where the occasions of networks go that take another way, or end otherwise, than in the baseline.

    Parameters
    ----------
    cases : table of an observation
    arm : which, other than the baseline
    label : of the arm
    posts : names of checkpoints
    by : what places are
    """
    mine = cases[cases["origin"].isin(ORIGINS["networks"]) & cases["arm"].isin((BASELINE, arm))]
    columns = ["replication", "case", "place", "fate"]
    mine = mine.assign(place=mine[by].where(mine["way"] != PASSED, PASSED) if by != "way" else mine["way"])
    base, other = (mine.loc[mine["arm"] == a, columns] for a in (BASELINE, arm))
    both = base.merge(other, on=["replication", "case"], suffixes=("", " now"))
    if both.empty:
        return None
    runs = int(both["replication"].nunique())
    changed = both[(both["place"] != both["place now"]) | (both["fate"] != both["fate now"])]
    moved = changed[changed["place"] != changed["place now"]]
    drawn = _largest(moved)
    won = int((changed["fate"].isin(THROUGH) & ~changed["fate now"].isin(THROUGH)).sum())
    lost = int((~changed["fate"].isin(THROUGH) & changed["fate now"].isin(THROUGH)).sum())
    shown = drawn.groupby(["place", "place now"]).size().rename("n").reset_index()

    def named(p: str) -> str:
        return place_name(p, by, posts)

    nodes = [
        node_of(
            f"{key} {p}",
            named(str(p)),
            str(n),
            f"{capital(named(str(p)))}: {n} {when}",
            GREY if p == PASSED else "#6fa3c7",
            i,
            side,
        )
        for i, (key, column, side, when) in enumerate(
            (("from", "place", "left", "in the baseline"), ("to", "place now", "right", "now"))
        )
        for p, n in drawn[column].value_counts().items()
    ]
    links = [
        link_of(
            f"from {before}",
            f"to {after}",
            int(n),
            f"{counted(int(n), 'occasion')}: {named(before)} in the baseline, {named(after)} now",
        )
        for before, after, n in shown.itertuples(index=False)
    ]
    if not links:
        return None
    option = ribbons_option("moves", nodes, links, left=170, right=170, gap=10, width=155, towards="source")
    sizes = max(drawn["place"].nunique(), drawn["place now"].nunique())
    all_of = counted(len(both), "occasion")
    return Chart(
        "moves",
        f"{label}: {len(moved)} of {all_of} take another {PLACE[by]} than in the baseline; "
        f"{_turned(won, lost)}",
        f"The same occasions of networks in {counted(runs, 'paired run')}: left in the baseline, right with "
        "the arm. Only those that changed place are drawn; each run has the same occasions in all arms.",
        option,
        _moves_table(both, named, PLACE[by]),
        "; ".join(str(link["tip"]) for link in sorted(links, key=lambda x: -int(str(x["value"])))[:6]) + ".",
        height=max(220, 60 + 36 * sizes),
        narrow=ribbons_narrow(nodes, left=104, right=104, gap=10, width=96),
    )


def _turned(won: int, lost: int) -> str:
    """Return how many get through in one of the two alone."""
    first = f"{won:,} no longer {'gets' if won == 1 else 'get'} through"
    return f"{first}, {lost:,} now {'does' if lost == 1 else 'do'}" if lost else f"{first}, none now does"


def _largest(moved: pd.DataFrame) -> pd.DataFrame:
    """Return moves with all places but those with most put together on each side."""
    found = moved.copy()
    for column in ("place", "place now"):
        sizes = moved[column].value_counts()
        small = set(sizes.index[MOST_ROWS:]) if len(sizes) > MOST_ROWS + 1 else set()
        found[column] = moved[column].map(lambda p, small=small: REST if p in small else p)
    return found


def _moves_table(both: pd.DataFrame, named: Any, place: str) -> pd.DataFrame:
    found = both.groupby(["place", "place now", "fate", "fate now"]).size().rename("n").reset_index()
    found = found.sort_values("n", ascending=False)
    return pd.DataFrame(
        {
            f"{capital(place)} in the baseline": found["place"].map(named),
            f"{capital(place)} now": found["place now"].map(named),
            "Fate in the baseline": found["fate"].map(FATES),
            "Fate now": found["fate now"].map(FATES),
            "Occasions": found["n"],
        }
    )
