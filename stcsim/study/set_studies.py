"""Studies of sets of arms: each set is an arm, joined of others, and every set is run on the same units.

A unit is a replication of a point. The first units are one replication of each sampled point, in an order of
their own that does not change, the next ones a second replication of each, so that more units leave the first
as they are. Where no point is sampled, units are replications under the defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from stcsim.errors import InputError
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.study.block import Block
from stcsim.study.plan import StudyPlan
from stcsim.study.planned import PlannedStudy
from stcsim.study.store.reading import StoredRuns
from stcsim.study.study_file import StudySpec

MOST_NAMED = 5_000
"""Sets that a study can hold."""
_JOIN = "+"


def set_name(parts: Sequence[str]) -> str:
    """Return the name of a set."""
    return _JOIN.join(parts)


def plan_of_sets(plan: StudyPlan, most_parts: int) -> StudyPlan:
    """Return the plan whose arms are the baseline and all sets of a study's arms, small ones first.

    Parameters
    ----------
    plan : of a study; its arms are the parts
    most_parts : in a set

    Raises
    ------
    InputError
        there are too many sets, or two of one name
    """
    parts = [arm.name for arm in plan.arms if arm.name != BASELINE]
    chosen: list[tuple[str, ...]] = []
    for size in range(1, min(most_parts, len(parts)) + 1):
        chosen += combinations(parts, size)
        if len(chosen) > MOST_NAMED:
            raise InputError(
                f"{len(parts)} arms make more than {MOST_NAMED:,} sets of up to {most_parts}: "
                "name fewer arms, or allow fewer parts"
            )
    names = [set_name(joined) for joined in chosen]
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twice is not None:
        raise InputError(f"{twice} is an arm of the study, and a set of two others: leave it out")
    arms = tuple(_joined(own, chosen) for own in plan.arms_by_scenario)
    return replace(plan, spec=_with_sets(plan.spec, chosen), arms_by_scenario=arms)


def _joined(arms: Sequence[ResolvedArm], chosen: Sequence[Sequence[str]]) -> tuple[ResolvedArm, ...]:
    known = {arm.name: arm for arm in arms}
    return (
        known[BASELINE],
        *(
            ResolvedArm(
                set_name(parts),
                " + ".join(known[part].label for part in parts),
                tuple(m for part in parts for m in known[part].mechanisms),
            )
            for parts in chosen
        ),
    )


def _with_sets(spec: StudySpec, chosen: Sequence[Sequence[str]]) -> StudySpec:
    """Return what a study file would say that has all sets for arms."""
    own = [arm for arm in spec.arms if not isinstance(arm, str)]
    taken = {arm.name for arm in own}
    names = [set_name(parts) for parts in chosen if set_name(parts) not in taken]
    return spec.model_copy(update={"arms": (*own, *names), "equal_cost": False})


@dataclass(eq=False)
class SetStudy(PlannedStudy):
    """A study in which some arms are run on some units.

    Parameters
    ----------
    plan : whose arms they are, as `plan_of_sets` gives it
    sets : names of the arms that are run, besides the baseline
    units : on how many units
    """

    sets: tuple[str, ...] = ()
    units: int = 0

    @property
    def runs(self) -> int:
        """How many runs are asked for."""
        return (1 + len(self.sets)) * self.units

    def places(self, units: int) -> list[tuple[int, int]]:
        """Return the point and the replication of each of the first units."""
        defaults, total = len(self.plan.names), len(self.plan.points)
        sampled = np.arange(defaults, total) if total > defaults else np.arange(defaults)
        order = np.random.default_rng(self.plan.spec.design.seed).permutation(sampled)
        return [(int(order[unit % len(order)]), unit // len(order)) for unit in range(units)]

    def wanted(self, units: int) -> Mapping[int, int]:
        """Return the replications by number of the point."""
        found: dict[int, int] = {}
        for number, replication in self.places(units):
            found[number] = replication + 1
        return found

    def blocks(self, jobs: int, wanted: Mapping[int, int] | None = None) -> Iterator[Block]:
        """Yield the runs of the sets and of the baseline on the units, in blocks."""
        chosen = {BASELINE, *self.sets}
        points = self.wanted(self.units) if wanted is None else wanted
        for number, replications in sorted(points.items()):
            arms = [arm for arm in self.plan.arms_at(self.plan.points[number]) if arm.name in chosen]
            yield from self.plan.blocks(jobs, {number: replications}, arms={number: arms})

    # What was run changes nothing about which sets are wanted.
    def further(self, kept: StoredRuns) -> tuple[Mapping[int, int], tuple[str, ...]]:  # noqa: ARG002
        """Ask for nothing more."""
        return {}, ()
