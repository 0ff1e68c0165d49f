"""Points that are written down one by one, and all combinations of some values."""

from __future__ import annotations

import math
from dataclasses import dataclass

from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.designs.design import Row
from stcsim.study.factors import Factor


@dataclass(frozen=True)
class ListDesign:
    """Rows as they are given; what a row does not name stays at its default."""

    factors: tuple[Factor, ...] = ()
    rows: tuple[Row, ...] = ()

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def chance(self, number: int) -> int:  # noqa: ARG002 - the same for all
        """Return 0: all points are compared under the same chance as the defaults."""
        return 0

    def row(self, number: int, scenario: ScenarioSpec) -> Row:  # noqa: ARG002 - the same for all
        """Return a row."""
        return self.rows[number - 1]


@dataclass(frozen=True)
class GridDesign:
    """Every combination of the values of all factors; those of the last factor change fastest.

    Parameters
    ----------
    factors : what is combined
    levels : values of a factor that has a range
    """

    factors: tuple[Factor, ...]
    levels: int

    def __len__(self) -> int:
        """Return how many combinations there are."""
        return self.combinations

    @property
    def combinations(self) -> int:
        """How many there are, also where no sequence can have so many."""
        return math.prod(len(f.levels(self.levels)) for f in self.factors)

    def chance(self, number: int) -> int:  # noqa: ARG002 - the same for all
        """Return 0: all points are compared under the same chance as the defaults."""
        return 0

    def row(self, number: int, scenario: ScenarioSpec) -> Row:  # noqa: ARG002 - the same for all
        """Return a combination."""
        left = number - 1
        found = {}
        for factor in reversed(self.factors):
            values = factor.levels(self.levels)
            left, place = divmod(left, len(values))
            found[factor.path] = values[place]
        return found
