"""The order of a study's arms as text for a screen: narrow tables, names folded, numbers never cut."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stcsim.pictures.words import number

if TYPE_CHECKING:
    from stcsim.analysis.study_ranking import StudyRanking

NARROWEST = 50
"""Columns below which nothing is folded any more."""
_LEAST_NAME = 12
_APART = "  "


def width() -> int:
    """Return how many columns the screen has; 80 where there is none."""
    from rich.console import Console

    return Console().width


def ranking_text(found: StudyRanking, unit: str, columns: int = 80) -> str:
    """Return the order, the chance of being best by each outcome, and what is said over assumptions.

    Parameters
    ----------
    found : order of the arms of one scenario
    unit : what a gain is a gain of
    columns : that the screen has
    """
    columns = max(columns, NARROWEST)
    order, regret, edge = found.ranking, found.regret, found.front
    left = f", {order.left_out} left out" if order.left_out else ""
    blocks = [f"{found.scenario}: {unit}; mean over {order.units} {order.over}{left}"]
    rows = order.table().to_dict("records")
    arms = [str(row["arm"]) for row in rows]
    places = [order.arms.index(arm) for arm in arms]
    if not order.differs:
        blocks.append("No arm differs from another by this in these runs: there is no order.")
        return "\n\n".join([*blocks, *_others(found, columns)]) + "\n"
    blocks.append(
        table(
            ["arm", "gain", "95% interval", "best", "place"],
            [
                [
                    str(row["arm"]),
                    number(row["mean"]),
                    _between(row["low"], row["high"]),
                    _percent(row["best"]),
                    f"{row['expected_place']:.1f}",
                ]
                for row in rows
            ],
            columns,
        )
    )
    if regret is not None:
        lost = [
            [arm, number(regret.mean[i]), number(regret.largest[i])]
            for arm, i in zip(arms, places, strict=True)
        ]
        blocks.append(table(["arm", "regret", "largest"], lost, columns))
    if edge is not None:
        paid = [
            [
                arm,
                number(edge.cost[i]),
                _between(edge.cost_low[i], edge.cost_high[i]),
                _percent(edge.chance[i]),
            ]
            for arm, i in zip(arms, places, strict=True)
        ]
        blocks.append(table(["arm", "cost", "95% interval", "on the front"], paid, columns))
    blocks += _others(found, columns)
    if found.robust is not None:
        said = list(found.robust.sentences())
        if found.sets is not None and found.sets.none:
            said.insert(1, f"Set by set: {found.sets.words({})}.")
        blocks.append("\n".join(said))
    return "\n\n".join(blocks) + "\n"


def _others(found: StudyRanking, columns: int) -> list[str]:
    """Return who may be best by each outcome, where there are several."""
    told = "\n".join(_best(found, columns)) if len(found.best) > 1 else ""
    return [told] if told else []


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> str:
    """Return a table whose numbers are whole whatever the width; names in the first column are folded.

    Parameters
    ----------
    heads, rows : cells, names first
    columns : that it may take, unless the numbers alone take more
    """
    widths = [max(len(line[i]) for line in (heads, *rows)) for i in range(len(heads))]
    room = columns - sum(widths[1:]) - len(_APART) * (len(heads) - 1)
    widths[0] = min(widths[0], max(room, _LEAST_NAME))
    lines = [_line(heads[0], heads[1:], widths), "-" * (sum(widths) + len(_APART) * (len(heads) - 1))]
    for name, *cells in rows:
        first, *others = folded_name(name, widths[0])
        lines += [_line(first, cells, widths), *(f"  {part}" for part in others)]
    return "\n".join(lines)


def folded_name(name: str, columns: int) -> list[str]:
    """Return a name in pieces of at most so many columns, cut behind ``+`` or ``_`` where that is possible.

    Pieces behind the first leave two columns free.
    """
    pieces: list[str] = []
    while len(name) > (room := columns - 2 * bool(pieces)):
        end = max(name.rfind("+", 0, room), name.rfind("_", 0, room)) + 1
        joint = name.rfind("+", 0, room) + 1
        end = joint or end or room
        pieces.append(name[:end])
        name = name[end:]
    return [*pieces, name]


def _line(name: str, cells: Sequence[str], widths: Sequence[int]) -> str:
    right = (cell.rjust(wide) for cell, wide in zip(cells, widths[1:], strict=True))
    return _APART.join([name.ljust(widths[0]), *right])


def _best(found: StudyRanking, columns: int) -> Iterator[str]:
    """Yield a line an outcome: the arms that may be best by it, the likeliest first."""
    for outcome, chances in found.best.dropna(how="all").iterrows():
        likely = chances[chances >= 0.005].sort_values(ascending=False, kind="stable")
        told = ", ".join(f"{arm} {_percent(chance)}" for arm, chance in likely.items())
        line = f"best by {outcome}: {told}"
        yield textwrap.fill(
            line, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )


def _between(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
