"""Post-shipment checks: after delivery, somebody looks whether the goods are where the licence says."""

from collections.abc import Iterable
from typing import ClassVar

from stcsim.mechanisms.base import Mechanism
from stcsim.parameters.checks import CheckParameters
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Charge, Checks, Mandate
from stcsim.structure.view import View

_DEFAULTS = CheckParameters.default()


class PostShipmentChecks(Mechanism):
    """Check end use on the spot after delivery and, as an option, before a licence is given.

    A check after delivery interdicts nothing, for the goods are gone: it works by what follows, and only
    where refusing a check has a consequence. A check before the licence can stop a transfer and makes
    honest applicants wait.
    """

    name: ClassVar[str] = "post_shipment_checks"
    title: ClassVar[str] = "Post-shipment and pre-licence checks"
    answers: ClassVar[tuple[str, ...]] = ("front_companies", "evidence_of_violations", "rerouting")
    route: ClassVar[tuple[str, ...]] = ("Checks", "Mandate")
    prerequisites: ClassVar[str] = (
        "a licensing authority and export control by law, whose licences can be checked"
    )
    sources: ClassVar[tuple[str, ...]] = (
        "bis_check_rule_2022",
        "germany_post_shipment",
        "oig_26_019",
    )

    countries: tuple[str, ...] = ()
    """Countries whose licences are checked; all when empty."""
    per_year: float = quantity(40.0, unit="1/yr", low=0.0, high=100_000.0, sweep=(10.0, 120.0))
    """Checks after delivery a year in each country."""
    hours_each: float = quantity(
        _DEFAULTS.hours_each, unit="hours", low=1.0, high=2000.0, sweep=(10.0, 120.0)
    )
    """Staff hours of one check after delivery."""
    pre_licence_per_year: float = quantity(0.0, unit="1/yr", low=0.0, high=100_000.0, sweep=(0.0, 60.0))
    """Checks before a licence a year in each country; none unless asked for."""
    pre_licence_hours: float = quantity(16.0, unit="hours", low=1.0, high=2000.0, sweep=(4.0, 60.0))
    """Staff hours of one check before a licence."""
    travel_thousand_usd: float = quantity(2.0, unit="thousand USD", low=0.0, high=100.0, sweep=(0.5, 6.0))
    """Travel and local support of one check of either kind."""
    consequence: bool = True
    """Whether a party that refuses a check is listed and gets no more licences."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 104))
    """Weeks from decision to effect."""

    def _authorities(self, view: View) -> Iterable[tuple[str, str]]:
        law = {c.id: c.law.get("export", True) for c in view.countries}
        for country in self.chosen(self.countries, law):
            agency = view.one(country, "licensing_authority", "trade_ministry")
            if agency and law[country]:
                yield country, agency

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Checks by the licensing authority, their travel, and the consequence of refusal."""
        for country, agency in self._authorities(view):
            checks = self.per_year + self.pre_licence_per_year
            if not checks:
                continue
            if self.per_year:
                yield Checks(agency, "post_shipment", self.per_year, self.hours_each)
            if self.pre_licence_per_year:
                yield Checks(agency, "pre_licence", self.pre_licence_per_year, self.pre_licence_hours)
            yield Charge(agency, 0.0, checks * self.travel_thousand_usd, self.name)
            if self.consequence:
                yield Mandate(country, "refusal_has_consequence", True)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether any licences exist that could be checked."""
        return () if any(True for _ in self._authorities(view)) else (self.prerequisites,)
