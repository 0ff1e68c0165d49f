"""A rush for critical resources: more trade, more applications and more hurry at the same capacity."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class ResourceScramble(Shock):
    """Trade and applications swell, and waiting for a licence costs firms more."""

    name: ClassVar[str] = "resource_scramble"
    title: ClassVar[str] = "Scramble for resources"

    trade: float = quantity(1.5, unit="multiple", low=1.0, high=10.0, sweep=(1.1, 3.0))
    """Declared consignments, over those without it."""
    applications: float = quantity(1.3, unit="multiple", low=1.0, high=10.0, sweep=(1.1, 2.0))
    """Work that licence applications make, over that without it."""
    hurry: float = quantity(1.5, unit="multiple", low=1.0, high=10.0, sweep=(1.1, 3.0))
    """What waiting for a licence costs a firm, over what it costs without it."""

    def strains(self) -> Iterable[Strain]:
        """Trade, applications and hurry rise while it lasts."""
        yield Strain("trade", self.country, self.trade)
        yield Strain("applications", self.country, self.applications)
        yield Strain("hurry", self.country, self.hurry)
