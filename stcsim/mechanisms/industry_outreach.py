"""Industry outreach: the licensing authority tells firms what is controlled and how to comply."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.vocabulary import FirmClass
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, payer_of
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Programme
from stcsim.structure.view import FirmGroupView, View


class IndustryOutreach(Mechanism):
    """Hold seminars for firms of chosen classes.

    Aware firms apply for more licences, so outreach loads the licensing authority; some that now know the
    rule evade it. Where coverage is partial, events fall in proportion to the firms reached.
    """

    name: ClassVar[str] = "industry_outreach"
    title: ClassVar[str] = "Industry outreach"
    answers: ClassVar[tuple[str, ...]] = ("sme_compliance", "intangible_transfers", "exporter_classification")
    route: ClassVar[tuple[str, ...]] = ("Programme",)
    prerequisites: ClassVar[str] = (
        "a licensing authority or trade ministry, and firms of these classes on a register"
    )
    sources: ClassVar[tuple[str, ...]] = ("meti_sme_support", "icp_elements", "icp_global_licence")

    countries: tuple[str, ...] = ()
    """Countries that hold them; all when empty."""
    classes: tuple[FirmClass, ...] = Field(default=("sme", "forwarder", "research"), min_length=1)
    """Classes of firms that are invited."""
    sectors: tuple[str, ...] = ()
    """Sectors that are invited; all when empty."""
    events_per_year: float = quantity(6.0, unit="1/yr", low=0.0, high=1000.0, sweep=(2.0, 24.0))
    """Seminars a year in each country."""
    speaker_hours: float = quantity(40.0, unit="hours", low=0.0, high=1000.0, sweep=(12.0, 120.0))
    """Hours of the licensing authority for one seminar, preparation included."""
    payer: Payer = "country"
    """Who pays for the events."""
    lead_time: int = quantity(8, unit="weeks", low=0, high=1040, sweep=(4, 26))
    """Weeks from decision to effect."""

    def _invited(self, view: View) -> Iterable[tuple[str, str, list[FirmGroupView]]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            host = view.one(country, "licensing_authority", "trade_ministry")
            groups = [
                g
                for g in view.firm_groups
                if g.country == country
                and g.count
                and g.firm_class in self.classes
                and (not self.sectors or g.sector in self.sectors)
            ]
            if host and groups:
                yield country, host, groups

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Seminars for the groups of firms, and the hours of those who speak there."""
        for country, host, groups in self._invited(view):
            reached = [g for g in groups if self.covers(g.id)]
            share = sum(g.count for g in reached) / sum(g.count for g in groups)
            events = self.events_per_year * share
            if events:
                targets = tuple(sorted(g.id for g in reached))
                yield Programme("firm_outreach_seminar", targets, events, payer_of(view, country, self.payer))
                yield Charge(host, events * self.speaker_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is a host and an audience anywhere."""
        return () if any(True for _ in self._invited(view)) else (self.prerequisites,)
