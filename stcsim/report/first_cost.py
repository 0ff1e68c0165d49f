"""What a mechanism charges in a region when it begins, and what it lacks there: asked before a run."""

from __future__ import annotations

from dataclasses import dataclass

from stcsim.engine.engine import Engine
from stcsim.mechanisms import Mechanism
from stcsim.scenario.spec import ScenarioSpec
from stcsim.structure.arrangements import Charge
from stcsim.structure.view import View

_BILLS = {
    "Convening": "hours of members in meetings",
    "Channel": "hours of sending",
    "Programme": "cost of events and hours of participants",
    "Checks": "hours of checks",
    "FollowUp": "hours of follow-up",
    "Budget": "the money that is paid",
}
"""What the model charges for arrangements of a kind, beside what the mechanism itself charges."""


@dataclass(frozen=True)
class FirstCost:
    """What a mechanism charges by itself, and what its arrangements cost beside that.

    Parameters
    ----------
    hours_per_year : hours of bodies a year
    thousand_usd_per_year, once_thousand_usd : money a year, and once
    payers : how many bodies, countries or donors bear it
    beside : what comes on top, in words
    unmet : prerequisites that are not met, in words; while any is, it costs and does nothing
    """

    hours_per_year: float
    thousand_usd_per_year: float
    once_thousand_usd: float
    payers: int
    beside: tuple[str, ...]
    unmet: tuple[str, ...]

    @property
    def amount(self) -> str:
        """What it charges by itself in words, empty where that is nothing."""
        said = (
            f"{self.hours_per_year:,.0f} hours a year" if self.hours_per_year else "",
            f"{self.thousand_usd_per_year:,.0f} thousand USD a year" if self.thousand_usd_per_year else "",
            f"{self.once_thousand_usd:,.0f} thousand USD once" if self.once_thousand_usd else "",
        )
        return ", ".join(s for s in said if s)


def planners_view(spec: ScenarioSpec) -> View:
    """Return what planners of a region know at the start, by chance of seed 1."""
    engine = Engine.begin(spec, [1])
    return engine.directory.view(engine.state, 0, 0)


def first_cost(mechanism: Mechanism, view: View) -> FirstCost:
    """Return what a mechanism would charge in the region that planners see."""
    asked = list(mechanism.arrange(view))
    charges = [a for a in asked if isinstance(a, Charge)]
    return FirstCost(
        hours_per_year=sum(c.hours_per_year for c in charges),
        thousand_usd_per_year=sum(c.thousand_usd_per_year for c in charges),
        once_thousand_usd=sum(c.once_thousand_usd for c in charges),
        payers=len({c.payer for c in charges}),
        beside=tuple(_BILLS[name] for name in sorted({type(a).__name__ for a in asked} & set(_BILLS))),
        unmet=mechanism.unmet(view),
    )
