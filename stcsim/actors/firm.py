"""Firms, as counts per class and sector with distributions."""

from pydantic import Field

from stcsim.actors.vocabulary import FirmClass
from stcsim.spec import Spec, quantity

EXPORTS_PER_YEAR: dict[str, float] = {
    "large": 12.0,
    "sme": 0.9,
    "forwarder": 1.5,
    "carrier": 1.5,
    "broker": 3.0,
    "research": 2.0,
}
"""Controlled consignments per firm and year, median; assumed so that they are about 2% of exports."""
AWARENESS: dict[str, float] = {
    "large": 0.88,
    "sme": 0.40,
    "forwarder": 0.60,
    "carrier": 0.60,
    "broker": 0.65,
    "research": 0.50,
}
"""Awareness at the start; no representative survey exists, so it is swept."""


class FirmsSpec(Spec):
    """A number of firms alike."""

    id: str = Field(default="", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$|^$")
    """Identifier of the group within the country; class and sector when empty."""
    firm_class: FirmClass
    """Large exporter, SME, forwarder, carrier, broker or research organisation."""
    sector: str = Field(default="general", pattern=r"^[a-z][a-z0-9_]{0,39}$")
    """Sector, such as ``machine_tools``; firms of one sector are peers."""
    count: int = quantity(unit="firms", low=0, high=10_000_000)
    """How many."""
    exports_per_year: float | None = quantity(None, unit="1/yr", low=0.0, high=1e4)
    """Controlled consignments per firm and year (median; the class's when not given)."""
    awareness: float | None = quantity(None, unit="share", low=0.0, high=1.0)
    """Mean chance of recognising that a transfer is controlled (the class's when not given)."""
    compliance_programme: float | None = quantity(None, unit="share", low=0.0, high=1.0)
    """Share with an internal compliance programme (the register's when not given)."""
