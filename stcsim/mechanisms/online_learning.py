"""Online learning: e-learning, webinars or social media for bodies, posts and firms."""

from collections.abc import Iterable
from typing import ClassVar, Literal, get_args

from pydantic import Field

from stcsim.actors.activity import CATALOGUE, Activity
from stcsim.actors.vocabulary import Competence, FirmClass
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, payer_of, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Programme
from stcsim.structure.view import HolderView, View

_ALL: tuple[Competence, ...] = get_args(Competence)


class OnlineLearning(Mechanism):
    """Offer what the catalogue has of one modality online, to bodies and to firms.

    It is cheap, has places for many and reaches who cannot travel; each learns less, and puts less of it to
    use. Campaigns on social media make aware and speak for the cause; they train nobody.
    """

    name: ClassVar[str] = "online_learning"
    title: ClassVar[str] = "Online learning"
    answers: ClassVar[tuple[str, ...]] = (
        "awareness_and_training",
        "sme_compliance",
        "inconsistent_checkpoints",
        "no_resources_to_take_part",
    )
    route: ClassVar[tuple[str, ...]] = ("Programme",)
    prerequisites: ClassVar[str] = "a host in the country that knows whom to invite"
    sources: ClassVar[tuple[str, ...]] = ("eu_p2p", "meti_sme_support")

    countries: tuple[str, ...] = ()
    """Countries that it is offered in; all when empty."""
    modality: Literal["e_learning", "webinar", "social_media"] = "e_learning"
    """What is offered: courses at one's own pace, webinars, or social media."""
    competences: tuple[Competence, ...] = Field(default=_ALL, min_length=1)
    """Competences that bodies are offered activities on."""
    events_per_year: float = quantity(2.0, unit="1/yr", low=0.0, high=1000.0, sweep=(0.5, 6.0))
    """Rounds a year of each activity for bodies in each country."""
    classes: tuple[FirmClass, ...] = ("sme", "forwarder", "research")
    """Classes of firms that are invited."""
    firm_sessions_per_year: float = quantity(4.0, unit="1/yr", low=0.0, high=1000.0, sweep=(1.0, 12.0))
    """Rounds a year for firms in each country."""
    host_hours: float = quantity(10.0, unit="hours", low=0.0, high=1000.0, sweep=(4.0, 40.0))
    """Hours of the host for one round."""
    platform_thousand_usd: float = quantity(
        10.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(3.0, 40.0)
    )
    """Money a year for the platform in each country."""
    payer: Payer = "donor"
    """Who pays; the country where no donor works there."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _offered(self, firms: bool) -> tuple[Activity, ...]:
        wanted = frozenset(self.competences)
        return tuple(
            a
            for a in CATALOGUE
            if a.modality == self.modality
            and ("firms" in a.audiences if firms else bool(wanted & set(a.competences)))
        )

    def _hosts(self, view: View) -> Iterable[tuple[str, str]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            host = view.one(country, "licensing_authority", "customs_headquarters", "trade_ministry")
            if host:
                yield country, host

    def _bodies(self, view: View, host: str) -> Iterable[tuple[str, tuple[HolderView, ...]]]:
        for activity in self._offered(firms=False):
            holders = reached(view, host, activity.audiences)
            if holders:
                yield activity.name, holders

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Rounds for bodies and for firms, hours of the host and the platform."""
        for country, host in self._hosts(view):
            payer, rounds = payer_of(view, country, self.payer), 0.0
            for name, holders in self._bodies(view, host):
                covered = tuple(h.id for h in holders if self.covers(h.id))
                events = self.events_per_year * len(covered) / len(holders)
                if events:
                    rounds += events
                    yield Programme(name, covered, events, payer)
            groups = [g for g in view.firm_groups if g.country == country and g.firm_class in self.classes]
            online = [g for g in groups if self.covers(g.id)]
            share = sum(g.count for g in online) / max(1, sum(g.count for g in groups))
            for activity in self._offered(firms=True) if share else ():
                rounds += self.firm_sessions_per_year * share
                targets = tuple(sorted(g.id for g in online))
                yield Programme(activity.name, targets, self.firm_sessions_per_year * share, payer)
            if rounds:
                yield Charge(host, rounds * self.host_hours, 0.0, self.name)
            if self.covers(country):
                yield Charge(payer, 0.0, self.platform_thousand_usd, f"{self.name}: {country}")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is a host anywhere."""
        return () if any(True for _ in self._hosts(view)) else (self.prerequisites,)
