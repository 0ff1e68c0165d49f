"""What to ask next: assumptions varied, the same money on staff, a larger region."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stcsim.dashboard.address import FIRST
from stcsim.dashboard.asking.lasting import about
from stcsim.dashboard.comparing.asking import Asked, seconds
from stcsim.scenario.spec import ScenarioSpec

SETS = 10
"""Sampled sets of assumptions that a verdict needs."""
LARGER = "reference_region"
LARGER_ARMS = ("clearance_and_sharing", "checks_and_sharing", "frontline_and_working_groups")
"""Arms of the larger region that the first look compares: the strongest of its five responses."""
LARGER_RUNS = 8


@dataclass(frozen=True)
class Step:
    """A comparison that would say more.

    Parameters
    ----------
    label : what it adds, and how long it takes
    scenario : name
    asked : the comparison
    """

    label: str
    scenario: str
    asked: Asked


def next_steps(
    scenario: str, asked: Asked, spec: ScenarioSpec, larger: ScenarioSpec, processes: int
) -> tuple[Step, ...]:
    """Return what would say more than a comparison does, the most useful first.

    Parameters
    ----------
    scenario : name of the one that is compared
    spec, larger : that one, and `LARGER`
    """
    found = []
    if asked.worlds < SETS:
        more = replace(asked, worlds=SETS)
        time = about(seconds(more, spec, processes))
        found.append(Step(f"Vary assumptions: {SETS} sets, {time}", scenario, more))
    if not asked.staff:
        more = replace(asked, staff=True)
        time = about(seconds(more, spec, processes))
        found.append(Step(f"Set against the same money on staff, {time}", scenario, more))
    if scenario == FIRST:
        more = Asked(LARGER_ARMS, LARGER_RUNS, 0, asked.seed, staff=False)
        time = about(seconds(more, larger, processes))
        found.append(Step(f"Look at {len(larger.countries)} countries, {time}", LARGER, more))
    return tuple(found)
