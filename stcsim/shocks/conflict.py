"""A conflict nearby: demand rises, the green border opens, and those who decide have other matters."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class Conflict(Shock):
    """Networks near it try more often and over open stretches; fewer patrols and less will are left."""

    name: ClassVar[str] = "conflict"
    title: ClassVar[str] = "Conflict nearby"

    attempts: float = quantity(1.5, unit="multiple", low=0.0, high=10.0, sweep=(1.0, 3.0))
    """Potential attempts of networks at home there, over those without a conflict."""
    passage: float = quantity(3.0, unit="multiple", low=0.1, high=100.0, sweep=(1.0, 10.0))
    """Odds of crossing by an open stretch there, over those without a conflict."""
    patrols_lost: float = quantity(0.5, unit="share", low=0.0, high=1.0, sweep=(0.2, 0.9))
    """Share of patrols drawn off."""
    will_lost: float = quantity(0.2, unit="share", low=0.0, high=1.0, sweep=(0.0, 0.5))
    """Share of political will that goes to other matters."""

    def strains(self) -> Iterable[Strain]:
        """Attempts and passage rise, patrols and will fall while it lasts."""
        yield Strain("attempts", self.country, self.attempts)
        yield Strain("passage", self.country, self.passage)
        yield Strain("patrols", self.country, 1.0 - self.patrols_lost)
        yield Strain("will", self.country, 1.0 - self.will_lost)
