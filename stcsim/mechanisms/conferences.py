"""Conferences: an international body brings the agencies of several countries together."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Member
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.view import View

CONVENORS = ("regional_centre", "multilateral")
"""Kinds of partner that states come to, the nearer first."""


class Conferences(Mechanism):
    """Let delegates of many countries meet once or twice a year at an international body's invitation.

    Those who meet know of each other's part, trust each other more and find whom to ask across the border.
    They learn little that they did not know; each trip costs, so poor countries stay away.
    """

    name: ClassVar[str] = "conferences"
    title: ClassVar[str] = "International and regional conferences"
    answers: ClassVar[tuple[str, ...]] = ("cross_border_cooperation", "no_forum")
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "a multilateral body or regional centre, and delegates of two countries"
    sources: ClassVar[tuple[str, ...]] = ("asian_seminar_2020", "wco_cosmo")

    countries: tuple[str, ...] = ()
    """Countries that are invited; all when empty."""
    members: tuple[Member, ...] = Field(
        default=("licensing_authority", "customs_headquarters", "law_enforcement", "foreign_affairs"),
        min_length=1,
    )
    """Roles of the bodies that states send; the convenor need not know them."""
    per_year: float = quantity(1.0, unit="1/yr", low=0.1, high=24.0, sweep=(0.5, 4.0))
    """Conferences a year."""
    hours: float = quantity(24.0, unit="hours", low=0.5, high=200.0, sweep=(8.0, 40.0))
    """Hours of one body for one conference, travel and preparation included."""
    organising_hours: float = quantity(300.0, unit="hours", low=0.0, high=10_000.0, sweep=(100.0, 900.0))
    """Hours of the convenor for organising one conference."""
    organising_thousand_usd: float = quantity(
        80.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(20.0, 300.0)
    )
    """Money of the convenor for one conference; trips are paid by those who travel."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 52))
    """Weeks from decision to the first conference."""

    def _gathering(self, view: View) -> tuple[str, tuple[str, ...]]:
        """Return the convenor and the delegates, ``""`` and none where it cannot be held."""
        convenor = view.one("", *CONVENORS)
        countries = self.chosen(self.countries, (c.id for c in view.countries))
        sent = {c: view.holders_of(c, self.members) for c in countries}
        delegates = tuple(sorted(h.id for bodies in sent.values() for h in bodies))
        if not convenor or sum(1 for bodies in sent.values() if bodies) < 2:
            return "", ()
        return convenor, delegates

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One gathering of all delegates under the convenor, and what organising it costs."""
        convenor, delegates = self._gathering(view)
        if not convenor:
            return
        members = tuple(sorted((convenor, *delegates)))
        yield Convening(members, "lead", convenor, "working", self.per_year, self.hours)
        hours, money = self.organising_hours, self.organising_thousand_usd
        yield Charge(convenor, hours * self.per_year, money * self.per_year, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody convenes and anybody comes."""
        return () if self._gathering(view)[0] else (self.prerequisites,)
