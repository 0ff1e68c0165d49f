"""Liaison officers: staff posted to the neighbour's agency, and offices where both sides of a border meet."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from stcsim.actors.agency import Role
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import wage_level
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Post, Programme, Recognition
from stcsim.structure.view import HolderView, View

_BORDERS = ("land", "rail", "river", "green", "blue_river")
_ALL = frozenset({"networks", "parties", "lists", "licensing", "procedures"})
_HANDLING = frozenset({"open", "commercial", "own_national"})
_FETCHING = 0.3
"""Share of an officer's time spent with the host's experts, to put questions and send answers. Assumed."""


class LiaisonOfficers(Mechanism):
    """Post officers with the agency of each other country that takes part.

    An officer sends home what the host knows, as far as the host's law lets it go, brings technical answers
    from abroad, and lets both sides learn each other's procedures. Border offices reach land and river posts
    and stretches directly and practise procedures together. Officers abroad are dear, and posts get more to
    read.
    """

    name: ClassVar[str] = "liaison_officers"
    title: ClassVar[str] = "Liaison officers and border liaison offices"
    answers: ClassVar[tuple[str, ...]] = (
        "cross_border_cooperation",
        "system_breakdown",
        "inconsistent_checkpoints",
        "lack_of_intelligence",
        "conflict_nearby",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel", "Post", "Programme", "Recognition")
    prerequisites: ClassVar[str] = "at least two countries with a body that officers can be posted to"
    sources: ClassVar[tuple[str, ...]] = ("border_liaison_offices", "wco_cosmo")

    countries: tuple[str, ...] = ()
    """Countries that exchange officers; all when empty."""
    agency: Role = "customs_headquarters"
    """Role of the bodies that send and host officers; customs or the border guard where there is none."""
    officers: float = quantity(1.0, unit="FTE", low=0.05, high=100.0, sweep=(0.5, 3.0))
    """Officers that each country posts with each other one."""
    border_offices: bool = True
    """Whether offices at land and river borders exchange directly with the neighbour's agency."""
    reach_back: bool = True
    """Whether the host's experts answer doubts about goods."""
    mean_delay_days: float = quantity(7.0, unit="days", low=0.5, high=800.0, sweep=(2.0, 30.0))
    """Mean time across the border at full trust."""
    allowance: float = quantity(1.5, unit="multiple", low=1.0, high=10.0, sweep=(1.1, 3.0))
    """Cost of an officer abroad over the cost at home."""
    answer_hours: float = quantity(60.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(20.0, 240.0))
    """Hours a year of an expert for each country that it answers."""
    joint_sessions_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=100.0, sweep=(0.5, 6.0))
    """Sessions a year in which posts with a border office practise procedures with the neighbour's."""
    post_hours: float = quantity(48.0, unit="h/yr", low=0.0, high=2000.0, sweep=(12.0, 160.0))
    """Hours a year of each post or stretch with a border office."""
    office_thousand_usd: float = quantity(
        30.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(5.0, 120.0)
    )
    """What a border office costs once."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(13, 104))
    """Weeks from decision to effect."""

    def _bodies(self, view: View) -> dict[str, str]:
        wanted = self.chosen(self.countries, (c.id for c in view.countries))
        found = {c: view.one(c, self.agency, "customs_headquarters", "border_guard") for c in wanted}
        return {c: body for c, body in found.items() if body}

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """An officer of each country with each other one, the channels that he keeps, and what both cost."""
        bodies = self._bodies(view)
        for home, abroad in permutations(sorted(bodies), 2):
            own, host = bodies[home], bodies[abroad]
            money = self.officers * view.staff_costs.liaison * wage_level(view, home) * self.allowance
            yield Charge(own, 0.0, money, f"{self.name}: officers")
            yield Channel(host, own, self.mean_delay_days, _ALL, _HANDLING)
            yield Recognition(own, host, self.name)
            yield Recognition(host, own, self.name)
            offices = _at_borders(view, home) if self.border_offices else []
            for post in offices:
                yield Channel(host, post.id, self.mean_delay_days, _ALL, _HANDLING, hub=host)
                yield Channel(post.id, host, self.mean_delay_days, _ALL, _HANDLING)
            expert = view.one(abroad, "technical_authority", "licensing_authority") if self.reach_back else ""
            fetching = _FETCHING if expert else 0.0
            yield Post(host, self.officers * (1 - fetching), "liaison")
            if expert:
                yield Post(expert, self.officers * fetching, "liaison")
                yield Charge(expert, self.answer_hours, 0.0, f"{self.name}: answers")
                for asks in [own, *(post.id for post in offices)]:
                    yield Channel(
                        expert, asks, self.mean_delay_days, _ALL, _HANDLING, answers=True, hub=expert
                    )
        if self.border_offices and len(bodies) > 1:
            for home in bodies:
                offices = _at_borders(view, home)
                for post in offices:
                    yield Charge(post.id, self.post_hours, 0.0, self.name, self.office_thousand_usd)
                if offices and self.joint_sessions_per_year:
                    posts = tuple(sorted(post.id for post in offices))
                    yield Programme("inspection_procedures", posts, self.joint_sessions_per_year, home)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether two countries can exchange officers."""
        return () if len(self._bodies(view)) > 1 else (self.prerequisites,)


def _at_borders(view: View, country: str) -> list[HolderView]:
    """Return the posts and stretches of a country at which another country begins."""
    return [h for h in view.holders_of(country, _BORDERS) if h.kind in ("post", "stretch")]
