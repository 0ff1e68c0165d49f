"""A table that can be sorted and read by keyboard; where it is too wide for a narrow place, a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import solara

from stcsim.charts.marked import plain_words
from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import with_terms
from stcsim.pictures.words import MISSING, capital_words, counted, number

STEP = 50
"""Rows that are shown at first, and that each wish for more adds at least."""
AT_ONCE = 2
"""Columns beside the first that a row of a large table shows in a narrow place before it is opened."""

_LONG = 48
"""Characters from which on a cell is text to be read, which needs some width."""


@solara.component_vue("table.vue", vuetify=False)
def _Table(
    caption: str,
    head: list[dict[str, Any]],
    rows: list[list[str]],
    more: str,
    chosen: int,
    pick: bool,
    first: list[int],
    event_sort: Callable[[int], None],
    event_more: Callable[[Any], None],
    event_row: Callable[[int], None],
) -> None: ...


def in_words(value: object) -> str:
    """Return a cell as text: numbers as people write them, a dash where nothing is known."""
    if value is None or value is pd.NA or value is pd.NaT:
        return MISSING
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    if isinstance(value, float):
        return number(value)
    return str(value)


@solara.component
def DataTable(
    table: pd.DataFrame,
    caption: str,
    *,
    formats: Mapping[str, Callable[[Any], str]] | None = None,
    heads: Mapping[str, str] | None = None,
    on_row: Callable[[int], None] | None = None,
    chosen: int | None = None,
    sortable: bool = True,
    first: Sequence[str] = (),
) -> Element:
    """Show a table; its first column names the rows.

    In a narrow place that it does not fit a row is a block, with a line for each value.

    Parameters
    ----------
    table : one row a row
    caption : what it holds, read before it
    formats : how cells of a column are written; three digits for numbers where it says nothing
    heads : how columns are called, with terms in double brackets; their names as words otherwise
    on_row : called with the row's place in `table` when its first cell, then a button, is used
    chosen : place in `table` of the row that is marked
    sortable : whether the heads are buttons that sort
    first : columns that are shown at once where rows have to be opened; the first ones when not given
    """
    order, set_order = solara.use_state((-1, False))
    limit, set_limit = solara.use_state(STEP)
    by, falling = order
    numeric = [
        pd.api.types.is_numeric_dtype(table.dtypes.iloc[i])
        and not pd.api.types.is_bool_dtype(table.dtypes.iloc[i])
        for i in range(table.shape[1])
    ]
    columns = [str(name) for name in table.columns]
    places = list(range(len(table)))
    if 0 <= by < len(columns):
        places = [int(i) for i in _order(table.iloc[:, by], falling)]

    def sort(column: int) -> None:
        # First what is of most interest: numbers from the largest, words from A.
        set_order((column, not falling) if column == by else (column, numeric[column]))

    written = formats or {}
    texts = [
        [written.get(name, in_words)(table.iat[place, i]) for i, name in enumerate(columns)]
        for place in places[:limit]
    ]
    left = len(table) - limit
    direction = "descending" if falling else "ascending"
    return _Table(
        caption=caption,
        head=[
            {
                "text": str(with_terms((heads or {}).get(name, capital_words(name)))),
                "label": plain_words((heads or {}).get(name, capital_words(name))),
                "number": numeric[i],
                "long": any(len(row[i]) > _LONG for row in texts),
                "sort": direction if i == by else "none" if sortable else "",
            }
            for i, name in enumerate(columns)
        ],
        rows=texts,
        more=f"Show {counted(min(left, max(STEP, limit)), 'more row')} of {left:,}" if left > 0 else "",
        chosen=places.index(chosen) if chosen is not None and chosen in places else -1,
        pick=on_row is not None,
        first=[i for i, name in enumerate(columns) if name in first and i] or list(range(1, 1 + AT_ONCE)),
        event_sort=sort,
        event_more=lambda _: set_limit(2 * limit),
        event_row=lambda row: on_row(places[row]) if on_row is not None and 0 <= row < len(places) else None,
    )


def _order(column: pd.Series[Any], falling: bool) -> list[Any]:
    """Return the places of the rows in order; what is missing comes last either way."""
    plain = column.reset_index(drop=True)
    if plain.dtype == object:
        plain = plain.map(lambda value: None if value is None else str(value).casefold())
    return list(plain.sort_values(ascending=not falling, kind="stable", na_position="last").index)
