"""Legal clearance: a country's law comes to allow that data on its nationals is given to another state."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import View

_DRAFTS = ("foreign_affairs", "trade_ministry", "prosecutor", "legislature", "licensing_authority")
_CLEARS = ("licensing_authority", "customs_headquarters", "law_enforcement", "foreign_affairs")


class LegalClearance(Mechanism):
    """Clear data on own nationals for exchange, where the law restricts it.

    It opens no channel: where nobody exchanges across the border, there is nothing that it could let
    pass. Countries whose law already allows it bear nothing.
    """

    name: ClassVar[str] = "legal_clearance"
    title: ClassVar[str] = "Legal clearance of data on nationals"
    answers: ClassVar[tuple[str, ...]] = ("cross_border_cooperation", "evidence_of_violations")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = (
        "a minister's decision and a body to prepare it, in a country whose law restricts such data"
    )
    sources: ClassVar[tuple[str, ...]] = ("gao_2025_disputes", "border_liaison_offices")

    countries: tuple[str, ...] = ()
    """Countries that clear it; all whose law restricts it when empty."""
    clearing_hours: float = quantity(300.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(80.0, 1200.0))
    """Hours a year of the body that clears each item about a national before it leaves."""
    drafting_thousand_usd: float = quantity(
        80.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(20.0, 300.0)
    )
    """What drafting, consultation and the decision cost once."""
    lead_time: int = quantity(78, unit="weeks", low=0, high=1040, sweep=(26, 260))
    """Weeks from decision to effect: laws take years, decrees under an existing law less."""

    def _restricted(self, view: View) -> Iterable[tuple[str, str, str]]:
        law = {c.id: c.law.get("shares_data_on_nationals", False) for c in view.countries}
        for country in self.chosen(self.countries, law):
            drafts, clears = view.one(country, *_DRAFTS), view.one(country, *_CLEARS)
            if not law[country] and drafts and clears:
                yield country, drafts, clears

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The switch in the law of each restricted country, and what preparing and running it costs."""
        for country, drafts, clears in self._restricted(view):
            yield Mandate(country, "shares_data_on_nationals", True)
            yield Charge(drafts, 0.0, 0.0, f"{self.name}: drafting", self.drafting_thousand_usd)
            yield Charge(clears, self.clearing_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether a law restricts and somebody can prepare the decision."""
        return () if any(True for _ in self._restricted(view)) else (self.prerequisites,)
