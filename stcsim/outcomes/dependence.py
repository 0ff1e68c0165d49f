"""Which groups of parameters act on a family of outcomes directly, for the assumptions behind each headline.

Everything acts on everything by some way round (a seizure moves will, will moves upkeep, upkeep moves
capacity). What counts here is direct: the processes that write what the outcome is computed from, and what
these read of capacity, information and staff.
"""

from __future__ import annotations

from stcsim.outcomes.outcome import FAMILIES

_ACTING = ("screening", "detention", "information", "trust", "adversary", "capacity", "will", "coordination")
GROUPS: dict[str, tuple[str, ...]] = {
    "diversion": (*_ACTING, "licensing", "checks", "cases", "firms"),
    "enforcement": (*_ACTING, "licensing", "checks", "cases", "firms"),
    "prosecution": (*_ACTING, "licensing", "checks", "cases"),
    "trade": ("licensing", "firms", "screening", "detention", "capacity", "coordination"),
    "lists": (*_ACTING, "lists", "licensing", "checks"),
    "capacity": ("capacity", "donors", "modalities", "trainers", "will"),
    "training": ("capacity", "donors", "modalities", "trainers", "will", "trust"),
    "coordination": ("information", "trust", "coordination", "checks", "donors"),
    "cost": ("coordination", "information", "donors", "checks", "costs"),
    "recovery": (*_ACTING, "donors"),
    "statistics": (*_ACTING, "licensing", "checks", "cases", "firms", "donors"),
}
"""Groups of the register by family of outcomes."""


def acts_on(group: str, family: str) -> bool:
    """Whether the parameters of a group act directly on the outcomes of a family, by its label."""
    return any(family == FAMILIES[name] and group in GROUPS[name] for name in GROUPS)
