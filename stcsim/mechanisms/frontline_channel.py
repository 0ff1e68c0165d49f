"""A standing channel between the frontline and the centre, with answers from the technical authority."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge
from stcsim.structure.view import View

_CENTRE = ("licensing_authority", "intelligence", "law_enforcement", "technical_authority", "regulator")
_ALL = frozenset({"networks", "parties", "lists", "licensing", "procedures"})
_HANDLING = frozenset({"open", "commercial", "own_national"})


class FrontlineChannel(Mechanism):
    """Connect posts with customs headquarters, and headquarters with those who know, by a duty officer."""

    name: ClassVar[str] = "frontline_channel"
    title: ClassVar[str] = "Channel between the frontline and the centre"
    answers: ClassVar[tuple[str, ...]] = (
        "lack_of_intelligence",
        "identifying_goods",
        "detention_clock",
        "exporter_classification",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel",)
    prerequisites: ClassVar[str] = "a customs headquarters with a duty officer"
    sources: ClassVar[tuple[str, ...]] = ("wco_cosmo", "reg_428_2009", "philippines_advice")

    countries: tuple[str, ...] = ()
    """Countries that set it up; all when empty."""
    mean_delay_days: float = quantity(3.0, unit="days", low=0.5, high=60.0, sweep=(1.0, 14.0))
    """Mean time from one end to the other at full trust."""
    duty_hours: float = quantity(600.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(200.0, 1700.0))
    """Hours of the duty officer at each headquarters a year."""
    post_hours: float = quantity(24.0, unit="h/yr", low=0.0, high=2000.0, sweep=(8.0, 80.0))
    """Hours of each post a year."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _hubs(self, view: View) -> Iterable[tuple[str, str]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            hub = view.one(country, "customs_headquarters", "border_guard")
            if hub:
                yield country, hub

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Channels headquarters-post and centre-headquarters, both ways; hours of those who serve them."""
        for country, hub in self._hubs(view):
            ends = [h.id for h in view.holders_of(country, kind="post")]
            ends += [h.id for h in view.holders_of(country, kind="stretch")]
            centre = [h.id for h in view.holders_of(country, _CENTRE) if h.id != hub]
            expert = view.one(country, "technical_authority", "licensing_authority")
            yield Charge(hub, self.duty_hours, 0.0, self.name)
            for end in ends:
                yield Charge(end, self.post_hours, 0.0, self.name)
                yield Channel(hub, end, self.mean_delay_days, _ALL, _HANDLING, hub=hub)
                yield Channel(end, hub, self.mean_delay_days, _ALL, _HANDLING)
            for body in centre:
                yield Channel(body, hub, self.mean_delay_days, _ALL, _HANDLING, answers=body == expert)
                yield Channel(hub, body, self.mean_delay_days, _ALL, _HANDLING)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any country has a headquarters."""
        return () if any(True for _ in self._hubs(view)) else (self.prerequisites,)
