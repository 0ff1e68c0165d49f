"""How large and how often: one switch between sizes that mean something and sizes that only try the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """What all rows are told.

    Parameters
    ----------
    rounds : how often each variant is timed
    quick : take small sizes; ratios then say nothing
    own_environments : also measure peers that need an environment of their own
    """

    rounds: int = 5
    quick: bool = False
    own_environments: bool = True

    def size(self, whole: T, small: T) -> T:
        """Return a size, or the small one where only the code is tried."""
        return small if self.quick else whole
