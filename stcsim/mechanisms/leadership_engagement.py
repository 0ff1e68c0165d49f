"""Leadership engagement: heads of ministries and services hear why enforcement is worth the investment."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.agency import Role
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import PRINCIPALS, Member, convenor, invited
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.view import View


class LeadershipEngagement(Mechanism):
    """Bring heads together a few times a year on a case made for them, with advocacy in between.

    More will means more inspectors on strategic goods and better upkeep, and more honest trade held up as
    well.
    """

    name: ClassVar[str] = "leadership_engagement"
    title: ClassVar[str] = "Engagement of the leadership"
    answers: ClassVar[tuple[str, ...]] = ("political_will", "competing_priorities", "conflicting_interests")
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "an advocate that recognises the part of at least one other body"
    sources: ClassVar[tuple[str, ...]] = ("wco_cosmo", "chen_sullivan")

    countries: tuple[str, ...] = ()
    """Countries whose leadership is engaged; all when empty."""
    advocate: Role = "foreign_affairs"
    """Role of the body that makes the case; where there is none, the first usual convenor."""
    heads: tuple[Member, ...] = Field(default=PRINCIPALS, min_length=1)
    """Roles of the bodies whose heads are invited; only those whose part the advocate recognises are."""
    per_year: float = quantity(2.0, unit="1/yr", low=0.25, high=52.0, sweep=(1.0, 6.0))
    """Meetings of heads a year."""
    hours: float = quantity(
        CoordinationParameters.default().convening_hours, unit="hours", low=0.5, high=80.0, sweep=(2.0, 16.0)
    )
    """Hours of one body for one meeting, briefing of its head included."""
    advocacy_hours: float = quantity(400.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(100.0, 1200.0))
    """Hours of the advocate a year for making the case."""
    advocacy_thousand_usd: float = quantity(
        30.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(5.0, 120.0)
    )
    """Money of the advocate a year for studies, visits and events."""
    lead_time: int = quantity(8, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _circles(self, view: View) -> Iterable[tuple[str, tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, self.advocate)
            heads = invited(view, host, self.heads) if host else ()
            if len(heads) > 1:
                yield host, heads

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Meetings of heads under the advocate, and what advocacy costs."""
        for host, heads in self._circles(view):
            yield Convening(heads, "lead", host, "principals", self.per_year, self.hours)
            yield Charge(host, self.advocacy_hours, self.advocacy_thousand_usd, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody has heads to convince."""
        return () if any(True for _ in self._circles(view)) else (self.prerequisites,)
