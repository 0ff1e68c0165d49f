"""Ecosystem mapping: find out who has a part, tell them of each other, and show donors where the gaps are."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import convenor
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Planning, Recognition
from stcsim.structure.view import HolderView, View


class EcosystemMapping(Mechanism):
    """Let bodies and partners learn of each other's part, at home and of their likes abroad.

    Nobody invites or informs whom it does not know, so mapping widens what other mechanisms reach. By
    itself it opens no channel and holds no meeting.
    """

    name: ClassVar[str] = "ecosystem_mapping"
    title: ClassVar[str] = "Ecosystem mapping and assessment"
    answers: ClassVar[tuple[str, ...]] = ("unknown_stakeholders", "unclear_roles", "false_forward_motion")
    route: ClassVar[tuple[str, ...]] = ("Recognition", "Planning")
    prerequisites: ClassVar[str] = "a country with at least two bodies"
    sources: ClassVar[tuple[str, ...]] = ("gppi_assessments", "scott_forums", "gao_08_21")

    countries: tuple[str, ...] = ()
    """Countries that are mapped; all when empty."""
    partners: bool = True
    """Whether industry, academia, civil society and international bodies are on the map."""
    across_borders: bool = True
    """Whether bodies learn of those in the same role in the other countries mapped."""
    shared_with_donors: bool = True
    """Whether donors get the assessment and plan by it."""
    interview_hours: float = quantity(16.0, unit="h/yr", low=0.0, high=1000.0, sweep=(4.0, 60.0))
    """Hours a year of each body on the map, for interviews and updates."""
    study_thousand_usd: float = quantity(
        60.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(20.0, 200.0)
    )
    """What mapping a country costs once."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 78))
    """Weeks from decision to effect."""

    def _maps(self, view: View) -> dict[str, list[HolderView]]:
        kinds = ("agency", "partner") if self.partners else ("agency",)
        maps: dict[str, list[HolderView]] = {}
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            bodies = [h for h in view.holders_of(country) if h.kind in kinds]
            if len(bodies) > 1:
                maps[country] = bodies
        return maps

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Recognition between all on the map, the assessment for donors, and what both cost."""
        maps = self._maps(view)
        abroad = list(view.holders_of("", kind="partner")) if self.partners else []
        for country, bodies in maps.items():
            host = convenor(view, country, "licensing_authority") or bodies[0].id
            yield Charge(host, 0.0, 0.0, f"{self.name}: study", self.study_thousand_usd)
            for body in bodies:
                yield Charge(body.id, self.interview_hours, 0.0, self.name)
            yield from (Recognition(a.id, b.id, self.name) for a, b in permutations(bodies, 2))
            for body in bodies:
                for other in abroad:
                    yield Recognition(body.id, other.id, self.name)
                    yield Recognition(other.id, body.id, self.name)
        if self.across_borders:
            for here, there in permutations(maps, 2):
                for a in maps[here]:
                    yield from (Recognition(a.id, b.id, self.name) for b in maps[there] if b.role == a.role)
        if self.shared_with_donors and maps and view.donors:
            yield Planning(tuple(sorted(d.id for d in view.donors)), assessed=True, shared_assessment=True)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anything to map."""
        return () if self._maps(view) else (self.prerequisites,)
