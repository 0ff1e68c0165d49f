"""A comparison that is being put together: what it says in a line, and what another choice makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stcsim.dashboard.asking.arms import arm_labels
from stcsim.dashboard.asking.offers import Offer
from stcsim.dashboard.comparing.asking import Asked
from stcsim.pictures.words import counted, listed
from stcsim.scenario.spec import ScenarioSpec

DEPTHS: dict[str, tuple[str, int, int]] = {
    "quick": ("First look", 8, 0),
    "chance": ("More runs", 20, 0),
    "assumptions": ("Vary assumptions", 12, 10),
}
"""How sure a comparison is to be: name, replications, sampled sets of assumptions."""


@dataclass(frozen=True)
class Draft:
    """A comparison that is being put together.

    Parameters
    ----------
    scenario, challenge : names; no challenge where empty
    asked : the rest
    """

    scenario: str
    challenge: str
    asked: Asked

    def moved(self, scenario: str, challenge: str, offered: Offer) -> Draft:
        """Return it for another scenario or challenge, with the arms that are offered there."""
        staff = offered.staff or self.asked.staff
        return Draft(scenario, challenge, replace(self.asked, arms=offered.chosen, staff=staff))


def summary(spec: ScenarioSpec, asked: Asked) -> str:
    """Return what is compared, in one line."""
    parts = [
        f"{listed(arm_labels(spec, asked.arms))} against the baseline",
        f"{counted(asked.replications, 'run')} each",
        f"{counted(asked.worlds, 'sampled set')} of assumptions"
        if asked.worlds
        else "assumptions not varied",
    ]
    if asked.staff:
        parts.append("each beside the same money on staff")
    return " · ".join(parts)


def depth_of(asked: Asked) -> str:
    """Return which of `DEPTHS` a comparison has, empty where it is one of its own."""
    for key, (_, replications, worlds) in DEPTHS.items():
        if (asked.replications, asked.worlds) == (replications, worlds):
            return key
    return ""
