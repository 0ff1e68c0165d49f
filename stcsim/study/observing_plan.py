"""What is to be watched, and how it is cut into stacks that fit into memory."""

from __future__ import annotations

from dataclasses import dataclass

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import MOST_STACKED, Unit
from stcsim.study.design import check_seed, stack_size
from stcsim.study.keys import run_seed
from stcsim.study.observing_stack import QUARTER_DAYS


@dataclass(frozen=True)
class Watch:
    """What is to be watched.

    Parameters
    ----------
    scenario : resolved
    arms : every arm, the baseline first
    replications : runs of each
    seed : of the study; replications are those of a comparison of this seed
    most : runs in a stack at most
    """

    scenario: ScenarioSpec
    arms: tuple[ResolvedArm, ...]
    replications: int = 4
    seed: int = 1
    most: int = MOST_STACKED

    def __post_init__(self) -> None:
        check_seed(self.seed)

    @property
    def days(self) -> tuple[int, ...]:
        """Days since arms branch on which quarters end, 0 first."""
        end = 7 * self.scenario.time.counted_weeks
        return (*range(0, end, QUARTER_DAYS), end)

    @property
    def units(self) -> list[Unit]:
        """Replications under the default assumptions."""
        return [Unit(0, r, run_seed(self.seed, 0, r)) for r in range(self.replications)]

    def parts(self) -> list[tuple[list[Unit], list[list[ResolvedArm]]]]:
        """Return replications that are warmed up together, and their arms in pieces that fit a stack."""
        most = max(1, min(self.most, stack_size(self.scenario, 1)))
        each = max(1, most // len(self.arms))
        wide = max(1, most // each)
        pieces = [list(self.arms[i : i + wide]) for i in range(0, len(self.arms), wide)]
        units = self.units
        return [(units[i : i + each], pieces) for i in range(0, len(units), each)]
