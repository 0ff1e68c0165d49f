"""The plan of a study: its points, how often each is run, and how the runs are cut into blocks."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, Unit
from stcsim.study.design import stack_size
from stcsim.study.factors import STRUCTURE
from stcsim.study.keys import ArmKeys, run_seed, setting_hash
from stcsim.study.points import Chosen, Point, Points
from stcsim.study.study_file import Scalar, StudySpec
from stcsim.study.worlds import with_values


@dataclass(frozen=True, eq=False)
class StudyPlan:
    """What a study runs. Nothing in it grows with the number of runs.

    Parameters
    ----------
    spec : what the study file says
    names : of the scenarios, as the study calls them
    scenarios : resolved, with every setting laid on them, in the same order
    arms_by_scenario : every arm, the baseline first; the same names in every scenario
    points : what is varied
    """

    spec: StudySpec
    names: tuple[str, ...]
    scenarios: tuple[ScenarioSpec, ...]
    arms_by_scenario: tuple[tuple[ResolvedArm, ...], ...]
    points: Points
    _settings: dict[tuple[int, tuple[tuple[str, str], ...]], tuple[ScenarioSpec, str]] = field(
        default_factory=dict, init=False, repr=False
    )
    _stacks: dict[tuple[int, int], int] = field(default_factory=dict, init=False, repr=False)

    @property
    def arms(self) -> tuple[ResolvedArm, ...]:
        """Every arm, the baseline first, as it is in the first scenario without levers."""
        return self.arms_by_scenario[0]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What is looked at, the outcome that decides first."""
        return self.spec.outcomes or self.scenarios[0].headline

    @property
    def runs(self) -> int:
        """How many runs there are in any case, rivals of equal cost aside."""
        defaults = len(self.names)
        units = defaults * self.spec.least_replications
        units += (len(self.points) - defaults) * self.spec.runs_at_points
        return units * len(self.arms)

    @property
    def units(self) -> Iterator[Unit]:
        """Every replication of every point that is run in any case, point after point."""
        for number in range(len(self.points)):
            yield from self.units_at(number, self.replications_at(number))

    def replications_at(self, number: int) -> int:
        """Return how often each arm is run at a point in any case."""
        return self.spec.least_replications if number < len(self.names) else self.spec.runs_at_points

    def units_at(self, number: int, replications: int, first: int = 0) -> tuple[Unit, ...]:
        """Return some replications of a point, from number `first` on.

        Points share the seeds of their replications where the design says so, and always where they are one
        row of it in several scenarios.
        """
        common, row = self.spec.design.common_seeds, number // len(self.names)
        world = self.points.design.chance(row) if common is None else 0 if common else row
        seed = self.spec.design.seed
        return tuple(Unit(number, r, run_seed(seed, world, r)) for r in range(first, replications))

    def scenario_at(self, point: Point) -> ScenarioSpec:
        """Return the scenario of a point, its structural switches set."""
        return self._setting(point)[0]

    def arms_at(self, point: Point) -> tuple[ResolvedArm, ...]:
        """Return the arms of a point, the baseline first, levers set in those that have them."""
        return tuple(
            with_levers(arm, point.levers) for arm in self.arms_by_scenario[self._place(point.number)]
        )

    def blocks(
        self,
        jobs: int,
        wanted: Mapping[int, int] | None = None,
        done: Container[str] = frozenset(),
        arms: Mapping[int, Sequence[ResolvedArm]] | None = None,
    ) -> Iterator[Block]:
        """Yield the runs in blocks, point after point; none of them is kept.

        Blocks are at most as large as one stack, and smaller where some of `jobs` processes would have
        nothing to do. Of a block of which some runs are done only the others are left.

        Parameters
        ----------
        jobs : processes that share the work
        wanted : replications by number of the point; those that are run in any case when not given
        done : keys of runs that are not wanted again
        arms : what to run at each point; all arms at all points when not given
        """
        numbers = range(len(self.points)) if wanted is None else sorted(wanted)
        units_in_all = None if wanted is None else sum(wanted.values())
        for number in numbers:
            point = self.points[number]
            chosen = self.arms_at(point) if arms is None else tuple(arms.get(number, ()))
            if not chosen:
                continue
            scenario, setting = self._setting(point)
            most = self._stack_size(self._place(number), jobs)
            units = self.units_at(number, self.replications_at(number) if wanted is None else wanted[number])
            lengths = self._cut(len(units), len(chosen), most, jobs, units_in_all)
            for a, b in pairwise(accumulate(lengths, initial=0)):
                yield from _left(Block(scenario, units[a:b], chosen, point.overrides, most), setting, done)

    def lengths(self, number: int, jobs: int) -> list[int]:
        """Return the replications of each block that a point is cut into."""
        most = self._stack_size(self._place(number), jobs)
        return self._cut(self.replications_at(number), len(self.arms), most, jobs)

    def _cut(self, units: int, arms: int, most: int, jobs: int, units_in_all: int | None = None) -> list[int]:
        """Return the lengths of the blocks of some replications, as even as can be.

        Parameters
        ----------
        units : replications of one point
        arms : of each
        most : runs that may share a stack
        jobs : processes that share the work
        units_in_all : replications of all points that are shared out; those in any case when not given
        """
        every = self.runs // len(self.arms) if units_in_all is None else units_in_all
        length = max(1, min(most // arms, -(-every // max(1, jobs))))
        count = -(-units // length)
        if count > 1:
            count = min(-(-count // jobs) * jobs, units)
        ends = [units * i // max(1, count) for i in range(count + 1)]
        return [b - a for a, b in pairwise(ends)]

    def _stack_size(self, place: int, jobs: int) -> int:
        if (place, jobs) not in self._stacks:
            self._stacks[place, jobs] = stack_size(self.scenarios[place], jobs)
        return self._stacks[place, jobs]

    def _place(self, number: int) -> int:
        """Return the place of the scenario of a point."""
        return number % len(self.names)

    def _setting(self, point: Point) -> tuple[ScenarioSpec, str]:
        """Return the scenario of a point with its hash, made once for all points that share it."""
        known = (self._place(point.number), point.switches)
        if known not in self._settings:
            scenario = self.scenarios[known[0]]
            if point.switches:
                switched = {path.removeprefix(f"{STRUCTURE}."): value for path, value in point.switches}
                structure = scenario.structure.model_copy(update=switched)
                scenario = scenario.model_copy(update={STRUCTURE: structure})
            self._settings[known] = scenario, setting_hash(scenario)
        return self._settings[known]


def with_levers(arm: ResolvedArm, levers: Chosen) -> ResolvedArm:
    """Return an arm with values of levers set in each of its mechanisms that has them."""
    chosen: dict[str, dict[str, Scalar]] = {}
    for path, value in levers:
        _, mechanism, field_name = path.split(".")
        chosen.setdefault(mechanism, {})[field_name] = value
    if not any(m.name in chosen for m in arm.mechanisms):
        return arm
    moved = (with_values(m, chosen[m.name]) if m.name in chosen else m for m in arm.mechanisms)
    return replace(arm, mechanisms=tuple(moved))


def _left(block: Block, setting: str, done: Container[str]) -> Iterator[Block]:
    """Yield what is left of a block: replications of which the same arms are missing stay together."""
    if done == frozenset():
        yield block
        return
    keys = [ArmKeys(setting, arm.mechanisms, block.overrides) for arm in block.arms]

    def missing(unit: Unit) -> tuple[int, ...]:
        return tuple(i for i, key in enumerate(keys) if key.of(unit.seed, unit.replication) not in done)

    for places, units in groupby(block.units, missing):
        if places:
            yield replace(block, units=tuple(units), arms=tuple(block.arms[i] for i in places))
