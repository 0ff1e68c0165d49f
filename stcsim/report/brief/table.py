"""The table of options as it is set: its columns, cells cut where they would grow too long, its height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stcsim.pictures.leading import first_outcome
from stcsim.pictures.words import capital
from stcsim.report.brief.fitting import fitted, mixed_rows, shared_widths
from stcsim.report.brief.headlines import licences_in_table, more_headlines
from stcsim.report.brief.inputs import BriefInputs
from stcsim.report.brief.options import Row
from stcsim.report.html import Child, Html, tag

LEAD = 1.27
"""Height of a row of text over the size of its type."""
_NAME_ROWS = 4
"""Rows that the name of an option may take, however little room there is."""
_MOST_ROWS, _WIDE = 5, 6
"""Rows that any other cell may take, two more for each column beyond so many: all are narrower then."""
_PAD_X, _PAD_Y = 6.0, 4.4
"""Beside the text of a cell, and above and below it with its rule, pt."""


@dataclass(frozen=True)
class Column:
    """A column.

    Parameters
    ----------
    title : above it
    share : of the width that it takes
    """

    title: str
    share: float


@dataclass(frozen=True)
class Table:
    """The table, ready to be set, and how high it stands in pt."""

    columns: tuple[Column, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    height: float


def columns_of(inputs: BriefInputs) -> tuple[Column, ...]:
    """Return the columns: every headline has one."""
    effects = inputs.effects
    return (
        Column("Option", 1.1),
        Column(capital(effects.info(first_outcome(effects)).label), 1.15),
        *(Column(capital(effects.info(o).label), 0.95) for o in more_headlines(inputs)),
        Column("Honest trade waits", 0.85),
        *([Column("Licences decided in 20 working days", 0.65)] if licences_in_table(inputs) else []),
        Column("Cost more, thousand US dollars", 0.75),
        Column("Who pays", 1.25),
    )


def table_of(columns: tuple[Column, ...], told: Sequence[Row], most: int, size: float) -> Table:
    """Return the table with cells cut where they would grow too long.

    Parameters
    ----------
    told : its rows
    most : rows of text of a line of the page
    size : of the type in pt
    """
    widths = [w - _PAD_X for w in shared_widths([c.share for c in columns])]
    most = min(most + 1, _MOST_ROWS) + 2 * max(0, len(columns) - _WIDE)
    head, tall = [], 0
    for column, width in zip(columns, widths, strict=True):
        kept, used = fitted(column.title, width, size, 6, bold=True)
        head.append(kept)
        tall = max(tall, used)
    height = tall * size * LEAD + _PAD_Y
    rows = []
    for row in told:
        indent = 9.0 if row.indented else 0.0
        label, used = fitted(row.label, widths[0] - indent, size, max(most, _NAME_ROWS), bold=True)
        room = max(1, most - 1 - mixed_rows(row.lead, "", widths[1], size) + 1) if row.lead else most
        rest, _ = fitted(row.cells[0], widths[1], size, room)
        cells = [rest]
        used = max(used, mixed_rows(row.lead, rest, widths[1], size))
        for text, width in zip(row.cells[1:], widths[2:], strict=True):
            kept, taken = fitted(text, width, size, most)
            cells.append(kept)
            used = max(used, taken)
        height += used * size * LEAD + _PAD_Y
        rows.append(replace(row, label=label, cells=tuple(cells)))
    return Table(columns, tuple(head), tuple(rows), height)


def table_html(table: Table) -> Html:
    """Return the table as it stands on the page."""
    head = tag("tr", *(tag("th", text, scope="col") for text in table.head))
    body = []
    for row in table.rows:
        lead: list[Child] = [tag("b", row.lead), " "] if row.lead else []
        cells = [tag("td", *lead, row.cells[0]), *(tag("td", text) for text in row.cells[1:])]
        named = tag("th", row.label, scope="row")
        body.append(tag("tr", named, *cells, class_="rival" if row.indented else None))
    widths = shared_widths([c.share for c in table.columns])
    columns = tag("colgroup", *(tag("col", style=f"width:{w:.1f}pt") for w in widths))
    return tag("table", columns, tag("thead", head), tag("tbody", *body))
