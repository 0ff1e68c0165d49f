"""A wave of false tips: many items name honest parties, and each costs somebody an inspection."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Tips
from stcsim.spec import quantity


class FalseTipWave(Shock):
    """Customs receive tips about honest parties that spread like true ones until vetting stops them."""

    name: ClassVar[str] = "false_tip_wave"
    title: ClassVar[str] = "Wave of false tips"

    per_year: float = quantity(60.0, unit="items/yr", low=0.0, high=10_000, sweep=(10.0, 300.0))
    """False tips that reach each country's customs a year while it lasts."""

    def strains(self) -> Iterable[Tips]:
        """Tips while it lasts."""
        yield Tips(self.country, self.per_year)
