"""Who should know whom by role, and how much it matters: what a map of an ecosystem is held against.

Two bodies complement each other where one needs what the other has: a licensing authority that refuses and a
customs headquarters that looks for what was refused. At home these are pairs of roles; across a border like
bodies, who meet the same networks. Weights are between 0 (no need) and 1, all assumed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

AT_HOME: Mapping[tuple[str, str], float] = MappingProxyType(
    {
        ("customs_headquarters", "licensing_authority"): 1.0,
        ("customs_headquarters", "law_enforcement"): 1.0,
        ("customs_headquarters", "intelligence"): 0.9,
        ("customs_headquarters", "technical_authority"): 0.9,
        ("border_guard", "customs_headquarters"): 0.9,
        ("intelligence", "licensing_authority"): 0.9,
        ("licensing_authority", "technical_authority"): 0.8,
        ("intelligence", "law_enforcement"): 0.8,
        ("law_enforcement", "prosecutor"): 0.8,
        ("law_enforcement", "licensing_authority"): 0.7,
        ("industry_association", "licensing_authority"): 0.7,
        ("licensing_authority", "trade_ministry"): 0.6,
        ("foreign_affairs", "licensing_authority"): 0.6,
        ("customs_headquarters", "industry_association"): 0.6,
        ("licensing_authority", "university"): 0.5,
        ("industry_association", "trade_ministry"): 0.5,
        ("licensing_authority", "regulator"): 0.5,
        ("civil_society", "intelligence"): 0.5,
        ("civil_society", "licensing_authority"): 0.4,
        ("defence", "licensing_authority"): 0.4,
        ("customs_headquarters", "regulator"): 0.4,
        ("legislature", "trade_ministry"): 0.3,
        ("intelligence", "university"): 0.3,
        ("licensing_authority", "media"): 0.2,
    }
)
"""Weight of each pair of roles, in alphabetical order, of one country."""
ABROAD: Mapping[str, float] = MappingProxyType(
    {
        "customs_headquarters": 0.9,
        "intelligence": 0.8,
        "law_enforcement": 0.8,
        "licensing_authority": 0.7,
        "border_guard": 0.5,
        "technical_authority": 0.4,
        "foreign_affairs": 0.3,
        "prosecutor": 0.3,
    }
)
"""Weight of a pair of like bodies of two countries, by their role."""
INTERNATIONAL: Mapping[str, float] = MappingProxyType(
    {"foreign_affairs": 0.4, "licensing_authority": 0.3, "customs_headquarters": 0.3}
)
"""Weight of the tie of a body to a multilateral body or regional centre, by its role."""
_INTERNATIONAL_KINDS = ("multilateral", "regional_centre")


def importance(role: str, country: str, other_role: str, other_country: str) -> float:
    """Return how much it matters that two bodies know each other; 0 where roles ask for no tie.

    Parameters
    ----------
    country, other_country : identifiers, empty for an international body
    """
    if not country and not other_country:
        return 0.0
    if not country or not other_country:
        abroad, home = (role, other_role) if not country else (other_role, role)
        return INTERNATIONAL.get(home, 0.0) if abroad in _INTERNATIONAL_KINDS else 0.0
    if country == other_country:
        first, second = sorted((role, other_role))
        return AT_HOME.get((first, second), 0.0)
    return ABROAD.get(role, 0.0) if role == other_role else 0.0


def lot(*names: object) -> int:
    """Return a number that stands for names: a fixed lot, the same wherever and whenever it is drawn."""
    text = "\x1f".join(str(n) for n in names)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
