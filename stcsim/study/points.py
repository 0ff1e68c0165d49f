"""Points: sets of levers, assumptions and structure, made when they are asked for.

A study of one scenario numbers its points as its design does, 0 for the defaults. With S scenarios row r of
the design has the numbers r S, r S + 1, ..., one a scenario, so that points that are added change no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.designs.design import PointDesign
from stcsim.study.factors import Factor, Role
from stcsim.study.study_file import Scalar
from stcsim.study.worlds import Overrides

Chosen = tuple[tuple[str, Scalar], ...]
"""Values by path, sorted."""
Switches = tuple[tuple[str, str], ...]
"""Structural alternatives by path, sorted."""


@dataclass(frozen=True)
class Point:
    """One set of levers, assumptions and structure in one scenario.

    Parameters
    ----------
    number : takes the place of the number of a world; 0 for the defaults of the first scenario
    scenario : its name in the study
    overrides : assumptions that differ from the scenario
    switches : structural alternatives, such as ``("structure.capture", "immediate")``
    levers : fields of mechanisms, set in every arm that has them
    row : of the design, 0 for the defaults
    """

    number: int
    scenario: str
    overrides: Overrides = ()
    switches: Switches = ()
    levers: Chosen = ()
    row: int = 0

    @property
    def values(self) -> dict[str, Scalar]:
        """Everything in which it differs from the defaults, by path."""
        return {**dict(self.overrides), **dict(self.switches), **dict(self.levers)}


@dataclass(frozen=True, eq=False)
class Points(Sequence[Point]):
    """All points of a study, by number; none is kept.

    Parameters
    ----------
    names : of the scenarios
    scenarios : resolved, in the same order
    design : rows that are run in each of them
    """

    names: tuple[str, ...]
    scenarios: tuple[ScenarioSpec, ...]
    design: PointDesign

    def __len__(self) -> int:
        """Return how many points there are, defaults included."""
        return len(self.names) * (1 + len(self.design))

    @overload
    def __getitem__(self, number: int) -> Point: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Point]: ...
    def __getitem__(self, number: int | slice) -> Point | Sequence[Point]:
        """Return the point of a number."""
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        place = number + len(self) if number < 0 else number
        if not 0 <= place < len(self):
            raise IndexError(f"there is no point {number}")
        row, which = divmod(place, len(self.names))
        found = self.design.row(row, self.scenarios[which]) if row else {}
        role = {f.path: f.role for f in self.design.factors}

        def of(wanted: Role) -> list[tuple[str, Scalar]]:
            return sorted((path, value) for path, value in found.items() if role[path] == wanted)

        return Point(
            place,
            self.names[which],
            tuple((path, _number(value)) for path, value in of("uncertainty")),
            tuple((path, str(value)) for path, value in of("structure")),
            tuple(of("lever")),
            row,
        )

    def __iter__(self) -> Iterator[Point]:
        """Yield the points in their order."""
        return (self[i] for i in range(len(self)))

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What is varied."""
        return self.design.factors


def _number(value: Scalar) -> float:
    """Return the value of an assumption, which is a number."""
    assert isinstance(value, (int, float))
    return value
