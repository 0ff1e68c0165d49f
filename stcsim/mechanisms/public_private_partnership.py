"""A public-private partnership: an industry association pays for training and tells what comes to market."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from stcsim.actors.activity import TRAIN, taken_from
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Member, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate, Programme
from stcsim.structure.view import View


class PublicPrivatePartnership(Mechanism):
    """Let industry fund training of officers with its own money and report technology trends.

    Its news shorten the lags of lists. It has to be known to the authority, whose hours it takes; and what
    industry pays for competes for the time of the same officers as what others do.
    """

    name: ClassVar[str] = "public_private_partnership"
    title: ClassVar[str] = "Public-private partnership"
    answers: ClassVar[tuple[str, ...]] = (
        "emerging_technology",
        "awareness_and_training",
        "no_resources_to_take_part",
    )
    route: ClassVar[tuple[str, ...]] = ("Mandate", "Programme")
    prerequisites: ClassVar[str] = "an industry association that the licensing authority recognises"
    sources: ClassVar[tuple[str, ...]] = ("technology_committee", "icp_elements")

    countries: tuple[str, ...] = ()
    """Countries that enter one; all when empty."""
    activities: tuple[str, ...] = Field(default=("commodity_identification_training",), min_length=1)
    """Activities of the catalogue that industry pays for."""
    roles: tuple[Member | Literal["post", "stretch"], ...] = Field(
        default=("post", "customs_headquarters", "licensing_authority"), min_length=1
    )
    """Who is trained: roles of bodies that the authority knows, or ``post`` and ``stretch``."""
    events_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=1000.0, sweep=(0.5, 6.0))
    """Events a year of each activity in each country."""
    watch: bool = True
    """Whether industry tells what comes to market."""
    watch_hours: float = quantity(200.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(50.0, 800.0))
    """Hours a year of the association for following technologies; none without the watch."""
    liaison_hours: float = quantity(150.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(40.0, 600.0))
    """Hours a year of the licensing authority for keeping the partnership."""
    industry_thousand_usd: float = quantity(
        25.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(5.0, 120.0)
    )
    """Money a year of the association for its secretariat, events aside."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    @field_validator("activities")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return taken_from(names, TRAIN, "activity that trains")

    def _partners(self, view: View) -> Iterable[tuple[str, str, str]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = view.one(country, "licensing_authority")
            association = view.one(country, "industry_association")
            if host and association and view.recognises(host, association):
                yield country, host, association

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Training that industry pays for, its watch of technologies, and what both take."""
        for country, host, association in self._partners(view):
            yield Charge(host, self.liaison_hours, 0.0, self.name)
            yield Charge(association, 0.0, self.industry_thousand_usd, self.name)
            if self.watch:
                yield Mandate(country, "technology_watch", True)
                yield Charge(association, self.watch_hours, 0.0, f"{self.name}: watch")
            targets = tuple(sorted(h.id for h in reached(view, host, self.roles)))
            for activity in sorted(set(self.activities)):
                if targets and self.events_per_year:
                    yield Programme(activity, targets, self.events_per_year, association)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is a partner."""
        return () if any(True for _ in self._partners(view)) else (self.prerequisites,)
