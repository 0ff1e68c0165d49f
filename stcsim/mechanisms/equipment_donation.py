"""Equipment donation: sets of equipment, with or without training on them and money for upkeep."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field, field_validator

from stcsim.actors.activity import ACTIVITY, CATALOGUE, taken_from
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, payer_of, reached
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Budget, Charge, Programme
from stcsim.structure.view import HolderView, View

_SETS: tuple[str, ...] = tuple(a.name for a in CATALOGUE if a.modality == "equipment")


def course_on(equipment: str) -> str:
    """Return the course of the catalogue that teaches what a set of equipment is for."""
    wanted = ACTIVITY[equipment]
    return next(
        a.name
        for a in CATALOGUE
        if a.component == "course"
        and a.modality in ("in_person", "workshop")
        and a.level == "national"
        and a.mode == "any"
        and set(wanted.competences) <= set(a.competences)
        and set(wanted.audiences) & set(a.audiences)
    )


class EquipmentDonation(Mechanism):
    """Give equipment to those whom it suits.

    Without the skill to use it, it lies idle; without upkeep it fails within years. Training on it and money
    for upkeep are options that cost.
    """

    name: ClassVar[str] = "equipment_donation"
    title: ClassVar[str] = "Equipment donation"
    answers: ClassVar[tuple[str, ...]] = ("identifying_goods", "inconsistent_checkpoints")
    route: ClassVar[tuple[str, ...]] = ("Programme", "Budget")
    prerequisites: ClassVar[str] = "a host in the country that knows who is to be equipped"
    sources: ClassVar[tuple[str, ...]] = ("gao_13_37", "gao_06_311")

    countries: tuple[str, ...] = ()
    """Countries that are equipped; all when empty."""
    equipment: tuple[str, ...] = Field(
        default=("detection_equipment", "commodity_reference_tools"), min_length=1
    )
    """Sets of equipment in the catalogue."""
    sets_per_year: float = quantity(1.5, unit="1/yr", low=0.0, high=1000.0, sweep=(0.5, 4.0))
    """Sets a year of each kind of equipment in each country. Assumed so that both kinds and upkeep come to
    the 0.41 to 0.45 million US dollars a country and year of aid with radiation detection (GAO-06-311)."""
    training: bool = False
    """Whether courses on it are given too."""
    courses_per_year: float = quantity(1.0, unit="1/yr", low=0.0, high=1000.0, sweep=(0.5, 4.0))
    """Courses a year on each kind of equipment in each country, where there is training."""
    upkeep: bool = True
    """Whether money for upkeep is given too."""
    upkeep_thousand_usd: float = quantity(
        60.0, unit="thousand USD/yr", low=0.0, high=10_000.0, sweep=(20.0, 200.0)
    )
    """Money a year for upkeep in each country, where it is given."""
    host_hours: float = quantity(24.0, unit="hours", low=0.0, high=1000.0, sweep=(8.0, 80.0))
    """Hours of the host for receiving and placing one set."""
    payer: Payer = "donor"
    """Who pays; the country where no donor works there."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(13, 104))
    """Weeks from decision to effect."""

    @field_validator("equipment")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return taken_from(names, _SETS, "equipment")

    def _equipped(self, view: View) -> Iterable[tuple[str, str, str, tuple[HolderView, ...]]]:
        known = [c.id for c in view.countries]
        for country in [c for c in known if not self.countries or c in self.countries]:
            host = view.one(country, "customs_headquarters", "licensing_authority", "trade_ministry")
            for name in sorted(set(self.equipment)) if host else ():
                holders = reached(view, host, ACTIVITY[name].audiences)
                if holders:
                    yield country, host, name, holders

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Sets of equipment, hours of the host, and the courses and the upkeep where given."""
        for country, host, name, holders in self._equipped(view):
            payer = payer_of(view, country, self.payer)
            covered = tuple(h.id for h in holders if self.covers(h.id))
            share = len(covered) / len(holders)
            if not share:
                continue
            yield Programme(name, covered, self.sets_per_year * share, payer)
            yield Charge(host, self.sets_per_year * share * self.host_hours, 0.0, self.name)
            if self.training:
                yield Programme(course_on(name), covered, self.courses_per_year * share, payer)
            if self.upkeep:
                each = self.upkeep_thousand_usd / len(set(self.equipment))
                yield Budget(payer, country, each * share, "upkeep")

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether there is anybody to equip."""
        return () if any(True for _ in self._equipped(view)) else (self.prerequisites,)
