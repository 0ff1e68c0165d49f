"""A partner from outside government: industry, academia, civil society, media, international bodies."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from stcsim.spec import Spec, quantity

PartnerKind = Literal[
    "industry_association", "university", "civil_society", "media", "multilateral", "regional_centre"
]
PARTNER_KINDS: tuple[str, ...] = get_args(PartnerKind)


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
    competence: float | None = quantity(None, unit="share", low=0.05, high=0.95)
    """Mean competence at the start; the country's, or .5 for an international body, when not given."""
