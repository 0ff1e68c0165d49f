"""Tiers of licences: firms with a compliance programme export more under general and global licences."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.incentive import open_to
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import View


class LicenceTiers(Mechanism):
    """Take exports of firms with an internal compliance programme out of case-by-case review.

    Fewer applications shorten the queue for all, and waiting costs such firms less; a general licence is also
    claimed by some who have no right to it, and nobody reviews those.
    """

    name: ClassVar[str] = "licence_tiers"
    title: ClassVar[str] = "General and global licences for firms with a programme"
    answers: ClassVar[tuple[str, ...]] = ("competing_priorities", "sme_compliance")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = "a licensing authority, export control by law, and firms that export"
    sources: ClassVar[tuple[str, ...]] = ("icp_global_licence",)

    countries: tuple[str, ...] = ()
    """Countries that introduce tiers; all when empty."""
    audit_hours: float = quantity(300.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(80.0, 1200.0))
    """Hours a year of the licensing authority for auditing compliance programmes instead of applications."""
    regulation_thousand_usd: float = quantity(
        60.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(15.0, 250.0)
    )
    """What drafting the general licences and their conditions costs once."""
    lead_time: int = quantity(52, unit="weeks", low=0, high=1040, sweep=(26, 156))
    """Weeks from decision to effect."""

    def _authorities(self, view: View) -> Iterable[tuple[str, str]]:
        chosen = self.chosen(self.countries, (c.id for c in view.countries))
        for country, authority, law in open_to(view, chosen, "licence_tiers", ("licensing_authority",)):
            if law.get("export", True):
                yield country, authority

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Tiers by law, their drafting, and audits of those who use them."""
        for country, authority in self._authorities(view):
            yield Mandate(country, "licence_tiers", True)
            yield Charge(authority, self.audit_hours, 0.0, self.name, self.regulation_thousand_usd)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any authority licenses any firm."""
        return () if any(True for _ in self._authorities(view)) else (self.prerequisites,)
