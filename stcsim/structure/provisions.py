"""Words for what is ordered or provided: law, checks, staff, money and hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from stcsim.actors.vocabulary import Topic

CheckKind = Literal["pre_licence", "post_shipment"]
StaffRole = Literal["inspector", "licensing_officer", "investigator", "analyst", "liaison"]


@dataclass(frozen=True, order=True)
class Mandate:
    """A legal or procedural switch of a country; ``True`` wins over ``False``."""

    country: str
    topic: Topic
    value: bool

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.country, self.topic)

    def merge(self, other: Mandate) -> Mandate:
        """``True`` wins."""
        return replace(self, value=self.value or other.value)


@dataclass(frozen=True, order=True)
class Checks:
    """End-use checks by an agency: hours each, number a year; numbers add."""

    agency: str
    kind: CheckKind
    per_year: float
    hours_each: float

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.agency, self.kind, self.hours_each)

    def merge(self, other: Checks) -> Checks:
        """Add the numbers."""
        return replace(self, per_year=self.per_year + other.per_year)


@dataclass(frozen=True, order=True)
class Post:
    """Staff added to a holder in a role, or taken from it where negative; they add."""

    holder: str
    staff: float
    role: StaffRole

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.holder, self.role)

    def merge(self, other: Post) -> Post:
        """Add the staff."""
        return replace(self, staff=self.staff + other.staff)


@dataclass(frozen=True, order=True)
class Budget:
    """Money from a payer to a payee for a purpose; sums add."""

    payer: str
    payee: str
    thousand_usd_per_year: float
    purpose: Literal["upkeep", "capture", "participation"]

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.payer, self.payee, self.purpose)

    def merge(self, other: Budget) -> Budget:
        """Add the money."""
        return replace(self, thousand_usd_per_year=self.thousand_usd_per_year + other.thousand_usd_per_year)


@dataclass(frozen=True, order=True)
class Charge:
    """What somebody spends so that a mechanism runs: hours and money a year, or once; they add."""

    payer: str
    hours_per_year: float
    thousand_usd_per_year: float
    reason: str
    once_thousand_usd: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """Identity: arrangements of one kind with equal keys merge."""
        return (self.payer, self.reason)

    def merge(self, other: Charge) -> Charge:
        """Add hours and money."""
        return replace(
            self,
            hours_per_year=self.hours_per_year + other.hours_per_year,
            thousand_usd_per_year=self.thousand_usd_per_year + other.thousand_usd_per_year,
            once_thousand_usd=self.once_thousand_usd + other.once_thousand_usd,
        )
