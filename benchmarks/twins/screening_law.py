"""The law of a week of screening that all variants state.

At each checkpoint ``N ~ Poisson(trade)`` ordinary consignments arrive with risk scores N(0, 1), and a fixed
number of violations with scores N(separation, 1). The best ``floor(capacity + U)`` scores are inspected. An
inspected violation is recognised with a fixed chance; of the ordinary goods inspected, Poisson(mistaken each)
are held by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass

SEPARATION = 1.35
RECOGNISED = 0.6
MISTAKEN = 0.01
INSPECTED = 0.02
"""Inspections over trade."""
VIOLATIONS = 5
"""At each checkpoint in a week, however much trade there is."""


@dataclass(frozen=True)
class ScreeningLaw:
    """The numbers of the law.

    Parameters
    ----------
    trade : ordinary consignments expected in a week, for each checkpoint
    capacity : inspections a week, for each checkpoint
    """

    trade: tuple[float, ...]
    capacity: tuple[float, ...]


def screening_law(consignments: float, checkpoints: int) -> ScreeningLaw:
    """Return the law for checkpoints of unequal size, the largest three times the smallest.

    Parameters
    ----------
    consignments : of all checkpoints in a week
    """
    weights = [1 + 2 * i / max(1, checkpoints - 1) for i in range(checkpoints)]
    trade = tuple(consignments * w / sum(weights) for w in weights)
    return ScreeningLaw(trade, tuple(INSPECTED * t for t in trade))
