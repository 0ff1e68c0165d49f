"""Places in the unit cube, and the values that factors have there.

Where values of one group do not go together, as firms' contagion at or above the decay of their awareness,
the whole group is drawn towards its defaults until they do. What comes of a row is then still a function of
its place in the cube alone, whose coordinates are independent, as analyses of variance ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.designs.design import Row
from stcsim.study.designs.sample import Sample
from stcsim.study.factors import Factor, known_quantities, open_in, paths, validated_together
from stcsim.study.study_file import Scalar
from stcsim.study.worlds import PARAMETERS, fit_together

_SHARES = (1.0, 0.75, 0.5, 0.25, 0.0)
"""Shares of the way from the defaults at which a group is tried."""


@dataclass(frozen=True, eq=False)
class CubeDesign:
    """Rows of the unit cube, and the factors that they are read by.

    Parameters
    ----------
    factors : columns
    sample : a place for each row, and which rows share their chance
    """

    factors: tuple[Factor, ...]
    sample: Sample

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.sample.chance)

    def chance(self, number: int) -> int:
        """Return the number of the set that a row belongs to, from 1; 0 for the defaults."""
        return int(self.sample.chance[number - 1]) + 1 if number else 0

    def row(self, number: int, scenario: ScenarioSpec) -> Row:
        """Return a row."""
        place = dict(zip(paths(self.factors), self.sample.places[number - 1].tolist(), strict=True))
        open_ = open_in(self.factors, scenario)
        values = {f.path: f.at(place[f.path]) for f in open_}
        for group in validated_together(open_):
            _bring_together(values, group, scenario)
        return values


def _bring_together(values: dict[str, Scalar], group: Sequence[Factor], scenario: ScenarioSpec) -> None:
    """Draw the values of a group towards their defaults until they are valid beside one another."""
    for share in _SHARES:
        moved = {f.path: _between(default_of(f.path, scenario), values[f.path], share) for f in group}
        if fit_together(scenario, group[0].group, moved):
            values.update(moved)
            return


def _between(default: Any, value: Any, share: float) -> Any:
    """Return the number at a share of the way from a default to a value; whole where the default is."""
    if share == 1.0:
        return value
    found = default + share * (value - default)
    return round(found) if isinstance(default, int) else found


def default_of(path: str, scenario: ScenarioSpec) -> Any:
    """Return what a quantity is in a scenario where nothing is varied."""
    head, group, name = path.split(".")
    if head == PARAMETERS:
        return getattr(getattr(scenario.parameters, group), name)
    return known_quantities()[path].default
