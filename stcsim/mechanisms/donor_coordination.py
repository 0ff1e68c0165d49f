"""Donor coordination: donors meet, tell each other what they plan, and may agree on priorities."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Planning
from stcsim.structure.view import DonorView, View


class DonorCoordination(Mechanism):
    """Let donors plan in turn, seeing what the others have committed.

    It removes collisions; whether the money goes where it helps depends on what donors know of the need.
    """

    name: ClassVar[str] = "donor_coordination"
    title: ClassVar[str] = "Donor coordination group"
    answers: ClassVar[tuple[str, ...]] = ("donor_duplication", "false_forward_motion", "unclear_roles")
    route: ClassVar[tuple[str, ...]] = ("Planning",)
    prerequisites: ClassVar[str] = "at least two donors"
    sources: ClassVar[tuple[str, ...]] = ("gao_06_311", "stimson_matchmaking", "gao_08_21")

    donors: tuple[str, ...] = ()
    """Donors that take part; all when empty."""
    chair: str = ""
    """Donor that chairs; the one with the largest budget when empty or not taking part."""
    sees_commitments: bool = True
    """Whether members review each other's plans before they commit."""
    shared_priorities: bool = False
    """Whether they draft one strategy that covers all five pillars."""
    meetings_per_year: float = quantity(4.0, unit="1/yr", low=0.5, high=52.0, sweep=(2.0, 12.0))
    """Meetings a year."""
    meeting_hours: float = quantity(24.0, unit="hours", low=0.0, high=200.0, sweep=(8.0, 60.0))
    """Hours of each donor for one meeting, review of the others' plans included."""
    chair_hours: float = quantity(300.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(80.0, 1000.0))
    """Further hours of the chair a year."""
    strategy_hours: float = quantity(80.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(20.0, 300.0))
    """Further hours of each donor a year where they share priorities."""
    secretariat_thousand_usd: float = quantity(
        40.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(10.0, 120.0)
    )
    """Money a year for travel and a register of commitments, paid by the chair."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _members(self, view: View) -> tuple[DonorView, ...]:
        taking_part = set(self.chosen(self.donors, (d.id for d in view.donors)))
        members = tuple(sorted((d for d in view.donors if d.id in taking_part), key=lambda d: d.id))
        return members if len(members) > 1 else ()

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """One planning group, the hours of each donor, the chair's hours and money."""
        members = self._members(view)
        if not members:
            return
        ids = tuple(d.id for d in members)
        chair = self.chair if self.chair in ids else min(members, key=lambda d: (-d.budget, d.id)).id
        yield Planning(ids, self.sees_commitments, self.shared_priorities, chair=chair)
        hours = self.meetings_per_year * self.meeting_hours
        if self.shared_priorities:
            hours += self.strategy_hours
        for donor in ids:
            yield Charge(donor, hours, 0.0, self.name)
        yield Charge(chair, self.chair_hours, self.secretariat_thousand_usd, f"{self.name}: chair")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anybody to coordinate with."""
        return () if self._members(view) else (self.prerequisites,)
