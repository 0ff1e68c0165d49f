"""A training programme: activities of the catalogue for chosen bodies and posts, year after year."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field, field_validator

from stcsim.actors.activity import ACTIVITY, TRAIN, taken_from
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Member, Payer, payer_of, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Programme
from stcsim.structure.view import HolderView, View


class TrainingProgramme(Mechanism):
    """Deliver activities to the holders that they suit.

    What is learnt fades unless used; a skill without its tool, or a tool without its skill, adds little;
    and what others have already delivered adds little too. Where coverage is partial, events fall in
    proportion.
    """

    name: ClassVar[str] = "training_programme"
    title: ClassVar[str] = "Training programme"
    answers: ClassVar[tuple[str, ...]] = (
        "awareness_and_training",
        "identifying_goods",
        "inconsistent_checkpoints",
        "exporter_classification",
    )
    route: ClassVar[tuple[str, ...]] = ("Programme",)
    prerequisites: ClassVar[str] = "a host in the country that knows whom to send"
    sources: ClassVar[tuple[str, ...]] = (
        "wco_stce_2017",
        "exbs_areas",
        "thailand_localisation",
        "eu_p2p",
        "gao_13_37",
    )

    countries: tuple[str, ...] = ()
    """Countries that are trained; all when empty."""
    activities: tuple[str, ...] = Field(default=("frontline_enforcement_course",), min_length=1)
    """Activities of the catalogue."""
    roles: tuple[Member | Literal["post", "stretch"], ...] = ()
    """Whom to send: roles of bodies, or ``post`` and ``stretch``; all whom an activity suits when empty."""
    events_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=1000.0, sweep=(0.5, 6.0))
    """Events a year of each activity in each country."""
    host_hours: float = quantity(24.0, unit="hours", low=0.0, high=1000.0, sweep=(8.0, 80.0))
    """Hours of the host for one event: choosing participants, rooms, interpreters."""
    tailored: bool = True
    """Whether it is made for those who attend; off the shelf it costs less and fits worse."""
    tailoring_hours: float = quantity(16.0, unit="hours", low=0.0, high=1000.0, sweep=(4.0, 40.0))
    """Hours of the host for one event that is tailored: cases, law and goods of the country."""
    payer: Payer = "donor"
    """Who pays for the events; the country where no donor works there."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    @field_validator("activities")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return taken_from(names, TRAIN, "activity that trains")

    def _classes(self, view: View) -> Iterable[tuple[str, str, str, tuple[HolderView, ...]]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            host = view.one(country, "customs_headquarters", "licensing_authority", "trade_ministry")
            for name in sorted(set(self.activities)) if host else ():
                suited = frozenset(ACTIVITY[name].audiences)
                audience = suited & frozenset(self.roles) if self.roles else suited
                holders = reached(view, host, audience)
                if holders:
                    yield country, host, name, holders

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """A programme for each activity and country, and the hours of the host."""
        for country, host, activity, holders in self._classes(view):
            covered = tuple(h.id for h in holders if self.covers(h.id))
            events = self.events_per_year * len(covered) / len(holders)
            if events:
                payer = payer_of(view, country, self.payer)
                yield Programme(activity, covered, events, payer, self.tailored)
                hours = self.host_hours + (self.tailoring_hours if self.tailored else 0.0)
                yield Charge(host, events * hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anybody to train."""
        return () if any(True for _ in self._classes(view)) else (self.prerequisites,)
