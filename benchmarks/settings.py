"""How large and how often: one switch between sizes that mean something and sizes that only try the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
FEWEST = 5
"""Rounds of a run that is to count."""


@dataclass(frozen=True)
class Settings:
    """What all rows are told.

    Parameters
    ----------
    rounds : how often each variant is timed
    quick : take small sizes; ratios then say nothing
    own_environments : also measure peers that need an environment of their own
    """

    rounds: int = FEWEST
    quick: bool = False
    own_environments: bool = True

    def size(self, whole: T, small: T) -> T:
        """Return a size, or the small one where only the code is tried."""
        return small if self.quick else whole

    def short_of(self) -> list[str]:
        """Return what is missing to a run that counts, in words; nothing where it does."""
        missing = {
            "small sizes, which measure nothing": self.quick,
            f"fewer than {FEWEST} rounds": self.rounds < FEWEST,
            "without peers that need environments of their own": not self.own_environments,
        }
        return [words for words, so in missing.items() if so]
