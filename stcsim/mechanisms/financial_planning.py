"""Financial planning: coaching, so that upkeep and the use of what was learnt get lines of their own."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, convenor, payer_of
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Budget, Charge
from stcsim.structure.view import View


class FinancialPlanning(Mechanism):
    """Coach those who write the budget; from the next one on it pays more for upkeep and for use.

    The money is the country's own, and missing elsewhere; or a donor's, and gone when it stops.
    """

    name: ClassVar[str] = "financial_planning"
    title: ClassVar[str] = "Financial planning"
    answers: ClassVar[tuple[str, ...]] = ("sustainment", "no_resources_to_take_part")
    route: ClassVar[tuple[str, ...]] = ("Budget",)
    prerequisites: ClassVar[str] = "a body that plans the budget, and a budget year for the lines to pass"
    sources: ClassVar[tuple[str, ...]] = ("gao_06_311", "slmta_2014")

    countries: tuple[str, ...] = ()
    """Countries that are coached; all when empty."""
    payer: Payer = "country"
    """Who pays for the lines."""
    upkeep_thousand_usd: float = quantity(
        80.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(20.0, 300.0)
    )
    """Money a year and country for the upkeep of equipment."""
    capture_thousand_usd: float = quantity(
        80.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(20.0, 300.0)
    )
    """Money a year and country for using what was learnt."""
    planning_hours: float = quantity(240.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(80.0, 800.0))
    """Hours a year of the body that plans the budget."""
    coaching_thousand_usd: float = quantity(
        40.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(10.0, 120.0)
    )
    """Money a year and country for those who coach, from the first donor that works there."""
    lead_time: int = quantity(52, unit="weeks", low=0, high=1040, sweep=(26, 104))
    """Weeks from decision to effect: a budget year."""

    def _planners(self, view: View) -> Iterable[tuple[str, str]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            planner = convenor(view, country, "trade_ministry")
            if planner:
                yield country, planner

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Lines for upkeep and for use, the planners' hours and the coaches' money."""
        for country, planner in self._planners(view):
            payer = payer_of(view, country, self.payer)
            yield Budget(payer, country, self.upkeep_thousand_usd, "upkeep")
            yield Budget(payer, country, self.capture_thousand_usd, "capture")
            yield Charge(planner, self.planning_hours, 0.0, self.name)
            coach = payer_of(view, country, "donor")
            yield Charge(coach, 0.0, self.coaching_thousand_usd, f"{self.name}: coaching in {country}")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody plans a budget."""
        return () if any(True for _ in self._planners(view)) else (self.prerequisites,)
