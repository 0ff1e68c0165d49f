"""A disclosure policy: firms that tell of their own violations and of others' enquiries get credit for it."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.incentive import open_to
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Mandate
from stcsim.structure.view import View

_TAKE = ("licensing_authority", "customs_headquarters", "law_enforcement")
"""Bodies that take disclosures, the first that there is."""


class DisclosurePolicy(Mechanism):
    """Waive a part of the penalty for who discloses, and let silence count against who does not.

    Firms with a compliance programme disclose more of what they find, and aware firms tell more often of
    suspicious enquiries. A waived penalty also deters less.
    """

    name: ClassVar[str] = "disclosure_policy"
    title: ClassVar[str] = "Credit for voluntary disclosure"
    answers: ClassVar[tuple[str, ...]] = ("evidence_of_violations", "sme_compliance", "lack_of_intelligence")
    route: ClassVar[tuple[str, ...]] = ("Mandate",)
    prerequisites: ClassVar[str] = "a body that takes disclosures, penalties to waive, and firms that export"
    sources: ClassVar[tuple[str, ...]] = ("bis_disclosure_policy_2023",)

    countries: tuple[str, ...] = ()
    """Countries that give credit; all when empty."""
    processing_hours: float = quantity(240.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(60.0, 1000.0))
    """Hours a year of the body that takes disclosures and tips, for reading and answering them."""
    guidance_thousand_usd: float = quantity(
        20.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(5.0, 80.0)
    )
    """What the policy and guidance to firms cost once."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _bodies(self, view: View) -> Iterable[tuple[str, str]]:
        chosen = self.chosen(self.countries, (c.id for c in view.countries))
        for country, body, law in open_to(view, chosen, "disclosure_credit", _TAKE):
            if law.get("administrative_penalties", True) or law.get("criminal_penalties", True):
                yield country, body

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """The policy, its guidance, and the hours that disclosures take."""
        for country, body in self._bodies(view):
            yield Mandate(country, "disclosure_credit", True)
            yield Charge(body, self.processing_hours, 0.0, self.name, self.guidance_thousand_usd)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any firm could disclose to anybody."""
        return () if any(True for _ in self._bodies(view)) else (self.prerequisites,)
