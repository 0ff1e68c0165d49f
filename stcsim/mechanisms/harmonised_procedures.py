"""Harmonised procedures: customs of neighbours tell each other and their posts how they work at borders."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge
from stcsim.structure.view import View

_PROCEDURES = frozenset({"procedures"})
_OPEN = frozenset({"open"})


class HarmonisedProcedures(Mechanism):
    """Exchange border procedures each year between customs headquarters, and pass them on to posts.

    A post that knows the neighbours' procedures does nothing twice, picks by what they pick by, and sees what
    does not fit in goods that come through. Learning them takes hours of officers and of analysts who read.
    """

    name: ClassVar[str] = "harmonised_procedures"
    title: ClassVar[str] = "Harmonised border procedures"
    answers: ClassVar[tuple[str, ...]] = (
        "inconsistent_checkpoints",
        "cross_border_cooperation",
        "rerouting",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel",)
    prerequisites: ClassVar[str] = "at least two countries with a customs headquarters or border guard"
    sources: ClassVar[tuple[str, ...]] = ("unece_border_management", "border_liaison_offices")

    countries: tuple[str, ...] = ()
    """Countries that take part; all when empty."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=800.0, sweep=(3.0, 90.0))
    """Mean time of a procedure to the neighbour's headquarters, and on to a post, at full trust."""
    alignment_hours: float = quantity(300.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(100.0, 1200.0))
    """Hours a year of each headquarters for aligning procedures with the others."""
    post_hours: float = quantity(24.0, unit="h/yr", low=0.0, high=2000.0, sweep=(8.0, 100.0))
    """Hours a year of each post for learning them."""
    study_thousand_usd: float = quantity(
        50.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(10.0, 250.0)
    )
    """What comparing and rewriting procedures costs each country once."""
    lead_time: int = quantity(39, unit="weeks", low=0, high=1040, sweep=(13, 156))
    """Weeks from decision to effect."""

    def _headquarters(self, view: View) -> dict[str, str]:
        chosen = self.chosen(self.countries, (c.id for c in view.countries))
        found = {c: view.one(c, "customs_headquarters", "border_guard") for c in chosen}
        found = {c: body for c, body in found.items() if body}
        return found if len(found) > 1 else {}

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Channels between headquarters and from each to its posts, and what aligning costs."""
        headquarters = self._headquarters(view)
        for source, target in permutations(sorted(headquarters.values()), 2):
            yield Channel(source, target, self.mean_delay_days, _PROCEDURES, _OPEN)
        for country, body in headquarters.items():
            yield Charge(body, self.alignment_hours, 0.0, self.name)
            yield Charge(body, 0.0, 0.0, f"{self.name}: study", self.study_thousand_usd)
            for post in view.holders_of(country, kind="post"):
                yield Channel(body, post.id, self.mean_delay_days, _PROCEDURES, _OPEN, hub=body)
                yield Charge(post.id, self.post_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether two countries can align anything."""
        return () if self._headquarters(view) else (self.prerequisites,)
