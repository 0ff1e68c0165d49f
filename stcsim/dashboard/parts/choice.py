"""Choosing one of several from a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.option import Options, option_dicts
from stcsim.dashboard.parts.term import with_terms


@solara.component_vue("choice.vue", vuetify=False)
def _Choice(
    label: str,
    value: str,
    options: list[dict[str, Any]],
    note: str,
    problem: str,
    off: bool,
    event_pick: Callable[[str], None],
) -> None: ...


@solara.component
def Choice(
    label: str,
    value: str,
    options: Options,
    on_value: Callable[[str], None],
    *,
    note: str = "",
    problem: str = "",
    off: bool = False,
) -> Element:
    """Choose one of many: a native list.

    Parameters
    ----------
    label : above it
    value : that is chosen
    options : choices; groups become headings
    on_value : called with the value of another one; never with one that is not among them
    note : below it, with terms in double brackets
    problem : what is wrong with the choice
    off : whether it cannot be changed now
    """
    offered = option_dicts(options)

    def pick(wanted: str) -> None:
        if any(wanted == option["value"] for option in offered):
            on_value(wanted)

    return _Choice(
        label=label,
        value=value,
        options=offered,
        note=str(with_terms(note)),
        problem=problem,
        off=off,
        event_pick=pick,
    )
