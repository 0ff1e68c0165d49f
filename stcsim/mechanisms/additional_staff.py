"""The rival of every mechanism: the same money on staff."""

from collections.abc import Iterable
from typing import ClassVar, Self

from pydantic import model_validator

from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import wage_level
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Post
from stcsim.structure.provisions import StaffRole
from stcsim.structure.view import HolderView, View

_ANALYSE = ("intelligence", "customs_headquarters")


class AdditionalStaff(Mechanism):
    """Spend a sum a year on inspectors, licensing officers, investigators and analysts.

    Money is divided over roles by weight and, within a role, so that every holder's staff grows by the
    same share; the money of a role that nobody plays goes to the others. Where coverage is partial, money
    falls in proportion.
    """

    name: ClassVar[str] = "additional_staff"
    title: ClassVar[str] = "The same money on additional staff"
    answers: ClassVar[tuple[str, ...]] = (
        "competing_priorities",
        "identifying_goods",
        "no_resources_to_take_part",
    )
    route: ClassVar[tuple[str, ...]] = ("Post",)
    prerequisites: ClassVar[str] = "a budget line, and bodies or posts where staff of these roles work"
    sources: ClassVar[tuple[str, ...]] = ("gao_25_107431",)

    countries: tuple[str, ...] = ()
    """Countries that get staff; all when empty."""
    thousand_usd_per_year: float = quantity(
        500.0, unit="thousand USD/yr", low=0.0, high=1e7, sweep=(100.0, 3000.0)
    )
    """Money a year for the whole region."""
    inspectors: float = quantity(0.4, unit="weight", low=0.0, high=1.0, sweep=(0.1, 0.9))
    """Weight of inspectors at posts."""
    licensing_officers: float = quantity(0.2, unit="weight", low=0.0, high=1.0, sweep=(0.05, 0.6))
    """Weight of licensing officers."""
    investigators: float = quantity(0.2, unit="weight", low=0.0, high=1.0, sweep=(0.05, 0.6))
    """Weight of investigators at law enforcement."""
    analysts: float = quantity(0.2, unit="weight", low=0.0, high=1.0, sweep=(0.05, 0.6))
    """Weight of analysts at intelligence and customs headquarters."""
    lead_time: int = quantity(13, unit="weeks", low=0, high=1040, sweep=(4, 52))
    """Weeks from decision to effect: recruiting and induction, paid from the start."""

    @model_validator(mode="after")
    def _somebody_is_hired(self) -> Self:
        if not any((self.inspectors, self.licensing_officers, self.investigators, self.analysts)):
            raise ValueError("all weights of roles are zero; give at least one of them a weight")
        return self

    def _roles(self, view: View) -> Iterable[tuple[StaffRole, float, float, list[HolderView]]]:
        known = [c.id for c in view.countries]
        countries = [c for c in known if not self.countries or c in self.countries]

        def at(*roles: str) -> list[HolderView]:
            return [h for c in countries for h in view.holders_of(c, roles, kind="agency")]

        costs = view.staff_costs
        posts = [h for c in countries for h in view.holders_of(c, kind="post")]
        every: tuple[tuple[StaffRole, float, float, list[HolderView]], ...] = (
            ("inspector", self.inspectors, costs.inspector, posts),
            ("licensing_officer", self.licensing_officers, costs.officer, at("licensing_authority")),
            ("investigator", self.investigators, costs.investigator, at("law_enforcement")),
            ("analyst", self.analysts, costs.analyst, at(*_ANALYSE)),
        )
        return (r for r in every if r[1] > 0 and r[3])

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Posts at every holder of a role, and their money."""
        roles = list(self._roles(view))
        weights = sum(weight for _, weight, _, _ in roles)
        for role, weight, cost, holders in roles:
            money = self.thousand_usd_per_year * weight / weights
            # Where nobody is there yet, holders count alike.
            staff = {h.id: h.staff for h in holders}
            if not any(staff.values()):
                staff = dict.fromkeys(staff, 1.0)
            prices = {h.id: cost * wage_level(view, h.country) for h in holders}
            growth = money / sum(staff[h] * prices[h] for h in staff)
            for holder in staff:
                hired = growth * staff[holder]
                if hired > 0 and self.covers(holder):
                    yield Post(holder, hired, role)
                    yield Charge(holder, 0.0, hired * prices[holder], f"{self.name}: {role}")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody can be hired anywhere."""
        return () if any(True for _ in self._roles(view)) else (self.prerequisites,)
