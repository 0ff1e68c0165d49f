"""A number to type, and a place on a scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import solara

from stcsim.dashboard.element import Element
from stcsim.dashboard.parts.term import with_terms


@solara.component_vue("number.vue", vuetify=False)
def _Number(
    label: str,
    value: float | None,
    low: float | None,
    high: float | None,
    whole: bool,
    unit: str,
    note: str,
    problem: str,
    off: bool,
    event_give: Callable[[float], None],
) -> None: ...


@solara.component
def NumberField(
    label: str,
    value: float | None,
    on_value: Callable[[float], None],
    *,
    low: float | None = None,
    high: float | None = None,
    whole: bool = True,
    unit: str = "",
    note: str = "",
    problem: str = "",
    off: bool = False,
) -> Element:
    """Type a number; one outside its range is told so and handed on to nobody.

    Parameters
    ----------
    label : above it
    value : as it stands, None for none
    on_value : called with another one once it is typed (Enter, or leaving the field); an int where `whole`
    low, high : the range, ends included
    whole : whether it has no fraction
    unit : behind it
    note, problem, off : see `Choice`
    """

    def give(wanted: float) -> None:
        fits = (
            math.isfinite(wanted)
            and (low is None or wanted >= low)
            and (high is None or wanted <= high)
            and (not whole or wanted == int(wanted))
        )
        if fits:
            on_value(int(wanted) if whole else float(wanted))

    return _Number(
        label=label,
        value=value,
        low=low,
        high=high,
        whole=whole,
        unit=unit,
        note=str(with_terms(note)),
        problem=problem,
        off=off,
        event_give=give,
    )


@solara.component_vue("slider.vue", vuetify=False)
def _Slider(
    label: str, value: int, texts: list[str], note: str, off: bool, event_move: Callable[[int], None]
) -> None: ...


@solara.component
def Slider(
    label: str,
    value: int,
    texts: Sequence[str],
    on_value: Callable[[int], None],
    *,
    note: str = "",
    off: bool = False,
) -> Element:
    """Choose a place in a row of things that have an order, such as quarters.

    Parameters
    ----------
    label : before it
    value : place that is chosen, from 0
    texts : what each place is called
    on_value : called with another place, also while it is dragged
    note, off : see `Choice`
    """

    def move(place: int) -> None:
        if 0 <= place < len(texts):
            on_value(int(place))

    return _Slider(
        label=label, value=value, texts=list(texts), note=str(with_terms(note)), off=off, event_move=move
    )
