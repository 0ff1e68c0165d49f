"""Words for people coming together: meetings, visits, and donors who plan with each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, order=True)
class Convening:
    """Regular meetings of members; equal groups meet as often as both wanted together."""

    members: tuple[str, ...]
    form: Literal["shared", "lead"]
    chair: str
    level: Literal["working", "principals"]
    per_year: float
    hours: float
    content: bool = True
    """False for meetings about nothing (the placebo): hours are spent, nothing is exchanged."""
    travel_paid: bool = False
    """Whether a charge pays for trips to it; who comes from abroad then takes part as far as at home,
    where a poor country cannot pay for every trip either."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (
            tuple(sorted(self.members)),
            self.form,
            self.chair,
            self.level,
            self.hours,
            self.content,
            self.travel_paid,
        )

    def merge(self, other: Convening) -> Convening:
        """Add the meetings."""
        return replace(self, per_year=self.per_year + other.per_year)


@dataclass(frozen=True, order=True)
class Exchange:
    """Visits between two bodies, each of which takes up practices in which the other is ahead; they add."""

    first: str
    second: str
    visits_per_year: float
    visitors: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (*sorted((self.first, self.second)), self.visitors)

    def merge(self, other: Exchange) -> Exchange:
        """Add the visits."""
        return replace(self, visits_per_year=self.visits_per_year + other.visits_per_year)


@dataclass(frozen=True, order=True)
class Planning:
    """How donors plan: together or apart, with or without assessment; each good practice is kept."""

    donors: tuple[str, ...]
    sees_commitments: bool = False
    shared_priorities: bool = False
    assessed: bool = False
    chair: str = ""
    shared_assessment: bool = False
    """Whether they use one assessment together; those that share plans or priorities do so anyhow."""
    reports: bool = False
    """Whether results of activities, good and bad, are reported to them and read before the next plan."""

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (tuple(sorted(self.donors)),)

    def merge(self, other: Planning) -> Planning:
        """Keep every good practice."""
        return replace(
            self,
            sees_commitments=self.sees_commitments or other.sees_commitments,
            shared_priorities=self.shared_priorities or other.shared_priorities,
            assessed=self.assessed or other.assessed,
            shared_assessment=self.shared_assessment or other.shared_assessment,
            reports=self.reports or other.reports,
            chair=max(self.chair, other.chair),
        )
