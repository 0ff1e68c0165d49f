"""The same money on staff: a rival for every arm, bought with what the arm cost in the runs themselves.

The cost of an arm is its incremental total cost: national and donors' money and hours at wage, arm minus
baseline, mean over the replications of a world. Each world has a budget of its own, since what an arm costs
is among the assumptions: rival and arm cost the same wherever they are compared. The budget is spent evenly
from the arm's first start to its last end.

More staff does more, and that takes hours too, so a rival may cost more than its budget. Where it misses the
arm's cost by more than `TOLERANCE`, its budget is set anew in proportion and it is run again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from stcsim.mechanisms.additional_staff import AdditionalStaff
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.specs import RunResult

COST = "total_cost"
SUFFIX = "~staff"
"""The rival of an arm is called like it with this behind."""
TOLERANCE = 0.01
"""A rival that misses the arm's cost by a larger share is run again."""
PROMISE = 0.02
"""A rival that misses it by a larger share in the end is reported."""
MOST_CORRECTIONS = 3
YEAR_WEEKS = 52
LEAST_COST = 1.0
"""Arms that cost less than this over the counted time have no rival, thousand US dollars."""


@dataclass(frozen=True)
class Rival:
    """The rival of one arm in one world.

    Parameters
    ----------
    arm : name of the arm whose cost it is bought with
    world : number of the world
    target : incremental cost of the arm, thousand US dollars over the counted time
    budget : what is spent on staff, thousand US dollars a year
    realised : incremental cost of the rival; NaN before it was run
    """

    arm: str
    world: int
    target: float
    budget: float
    realised: float = float("nan")

    @property
    def name(self) -> str:
        """Name of its arm in tables."""
        return self.arm + SUFFIX

    @property
    def share(self) -> float:
        """Its cost over that of the arm."""
        return self.realised / self.target

    @property
    def matches(self) -> bool:
        """Whether the two cost the same, within the tolerance."""
        return abs(self.share - 1.0) <= TOLERANCE

    def corrected(self) -> Rival:
        """Return it with the budget that would have matched, if cost is in proportion to the budget."""
        return replace(self, budget=self.budget * self.target / self.realised)


def incremental_costs(results: Iterable[RunResult]) -> dict[tuple[str, int], float]:
    """Return the mean difference in cost to the baseline, by arm and world, over complete pairs."""
    cost = {(r.arm, r.world, r.replication): r.outcomes[COST] for r in results if not r.failed}
    pairs: dict[tuple[str, int], list[float]] = {}
    for arm, world, replication in sorted(cost):
        base = cost.get((BASELINE, world, replication))
        if arm != BASELINE and base is not None:
            pairs.setdefault((arm, world), []).append(cost[arm, world, replication] - base)
    return {unit: float(np.mean(values)) for unit, values in pairs.items()}


def has_rival(arm: ResolvedArm) -> bool:
    """Whether an arm can have one: it chooses something else than staff."""
    return any(not isinstance(m, AdditionalStaff) for m in arm.mechanisms)


def rivals(
    scenario: ScenarioSpec, arms: Sequence[ResolvedArm], results: Sequence[RunResult]
) -> tuple[list[Rival], list[str]]:
    """Return a rival for each arm and world, and notes on arms that have none."""
    found: list[Rival] = []
    notes: list[str] = []
    costs = incremental_costs(results)
    for arm in arms:
        if not has_rival(arm):
            continue
        years = in_force_years(arm, scenario)
        own = {world: cost for (name, world), cost in sorted(costs.items()) if name == arm.name}
        cheap = [world for world, cost in own.items() if not (cost > LEAST_COST and years > 0)]
        if not own or 0 in cheap:
            notes.append(
                f"{arm.name}: costs nothing more than the baseline, so there is no rival of equal cost"
            )
            continue
        if cheap:
            worlds = f"{len(cheap)} world{'' if len(cheap) == 1 else 's'}"
            notes.append(f"{arm.name}: costs nothing more than the baseline in {worlds}; no rival there")
        found += [Rival(arm.name, w, cost, cost / years) for w, cost in own.items() if w not in cheap]
    return found, notes


def in_force_years(arm: ResolvedArm, scenario: ScenarioSpec) -> float:
    """Return the counted years from the first start to the last end of an arm's mechanisms."""
    start, end = _span(arm)
    horizon = scenario.time.counted_weeks
    return max(0, min(horizon, horizon if end is None else end) - start) / YEAR_WEEKS


def _span(arm: ResolvedArm) -> tuple[int, int | None]:
    chosen = [m for m in arm.mechanisms if m.coverage > 0] or list(arm.mechanisms)
    ends = [m.end for m in chosen]
    return min(m.start for m in chosen), None if None in ends else max(e for e in ends if e is not None)


def staff_arm(rival: Rival, arms: Mapping[str, ResolvedArm]) -> ResolvedArm:
    """Return what is chosen in a rival: staff from the arm's first start to its last end."""
    arm = arms[rival.arm]
    start, end = _span(arm)
    # A number that equals the default would count as left open, and be drawn in a sampled world.
    default = AdditionalStaff.model_fields["thousand_usd_per_year"].default
    budget = math.nextafter(default, math.inf) if rival.budget == default else rival.budget
    staff = AdditionalStaff(thousand_usd_per_year=budget, start=start, end=end)
    return ResolvedArm(rival.name, f"The same money on staff: {arm.label}", (staff,))


def realised(rivals_: Sequence[Rival], results: Sequence[RunResult]) -> list[Rival]:
    """Return the rivals with what they turned out to cost."""
    costs = incremental_costs(results)
    return [replace(r, realised=costs.get((r.name, r.world), float("nan"))) for r in rivals_]
