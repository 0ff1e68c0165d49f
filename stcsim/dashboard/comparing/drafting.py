"""A comparison that is being put together: what it says in a line, and what another choice makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stcsim.dashboard.comparing.asking import Asked
from stcsim.dashboard.comparing.offers import Offer
from stcsim.mechanisms import MECHANISMS
from stcsim.pictures.words import capital_words, counted, listed
from stcsim.scenario.spec import ScenarioSpec

DEPTHS: dict[str, tuple[str, int, int]] = {
    "quick": ("First look", 8, 0),
    "chance": ("More runs", 20, 0),
    "assumptions": ("Vary assumptions", 12, 10),
}
"""How sure a comparison is to be: name, replications, sampled sets of assumptions."""
MOST_ARMS = 24


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


def arm_labels(spec: ScenarioSpec, arms: Sequence[str]) -> list[str]:
    """Return the names of arms for people: of the file, of mechanisms, of sums of both; all where none."""
    known = {name: kind.title for name, kind in MECHANISMS.items()}
    known |= {arm.name: arm.label or arm.name for arm in spec.arms}
    names = arms or [arm.name for arm in spec.arms]
    return [" + ".join(known.get(part) or capital_words(part) for part in n.split("+")) for n in names]


def depth_of(asked: Asked) -> str:
    """Return which of `DEPTHS` a comparison has, empty where it is one of its own."""
    for key, (_, replications, worlds) in DEPTHS.items():
        if (asked.replications, asked.worlds) == (replications, worlds):
            return key
    return ""
