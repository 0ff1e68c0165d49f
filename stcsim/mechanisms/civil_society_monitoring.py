"""Civil-society monitoring: NGOs, universities and media watch procurement and warn the authorities early."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field

from stcsim.actors.agency import Role
from stcsim.actors.partner import PartnerKind
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import Payer, payer_of, wage_level
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Post, Recognition
from stcsim.structure.view import HolderView, View

_WARNINGS = frozenset({"networks", "parties"})


class CivilSocietyMonitoring(Mechanism):
    """Pay analysts at monitoring organisations and let their warnings reach authorities.

    A warning reaches an agency only where the agency knows of the monitor's part, by itself or introduced.
    Warnings are unvetted unless somebody vets them: some name honest firms.
    """

    name: ClassVar[str] = "civil_society_monitoring"
    title: ClassVar[str] = "Civil-society monitoring and early warning"
    answers: ClassVar[tuple[str, ...]] = (
        "lack_of_intelligence",
        "unknown_stakeholders",
        "front_companies",
        "conflict_nearby",
    )
    route: ClassVar[tuple[str, ...]] = ("Channel", "Post", "Recognition")
    prerequisites: ClassVar[str] = "a monitoring organisation and an authority of the same country"
    sources: ClassVar[tuple[str, ...]] = ("isis_restricted_trade",)

    countries: tuple[str, ...] = ()
    """Countries whose organisations are supported; all when empty."""
    kinds: tuple[PartnerKind, ...] = Field(default=("civil_society", "university", "media"), min_length=1)
    """Kinds of organisations that monitor."""
    roles: tuple[Role, ...] = Field(default=("intelligence", "licensing_authority"), min_length=1)
    """Roles of the authorities that are warned."""
    analysts: float = quantity(1.0, unit="FTE", low=0.0, high=100.0, sweep=(0.25, 4.0))
    """Analysts paid for at each organisation."""
    introduced: bool = False
    """Whether authorities are introduced to organisations; if not, only those listen that know of them."""
    vetting: bool = False
    """Whether organisations have their warnings vetted before they are sent."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=800.0, sweep=(3.0, 60.0))
    """Mean time from an organisation to an authority at full trust."""
    desk_hours: float = quantity(60.0, unit="h/yr", low=0.0, high=10_000.0, sweep=(20.0, 240.0))
    """Hours a year of each authority that keeps a desk for warnings."""
    payer: Payer = "donor"
    """Who pays the analysts."""
    lead_time: int = quantity(26, unit="weeks", low=0, high=1040, sweep=(8, 78))
    """Weeks from decision to effect."""

    def _monitors(self, view: View) -> Iterable[tuple[HolderView, list[HolderView]]]:
        for country in self.chosen(self.countries, (c.id for c in view.countries)):
            desks = list(view.holders_of(country, self.roles, kind="agency"))
            for monitor in view.holders_of(country, self.kinds, kind="partner"):
                if desks:
                    yield monitor, desks

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Analysts at each organisation, channels to the authorities that know of it, and what both cost."""
        monitors = list(self._monitors(view))
        for monitor, _ in monitors:
            cost = self.analysts * view.staff_costs.analyst * wage_level(view, monitor.country)
            payer = payer_of(view, monitor.country, self.payer)
            yield Post(monitor.id, self.analysts, "analyst")
            yield Charge(payer, 0.0, cost, f"{self.name}: {monitor.id}")
        for host in sorted({d.id for _, desks in monitors for d in desks}):
            yield Charge(host, self.desk_hours, 0.0, self.name)
        for monitor, desk in ((m, d) for m, desks in monitors for d in desks):
            if self.introduced:
                yield Recognition(desk.id, monitor.id, self.name)
                yield Recognition(monitor.id, desk.id, self.name)
            if self.introduced or view.recognises(desk.id, monitor.id):
                yield Channel(
                    monitor.id,
                    desk.id,
                    self.mean_delay_days,
                    _WARNINGS,
                    frozenset({"open", "commercial"}),
                    vetting=self.vetting,
                )

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether anybody monitors and anybody listens."""
        return () if any(True for _ in self._monitors(view)) else (self.prerequisites,)
