"""A playbook for emerging technology: experts look ahead and draft standards before a breakout."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Member, invited
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import View


class EmergingTechnologyPlaybook(Mechanism):
    """Let experts draft standards ahead of the breakout of a technology, in a playbook that countries share.

    Each country that works by it shortens its own lag to a new list, and the regime's lag a little; the more
    members do, the sooner the regime agrees. Until there is a list, nothing is stopped by it.
    """

    name: ClassVar[str] = "emerging_technology_playbook"
    title: ClassVar[str] = "Playbook for emerging technology"
    answers: ClassVar[tuple[str, ...]] = ("emerging_technology", "identifying_goods")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = (
        "a licensing authority or trade ministry in some country that recognises a body with experts"
    )
    sources: ClassVar[tuple[str, ...]] = ("regime_cycle_2022", "technology_committee")

    countries: tuple[str, ...] = ()
    """Countries that work by the playbook; all when empty."""
    roles: tuple[Member, ...] = Field(
        default=("technical_authority", "regulator", "defence", "university"), min_length=1
    )
    """Roles of the bodies whose experts look ahead; only those whose part the authority recognises do."""
    expert_hours: float = quantity(300.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(80.0, 1200.0))
    """Hours a year of each body of experts for looking ahead and drafting."""
    drafting_hours: float = quantity(200.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(60.0, 800.0))
    """Hours a year of the authority for turning drafts into proposals to the regime."""
    study_thousand_usd: float = quantity(
        40.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(10.0, 200.0)
    )
    """Money a year of each country for studies and tests."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _hosts(self, view: View) -> dict[str, tuple[str, list[str]]]:
        """Authority and experts of each country that takes part; nobody where none has any experts."""
        found: dict[str, tuple[str, list[str]]] = {}
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            host = view.one(country, "licensing_authority", "trade_ministry")
            if host:
                found[country] = host, [i for i in invited(view, host, self.roles) if i != host]
        return found if any(experts for _, experts in found.values()) else {}

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The task in each country, and the hours and money that it takes."""
        for country, (host, experts) in self._hosts(view).items():
            yield Mandate(country, "anticipates_technology", True)
            yield Charge(host, self.drafting_hours, self.study_thousand_usd, self.name)
            for body in experts:
                yield Charge(body, self.expert_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anybody to look ahead."""
        return () if self._hosts(view) else (self.prerequisites,)
