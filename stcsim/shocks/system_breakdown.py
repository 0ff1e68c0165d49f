"""A domestic control system breaks down: staff leaves, tools are lost, its exchanges fall silent."""

import math
from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.shocks.base import STEP_WEEKS, Damage, Impairment, Shock
from stcsim.spec import quantity


class SystemBreakdown(Shock):
    """Bodies lose staff, exchanges, tools and skill at once; staff and exchanges recover at a rate.

    What was destroyed of tools and skill comes back only as bodies learn and are equipped again.
    """

    name: ClassVar[str] = "system_breakdown"
    title: ClassVar[str] = "Breakdown of a control system"

    weeks: int = quantity(156, unit="weeks", low=1, high=5200, sweep=(26, 260))
    """How long it is felt at most: after this time staff and exchanges are as before."""
    body: str = Field(default="", pattern=r"^[a-z][a-z_]{0,39}$|^$")
    """Role of the agency that breaks down, ``post`` for the checkpoints; all bodies of the country when
    empty."""
    staff_lost: float = quantity(0.5, unit="share", low=0.0, high=1.0, sweep=(0.2, 0.9))
    """Share of staff that is gone at the strike."""
    exchange_lost: float = quantity(0.8, unit="share", low=0.0, high=1.0, sweep=(0.3, 1.0))
    """Share by which its exchanges with all others slow down at the strike: registers, links, answers."""
    skill_lost: float = quantity(0.2, unit="share", low=0.0, high=1.0, sweep=(0.0, 0.6))
    """Share of its knowledge, practices and skills that is lost."""
    tools_lost: float = quantity(0.4, unit="share", low=0.0, high=1.0, sweep=(0.0, 0.8))
    """Share of its tools that is lost."""
    recovery: float = quantity(1.0, unit="1/yr", low=0.0, high=50.0, sweep=(0.3, 4.0))
    """Rate at which what is missing of staff and exchanges comes back."""

    def strains(self) -> Iterable[Impairment]:
        """Staff and exchanges as at the strike."""
        yield Impairment(self.country, self.body, 1.0 - self.staff_lost, 1.0 - self.exchange_lost)

    def damages(self) -> Iterable[Damage]:
        """Skill and tools, once."""
        lost = self.skill_lost
        yield Damage(self.country, self.body, lost, lost, lost, self.tools_lost)

    def left(self, weeks: int) -> float:
        """Return what is left of the strike: it fades at the rate of recovery, every four weeks anew."""
        return math.exp(-self.recovery * (weeks // STEP_WEEKS * STEP_WEEKS) / 52)

    def turns(self) -> Iterable[int]:
        """Every four weeks while it lasts."""
        yield from range(self.at_week, self.at_week + self.weeks, STEP_WEEKS)
        yield self.at_week + self.weeks
