"""An agency of a national control apparatus, by role."""

from typing import Literal, get_args

from pydantic import Field

from stcsim.spec import Spec, quantity

Role = Literal[
    "licensing_authority",
    "trade_ministry",
    "customs_headquarters",
    "intelligence",
    "law_enforcement",
    "prosecutor",
    "border_guard",
    "foreign_affairs",
    "defence",
    "technical_authority",
    "regulator",
    "legislature",
]
ROLES: tuple[str, ...] = get_args(Role)

COMPETENCES_OF: dict[str, tuple[str, ...]] = {
    "licensing_authority": (
        "legal_framework",
        "licensing_review",
        "end_use_verification",
        "industry_outreach",
        "coordination",
    ),
    "trade_ministry": ("legal_framework", "industry_outreach", "coordination"),
    "customs_headquarters": ("risk_targeting", "commodity_identification", "coordination"),
    "intelligence": ("end_use_verification", "investigation", "coordination"),
    "law_enforcement": ("investigation", "coordination"),
    "prosecutor": ("legal_framework", "investigation", "coordination"),
    "border_guard": ("inspection", "coordination"),
    "foreign_affairs": ("legal_framework", "coordination"),
    "defence": ("commodity_identification", "coordination"),
    "technical_authority": ("commodity_identification", "end_use_verification", "coordination"),
    "regulator": ("legal_framework", "commodity_identification", "coordination"),
    "legislature": ("legal_framework",),
}
"""The competences that a role uses; the others stay at zero and are trained by nobody."""

ANALYST_SHARE: dict[str, float] = {"intelligence": 0.5, "customs_headquarters": 0.25, "law_enforcement": 0.2}
"""Share of a role's staff who read and analyse; 0.1 for the others. Assumed."""


INTEREST_OF_AGENCIES: dict[str, float] = {
    "licensing_authority": 0.5,
    "trade_ministry": 0.2,
    "customs_headquarters": 0.5,
    "intelligence": 0.8,
    "law_enforcement": 0.8,
    "prosecutor": 0.7,
    "border_guard": 0.7,
    "foreign_affairs": 0.6,
    "defence": 0.8,
    "technical_authority": 0.6,
    "regulator": 0.5,
    "legislature": 0.5,
}
"""What a role looks to: 0 the burden on trade, 1 the effectiveness of control. Assumed."""


class AgencySpec(Spec):
    """One agency."""

    id: str = Field(default="", pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$|^$")
    """Identifier within the country; the role when empty."""
    name: str = Field(default="", max_length=80)
    """Name for people."""
    role: Role
    """What it does in the control system."""
    staff: float = quantity(10.0, unit="FTE", low=0.0, high=1e5)
    """Staff who do strategic trade control."""
    authority: float = quantity(0.5, unit="share", low=0.0, high=1.0, sweep=(0.2, 0.8))
    """Leadership's buy-in: how readily what was learnt is put to use."""
    interest: float | None = quantity(None, unit="share", low=0.0, high=1.0, sweep=(0.0, 1.0))
    """What it looks to: 0 the burden on trade, 1 the effectiveness of control; its role's when not given."""
    competence: float | None = quantity(None, unit="share", low=0.05, high=0.95)
    """Mean competence at the start; the country's when not given."""
