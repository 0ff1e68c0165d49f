"""Joint events: agencies meet industry, academia and civil society, whom they seldom meet otherwise."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, Member, convenor, invited
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.view import View


class JointEvents(Mechanism):
    """Open events at which agencies and partners of a country meet as one ecosystem.

    Partners come by open invitation, so whoever was unknown becomes known. Ties arise mostly where none were;
    those who meet already gain little. Meeting as a whole lets a shared identity grow.
    """

    name: ClassVar[str] = "joint_events"
    title: ClassVar[str] = "Joint events across sectors"
    answers: ClassVar[tuple[str, ...]] = ("unknown_stakeholders", "conflicting_interests", "no_forum")
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "a convenor, and a partner from outside government in its country"
    sources: ClassVar[tuple[str, ...]] = ("scott_forums",)

    countries: tuple[str, ...] = ()
    """Countries that hold them; all when empty."""
    members: tuple[Member, ...] = Field(
        default=(*CORE, "industry_association", "university", "civil_society"), min_length=1
    )
    """Roles and kinds of those to meet: agencies that the convenor recognises, and all partners."""
    per_year: float = quantity(2.0, unit="1/yr", low=0.25, high=52.0, sweep=(1.0, 6.0))
    """Events a year."""
    hours: float = quantity(8.0, unit="hours", low=0.5, high=80.0, sweep=(4.0, 24.0))
    """Hours of one body for one event, before each link to another adds to them."""
    organising_hours: float = quantity(60.0, unit="hours", low=0.0, high=10_000.0, sweep=(20.0, 200.0))
    """Hours of the convenor for organising one event."""
    organising_thousand_usd: float = quantity(
        10.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(2.0, 40.0)
    )
    """Money for one event."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to the first event."""

    def _circles(self, view: View) -> Iterable[tuple[str, tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, "licensing_authority")
            if not host:
                continue
            partners = {h.id for h in view.holders_of(country, self.members, "partner")}
            if partners:
                yield host, tuple(sorted(partners.union(invited(view, host, self.members))))

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One circle a country in which everybody talks to everybody, and what organising costs."""
        for host, members in self._circles(view):
            yield Convening(members, "shared", host, "working", self.per_year, self.hours)
            hours, money = self.organising_hours, self.organising_thousand_usd
            yield Charge(host, hours * self.per_year, money * self.per_year, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody has a partner to meet."""
        return () if any(True for _ in self._circles(view)) else (self.prerequisites,)
