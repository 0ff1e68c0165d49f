"""An inter-agency working group: bodies of one country meet regularly, as officers or as principals."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from pydantic import Field

from stcsim.actors.agency import Role
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, Member, convenor, invited
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Convening
from stcsim.structure.view import View


class InteragencyWorkingGroup(Mechanism):
    """Let the bodies of a country that know of each other's part meet regularly.

    Working level builds trust, ties and clear roles; principals move will. Each member's hours rise with
    the number of members where governance is shared, and do not under a lead organisation.
    """

    name: ClassVar[str] = "interagency_working_group"
    title: ClassVar[str] = "Inter-agency working group"
    answers: ClassVar[tuple[str, ...]] = (
        "no_forum",
        "unclear_roles",
        "conflicting_interests",
        "detention_clock",
        "political_will",
    )
    route: ClassVar[tuple[str, ...]] = ("Convening",)
    prerequisites: ClassVar[str] = "a convenor that recognises the part of at least one other body"
    sources: ClassVar[tuple[str, ...]] = ("wco_cosmo", "provan_kenis_2008", "scott_forums")

    countries: tuple[str, ...] = ()
    """Countries that set one up; all when empty."""
    level: Literal["working", "principals"] = "working"
    """Officers who do the work, or heads who decide."""
    form: Literal["shared", "lead"] = "lead"
    """Governance shared among members, or by a lead organisation that prepares for all."""
    lead: Role = "licensing_authority"
    """Role of the convenor; where there is none, the first usual convenor."""
    members: tuple[Member, ...] = Field(default=CORE, min_length=1)
    """Roles of those to invite; only those whose part the convenor recognises are."""
    per_year: float = quantity(12.0, unit="1/yr", low=0.5, high=365.0, sweep=(4.0, 52.0))
    """Meetings a year."""
    hours: float = quantity(
        CoordinationParameters.default().convening_hours, unit="hours", low=0.5, high=80.0, sweep=(2.0, 16.0)
    )
    """Hours of one member in one meeting with its preparation, before the form of governance adds to them."""
    secretariat_hours: float = quantity(240.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(60.0, 900.0))
    """Hours a year for agendas and minutes: the lead organisation's, or in equal parts all members'."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _groups(self, view: View) -> Iterable[tuple[str, tuple[str, ...]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = convenor(view, country, self.lead)
            members = invited(view, host, self.members) if host else ()
            if len(members) > 1:
                yield host, members

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One group a country, and the hours of its secretariat."""
        for host, members in self._groups(view):
            secretaries = (host,) if self.form == "lead" else members
            for body in secretaries:
                yield Charge(body, self.secretariat_hours / len(secretaries), 0.0, self.name)
            chair = host if self.form == "lead" else ""
            yield Convening(members, self.form, chair, self.level, self.per_year, self.hours)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody has somebody to invite."""
        return () if any(True for _ in self._groups(view)) else (self.prerequisites,)
