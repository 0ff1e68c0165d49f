"""Displacement: where fewer get through with an arm, where more, and where the same occasions go instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from stcsim.charts.attempts import (
    FATES,
    NOUNS,
    ORIGINS,
    PASSED,
    PLACE,
    THROUGH,
    WAYS,
    Origin,
    Through,
    counted_cases,
    place_name,
)
from stcsim.charts.chart import Chart
from stcsim.charts.marks import CARD, symbol
from stcsim.charts.paired import Paired, paired, paired_rates
from stcsim.charts.rows import interval, points, rows_of
from stcsim.draws import F8
from stcsim.pictures.style import BASELINE, GREY, ArmStyle
from stcsim.pictures.words import capital, counted, listed, number, signed

MOST_ROWS = 10
_ALL = "all together"
_REST = "all other places"
_ROW = 38


@dataclass(frozen=True)
class Shift:
    """What an arm changes at one place, in cases a run.

    Parameters
    ----------
    name : of the place, for people
    used : attempts that take it
    through : those of them that get through
    """

    name: str
    used: Paired
    through: Paired


def shifts(
    flows: pd.DataFrame,
    arm: str,
    *,
    posts: Mapping[str, str],
    origin: Origin = "networks",
    by: Through = "post",
) -> tuple[Shift, ...]:
    """Return what changes at each place, all together first; intervals of places of one kind hold together.

    Occasions of networks are the same in all arms: a change is judged for so many of them as a run has on
    average, as the share of them that gets through is, for both are one thing.

    Parameters
    ----------
    flows : table of an observation
    arm : which
    posts : names of checkpoints
    origin : whose attempts
    by : what places are
    """
    cases = counted_cases(flows, origin, by)
    cases = cases[cases["arm"].isin((BASELINE, arm))]
    runs = sorted(flows["replication"].unique())
    whole = cases.groupby(["arm", "replication"])["cases"].sum()
    base_of, arm_of = (_runs(whole, name, runs) for name in (BASELINE, arm))
    same = bool(np.array_equal(base_of, arm_of)) and float(base_of.sum()) > 0
    cases = cases[cases["place"] != PASSED]
    sizes = cases.groupby("place")["cases"].sum().sort_values(ascending=False)
    kept = list(sizes.index[:MOST_ROWS])
    rest = list(sizes.index[MOST_ROWS:])
    at_once = len(kept) + bool(rest)

    def of(places: Sequence[str], wanted: bool, count: int) -> Paired:
        mine = cases[cases["place"].isin(places)]
        if wanted:
            mine = mine[mine["fate"].isin(THROUGH)]
        sums = mine.groupby(["arm", "replication"])["cases"].sum()
        base, other = (_runs(sums, name, runs) for name in (BASELINE, arm))
        if not same:
            return paired(base, other, count)
        return paired_rates(base, base_of, other, arm_of, count).times(float(base_of.mean()))

    found = [Shift(_ALL, of(list(sizes.index), False, 1), of(list(sizes.index), True, 1))]
    rows = [(place_name(p, by, posts), [p]) for p in kept] + ([(_REST, rest)] if rest else [])
    own = [Shift(name, of(p, False, at_once), of(p, True, at_once)) for name, p in rows]
    return (*found, *sorted(own, key=lambda s: s.through.mean))


def _runs(sums: pd.Series[float], arm: str, runs: Sequence[int]) -> F8:
    held = {key: float(value) for key, value in sums.items()}
    return np.array([held.get((arm, run), 0.0) for run in runs])


def finding(found: Sequence[Shift], label: str) -> str:
    """Return whether what is won at one place is lost at another."""
    whole, own = found[0].through, found[1:]
    fewer = [s.name for s in own if s.through.sign < 0]
    more = [s.name for s in reversed(own) if s.through.sign > 0]
    net = {
        -1: "fewer get through in all",
        0: "no clear change of what gets through in all",
        1: "more get through in all",
    }[whole.sign]
    if fewer and more:
        return f"{label}: fewer get through {_at(fewer)}, more {_at(more)}; {net}"
    if fewer:
        return f"{label}: fewer get through {_at(fewer)}, nowhere clearly more; {net}"
    if more:
        return f"{label}: more get through {_at(more)}, nowhere clearly fewer; {net}"
    moved = [s.name for s in own if s.used.sign]
    where = f", though use of {listed(moved, 3)} changes" if moved else ""
    if whole.sign:
        return f"{label}: {net}, at no single place clearly so{where}"
    return f"{label}: {net}, and at no single place{where}"


def _at(names: Sequence[str]) -> str:
    return f"({listed(list(names), 3)})"


def displacement_chart(
    flows: pd.DataFrame,
    arm: str,
    *,
    label: str,
    style: ArmStyle,
    posts: Mapping[str, str],
    origin: Origin = "networks",
    by: Through = "post",
) -> Chart | None:
    """Draw what an arm changes at each place; None where there are no attempts.

    Parameters
    ----------
    flows : table of an observation
    arm : which, other than the baseline
    label, style : of the arm
    posts : names of checkpoints
    origin : whose attempts
    by : what places are
    """
    found = shifts(flows, arm, posts=posts, origin=origin, by=by)
    if len(found) < 2:
        return None
    ends = _ends(found)
    runs = found[0].through.pairs
    nouns = "attempts" if origin == "networks" else NOUNS[origin][1]
    series: list[dict[str, Any]] = []
    used: list[dict[str, Any]] = []
    through: list[dict[str, Any]] = []
    for row, shift in enumerate(found):
        for which, shown, height in (
            ("used", shift.used, row - 0.17),
            ("through", shift.through, row + 0.17),
        ):
            colour = style.colour if shown.clear else GREY
            series += interval(f"{which}-{row}", height, shown.low, shown.high, colour, ends)
            if not np.isfinite(shown.mean):
                continue
            hollow = which == "used"
            (used if hollow else through).append(
                {
                    "value": [min(max(shown.mean, ends[0]), ends[1]), height],
                    **symbol(style),
                    "itemStyle": {
                        "color": CARD if hollow else colour,
                        "borderColor": colour,
                        "borderWidth": 1.6,
                    },
                    "tip": _tip(shift.name, "taken" if hollow else "got through", shown),
                }
            )
    beside = [
        f"{signed(s.through.mean, 2)} from {number(s.through.base, 2)}" if np.isfinite(s.through.mean) else ""
        for s in found
    ]
    names = [capital(s.name) for s in found]
    rows = rows_of(
        names,
        beside,
        ends,
        f"more or fewer {nouns} a run than in the baseline",
        "=signed",
        [*series, points("used", used, zero=True), points("through", through)],
        row=_ROW,
    )
    # Marks stand beside the middle of their row, where an axis of names would not let them stand.
    option = _between_rows(rows.option, len(found))
    return Chart(
        "displacement",
        finding(found, label),
        f"Filled: {nouns} that get through; hollow: all that come this way. Mean difference of "
        f"{counted(runs, 'paired run')} over the whole time under default assumptions; lines: 95% intervals "
        "over runs, those of single places wider so that they hold for all at once, grey where they "
        f"hold zero. Behind: change of what gets through, in {nouns} a run. What is lower in one place and "
        "higher in another is [[displacement]].",
        option,
        _table(found, PLACE[by], nouns),
        f"{finding(found, label)}. "
        + "; ".join(f"{s.name}: {signed(s.through.mean)}" for s in found[:6])
        + ".",
        height=rows.height + (_ROW - 34) + 8,
        narrow=rows.narrow,
    )


def _between_rows(option: dict[str, Any], rows: int) -> dict[str, Any]:
    """Return an option whose marks may stand between rows: a hidden axis of numbers carries them."""
    hidden = {
        "type": "value",
        "inverse": True,
        "min": -0.5,
        "max": rows - 0.5,
        "show": False,
    }
    series = [{**s, "yAxisIndex": 2} for s in option["series"]]
    # An axis of names without marks of its own would not be drawn.
    anchors: list[dict[str, Any]] = [
        {"id": f"names-{i}", "type": "scatter", "data": [], "yAxisIndex": i, "silent": True} for i in (0, 1)
    ]
    return {**option, "yAxis": [*option["yAxis"], hidden], "series": [*series, *anchors]}


def _ends(found: Sequence[Shift]) -> tuple[float, float]:
    """Return ends of the axis that hold all means, and all intervals that are not far longer."""
    means = [abs(x.mean) for s in found for x in (s.used, s.through) if np.isfinite(x.mean)]
    most = max(means, default=1.0)
    reach = [abs(e) for s in found for x in (s.used, s.through) for e in (x.low, x.high) if np.isfinite(e)]
    end = max(most * 1.15, min(max(reach, default=most), 3 * most)) or 1.0
    step = 10.0 ** np.floor(np.log10(end))
    end = float(np.ceil(end / step * 2) / 2 * step)
    return -end, end


def _tip(name: str, what: str, shown: Paired) -> str:
    return (
        f"{capital(name)}, {what}: {number(shown.base)} a run in the baseline, "
        f"{number(shown.level)} with the arm\n"
        f"Difference {signed(shown.mean)} ({signed(shown.low)} to {signed(shown.high)})"
    )


def _table(found: Sequence[Shift], place: str, nouns: str) -> pd.DataFrame:
    rows = []
    for s in found:
        for what, x in ((f"{nouns} that come this way", s.used), (f"{nouns} that get through", s.through)):
            rows.append((capital(s.name), capital(what), x.base, x.level, x.mean, x.low, x.high))
    return pd.DataFrame(
        rows,
        columns=[capital(place), "What", "Baseline, a run", "Arm, a run", "Difference", "From", "To"],
    )


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
        return _REST if p == _REST else WAYS[p] if p == PASSED else place_name(p, by, posts)

    nodes, links = [], []
    for side, column in (("from", "place"), ("to", "place now")):
        for place, n in drawn[column].value_counts().items():
            words = f"{named(str(place))}, {n}"
            right = side == "to"
            nodes.append(
                {
                    "name": f"{side} {place}",
                    "depth": int(right),
                    "tip": f"{capital(words)} {'now' if right else 'in the baseline'}",
                    "itemStyle": {"color": GREY if place == PASSED else "#6fa3c7", "borderWidth": 0},
                    "label": {"formatter": words, "position": "right" if right else "left"},
                }
            )
    for row in shown.itertuples(index=False):
        before, after, n = row
        links.append(
            {
                "source": f"from {before}",
                "target": f"to {after}",
                "value": int(n),
                "tip": f"{counted(int(n), 'occasion')}: {named(before)} in the baseline, {named(after)} now",
            }
        )
    if not links:
        return None
    option: dict[str, Any] = {
        "tooltip": {"trigger": "item", "formatter": "=tip"},
        "series": [
            {
                "id": "moves",
                "type": "sankey",
                "left": 170,
                "right": 170,
                "top": 8,
                "bottom": 8,
                "nodeWidth": 12,
                "nodeGap": 10,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "source", "opacity": 0.3},
                "label": {"fontSize": 12, "lineHeight": 14, "width": 155, "overflow": "break"},
                "data": nodes,
                "links": links,
            }
        ],
    }
    beside = {"left": 104, "right": 104, "nodeWidth": 8, "label": {"fontSize": 11, "width": 96}}
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
        narrow={"series": [beside]},
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
        found[column] = moved[column].map(lambda p, small=small: _REST if p in small else p)
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
