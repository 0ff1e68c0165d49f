"""What a planner can know when it decides on arrangements: roster, law, budgets, calendar.

Never the adversary, the true gaps or the ledger: a mechanism cannot be cleverer than the people who would
run it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from stcsim.parameters.costs import CostParameters


@dataclass(frozen=True)
class HolderView:
    """A body that can hold capacity and information, as the roster lists it."""

    id: str
    kind: str
    """``agency``, ``partner``, ``post`` or ``stretch``."""
    role: str
    """Agency role, partner kind, or kind of post or stretch."""
    country: str
    """Country identifier, empty for an international body."""
    staff: float


@dataclass(frozen=True)
class CountryView:
    """A country as a planner sees it."""

    id: str
    law: Mapping[str, bool]
    """Switches of the law by topic, before mandates of mechanisms: who asks for a switch because it is
    missing would else withdraw the request as soon as it is granted."""
    wage_level: float = 1.0
    """Cost of staff relative to the register's reference wage."""


@dataclass(frozen=True)
class FirmGroupView:
    """Firms alike, as a business register counts them."""

    id: str
    country: str
    firm_class: str
    sector: str
    count: int


@dataclass(frozen=True)
class DonorView:
    """A donor programme, as its brochure says."""

    id: str
    budget: float
    countries: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """Everything a mechanism may read.

    Parameters
    ----------
    week : weeks counted since arms branched
    recognised : pairs (observer, observed) of holders that know of each other's part
    staff_costs : what staff of each role costs a year at wage level 1
    """

    week: int
    countries: tuple[CountryView, ...]
    holders: tuple[HolderView, ...]
    firm_groups: tuple[FirmGroupView, ...]
    donors: tuple[DonorView, ...]
    recognised: Container[tuple[str, str]]
    staff_costs: CostParameters = field(default_factory=CostParameters)

    @cached_property
    def by_id(self) -> dict[str, HolderView]:
        """Holders by identity."""
        return {h.id: h for h in self.holders}

    @cached_property
    def by_country(self) -> dict[str, tuple[HolderView, ...]]:
        """Holders by country, in the roster's order; international bodies under the empty string."""
        groups: dict[str, list[HolderView]] = {}
        for holder in self.holders:
            groups.setdefault(holder.country, []).append(holder)
        return {c: tuple(g) for c, g in groups.items()}

    def holders_of(self, country: str, roles: Iterable[str] = (), kind: str = "") -> tuple[HolderView, ...]:
        """Return the holders of a country, restricted to `roles` and `kind` where given."""
        wanted = frozenset(roles)
        return tuple(
            h
            for h in self.by_country.get(country, ())
            if (not wanted or h.role in wanted) and (not kind or h.kind == kind)
        )

    def one(self, country: str, *roles: str) -> str:
        """Return the first holder by identity in the first of `roles` that a country has, else ``""``."""
        for role in roles:
            found = self.holders_of(country, (role,))
            if found:
                return min(h.id for h in found)
        return ""

    def recognises(self, observer: str, observed: str) -> bool:
        """Whether `observer` knows of the part that `observed` plays; everybody knows itself."""
        return observer == observed or (observer, observed) in self.recognised
