"""How the replications of points are cut into blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, Unit
from stcsim.study.worlds import Overrides


@dataclass(frozen=True)
class Shape:
    """Blocks that are alike.

    Parameters
    ----------
    place : of the scenario
    at_defaults : whether they hold the defaults alone
    blocks : how many there are
    units : replications of each, a mean where they differ
    """

    place: int
    at_defaults: bool
    blocks: int
    units: float


def are_few(units: int, arms: int, most: int) -> bool:
    """Return whether a point has so few runs that several such points are better stacked together."""
    return 0 < 2 * units * arms <= most


def most_units(arms: int, most: int, every: int, jobs: int) -> int:
    """Return the most replications of a block.

    Parameters
    ----------
    arms : of each replication
    most : runs that may share a stack
    every : replications of all points that are shared out
    jobs : processes that share the work
    """
    return max(1, min(most // arms, -(-every // max(1, jobs))))


def cut(units: int, length: int, jobs: int) -> list[int]:
    """Return the lengths of the blocks of some replications of one point, as even as can be."""
    count = -(-units // length)
    if count > 1:
        count = min(-(-count // jobs) * jobs, units)
    ends = [units * i // max(1, count) for i in range(count + 1)]
    return [b - a for a, b in pairwise(ends)]


def together(
    scenario: ScenarioSpec,
    company: Sequence[tuple[Unit, Overrides]],
    arms: tuple[ResolvedArm, ...],
    most: int,
) -> Block:
    """Return a block of replications of one point or several."""
    units, each = tuple(unit for unit, _ in company), tuple(overrides for _, overrides in company)
    if len(set(each)) == 1:
        return Block(scenario, units, arms, each[0], most)
    return Block(scenario, units, arms, (), most, each)
