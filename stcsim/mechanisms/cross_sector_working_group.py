"""A cross-sector working group: customs officers and company compliance staff of a sector meet."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.vocabulary import FirmClass
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE
from stcsim.parameters.coordination import CoordinationParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Contact, Convening, Programme
from stcsim.structure.view import FirmGroupView, View

_OFFICIALS = ("customs_headquarters", "licensing_authority", "law_enforcement")


class CrossSectorWorkingGroup(Mechanism):
    """Let officers and compliance staff teach each other, and firms know whom to tell.

    Companies show officers what their goods look like; officers tell companies what suspicious enquiries look
    like, and name a contact for them. Both sides give time; firms that know the rule apply for more licences.
    """

    name: ClassVar[str] = "cross_sector_working_group"
    title: ClassVar[str] = "Working group of customs and companies"
    answers: ClassVar[tuple[str, ...]] = (
        "identifying_goods",
        "sme_compliance",
        "front_companies",
        "exporter_classification",
    )
    route: ClassVar[tuple[str, ...]] = ("Contact", "Convening", "Programme")
    prerequisites: ClassVar[str] = (
        "a customs headquarters, an industry association that some agency recognises, and firms of the sector"
    )
    sources: ClassVar[tuple[str, ...]] = ("icp_elements", "meti_sme_support")

    countries: tuple[str, ...] = ()
    """Countries that set one up; all when empty."""
    classes: tuple[FirmClass, ...] = Field(default=("large", "sme", "forwarder"), min_length=1)
    """Classes of firms whose compliance staff are invited."""
    sectors: tuple[str, ...] = ()
    """Sectors that are invited; all when empty."""
    per_year: float = quantity(4.0, unit="1/yr", low=0.5, high=365.0, sweep=(2.0, 12.0))
    """Meetings of officials and the association a year."""
    hours: float = quantity(
        CoordinationParameters.default().convening_hours, unit="hours", low=0.5, high=80.0, sweep=(2.0, 16.0)
    )
    """Hours of one member in one meeting with its preparation, before the form of governance adds to them."""
    demonstrations_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=100.0, sweep=(0.5, 8.0))
    """Sessions a year at which companies show officers their goods."""
    briefings_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=100.0, sweep=(0.5, 8.0))
    """Sessions a year at which officers tell firms what is controlled and what is suspicious."""
    contact_hours: float = quantity(200.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(60.0, 900.0))
    """Hours a year of the officer whom firms may tell."""
    association_hours: float = quantity(120.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(40.0, 500.0))
    """Hours a year of the association for bringing firms together."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _groups(self, view: View) -> Iterable[tuple[str, str, str, list[FirmGroupView]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = view.one(country, "customs_headquarters")
            association = view.one(country, "industry_association")
            firms = [
                g
                for g in view.firm_groups
                if g.country == country
                and g.firm_class in self.classes
                and (not self.sectors or g.sector in self.sectors)
            ]
            agencies = view.holders_of(country, CORE, kind="agency")
            known = any(view.recognises(h.id, association) for h in agencies)
            if host and association and firms and known:
                yield country, host, association, firms

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Meetings, sessions for both sides, a contact for the firms, and the hours of who serves them."""
        for country, host, association, firms in self._groups(view):
            officials = view.holders_of(country, _OFFICIALS, kind="agency")
            known = [h.id for h in officials if view.recognises(host, h.id)]
            members = tuple(sorted({host, association, *known}))
            groups = tuple(sorted(g.id for g in firms))
            posts = [h.id for h in view.holders_of(country, kind="post")]
            yield Convening(members, "lead", host, "working", self.per_year, self.hours)
            yield Charge(host, self.contact_hours, 0.0, self.name)
            yield Charge(association, self.association_hours, 0.0, self.name)
            yield from (Contact(group, host) for group in groups)
            if self.demonstrations_per_year:
                learners = tuple(sorted([host, *posts]))
                shown = self.demonstrations_per_year
                yield Programme("commodity_identification_training", learners, shown, country)
            if self.briefings_per_year:
                yield Programme("firm_outreach_seminar", groups, self.briefings_per_year, country)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anywhere customs can meet an association with such firms."""
        return () if any(True for _ in self._groups(view)) else (self.prerequisites,)
