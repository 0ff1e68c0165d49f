"""A coordinating entity: one body of a country becomes the hub through which the others exchange."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.agency import Role
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, Member, convenor, invited, wage_level
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Mandate, Post
from stcsim.structure.view import View

_CATEGORIES = frozenset({"networks", "parties", "lists", "licensing", "procedures"})
_HANDLING = frozenset({"open", "commercial", "own_national"})


class CoordinatingEntity(Mechanism):
    """Give one body liaison staff and the mandate to coordinate, and connect the others with it both ways.

    One dispatch of the hub reaches all members, so its cost grows with their number and not with that of
    pairs; what the hub has no staff to send waits, and when it fails all wait.
    """

    name: ClassVar[str] = "coordinating_entity"
    title: ClassVar[str] = "Coordinating entity"
    answers: ClassVar[tuple[str, ...]] = ("no_coordinating_entity", "unclear_roles", "lack_of_intelligence")
    route: ClassVar[tuple[str, ...]] = ("Channel", "Mandate", "Post")
    prerequisites: ClassVar[str] = "a body that can be the hub and recognises the part of at least one other"
    sources: ClassVar[tuple[str, ...]] = ("provan_kenis_2008", "unodc_port_units")

    countries: tuple[str, ...] = ()
    """Countries that set it up; all when empty."""
    hub: Role = "licensing_authority"
    """Role of the body that becomes the hub; where there is none, the first usual convenor."""
    members: tuple[Member, ...] = Field(default=CORE, min_length=1)
    """Roles of those to connect; only those whose part the hub recognises are."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=400.0, sweep=(3.0, 60.0))
    """Mean time between the hub and a member at full trust."""
    role_definition: bool = True
    """Whether the mandate also says who does what."""
    liaison_staff: float = quantity(1.0, unit="FTE", low=0.1, high=100.0, sweep=(0.5, 4.0))
    """Liaison officers posted to the hub."""
    member_hours: float = quantity(80.0, unit="h/yr", low=0.0, high=5000.0, sweep=(20.0, 300.0))
    """Hours a year of each member for its part in the entity."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _hubs(self, view: View) -> Iterable[tuple[str, str, tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            hub = convenor(view, country, self.hub)
            members = tuple(m for m in invited(view, hub, self.members) if m != hub) if hub else ()
            if members:
                yield country, hub, members

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Channels hub-member both ways, liaison officers and their cost, the mandate, the members' hours."""
        for country, hub, members in self._hubs(view):
            cost = self.liaison_staff * view.staff_costs.liaison * wage_level(view, country)
            yield Charge(hub, 0.0, cost, self.name)
            yield Post(hub, self.liaison_staff, "liaison")
            if self.role_definition:
                yield Mandate(country, "role_definition", True)
            expert = view.one(country, "technical_authority", "licensing_authority")
            for member in members:
                yield Charge(member, self.member_hours, 0.0, self.name)
                yield Channel(
                    hub, member, self.mean_delay_days, _CATEGORIES, _HANDLING, answers=hub == expert, hub=hub
                )
                yield Channel(
                    member, hub, self.mean_delay_days, _CATEGORIES, _HANDLING, answers=member == expert
                )

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether a hub and a member exist anywhere."""
        return () if any(True for _ in self._hubs(view)) else (self.prerequisites,)
