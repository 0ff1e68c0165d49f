"""Factors: what a study varies, each from a number of (0, 1) to a value.

A factor is a lever (a field of a mechanism in the arms that have it), an assumption (a quantity of the
register, or of a mechanism where arms leave it open), or a structural switch. Ranges that span a factor of
ten or more are taken log-uniformly, others uniformly, whole numbers as such; of listed values each has an
equal share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from stcsim.mechanisms import MECHANISMS
from stcsim.parameters import register
from stcsim.scenario.spec import ScenarioSpec
from stcsim.spec import ASSUMED, QuantityInfo, quantities
from stcsim.study.study_file import Scalar
from stcsim.study.worlds import MECHANISM, PARAMETERS, is_set, value_at

Role = Literal["lever", "uncertainty", "structure"]
"""Which part of a point a factor belongs to."""
STRUCTURE: Role = "structure"


@dataclass(frozen=True)
class Factor:
    """One thing that is varied.

    Parameters
    ----------
    path : such as ``parameters.firms.margin``, ``mechanisms.capacity_capture.coverage`` or
        ``structure.capture``
    role : what it belongs to
    quantity : its range, where it has one
    values : what it takes, where that is listed
    yields : whether a number that a scenario puts in place of the default holds instead
    """

    path: str
    role: Role
    quantity: QuantityInfo | None = None
    values: tuple[Scalar, ...] = ()
    yields: bool = False

    @property
    def group(self) -> str:
        """What it is validated with, such as ``parameters.firms``."""
        return self.path.rpartition(".")[0]

    def at(self, u: float) -> Scalar:
        """Return the value below which the share `u` of its values lies."""
        if self.quantity is not None:
            return value_at(self.quantity, u)
        return self.values[min(int(u * len(self.values)), len(self.values) - 1)]

    def levels(self, number: int) -> tuple[Scalar, ...]:
        """Return its listed values, or `number` values from one end of its range to the other."""
        if self.quantity is None:
            return self.values
        return tuple(dict.fromkeys(self.at(i / (number - 1)) for i in range(number)))


@cache
def known_quantities() -> dict[str, QuantityInfo]:
    """Return every quantity of the register and of mechanisms, by its path in a study."""
    found = [replace(q, path=f"{PARAMETERS}.{q.path}") for q in register()]
    for name, kind in MECHANISMS.items():
        found += quantities(kind, f"{MECHANISM}.{name}")
    return {q.path: q for q in found}


def is_assumed(quantity: QuantityInfo) -> bool:
    """Whether worlds draw it: no public figure stands behind it, and a range is declared."""
    return quantity.basis == ASSUMED and quantity.sweep is not None


def open_in(factors: Sequence[Factor], scenario: ScenarioSpec) -> list[Factor]:
    """Return the factors whose values a scenario leaves to the study."""
    return [f for f in factors if not (f.yields and f.quantity is not None and is_set(scenario, f.quantity))]


def validated_together(factors: Sequence[Factor]) -> list[list[Factor]]:
    """Return the assumptions among factors by the group that they are validated in."""
    groups: dict[str, list[Factor]] = {}
    for factor in factors:
        if factor.role == "uncertainty":
            groups.setdefault(factor.group, []).append(factor)
    return list(groups.values())


def ranged(path: str, role: Role, low: float, high: float) -> Factor:
    """Return a factor that is varied between two ends; whole where the quantity is."""
    return Factor(path, role, replace(known_quantities()[path], sweep=(low, high)))


def paths(factors: Sequence[Factor]) -> tuple[str, ...]:
    """Return the paths of factors, in their order."""
    return tuple(factor.path for factor in factors)
