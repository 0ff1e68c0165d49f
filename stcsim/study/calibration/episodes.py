"""The episodes that are simulated at each point: ordinary years, one course, a flood of cases.

Two settings of three years each. In the *usual* one the scenario runs as it is, without and with one quarter
of courses at its checkpoints. In the *congested* one a fifth more applications arrive for three years; there
a year's intake of trainers is trained as well, for customs' competences, which licensing does not use, so
that the two do not touch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stcsim.mechanisms.train_the_trainer import TrainTheTrainer
from stcsim.mechanisms.training_programme import TrainingProgramme
from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.shocks.resource_scramble import ResourceScramble
from stcsim.study.block import Block, Unit
from stcsim.study.specs import RunResult
from stcsim.study.worlds import Overrides

WEEKS = 156
"""Counted weeks of every episode."""
MORE_CASES = 1.2
"""Applications of the congested setting, over the usual ones: a fifth more (gao_08_89)."""
COURSE_WEEKS = 13
"""Length of the one series of courses."""
INTAKE = (26, 78)
"""First week in which trainers are trained, and the week in which that ends: at the end of an episode two
years have gone since, on average."""
STACKED_UNITS = 16
"""Points in a block, however many processes share the work: more would outgrow the cache."""

USUAL, CONGESTED = "usual", "congested"
COURSE, TRAINERS = "course", "trainers"
RUNS_OF_A_POINT = 3

TAUGHT = TrainingProgramme(
    activities=("commodity_identification_training",),
    roles=("post",),
    events_per_year=8.0,
    start=0,
    end=COURSE_WEEKS,
    lead_time=0,
)
"""Eight courses a year, for one quarter, at all checkpoints."""
CASCADE = TrainTheTrainer(start=INTAKE[0], end=INTAKE[1], lead_time=0, teach_back=True)
"""A year's intake of trainers who are followed up."""

ARMS: Mapping[str, tuple[ResolvedArm, ...]] = {
    USUAL: (ResolvedArm(BASELINE, "Baseline"), ResolvedArm(COURSE, "One course", (TAUGHT,))),
    CONGESTED: (ResolvedArm(TRAINERS, "Own trainers", (CASCADE,)),),
}
"""What is run in each setting."""


@dataclass(frozen=True, eq=False)
class Episodes:
    """What came of the runs of one point.

    Parameters
    ----------
    scenario : as it was given
    usual : nothing chosen
    course : one quarter of courses
    congested : a fifth more applications, and a year's intake of trainers
    """

    scenario: ScenarioSpec
    usual: RunResult
    course: RunResult
    congested: RunResult


def settings(scenario: ScenarioSpec) -> Mapping[str, ScenarioSpec]:
    """Return the scenario as it is in each setting."""
    usual = scenario.model_copy(
        update={"time": scenario.time.model_copy(update={"counted_weeks": WEEKS}), "arms": ()}
    )
    flood = ResourceScramble(at_week=0, weeks=WEEKS, trade=1.0, hurry=1.0, applications=MORE_CASES)
    struck = (*scenario.shocks.resource_scramble, flood)
    shocks = scenario.shocks.model_copy(update={"resource_scramble": struck})
    return {USUAL: usual, CONGESTED: usual.model_copy(update={"shocks": shocks})}


def blocks(scenario: ScenarioSpec, points: Sequence[tuple[Unit, Overrides]]) -> list[Block]:
    """Return the runs of all points in blocks, setting by setting within a group of points."""
    by_name = settings(scenario)
    found: list[Block] = []
    for start in range(0, len(points), STACKED_UNITS):
        group = points[start : start + STACKED_UNITS]
        units, each = tuple(u for u, _ in group), tuple(values for _, values in group)
        found += [Block(spec, units, ARMS[name], each=each) for name, spec in by_name.items()]
    return found


def episodes(scenario: ScenarioSpec, results: Mapping[str, RunResult]) -> Episodes | None:
    """Return what came of a point by the names of its arms; None where a run failed or is missing."""
    usual, course, congested = (results.get(name) for name in (BASELINE, COURSE, TRAINERS))
    if usual is None or course is None or congested is None or any(r.failed for r in results.values()):
        return None
    return Episodes(scenario, usual, course, congested)
