"""After-action reporting: what activities brought, good and bad, is written down and read before the next."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, convenor, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Planning
from stcsim.structure.view import DonorView, View


class AfterActionReporting(Mechanism):
    """Let donors and hosts report results, so that what did not work is not held again.

    A report says why what was taught about a competence in a country is in use there or is not; of the rest
    nothing is learnt, and reports grow old.
    """

    name: ClassVar[str] = "after_action_reporting"
    title: ClassVar[str] = "After-action reporting"
    answers: ClassVar[tuple[str, ...]] = (
        "false_forward_motion",
        "awareness_and_training",
        "donor_duplication",
    )
    route: ClassVar[tuple[str, ...]] = ("Planning",)
    prerequisites: ClassVar[str] = "a donor, and a body in a country where it works that knows who took part"
    sources: ClassVar[tuple[str, ...]] = ("gao_08_21",)

    donors: tuple[str, ...] = ()
    """Donors that report and read reports; all when empty."""
    host_hours: float = quantity(12.0, unit="h/yr", low=0.0, high=1000.0, sweep=(4.0, 60.0))
    """Hours a year of each body and post that takes part, for its part of the reports."""
    donor_hours: float = quantity(160.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(40.0, 600.0))
    """Hours a year of each donor for writing and reading."""
    review_thousand_usd: float = quantity(
        20.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(5.0, 80.0)
    )
    """Money a year of each donor for asking participants again after some months."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _reporting(self, view: View) -> tuple[DonorView, ...]:
        chosen = set(self.chosen(self.donors, (d.id for d in view.donors)))
        return tuple(sorted((d for d in view.donors if d.id in chosen), key=lambda d: d.id))

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One planning practice, and the hours of donors and of those who took part."""
        members = self._reporting(view)
        if not members:
            return
        yield Planning(tuple(d.id for d in members), reports=True)
        for donor in members:
            yield Charge(donor.id, self.donor_hours, self.review_thousand_usd, self.name)
        for country in (c.id for c in view.countries):
            if any(not d.countries or country in d.countries for d in members):
                host = convenor(view, country, "licensing_authority")
                for holder in reached(view, host, (*CORE, "post")) if host else ():
                    yield Charge(holder.id, self.host_hours, 0.0, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody reports."""
        return () if self._reporting(view) else (self.prerequisites,)
