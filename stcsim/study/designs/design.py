"""What all designs have in common: factors, a number of rows, and the values of a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.factors import Factor
from stcsim.study.study_file import Scalar

Row = Mapping[str, Scalar]
"""Values by path."""


class PointDesign(Protocol):
    """Rows of values for factors."""

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What is varied, in the order of columns."""

    def __len__(self) -> int:
        """Return how many rows there are, the defaults aside."""

    def chance(self, number: int) -> int:
        """Return what stands in for the number of a row, from 0, where seeds are made."""

    def row(self, number: int, scenario: ScenarioSpec) -> Row:
        """Return the values of a row in a scenario.

        Parameters
        ----------
        number : of the row, from 1
        scenario : whose own numbers may leave others no choice

        Raises
        ------
        InputError
            values of one group do not go together, and the design leaves no other choice
        """
