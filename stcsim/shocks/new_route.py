"""A new route: a road, line or free zone makes it natural to pass through a country or over its border."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class NewRoute(Shock):
    """Transit through the country becomes natural, its trade swells, its open stretches become passable."""

    name: ClassVar[str] = "new_route"
    title: ClassVar[str] = "New route"
    sources: ClassVar[tuple[str, ...]] = ("transit_diversion",)

    weeks: int = quantity(5200, unit="weeks", low=1, high=5200, sweep=(26, 5200))
    """How long it is open; a road stays."""
    transit: float = quantity(4.0, unit="multiple", low=0.1, high=100.0, sweep=(1.5, 20.0))
    """Odds of going through the country on the way from elsewhere, over those before."""
    traffic: float = quantity(1.2, unit="multiple", low=0.0, high=10.0, sweep=(1.0, 2.0))
    """Declared consignments at its posts, over those before."""
    passage: float = quantity(1.5, unit="multiple", low=0.1, high=100.0, sweep=(1.0, 10.0))
    """Odds of crossing by one of its open stretches, over those before."""

    def strains(self) -> Iterable[Strain]:
        """Transit, trade and passage rise while it is open."""
        yield Strain("transit", self.country, self.transit)
        yield Strain("trade", self.country, self.traffic)
        yield Strain("passage", self.country, self.passage)
