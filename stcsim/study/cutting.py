"""How replications are cut into blocks, and what is left of a block of which something is done."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, Unit
from stcsim.study.keys import ArmKeys
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


def left_of(block: Block, setting: str, done: Container[str]) -> Iterator[Block]:
    """Yield what is left of a block: replications of which the same arms are missing stay together."""
    if done == frozenset():
        yield block
        return
    each = block.each or (block.overrides,) * len(block.units)
    keys = {
        overrides: [ArmKeys(setting, arm.mechanisms, overrides) for arm in block.arms]
        for overrides in dict.fromkeys(each)
    }

    def missing(place: int) -> tuple[int, ...]:
        unit = block.units[place]
        own = keys[each[place]]
        return tuple(i for i, key in enumerate(own) if key.of(unit.seed, unit.replication) not in done)

    for arms, places in groupby(range(len(block.units)), missing):
        if arms:
            company = [(block.units[i], each[i]) for i in places]
            yield together(block.scenario, company, tuple(block.arms[i] for i in arms), block.most)
