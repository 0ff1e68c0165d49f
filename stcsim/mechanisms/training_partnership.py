"""A training partnership: a university, an association or civil society teaches where donors hold events."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.partner import PartnerKind
from stcsim.actors.vocabulary import Competence
from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, TrainerPool
from stcsim.structure.view import HolderView, View


class TrainingPartnership(Mechanism):
    """Let partners outside government teach officials in place of experts from abroad.

    Donors plan as before and keep what is saved; the partner's hours are its own, and it teaches a little
    less well what it does not practise. Only a partner whose part is recognised is asked.
    """

    name: ClassVar[str] = "training_partnership"
    title: ClassVar[str] = "Training partnership"
    answers: ClassVar[tuple[str, ...]] = (
        "awareness_and_training",
        "unknown_stakeholders",
        "no_resources_to_take_part",
    )
    route: ClassVar[tuple[str, ...]] = ("TrainerPool",)
    prerequisites: ClassVar[str] = "a partner whose part customs or the licensing authority recognises"
    sources: ClassVar[tuple[str, ...]] = ("thailand_localisation", "eu_p2p")

    countries: tuple[str, ...] = ()
    """Countries that have one; all when empty."""
    partners: tuple[PartnerKind, ...] = Field(
        default=("university", "civil_society", "industry_association"), min_length=1
    )
    """Kinds of partners that teach."""
    competences: tuple[Competence, ...] = Field(
        default=("risk_targeting", "commodity_identification", "inspection", "coordination"), min_length=1
    )
    """Competences that they teach; the events are divided among them."""
    events_per_year: float = quantity(6.0, unit="1/yr", low=0.0, high=1000.0, sweep=(2.0, 20.0))
    """Events a year at which each partner can teach."""
    partner_hours: float = quantity(60.0, unit="hours", low=0.0, high=1000.0, sweep=(30.0, 120.0))
    """Hours of the partner for one event, preparation included."""
    host_hours: float = quantity(24.0, unit="h/yr", low=0.0, high=2000.0, sweep=(8.0, 80.0))
    """Hours a year of the body that keeps the partnership."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _pairs(self, view: View) -> Iterable[tuple[str, HolderView]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            hosts = [view.one(country, r) for r in ("customs_headquarters", "licensing_authority")]
            for partner in view.holders_of(country, self.partners, "partner"):
                host = next((h for h in hosts if h and view.recognises(h, partner.id)), "")
                if host:
                    yield host, partner

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """What each partner can teach, its hours, and those of the host."""
        competences = tuple(sorted(set(self.competences)))
        for host, partner in self._pairs(view):
            if self.covers(partner.id):
                yield TrainerPool(partner.id, competences, self.events_per_year)
                yield Charge(partner.id, self.events_per_year * self.partner_hours, 0.0, self.name)
                yield Charge(host, self.host_hours, 0.0, f"{self.name}: host")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any partner is known."""
        return () if any(True for _ in self._pairs(view)) else (self.prerequisites,)
