"""A change of leadership: political will starts again lower."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class LeadershipChange(Shock):
    """Political will falls while the new leadership finds its feet."""

    name: ClassVar[str] = "leadership_change"
    title: ClassVar[str] = "Change of leadership"

    will_lost: float = quantity(0.4, unit="share", low=0.0, high=1.0, sweep=(0.1, 0.8))
    """Share of political will lost while it lasts."""

    def strains(self) -> Iterable[Strain]:
        """Will falls while it lasts."""
        yield Strain("will", self.country, 1.0 - self.will_lost)
