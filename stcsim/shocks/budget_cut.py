"""A cut of national budgets: upkeep is not paid and posts are not filled."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.shocks.base import Shock, Strain
from stcsim.spec import quantity


class BudgetCut(Shock):
    """Upkeep and staff fall while it lasts."""

    name: ClassVar[str] = "budget_cut"
    title: ClassVar[str] = "Budget cut"

    cut: float = quantity(0.3, unit="share", low=0.0, high=1.0, sweep=(0.1, 0.6))
    """Share of the money that goes."""

    def strains(self) -> Iterable[Strain]:
        """Upkeep by the whole cut, staff by half of it (posts are slower to fall than maintenance)."""
        yield Strain("upkeep", self.country, 1.0 - self.cut)
        yield Strain("staff", self.country, 1.0 - self.cut / 2)
