"""What a shock is: something dated that befalls the ecosystem, the same in every arm of one seed.

A shock, like a mechanism, changes structure and exogenous drives, never an outcome. It answers with
`Strain`s: dated multipliers on a closed list of drives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from stcsim.spec import Spec, quantity

Drive = Literal[
    "attempts", "trade", "applications", "upkeep", "training_money", "staff", "will", "trust", "patrols"
]
"""What a shock may strain: exogenous drives and resources."""

REGISTRY: dict[str, type[Shock]] = {}


@dataclass(frozen=True)
class Strain:
    """A multiplier on one drive of one country (all when empty) while the shock lasts."""

    drive: Drive
    country: str
    factor: float


class Shock(Spec):
    """Base of all shocks."""

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""
    sources: ClassVar[tuple[str, ...]] = ()

    at_week: int = quantity(unit="weeks", low=0, high=5200)
    """Week after arms branch in which it strikes."""
    weeks: int = quantity(26, unit="weeks", low=1, high=5200)
    """How long it lasts."""
    country: str = ""
    """Country that it befalls; all when empty."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.name:
            REGISTRY[cls.name] = cls

    def strains(self) -> Iterable[Strain]:
        """Return what it strains while it lasts."""
        raise NotImplementedError
