"""Assessment before training: donors look at what is missing before they decide what to deliver."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Planning
from stcsim.structure.view import DonorView, View


class PreTrainingAssessment(Mechanism):
    """Have each donor assess its hosts, so that the component that is scarcest is served first.

    Skill without its tool, or a tool without its skill, adds little. Donors assess apart from each other
    unless they share one assessment or coordinate, and each takes hours of the hosts and some of their
    candour.
    """

    name: ClassVar[str] = "pre_training_assessment"
    title: ClassVar[str] = "Assessment before training"
    answers: ClassVar[tuple[str, ...]] = ("awareness_and_training", "false_forward_motion")
    route: ClassVar[tuple[str, ...]] = ("Planning",)
    prerequisites: ClassVar[str] = "a donor that works somewhere"
    sources: ClassVar[tuple[str, ...]] = ("gao_06_311", "stimson_matchmaking")

    donors: tuple[str, ...] = ()
    """Donors that assess; all when empty."""
    shared: bool = False
    """Whether those that work in a country share one assessment of it, and its cost."""
    hours_per_country: float = quantity(80.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(20.0, 240.0))
    """Hours of the donor a year for assessing a country that it works in."""
    thousand_usd_per_country: float = quantity(
        8.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(2.0, 30.0)
    )
    """Money of the donor a year for assessors' travel to each country."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _assessing(self, view: View) -> Iterable[tuple[DonorView, float]]:
        """Yield each donor with its part of the assessments, in countries."""
        chosen = set(self.chosen(self.donors, (d.id for d in view.donors)))
        members = sorted((d for d in view.donors if d.id in chosen), key=lambda d: d.id)
        there = {
            c.id: [d.id for d in members if not d.countries or c.id in d.countries] for c in view.countries
        }
        for donor in members:
            own = sum(1 / len(ids) if self.shared else 1.0 for ids in there.values() if donor.id in ids)
            if own:
                yield donor, own

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Each donor's own assessment, or one that they share, and what it takes."""
        assessing = list(self._assessing(view))
        if self.shared and assessing:
            ids = tuple(donor.id for donor, _ in assessing)
            yield Planning(ids, assessed=True, shared_assessment=True)
        for donor, number in assessing:
            if not self.shared:
                yield Planning((donor.id,), assessed=True)
            hours, money = number * self.hours_per_country, number * self.thousand_usd_per_country
            yield Charge(donor.id, hours, money, self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any donor is there to assess."""
        return () if any(True for _ in self._assessing(view)) else (self.prerequisites,)
