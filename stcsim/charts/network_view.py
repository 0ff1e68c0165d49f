"""What a reader looks at in a network, and how the arm that it is held against is called."""

from __future__ import annotations

from dataclasses import dataclass

from stcsim.analysis.tie_layers import LAYERS, Layer

SHOWN = ("all", "needed", "changed")
"""Which ties are drawn: all, those that roles ask for with those that are missing, or those that differ."""


@dataclass(frozen=True)
class View:
    """What a reader looks at.

    Parameters
    ----------
    layer : kind of tie
    quarter : from 0
    opened : groups whose actors are drawn one by one
    shown : one of `SHOWN`
    """

    layer: str
    quarter: int
    opened: tuple[str, ...] = ()
    shown: str = "all"

    @property
    def of(self) -> Layer:
        """The layer."""
        return LAYERS[self.layer]


def against_words(label: str) -> str:
    """Return the name of an arm in the middle of a sentence."""
    return "the baseline" if label.lower() == "baseline" else label
