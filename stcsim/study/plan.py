"""The plan of a study: its points, how often each is run, and how the runs are cut into blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from math import prod

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, Unit
from stcsim.study.cutting import Shape, are_few, cut, most_units, together
from stcsim.study.design import stack_size
from stcsim.study.factors import STRUCTURE
from stcsim.study.keys import run_seed
from stcsim.study.points import Chosen, Point, Points, Switches
from stcsim.study.study_file import Scalar, StudySpec
from stcsim.study.worlds import Overrides, with_values


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
    _switched: dict[tuple[int, Switches], ScenarioSpec] = field(default_factory=dict, init=False, repr=False)
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
        """Return the scenario of a point, its structural switches set: one for all points that share them."""
        known = (self._place(point.number), point.switches)
        if known not in self._switched:
            scenario = self.scenarios[known[0]]
            if point.switches:
                switched = {path.removeprefix(f"{STRUCTURE}."): value for path, value in point.switches}
                structure = scenario.structure.model_copy(update=switched)
                scenario = scenario.model_copy(update={STRUCTURE: structure})
            self._switched[known] = scenario
        return self._switched[known]

    def arms_at(self, point: Point) -> tuple[ResolvedArm, ...]:
        """Return the arms of a point, the baseline first, levers set in those that have them."""
        return tuple(
            with_levers(arm, point.levers) for arm in self.arms_by_scenario[self._place(point.number)]
        )

    def blocks(
        self,
        jobs: int,
        wanted: Mapping[int, int] | None = None,
        arms: Mapping[int, Sequence[ResolvedArm]] | None = None,
    ) -> Iterator[Block]:
        """Yield the runs in blocks, mostly point after point; none of them is kept.

        Blocks are at most as large as one stack, and smaller where some of `jobs` processes would have
        nothing to do. Points of few runs share a block, where they have scenario, structure and arms in
        common.

        Parameters
        ----------
        jobs : processes that share the work
        wanted : replications by number of the point; those that are run in any case when not given
        arms : what to run at each point; all arms at all points when not given
        """
        numbers = range(len(self.points)) if wanted is None else sorted(wanted)
        every = self.runs // len(self.arms) if wanted is None else sum(wanted.values())
        waiting: dict[tuple[int, Switches], list[tuple[Unit, Overrides]]] = {}
        for number in numbers:
            point = self.points[number]
            chosen = self.arms_at(point) if arms is None else tuple(arms.get(number, ()))
            if not chosen:
                continue
            scenario = self.scenario_at(point)
            most = self._stack_size(self._place(number), jobs)
            units = self.units_at(number, self.replications_at(number) if wanted is None else wanted[number])
            if arms is None and not point.levers and are_few(len(units), len(chosen), most):
                company = waiting.setdefault((self._place(number), point.switches), [])
                company += [(unit, point.overrides) for unit in units]
                length = most_units(len(chosen), most, every, jobs)
                while len(company) >= length:
                    yield together(scenario, company[:length], chosen, most)
                    del company[:length]
                continue
            lengths = cut(len(units), most_units(len(chosen), most, every, jobs), jobs)
            for a, b in pairwise(accumulate(lengths, initial=0)):
                yield Block(scenario, units[a:b], chosen, point.overrides, most)
        for (place, switches), company in waiting.items():
            if company:
                chosen, most = self.arms_by_scenario[place], self._stack_size(place, jobs)
                yield together(self._switched[place, switches], company, chosen, most)

    def shapes(self, jobs: int) -> Iterator[Shape]:
        """Yield how many blocks of which length there are, without making any; nearly so with switches."""
        every, arms, rows = self.runs // len(self.arms), len(self.arms), len(self.points.design)
        switched = prod(len(f.values) for f in self.points.factors if f.role == STRUCTURE)
        levers = any(f.role == "lever" for f in self.points.factors)
        for place in range(len(self.names)):
            most = self._stack_size(place, jobs)
            length = most_units(arms, most, every, jobs)
            own, others = self.spec.least_replications, self.spec.runs_at_points if rows else 0
            few = [are_few(own, arms, most), are_few(others, arms, most) and not levers]
            if not few[0]:
                yield from (Shape(place, True, 1, n) for n in cut(own, length, jobs))
            if rows and not few[1]:
                yield from (Shape(place, False, rows, n) for n in cut(others, length, jobs))
            units = own * few[0] + rows * others * few[1]
            if units:
                count = max(-(-units // length), min(switched, rows * few[1]))
                yield Shape(place, not few[1], count, units / count)

    def _stack_size(self, place: int, jobs: int) -> int:
        if (place, jobs) not in self._stacks:
            self._stacks[place, jobs] = stack_size(self.scenarios[place], jobs)
        return self._stacks[place, jobs]

    def _place(self, number: int) -> int:
        """Return the place of the scenario of a point."""
        return number % len(self.names)


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
