"""Text to type."""

from __future__ import annotations

from collections.abc import Callable

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import with_terms

MOST = 10_000
"""Characters that are taken where no other limit is given."""


@solara.component_vue("text_field.vue", vuetify=False)
def _Text(
    label: str,
    value: str,
    rows: int,
    code: bool,
    most: int,
    hint: str,
    live: bool,
    note: str,
    problem: str,
    off: bool,
    event_give: Callable[[str], None],
) -> None: ...


@solara.component
def TextField(
    label: str,
    value: str,
    on_value: Callable[[str], None],
    *,
    rows: int = 1,
    code: bool = False,
    most: int = MOST,
    hint: str = "",
    live: bool = False,
    note: str = "",
    problem: str = "",
    off: bool = False,
) -> Element:
    """Type text.

    Parameters
    ----------
    label : above it
    value : as it stands
    on_value : called once it is typed (Enter, or leaving the field), or while it is where `live`
    rows : lines that are shown
    code : whether all characters are of one width
    most : characters that are taken
    hint : shown while it is empty
    live : whether it is handed on a moment after each key
    note, problem, off : see `Choice`
    """

    def give(wanted: str) -> None:
        if len(wanted) <= most:
            on_value(wanted)

    return _Text(
        label=label,
        value=value,
        rows=rows,
        code=code,
        most=most,
        hint=hint,
        live=live,
        note=str(with_terms(note)),
        problem=problem,
        off=off,
        event_give=give,
    )
