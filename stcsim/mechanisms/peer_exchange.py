"""Peer exchange: bodies of one role in two countries visit each other and see how the other works."""

from collections.abc import Iterable
from itertools import combinations
from typing import ClassVar

from pydantic import Field

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Member, Payer, payer_of
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening, Exchange
from stcsim.structure.view import View


class PeerExchange(Mechanism):
    """Arrange visits between counterparts in different countries.

    Each takes up practices in which the other is ahead, and the two come to know and trust each other. Where
    both are alike, visits cost and teach nothing.
    """

    name: ClassVar[str] = "peer_exchange"
    title: ClassVar[str] = "Peer exchange"
    answers: ClassVar[tuple[str, ...]] = (
        "cross_border_cooperation",
        "inconsistent_checkpoints",
        "awareness_and_training",
    )
    route: ClassVar[tuple[str, ...]] = ("Exchange", "Convening")
    prerequisites: ClassVar[str] = "bodies of one role in at least two countries"
    sources: ClassVar[tuple[str, ...]] = ("eu_p2p", "exbs_areas")

    countries: tuple[str, ...] = ()
    """Countries that take part; all when empty."""
    roles: tuple[Member, ...] = Field(
        default=("customs_headquarters", "licensing_authority", "law_enforcement"), min_length=1
    )
    """Roles of the bodies that visit their counterparts."""
    visits_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=52.0, sweep=(0.5, 6.0))
    """Visits a year between the bodies of each two countries, half of them to either."""
    visitors: float = quantity(3.0, unit="people", low=0.0, high=100.0, sweep=(1.0, 8.0))
    """People who travel to one visit; as many of the hosts learn from them."""
    hours: float = quantity(40.0, unit="hours", low=0.0, high=1000.0, sweep=(16.0, 80.0))
    """Hours of each body for one visit."""
    travel_thousand_usd: float = quantity(2.5, unit="thousand USD", low=0.0, high=100.0, sweep=(1.0, 6.0))
    """Travel of one visitor."""
    payer: Payer = "donor"
    """Who pays for travel; the visitor's country where no donor works there."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _pairs(self, view: View) -> Iterable[tuple[str, str]]:
        known = sorted(c.id for c in view.countries if not self.countries or c.id in self.countries)
        for role in sorted(set(self.roles)):
            bodies = [view.one(c, role) for c in known]
            yield from combinations([body for body in bodies if body], 2)

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Visits, the meetings that they are, and travel, half of it for visitors from either country."""
        for one, other in self._pairs(view):
            if self.visits_per_year and self.covers(f"{one} and {other}"):
                yield Exchange(one, other, self.visits_per_year, self.visitors)
                yield Convening(
                    (one, other),
                    "shared",
                    "",
                    "working",
                    self.visits_per_year,
                    self.hours,
                    travel_paid=True,
                )
                travel = self.visits_per_year / 2 * self.visitors * self.travel_thousand_usd
                for visitor in (one, other):
                    payer = payer_of(view, view.by_id[visitor].country, self.payer)
                    yield Charge(payer, 0.0, travel, f"{self.name}: {visitor} visits")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody has a counterpart."""
        return () if any(True for _ in self._pairs(view)) else (self.prerequisites,)
