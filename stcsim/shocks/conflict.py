"""A conflict nearby: patrols are elsewhere, and so are the minds of those who decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class Conflict(Shock):
    """Fewer patrols are on the border, and less will is left for strategic trade."""

    name: ClassVar[str] = "conflict"
    title: ClassVar[str] = "Conflict nearby"

    patrols_lost: float = quantity(0.5, unit="share", low=0.0, high=1.0, sweep=(0.2, 0.9))
    """Share of patrols drawn off."""
    will_lost: float = quantity(0.2, unit="share", low=0.0, high=1.0, sweep=(0.0, 0.5))
    """Share of political will that goes to other matters."""

    def strains(self) -> Iterable[Strain]:
        """Patrols and will fall while it lasts."""
        yield Strain("patrols", self.country, 1.0 - self.patrols_lost)
        yield Strain("will", self.country, 1.0 - self.will_lost)
