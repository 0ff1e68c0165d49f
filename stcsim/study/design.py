"""Designs: which replications and worlds are run, and how they are cut into blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from stcsim.errors import InputError
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.size import BASE_BYTES, MEMORY_SHARE, machine_memory, size
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import MOST_STACKED, Block, Unit
from stcsim.study.keys import run_seed
from stcsim.study.worlds import Overrides, sample_world

FEWEST_REPLICATIONS = 2
FEWEST_PAIRS = 2
"""Runs of each arm in a sampled world, so that noise can be told from the effect of assumptions."""
LARGEST_SEED = 2**53
"""Seeds stay exact in JSON and in spreadsheets."""


@dataclass(frozen=True)
class Design:
    """Replications under the default assumptions, and sampled worlds with a few replications each.

    Arms share the seeds of a world; worlds share none.

    Parameters
    ----------
    scenario : resolved
    arms : every arm, the baseline first
    replications : runs of each arm under the default assumptions
    worlds : sampled worlds
    pairs : runs of each arm in each of them
    seed : of the study

    Raises
    ------
    InputError
        a number is out of range
    """

    scenario: ScenarioSpec
    arms: tuple[ResolvedArm, ...]
    replications: int = 20
    worlds: int = 0
    pairs: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        _at_least("replications", self.replications, FEWEST_REPLICATIONS)
        _at_least("worlds", self.worlds, 0)
        _at_least("pairs", self.pairs, FEWEST_PAIRS)
        check_seed(self.seed)

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every replication of every world, the default assumptions first."""
        counts = {0: self.replications} | dict.fromkeys(range(1, self.worlds + 1), self.pairs)
        return tuple(
            Unit(world, replication, run_seed(self.seed, world, replication))
            for world, count in counts.items()
            for replication in range(count)
        )

    @cached_property
    def overrides(self) -> Mapping[int, Overrides]:
        """What each world puts in place of defaults; nothing in world 0."""
        sampled = {w: sample_world(self.scenario, self.seed, w) for w in range(1, self.worlds + 1)}
        return {0: (), **sampled}

    def blocks(self, jobs: int, arms: Mapping[int, Sequence[ResolvedArm]] | None = None) -> list[Block]:
        """Return the runs of some arms in blocks, the default assumptions first.

        Blocks are at most as large as one stack, and smaller where some of `jobs` processes would have
        nothing to do, or one of them a block more than the others.

        Parameters
        ----------
        jobs : processes that share the work
        arms : what to run in each world; all arms in all worlds when not given
        """
        most = stack_size(self.scenario, jobs)
        units = self.units
        share = -(-len(units) // jobs)
        blocks: list[Block] = []
        for world, overrides in self.overrides.items():
            chosen = tuple(self.arms if arms is None else arms.get(world, ()))
            if not chosen:
                continue
            own = [u for u in units if u.world == world]
            length = max(1, min(most // len(chosen), share))
            count = -(-len(own) // length)
            if count > 1:
                count = min(-(-count // jobs) * jobs, len(own))
            ends = [len(own) * i // count for i in range(count + 1)]
            for a, b in pairwise(ends):
                blocks.append(Block(self.scenario, tuple(own[a:b]), chosen, overrides, most))
        return blocks


def with_baseline(arms: Sequence[ResolvedArm]) -> tuple[ResolvedArm, ...]:
    """Return the arms with the baseline in front, whether it is among them or not."""
    return (ResolvedArm(BASELINE, "Baseline"), *(a for a in arms if a.name != BASELINE))


def stack_size(scenario: ScenarioSpec, jobs: int) -> int:
    """Return how many runs may share a stack so that `jobs` of them fit into memory."""
    own = max(size(scenario).memory - BASE_BYTES, 1.0)
    room = MEMORY_SHARE * machine_memory() / max(1, jobs) - BASE_BYTES
    # The warmed-up runs stay while those that branched from them are run.
    return int(max(1, min(MOST_STACKED, room // own - 1)))


def affordable_processes(scenario: ScenarioSpec) -> int:
    """Return how many processes fit into memory with at least one run each."""
    return max(1, int(MEMORY_SHARE * machine_memory() // size(scenario).memory))


def check_seed(seed: int) -> None:
    """Refuse a seed that is out of range.

    Raises
    ------
    InputError
        it is negative or has more than 53 bits
    """
    if not 0 <= seed < LARGEST_SEED:
        raise InputError(f"seed has to be a whole number from 0 to {LARGEST_SEED - 1}, not {seed}")


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise InputError(f"{name} has to be a whole number of at least {least}, not {value}")
