"""A donor of capacity-building assistance."""

from __future__ import annotations

from pydantic import Field

from stcsim.actors.vocabulary import Pillar
from stcsim.spec import Spec, quantity


class PrioritySpec(Spec):
    """How much a donor cares for one pillar."""

    pillar: Pillar
    """One of the five core areas."""
    weight: float = quantity(1.0, unit="weight", low=0.0, high=100.0)
    """Weight in its planning."""


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
    priorities: tuple[PrioritySpec, ...] = ()
    """Pillars it cares for; all alike when empty."""
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
