"""What is said about an outcome: its name, unit, better direction and definition.

This file imports no NumPy, so that rooms above can describe outcomes without computing any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", "none"]
"""The direction that is desired; ``none`` where neither is better in itself."""

View = Literal["truth", "statistics"]
"""``truth``: what happened in the model. ``statistics``: what an agency could have counted."""


@dataclass(frozen=True)
class OutcomeInfo:
    """Description of one outcome. Whether it is a headline is a matter of the scenario, not of the outcome.

    Parameters
    ----------
    name : column in the table of runs, such as ``diversions``
    label : the same in words, such as ``illicit transfers completed``
    unit : unit of the values, such as ``transfers`` or ``hours``
    better : desired direction
    family : group that the outcome is listed under
    view : whether it tells what happened or what could have been counted
    text : definition in one sentence
    """

    name: str
    label: str
    unit: str
    better: Better
    family: str
    view: View
    text: str


def unit_words(unit: str) -> str:
    """Return a unit for people: ``thousand_usd/yr`` is ``thousand US dollars a year``."""
    money = unit.replace("thousand_usd", "thousand US dollars")
    return money.replace("/yr", " a year").replace("/", " per ")
