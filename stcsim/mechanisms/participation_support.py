"""Participation support: somebody pays the trips of those who cannot afford to take part."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, convenor, payer_of
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Budget, Charge
from stcsim.structure.view import View


class ParticipationSupport(Mechanism):
    """Pay for trips to courses and convenings that a country's own budget does not cover.

    It convenes nobody and teaches nothing: where nothing is offered, or everybody can pay, it does nothing.
    """

    name: ClassVar[str] = "participation_support"
    title: ClassVar[str] = "Support for taking part"
    answers: ClassVar[tuple[str, ...]] = ("no_resources_to_take_part", "awareness_and_training")
    route: ClassVar[tuple[str, ...]] = ("Budget",)
    prerequisites: ClassVar[str] = "a body in the country that administers it"
    sources: ClassVar[tuple[str, ...]] = ("chen_sullivan",)

    countries: tuple[str, ...] = ()
    """Countries that are supported; all when empty."""
    payer: Payer = "donor"
    """Who pays: the first donor that works there, or the country itself."""
    thousand_usd_per_year: float = quantity(
        30.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(10.0, 120.0)
    )
    """Money a year for the trips of one country's bodies."""
    administration_hours: float = quantity(80.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(20.0, 300.0))
    """Hours a year of the body that administers it."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _hosts(self, view: View) -> Iterable[tuple[str, str]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, "foreign_affairs")
            if host:
                yield country, host

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Money for each country's trips, and the hours of who administers it."""
        for country, host in self._hosts(view):
            payer = payer_of(view, country, self.payer)
            yield Budget(payer, country, self.thousand_usd_per_year, "participation")
            yield Charge(host, self.administration_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody administers it."""
        return () if any(True for _ in self._hosts(view)) else (self.prerequisites,)
