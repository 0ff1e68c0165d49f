"""Law-enforcement cooperation: police of several states investigate together and give each other evidence."""

from collections.abc import Iterable
from itertools import permutations
from typing import ClassVar

from stcsim.actors.vocabulary import Topic
from stcsim.mechanisms.base import Mechanism
from stcsim.mechanisms.invitation import convenor
from stcsim.spec import quantity
from stcsim.structure.arrangements import Arrangement, Channel, Charge, Mandate
from stcsim.structure.view import View

_CATEGORIES = frozenset({"networks", "parties"})
_HANDLING = frozenset({"open", "commercial", "own_national"})


class LawEnforcementCooperation(Mechanism):
    """Agree on joint investigation, on common terms, on evidence and on extradition, each a switch.

    What is agreed bears fruit only as far as investigators have skill and time; a joint case takes the
    hours of both states. Whether items about own nationals may pass stays with each country's law.
    """

    name: ClassVar[str] = "law_enforcement_cooperation"
    title: ClassVar[str] = "Law-enforcement cooperation across borders"
    answers: ClassVar[tuple[str, ...]] = ("evidence_of_violations", "cross_border_cooperation")
    route: ClassVar[tuple[str, ...]] = ("Channel", "Mandate")
    prerequisites: ClassVar[str] = "at least two countries that sign and have law enforcement"
    sources: ClassVar[tuple[str, ...]] = ("border_liaison_offices", "wco_global_shield")

    countries: tuple[str, ...] = ()
    """Countries that sign; all when empty."""
    joint_protocol: bool = True
    """Whether cases against a network in another state are investigated jointly."""
    exchanges_items: bool = True
    """Whether a joint protocol also has police exchange what they know of networks and parties."""
    common_terms: bool = True
    """Whether both states call violations, goods and documents by the same terms."""
    evidence_agreement: bool = True
    """Whether evidence from the other state counts in court like that from home."""
    extradition: bool = True
    """Whether those convicted are handed over."""
    mean_delay_days: float = quantity(14.0, unit="days", low=0.5, high=800.0, sweep=(3.0, 90.0))
    """Mean time of an item between two police forces at full trust."""
    contact_hours: float = quantity(120.0, unit="h/yr", low=0.0, high=20_000.0, sweep=(30.0, 500.0))
    """Hours a year that each police force spends on each switch: contact points, requests, translation."""
    negotiation_thousand_usd: float = quantity(
        40.0, unit="thousand USD", low=0.0, high=10_000.0, sweep=(10.0, 200.0)
    )
    """What negotiating and ratifying each switch costs each country once."""
    lead_time: int = quantity(78, unit="weeks", low=0, high=1040, sweep=(26, 260))
    """Weeks from decision to effect."""

    def _switches(self) -> tuple[Topic, ...]:
        switches: tuple[tuple[Topic, bool], ...] = (
            ("joint_protocol", self.joint_protocol),
            ("common_terms", self.common_terms),
            ("evidence_agreement", self.evidence_agreement),
            ("extradition", self.extradition),
        )
        return tuple(topic for topic, on in switches if on)

    def _police(self, view: View) -> dict[str, str]:
        """Law enforcement of each country that signs; nobody where only one would."""
        signatories = self.chosen(self.countries, (c.id for c in view.countries))
        police = {c: body for c in signatories if (body := view.one(c, "law_enforcement"))}
        return police if len(police) > 1 and self._switches() else {}

    def arrange(self, view: View) -> Iterable[Arrangement]:
        """Switches in each state's law, channels between police, and what both cost."""
        police, switches = self._police(view), self._switches()
        for country, body in police.items():
            for topic in switches:
                yield Mandate(country, topic, True)
            signs = convenor(view, country, "foreign_affairs") or body
            money = self.negotiation_thousand_usd * len(switches)
            yield Charge(signs, 0.0, 0.0, f"{self.name}: negotiation", money)
            yield Charge(body, self.contact_hours * len(switches), 0.0, self.name)
        if self.joint_protocol and self.exchanges_items:
            for source, target in permutations(police.values(), 2):
                yield Channel(source, target, self.mean_delay_days, _CATEGORIES, _HANDLING)

    def unmet(self, view: View) -> tuple[str, ...]:
        """Whether two countries have police that could cooperate."""
        return () if self._police(view) else (self.prerequisites,)
