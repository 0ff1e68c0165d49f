"""A partner from outside government: industry, academia, civil society, media, international bodies."""

from typing import Literal, get_args

from pydantic import Field

from stcsim.spec import Spec, quantity

PartnerKind = Literal[
    "industry_association", "university", "civil_society", "media", "multilateral", "regional_centre"
]
PARTNER_KINDS: tuple[str, ...] = get_args(PartnerKind)


INTEREST_OF_PARTNERS: dict[str, float] = {
    "industry_association": 0.1,
    "university": 0.3,
    "civil_society": 0.7,
    "media": 0.6,
    "multilateral": 0.7,
    "regional_centre": 0.6,
}
"""What a kind of partner looks to: 0 the burden on trade, 1 the effectiveness of control. Assumed."""


class PartnerSpec(Spec):
    """One partner; with the same columns as an agency, and other powers."""

    id: str = Field(default="", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$|^$")
    """Identifier; the kind when empty."""
    name: str = Field(default="", max_length=80)
    """Name for people."""
    kind: PartnerKind
    """What sort of body it is."""
    staff: float = quantity(3.0, unit="FTE", low=0.0, high=1e5)
    """Staff who work on strategic trade."""
    interest: float | None = quantity(None, unit="share", low=0.0, high=1.0, sweep=(0.0, 1.0))
    """What it looks to: 0 the burden on trade, 1 the effectiveness of control; its kind's when not given."""
    competence: float | None = quantity(None, unit="share", low=0.05, high=0.95)
    """Mean competence at the start; the country's, or .5 for an international body, when not given."""
