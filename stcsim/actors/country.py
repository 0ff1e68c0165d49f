"""A country: its law, political will and vulnerability, and the actors at home there."""

from typing import Literal

from pydantic import Field

from stcsim.actors.agency import AgencySpec
from stcsim.actors.checkpoint import CheckpointSpec, StretchSpec
from stcsim.actors.firm import FirmsSpec
from stcsim.actors.partner import PartnerSpec
from stcsim.spec import Spec, quantity

Identifier = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")


class LawSpec(Spec):
    """What the law of a country lets its agencies do. Changed only by legislation, with its lead time."""

    export: bool = True
    """Controls on export."""
    reexport: bool = True
    """Controls on re-export."""
    transit: bool = True
    """Controls on transit and transhipment: without them a hub cannot hold transit goods."""
    brokering: bool = True
    """Controls on brokering."""
    intangible: bool = True
    """Controls on intangible transfer of technology."""
    catch_all: bool = True
    """Controls on unlisted goods by end use, with power to inform the exporter."""
    detention: bool = True
    """Power to detain a consignment on doubt."""
    detention_working_days: float = quantity(10, unit="working days", low=1, high=120, basis="reg_428_2009")
    """How long customs may hold a consignment while the licensing authority answers."""
    extension_working_days: float = quantity(30, unit="working days", low=0, high=260, basis="reg_428_2009")
    """How long in all where an extension is granted; not above the first when there is no extension."""
    extension: bool = True
    """Whether the hold can be extended."""
    administrative_penalties: bool = True
    """Administrative penalties for unlicensed export."""
    criminal_penalties: bool = True
    """Criminal penalties for unlicensed export."""
    shares_data_on_nationals: bool = True
    """Whether data on own nationals may be given to another state."""
    evidence_abroad: Literal["none", "ad_hoc", "joint"] = "ad_hoc"
    """How evidence crosses the border in an investigation: not, on request, by a joint protocol."""


class VulnerabilitySpec(Spec):
    """What makes the same controls leak more in one country than in another."""

    recruitable: float = quantity(1.0, unit="multiple", low=0, high=10, sweep=(0.5, 2.0))
    """How readily firms are used without knowing, relative to an average country: scales that way's
    attractiveness."""
    insider_share: float = quantity(0.0, unit="share", low=0, high=0.5, sweep=(0.0, 0.1))
    """Share of a post's inspections that an insider waves through."""
    transit_flow: float = quantity(0.0, unit="share", low=0, high=1)
    """Share of the region's third-country attempts that find it natural to pass here."""


class CountrySpec(Spec):
    """One country of the region, with an invented name unless only public structure is given."""

    id: str = Identifier
    """Short identifier, first part of the identity of everybody at home here."""
    name: str = Field(default="", max_length=80)
    """Name for people; the identifier when empty."""
    law: LawSpec = LawSpec.default()
    """Law at the start."""
    will: float = quantity(0.4, unit="share", low=0.0, high=1.0, sweep=(0.1, 0.9))
    """Political will at rest: sets the share of inspectors for strategic goods, upkeep and authority."""
    competence: float = quantity(0.45, unit="share", low=0.05, high=0.95)
    """Mean competence at the start; the region's published rankings give the order, the values are
    assumed."""
    upkeep: float = quantity(0.5, unit="share", low=0.0, high=1.0)
    """Funded share of the upkeep of equipment."""
    funding: float = quantity(0.5, unit="share", low=0.0, high=1.0)
    """Share of what using acquired capacity costs that the national budget pays."""
    wage_level: float = quantity(1.0, unit="multiple", low=0.05, high=5.0)
    """Cost of staff relative to the register's reference wage."""
    supply: float = quantity(0.25, unit="share", low=0.0, high=1.0)
    """Weight of this country as origin of the goods that procurement networks want."""
    list_lag: float = quantity(1.0, unit="multiple", low=0.0, high=10.0, sweep=(0.3, 3.0))
    """Time that adopting the regime's control list takes here, relative to the register's."""
    vulnerability: VulnerabilitySpec = VulnerabilitySpec.default()
    """What makes the same controls leak more here."""
    agencies: tuple[AgencySpec, ...] = ()
    """Agencies of the national control apparatus; a national apparatus has 7 to 15 of them."""
    partners: tuple[PartnerSpec, ...] = ()
    """Partners from industry, academia and civil society at home here."""
    checkpoints: tuple[CheckpointSpec, ...] = ()
    """Posts with declarations."""
    stretches: tuple[StretchSpec, ...] = ()
    """Open stretches of border without declarations."""
    firms: tuple[FirmsSpec, ...] = ()
    """Firms, as counts per class and sector."""
