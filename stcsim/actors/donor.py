"""A donor of capacity-building assistance."""

from typing import Literal

from pydantic import Field

from stcsim.actors.vocabulary import Pillar
from stcsim.spec import Spec, quantity


class PrioritySpec(Spec):
    """How much a donor cares for one pillar."""

    pillar: Pillar
    """One of the five core areas."""
    weight: float = quantity(1.0, unit="weight", low=0.0, high=100.0)
    """Weight in its planning."""


Mandate = Literal["strategic_trade", "border_security", "rule_of_law", "trade_facilitation"]
"""What an office that gives assistance is there for."""
PRIORITIES_OF: dict[str, dict[str, float]] = {
    "strategic_trade": {},
    "border_security": {"enforcement": 1.0},
    "rule_of_law": {"legal_regulatory": 1.0, "interagency_international": 0.5},
    "trade_facilitation": {"licensing": 1.0, "government_industry": 1.0},
}
"""Weights of pillars by mandate, for donors that give none of their own; all alike where there are none.
Assumed."""


class DonorSpec(Spec):
    """One donor programme."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")
    """Identifier."""
    name: str = Field(default="", max_length=80)
    """Name for people."""
    budget: float = quantity(
        2500.0, unit="thousand USD/yr", low=0.0, high=1e7, basis="exbs_funding", sweep=(500.0, 10_000.0)
    )
    """Money a year for this region."""
    mandate: Mandate = "strategic_trade"
    """What it is there for. Sister offices with another mandate deliver like activities, on its pillars."""
    priorities: tuple[PrioritySpec, ...] = ()
    """Pillars it cares for; those of its mandate when empty."""
    countries: tuple[str, ...] = ()
    """Countries it works in; all when empty."""
    tailored: bool = True
    """Whether its activities are made for those who attend; off the shelf they cost less and fit worse."""
    active_from_week: int = quantity(0, unit="weeks", low=0, high=5200)
    """Week of the warm-up from which it gives."""
    active_until_week: int | None = quantity(None, unit="weeks", low=0, high=5200)
    """Week from which it gives no more, counted from the start of the warm-up as well; never when not
    given."""
    notice_weeks: int = quantity(0, unit="weeks", low=0, high=1040, sweep=(0, 104))
    """Weeks before its end in which its hosts know of it; 0 for a sudden end."""
    upkeep_handed_over: bool = False
    """Whether it goes on paying for upkeep and use for some years after its end."""
