"""Sankey: from an occasion, over the way that it takes, to what becomes of it, for one arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.attempts import (
    FATES,
    NOUNS,
    NOWHERE,
    PASSED,
    PLACE,
    THROUGH,
    WAYS,
    Origin,
    Through,
    counted_cases,
    fate_colour,
    place_name,
)
from stcsim.charts.chart import Chart
from stcsim.charts.paired import Paired, paired_rates, points_against, points_finding
from stcsim.charts.ribbons import link_of, node_of, ribbons_narrow, ribbons_option
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE, GREY
from stcsim.pictures.words import capital, counted, number

OUTRIGHT = "completed"
"""Fate that is only a part of what gets through, and says so beside the other part."""
MOST_PLACES = 9
"""More places than these are one place, so that each can be read."""
_REST = "other places"
_HEIGHT = 420


def sankey_chart(
    flows: pd.DataFrame,
    arm: str,
    *,
    labels: Mapping[str, str],
    posts: Mapping[str, str],
    origin: Origin = "networks",
    through: Through = "way",
) -> Chart | None:
    """Draw what becomes of occasions in one arm; None where there is none.

    Parameters
    ----------
    flows : table of an observation
    arm : which
    labels : names of arms for people
    posts : names of checkpoints, see `stcsim.charts.attempts.post_names`
    origin : whose occasions
    through : what the middle tells apart
    """
    cases = counted_cases(flows, origin, through)
    mine = cases[cases["arm"] == arm]
    runs = int(flows["replication"].nunique())
    total = float(mine["cases"].sum())
    if not total:
        return None
    shares = (mine.groupby(["place", "fate"])["cases"].sum() / total).reset_index(name="share")
    shares["place"] = _few(shares, through)
    shares = shares.groupby(["place", "fate"])["share"].sum().reset_index()
    if through == "way":
        order = {place: i for i, place in enumerate(WAYS)}
        places = sorted(shares["place"].unique(), key=lambda p: order.get(p, len(order)))
    else:
        by_size = shares.groupby("place")["share"].sum().sort_values(ascending=False)
        places = [p for p in by_size.index if p not in (PASSED, _REST)]
        places += [p for p in (_REST, PASSED) if p in by_size.index]
    fates = [f for f in FATES if (shares["fate"] == f).any()]
    ends = dict(FATES) | ({OUTRIGHT: "gets through outright"} if set(fates) >= THROUGH else {})
    one, many = NOUNS[origin]
    names = {p: place_name(p, through, posts) for p in places}
    start = "all"
    by_place, by_fate = shares.groupby("place")["share"].sum(), shares.groupby("fate")["share"].sum()
    per_run = total / runs
    nodes = [node_of(start, f"{number(per_run)} {many}", "", f"{number(per_run)} {many}", GREY, 0, "above")]
    # On the left of the middle lies nothing but the ribbon that leads there; on the right ribbons cross.
    nodes += [
        _node(f"way {p}", names[p], float(by_place[p]), GREY if p == PASSED else "#6fa3c7", 1, "left")
        for p in places
    ]
    nodes += [_node(f"fate {f}", ends[f], float(by_fate[f]), fate_colour(f), 2, "right") for f in fates]
    links = [_link(start, f"way {p}", float(by_place[p]), many, names[p], "") for p in places]
    links += [
        _link(f"way {p}", f"fate {f}", float(share), many, names[p], ends[f])
        for p, f, share in zip(shares["place"], shares["fate"], shares["share"], strict=True)
    ]
    option = ribbons_option("fates", nodes, links, left=0, right=174, gap=11, width=166, towards="target")
    got_through = float(sum(by_fate[f] for f in fates if f in THROUGH))
    label = labels[arm]
    table = pd.DataFrame(
        {
            "Arm": label,
            capital(PLACE[through]): [names[p] for p in shares["place"]],
            "Fate": [ends[f] for f in shares["fate"]],
            "Share, %": 100 * shares["share"],
            f"{capital(many)} a run": per_run * shares["share"],
        }
    )
    return Chart(
        f"fates-{'baseline' if arm == BASELINE else 'arm'}",
        f"{label}: {_finding(cases, arm, origin, got_through)}",
        f"Width: share of {counted(round(total), one)} in {counted(runs, 'run')} over the whole time. "
        f"Middle: by {PLACE[through]}. {_summed(fates, by_fate)}{_against(cases, arm)}{_what(origin)}",
        option,
        table,
        f"{label}. Of {number(per_run)} {many} a run: "
        + "; ".join(f"{ends[f]} {_percent(float(by_fate[f]))}" for f in fates)
        + ".",
        height=_HEIGHT,
        narrow=ribbons_narrow(nodes, left=0, right=108, gap=27, width=94),
    )


def change_through(cases: pd.DataFrame, arm: str) -> Paired:
    """Return how the share that gets through differs from the baseline, of all runs together.

    Parameters
    ----------
    cases : see `stcsim.charts.attempts.counted_cases`
    """
    runs = sorted(cases["replication"].unique())

    def counts(name: str) -> tuple[F8, F8]:
        mine = cases[cases["arm"] == name]
        got = mine[mine["fate"].isin(THROUGH)]
        part, whole = (
            np.asarray(t.groupby("replication")["cases"].sum().reindex(runs, fill_value=0), float)
            for t in (got, mine)
        )
        return part, whole

    return paired_rates(*counts(BASELINE), *counts(arm))


def _finding(cases: pd.DataFrame, arm: str, origin: Origin, share: float) -> str:
    said = f"{_percent(share)} of {NOUNS[origin][1]} get through"
    if arm == BASELINE:
        return said
    return f"{said}, {points_finding(change_through(cases, arm))}"


def _against(cases: pd.DataFrame, arm: str) -> str:
    """Return the difference of what gets through with its interval."""
    if arm == BASELINE:
        return ""
    return f"{points_against(change_through(cases, arm), 'Get through, share of all')} "


def _summed(fates: Sequence[str], by_fate: pd.Series[float]) -> str:
    """Return of what the share in the title is the sum, where it is one."""
    if not set(fates) >= THROUGH:
        return ""
    outright, late = (_percent(float(by_fate[f])) for f in FATES if f in THROUGH)
    return f"The title's share: {outright} outright and {late} let go when time ran out. "


def _what(origin: Origin) -> str:
    if origin == "networks":
        return (
            "A [[potential attempt]] is an occasion that a network uses by some way or lets pass, for goods "
            "or for files and know-how; the outcome “illicit transfers completed” counts goods alone."
        )
    return "Exports of controlled goods by firms that do not know the rules, or evade them."


def _few(shares: pd.DataFrame, through: Through) -> pd.Series[str]:
    """Return places with all but the largest put together."""
    if through == "way":
        return shares["place"]
    sizes = shares.groupby("place")["share"].sum().sort_values(ascending=False)
    kept = [p for p in sizes.index if p not in (PASSED, NOWHERE)]
    if len(kept) <= MOST_PLACES:
        return shares["place"]
    small = set(kept[MOST_PLACES - 1 :])
    return shares["place"].map(lambda p: _REST if p in small else p)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= 0.0095 or share == 0 else f"{100 * share:.1f}%"


def _node(key: str, name: str, share: float, colour: str, column: int, side: str) -> dict[str, Any]:
    tip = f"{capital(name)}: {_percent(share)} of all"
    return node_of(key, name, _percent(share), tip, colour, column, side)


def _link(source: str, target: str, share: float, nouns: str, way: str, fate: str) -> dict[str, Any]:
    end = f": {fate}" if fate else ""
    tip = f"{capital(way)}{end}\n{_percent(share)} of all {nouns}"
    return link_of(source, target, float(f"{share:.5g}"), tip)
