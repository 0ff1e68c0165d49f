"""A joint targeting unit: analysts of customs, police and intelligence in one room direct the posts."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import invited
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Convening, Post
from stcsim.structure.view import View

_SECONDS = ("law_enforcement", "intelligence")
_CATEGORIES = frozenset({"networks", "parties"})
_OPEN = frozenset({"open", "commercial", "own_national"})
_IN_ONE_ROOM = _OPEN | {"originator_controlled"}


class JointTargetingUnit(Mechanism):
    """Second analysts of police and intelligence to customs headquarters, where they vet what goes to posts.

    What they know passes from desk to desk, and vetted on to the posts within days; those who second people
    have fewer themselves.
    """

    name: ClassVar[str] = "joint_targeting_unit"
    title: ClassVar[str] = "Joint targeting unit"
    answers: ClassVar[tuple[str, ...]] = (
        "lack_of_intelligence",
        "front_companies",
        "no_forum",
        "inconsistent_checkpoints",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel", "Convening", "Post")
    prerequisites: ClassVar[str] = (
        "a customs headquarters with posts that recognises the part of police or intelligence"
    )
    sources: ClassVar[tuple[str, ...]] = ("unodc_port_units",)

    countries: tuple[str, ...] = ()
    """Countries that set one up; all when empty."""
    seconded_share: float = quantity(0.1, unit="share", low=0.01, high=0.5, sweep=(0.05, 0.25))
    """Share of their staff that police and intelligence second to the unit."""
    desk_days: float = quantity(1.0, unit="days", low=0.5, high=60.0, sweep=(0.5, 5.0))
    """Mean time from one service's desk to another's at full trust."""
    post_days: float = quantity(2.0, unit="days", low=0.5, high=60.0, sweep=(1.0, 10.0))
    """Mean time from the unit to a post at full trust, vetting aside."""
    meetings_per_year: float = quantity(48.0, unit="1/yr", low=1.0, high=365.0, sweep=(12.0, 250.0))
    """Briefings a year at which the services sit together."""
    meeting_hours: float = quantity(1.5, unit="hours", low=0.1, high=40.0, sweep=(0.5, 4.0))
    """Hours of one service for one briefing."""
    post_hours: float = quantity(30.0, unit="h/yr", low=0.0, high=2000.0, sweep=(10.0, 100.0))
    """Hours a year of each post for reporting back to the unit."""
    room_thousand_usd: float = quantity(
        60.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(20.0, 250.0)
    )
    """What room, systems and induction cost once."""
    running_thousand_usd: float = quantity(
        30.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(8.0, 120.0)
    )
    """What running the unit costs a year."""
    lead_time: int = quantity(39, unit="weeks", low=0, high=1040, sweep=(13, 104))
    """Weeks from decision to effect."""

    def _units(self, view: View) -> Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            hub = view.one(country, "customs_headquarters")
            services = tuple(b for b in invited(view, hub, _SECONDS) if b != hub) if hub else ()
            posts = tuple(sorted(h.id for h in view.holders_of(country, kind="post")))
            if services and posts:
                yield hub, services, posts

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Seconded people, channels between desks and to posts, briefings, and what the unit costs."""
        for hub, services, posts in self._units(view):
            yield Charge(hub, 0.0, self.running_thousand_usd, self.name, self.room_thousand_usd)
            yield Convening(
                (hub, *services), "lead", hub, "working", self.meetings_per_year, self.meeting_hours
            )
            people = 0.0
            for service in services:
                police = view.by_id[service].role == "law_enforcement"
                sent = self.seconded_share * view.by_id[service].staff
                people += sent
                yield Post(service, -sent, "investigator" if police else "analyst")
                yield Channel(service, hub, self.desk_days, _CATEGORIES, _IN_ONE_ROOM)
                yield Channel(hub, service, self.desk_days, _CATEGORIES, _OPEN)
            yield Post(hub, people, "analyst")
            for post in posts:
                yield Channel(hub, post, self.post_days, _CATEGORIES, _OPEN, vetting=True, hub=hub)
                yield Channel(post, hub, self.post_days, _CATEGORIES, _OPEN)
                yield Charge(post, self.post_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any customs headquarters has posts and somebody to sit with."""
        return () if any(True for _ in self._units(view)) else (self.prerequisites,)
