"""Capacity Capture: identify what has been acquired and plan, with follow-up, how it is used at home."""

from collections.abc import Iterable
from typing import ClassVar, Literal, get_args

from pydantic import Field

from stcsim.actors.vocabulary import Competence
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import CORE, Member, convenor, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, FollowUp
from stcsim.structure.view import HolderView, View

_ALL: tuple[Competence, ...] = get_args(Competence)


class CapacityCapture(Mechanism):
    """Follow up on what bodies and posts have learnt, so that more of it is put to use.

    A plan trains nobody: without activities, a donor's or a programme's, it is inert and costs.
    """

    name: ClassVar[str] = "capacity_capture"
    title: ClassVar[str] = "Capacity Capture plans with follow-up"
    answers: ClassVar[tuple[str, ...]] = ("awareness_and_training", "false_forward_motion", "sustainment")
    route: ClassVar[tuple[str, ...]] = ("FollowUp",)
    prerequisites: ClassVar[str] = "a body that leads the plan and knows who has been trained"
    sources: ClassVar[tuple[str, ...]] = ("slmta_2014", "wco_stce_2017")

    countries: tuple[str, ...] = ()
    """Countries that plan; all when empty."""
    roles: tuple[Member | Literal["post", "stretch"], ...] = Field(default=(*CORE, "post"), min_length=1)
    """Who is followed up: roles of bodies, or ``post`` and ``stretch``."""
    competences: tuple[Competence, ...] = Field(default=_ALL, min_length=1)
    """Competences that the plan is about."""
    hours_per_year: float = quantity(40.0, unit="h/yr", low=0.0, high=2000.0, sweep=(10.0, 160.0))
    """Hours a year of each body and post that is followed up."""
    coaching_thousand_usd: float = quantity(
        30.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(10.0, 100.0)
    )
    """Money a year for those who coach the plan in a country, were all its bodies covered."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect."""

    def _plans(self, view: View) -> Iterable[tuple[str, tuple[HolderView, ...]]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            lead = convenor(view, country, "licensing_authority")
            holders = reached(view, lead, self.roles) if lead else ()
            if holders:
                yield lead, holders

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """A follow-up for each body and post, and the money of the coaches."""
        competences = tuple(sorted(set(self.competences)))
        for lead, holders in self._plans(view):
            covered = [h for h in holders if self.covers(h.id)]
            for holder in covered:
                yield FollowUp((holder.id,), competences, self.hours_per_year)
            if covered:
                yield Charge(lead, 0.0, self.coaching_thousand_usd * len(covered) / len(holders), self.name)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anybody to follow up."""
        return () if any(True for _ in self._plans(view)) else (self.prerequisites,)
