"""An information-sharing agreement: like bodies of several countries exchange items across the border."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from pydantic import Field

from stcsim.actors.agency import Role
from stcsim.actors.channel import ALL_CATEGORIES
from stcsim.actors.vocabulary import Category
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import convenor
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Mandate, Recognition
from stcsim.structure.view import View

_LIKE: tuple[Role, ...] = ("licensing_authority", "customs_headquarters", "intelligence", "law_enforcement")
_HANDLING = frozenset({"open", "commercial", "own_national"})


class InformationSharingAgreement(Mechanism):
    """Open channels between like bodies of the countries that sign.

    An agreement says what may be exchanged; whether items about own nationals flow stays with each
    country's law. Vetted items are fewer, later and more often true; unvetted ones cost inspections of
    honest trade.
    """

    name: ClassVar[str] = "information_sharing_agreement"
    title: ClassVar[str] = "Information-sharing agreement"
    answers: ClassVar[tuple[str, ...]] = (
        "cross_border_cooperation",
        "lack_of_intelligence",
        "front_companies",
        "rerouting",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel", "Mandate", "Recognition")
    prerequisites: ClassVar[str] = "at least two countries that sign and have bodies of one role"
    sources: ClassVar[tuple[str, ...]] = ("wco_global_shield", "no_undercut", "border_liaison_offices")

    countries: tuple[str, ...] = ()
    """Countries that sign; all when empty."""
    categories: tuple[Category, ...] = Field(default=ALL_CATEGORIES, min_length=1)
    """Categories of information that it covers."""
    roles: tuple[Role, ...] = Field(default=_LIKE, min_length=1)
    """Roles that exchange, each with its like abroad."""
    vetting: bool = True
    """Whether items are vetted before they are sent."""
    contact_points: bool = True
    """Whether it names contact points, so that likes know each other; if not, only those exchange that do."""
    no_undercut: bool = False
    """Whether a country consults before it licenses what another has refused; listed items only."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=800.0, sweep=(3.0, 90.0))
    """Mean time from one country to another at full trust."""
    duty_hours: float = quantity(150.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(40.0, 600.0))
    """Hours a year of each body that keeps a contact point, whatever it sends."""
    negotiation_thousand_usd: float = quantity(
        40.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(10.0, 200.0)
    )
    """What negotiating and setting it up costs each country once."""
    lead_time: int = quantity(39, unit="weeks", low=0, high=1040, sweep=(13, 156))
    """Weeks from decision to effect."""

    def _pairs(self, view: View) -> list[tuple[str, str]]:
        signatories = self.chosen(self.countries, (c.id for c in view.countries))
        pairs: list[tuple[str, str]] = []
        for role in sorted(set(self.roles)):
            bodies = [b for c in signatories if (b := view.one(c, role))]
            pairs += [
                (u, v)
                for u, v in permutations(bodies, 2)
                if self.contact_points or (view.recognises(u, v) and view.recognises(v, u))
            ]
        return pairs

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Channels between each pair of like bodies, what it costs them, and the promise not to undercut."""
        pairs = self._pairs(view)
        covered = frozenset(self.categories)
        for source, target in pairs:
            yield Channel(source, target, self.mean_delay_days, covered, _HANDLING, vetting=self.vetting)
            if self.contact_points:
                yield Recognition(source, target, self.name)
        bodies = sorted({u for u, _ in pairs})
        for body in bodies:
            yield Charge(body, self.duty_hours, 0.0, self.name)
        for country in sorted({view.by_id[b].country for b in bodies}):
            signs = convenor(view, country, "foreign_affairs") or bodies[0]
            yield Charge(signs, 0.0, 0.0, f"{self.name}: negotiation", self.negotiation_thousand_usd)
            if self.no_undercut:
                yield Mandate(country, "no_undercut", True)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any two bodies can exchange."""
        return () if self._pairs(view) else (self.prerequisites,)
