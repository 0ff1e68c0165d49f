"""Choosing several, or one of a few, in sight of all."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.option import Options, option_dicts
from stcsim.dashboard.parts.term import with_terms


@solara.component_vue("choices.vue", vuetify=False)
def _Choices(
    label: str,
    values: list[str],
    options: list[dict[str, Any]],
    note: str,
    problem: str,
    off: bool,
    many: bool,
    event_pick: Callable[[list[str]], None],
) -> None: ...


@solara.component
def Choices(
    label: str,
    values: Collection[str],
    options: Options,
    on_values: Callable[[tuple[str, ...]], None],
    *,
    note: str = "",
    problem: str = "",
    off: bool = False,
) -> Element:
    """Choose any number: a box to tick before each.

    Parameters
    ----------
    label : above them
    values : that are chosen
    options : choices, with their texts, marks and groups
    on_values : called with all that are chosen, in the order of `options`
    note, problem, off : see `Choice`
    """
    offered = option_dicts(options)

    def pick(wanted: list[str]) -> None:
        on_values(tuple(str(option["value"]) for option in offered if option["value"] in wanted))

    return _Choices(
        label=label,
        values=list(values),
        options=offered,
        note=str(with_terms(note)),
        problem=problem,
        off=off,
        many=True,
        event_pick=pick,
    )


@solara.component
def Switch(
    label: str,
    value: str,
    options: Options,
    on_value: Callable[[str], None],
    *,
    note: str = "",
    off: bool = False,
) -> Element:
    """Choose one of a few that stand side by side.

    Parameters
    ----------
    label : above them
    value : that is chosen
    options : two to five choices
    on_value : called with the value of another one
    note, off : see `Choice`
    """
    offered = option_dicts(options)

    def pick(wanted: list[str]) -> None:
        found = [str(option["value"]) for option in offered if option["value"] in wanted]
        if found:
            on_value(found[0])

    return _Choices(
        label=label,
        values=[value],
        options=offered,
        note=str(with_terms(note)),
        problem="",
        off=off,
        many=False,
        event_pick=pick,
    )
