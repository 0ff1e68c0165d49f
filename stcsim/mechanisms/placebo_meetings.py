"""Meetings about nothing: the placebo against which convening is tested."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, Member, convenor, invited
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.view import View


class PlaceboMeetings(Mechanism):
    """Spend the hours of a working group on meetings in which nothing is exchanged.

    It answers no challenge and is no proposal. A model in which it helps would reward motion instead of
    coordination.
    """

    name: ClassVar[str] = "placebo_meetings"
    title: ClassVar[str] = "Placebo: meetings without content"
    answers: ClassVar[tuple[str, ...]] = ()
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "a convenor that recognises the part of at least one other body"
    sources: ClassVar[tuple[str, ...]] = ()

    countries: tuple[str, ...] = ()
    """Countries that hold them; all when empty."""
    members: tuple[Member, ...] = Field(default=CORE, min_length=1)
    """Roles of those to invite; only those whose part the convenor recognises are."""
    per_year: float = quantity(12.0, unit="1/yr", low=0.5, high=365.0, sweep=(4.0, 52.0))
    """Meetings a year."""
    hours: float = quantity(
        CoordinationParameters.default().convening_hours, unit="hours", low=0.5, high=80.0, sweep=(2.0, 16.0)
    )
    """Hours of one member in one meeting, preparation included."""
    secretariat_hours: float = quantity(240.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(60.0, 900.0))
    """Hours of the convenor a year for agendas and minutes."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect, as of the working group that it stands beside."""

    def _groups(self, view: View) -> Iterable[tuple[str, tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, "licensing_authority")
            members = invited(view, host, self.members) if host else ()
            if len(members) > 1:
                yield host, members

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One group a country that meets without content, and the hours of its secretariat."""
        for host, members in self._groups(view):
            yield Charge(host, self.secretariat_hours, 0.0, self.name)
            yield Convening(members, "lead", host, "working", self.per_year, self.hours, content=False)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody has somebody to invite."""
        return () if any(True for _ in self._groups(view)) else (self.prerequisites,)
