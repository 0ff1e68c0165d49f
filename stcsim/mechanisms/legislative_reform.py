"""Legislative reform: a country's law comes to hold the controls and powers that it lacks."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.vocabulary import LAW_TOPICS, LawTopic
from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import View

_DRAFTS = ("trade_ministry", "legislature", "foreign_affairs", "prosecutor", "licensing_authority")
_APPLIES = ("licensing_authority", "trade_ministry", "customs_headquarters", "foreign_affairs")


class LegislativeReform(Mechanism):
    """Draft, pass and apply a law on the chosen topics, in countries whose law lacks them.

    A law gives grounds and powers, and nobody who could use them: without officers who find anything it
    changes little. Countries that lack nothing bear nothing.
    """

    name: ClassVar[str] = "legislative_reform"
    title: ClassVar[str] = "Legislative reform"
    answers: ClassVar[tuple[str, ...]] = ("missing_law", "detention_clock", "intangible_transfers")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = "a body that can draft, in a country whose law lacks a chosen topic"
    sources: ClassVar[tuple[str, ...]] = ("exbs_areas", "eu_p2p")

    countries: tuple[str, ...] = ()
    """Countries that reform their law; all when empty."""
    topics: tuple[LawTopic, ...] = Field(default=LAW_TOPICS, min_length=1)
    """What the law is to hold; what it holds already stays as it is."""
    drafting_hours: float = quantity(600.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(150.0, 2500.0))
    """Hours a year that drafting takes until the law is in force, shared by the bodies that draft."""
    drafting_thousand_usd: float = quantity(
        30.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(10.0, 120.0)
    )
    """What drafting, consultation and the vote on one topic cost once."""
    application_hours: float = quantity(60.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(15.0, 250.0))
    """Hours a year that each topic then takes of the body that issues regulations and guidance."""
    lead_time: int = quantity(104, unit="weeks", low=0, high=1040, sweep=(52, 312))
    """Weeks from decision to effect: years, for a legislature has other business."""

    def _gaps(self, view: View) -> Iterable[tuple[str, tuple[str, ...], tuple[LawTopic, ...], str]]:
        law = {c.id: c.law for c in view.countries}
        for country in self.chosen(self.countries, law):
            missing = tuple(t for t in LAW_TOPICS if t in self.topics and not law[country].get(t, False))
            drafts = tuple(sorted(h.id for h in view.holders_of(country, _DRAFTS, kind="agency")))
            applies = view.one(country, *_APPLIES)
            if missing and drafts:
                yield country, drafts, missing, applies or drafts[0]

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Switches of the law, what drafting costs until they are in force, and what applying them costs."""
        drafting = view.week < self.start + self.lead_time
        for country, drafts, missing, applies in self._gaps(view):
            for topic in missing:
                yield Mandate(country, topic, True)
            money = self.drafting_thousand_usd * len(missing)
            yield Charge(drafts[0], 0.0, 0.0, f"{self.name}: drafting", money)
            if drafting:
                for body in drafts:
                    yield Charge(body, self.drafting_hours / len(drafts), 0.0, self.name)
            yield Charge(applies, self.application_hours * len(missing), 0.0, f"{self.name}: application")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether a law lacks a topic and somebody can draft it."""
        return () if any(True for _ in self._gaps(view)) else (self.prerequisites,)
