"""The sampled points of a study's folder as cubes, one a scenario, complete or refused."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.analysis.complete import require_complete
from stcsim.analysis.cube import Cube, cube_of
from stcsim.errors import InputError
from stcsim.outcomes.registry import INFOS
from stcsim.study.plan import StudyPlan
from stcsim.study.store.reading import StoredRuns, read_runs
from stcsim.study.study_reading import read_study
from stcsim.study.study_writing import STUDY

ALWAYS_DEFINED = "total_cost"
"""An outcome that every finished run has: without a value of it a run is missing."""


@dataclass(frozen=True, eq=False)
class StudyFolder:
    """A folder of a study, with the plan that it was run by.

    Parameters
    ----------
    folder : as the user gave it
    plan : read from the study that lies in it
    kept : its runs
    """

    folder: Path
    plan: StudyPlan
    kept: StoredRuns

    @property
    def again(self) -> str:
        """The command that runs what failed or is missing, and nothing else."""
        study, out = (shlex.quote(str(path)) for path in (self.folder / STUDY, self.folder))
        return f"stcsim study run {study} --out {out}"

    @property
    def see_failures(self) -> str:
        """The command that tells why runs failed."""
        return f"stcsim study failures {shlex.quote(str(self.folder))}"

    @property
    def damage(self) -> str:
        """What shards cannot be read, and what to do about it; empty where all can."""
        torn = self.kept.torn
        if not torn:
            return ""
        which = f"{torn[0]} and {len(torn) - 1} more shards" if len(torn) > 1 else f"shard {torn[0]}"
        return f"{which} cannot be read: their runs are missing here. Run them again: {self.again}"

    @property
    def not_run(self) -> InputError:
        """The error that there is nothing to look at."""
        said = self.damage or f"it has not been run. Run it: {self.again}"
        return InputError(f"the study in {self.folder} holds no runs to look at: {said}")

    def lost(self, runs: pd.DataFrame) -> dict[str, int]:
        """Return the arms of the plan that have no run in a table because runs failed, with how many did.

        Parameters
        ----------
        runs : one row a finished run
        """
        present, failed = set(runs["arm"]), self.kept.failures["arm"].value_counts()
        arms = [arm.name for arm in self.plan.arms[1:] if arm.name not in present]
        return {name: int(failed[name]) for name in arms if name in failed.index}

    def lost_words(self, runs: pd.DataFrame, labels: Mapping[str, str] | None = None) -> list[str]:
        """Return a sentence for each arm that `lost` returns.

        Parameters
        ----------
        labels : names of arms for people
        """
        return [
            f"{(labels or {}).get(name, name)} is left out: it has no finished run here, {count:,} of its "
            f"runs failed. To see why: {self.see_failures}"
            for name, count in self.lost(runs).items()
        ]

    def cubes(self, outcomes: Sequence[str], *, complete: bool = True) -> Iterator[tuple[str, Cube]]:
        """Yield each scenario with the sampled points, in the order of the design.

        Parameters
        ----------
        outcomes : names; `ALWAYS_DEFINED` comes with them
        complete : refuse points of which a run failed, is missing or has no value; else these are NaN, and
            arms of which every run failed are left out

        Raises
        ------
        InputError
            an outcome is not known, nothing was sampled, or a run failed, is missing or has no value
        """
        unknown = [name for name in outcomes if name not in INFOS]
        if unknown:
            raise InputError(f"there is no outcome {unknown[0]}", "stcsim list outcomes")
        plan = self.plan
        several = len(plan.names)
        if len(plan.points) == several:
            raise InputError(f"{plan.spec.name} varies nothing: it has no points beside the defaults")
        wanted = list(dict.fromkeys([*outcomes, ALWAYS_DEFINED]))
        runs = self.kept.runs_with(wanted)
        runs = runs[(runs["world"] >= several) & (runs["replication"] < plan.spec.runs_at_points)]
        points = self.kept.points
        points = points[(points["world"] >= several) & (points["world"] < len(plan.points))]
        if len(points) < len(plan.points) - several or runs.empty:
            raise self.not_run
        arms = [arm.name for arm in plan.arms[1:]]
        lost = self.lost(runs)
        absent = [name for name in arms if name not in set(runs["arm"])]
        if not complete and len(lost) < len(arms):
            arms, absent = ([name for name in some if name not in lost] for some in (arms, absent))
        if absent and absent[0] in lost:
            raise InputError(
                f"{lost[absent[0]]:,} runs of {absent[0]} failed, and it has no finished one in "
                f"{self.folder}. To see why: {self.see_failures}. Run them again: {self.again}"
            )
        if absent:
            raise InputError(f"the study in {self.folder} has no run of {absent[0]}. Run it: {self.again}")
        for place, name in enumerate(plan.names):
            own = points[points["world"] % several == place].drop(columns="scenario")
            cube = cube_of(runs[runs["world"] % several == place], own, wanted, arms=arms)
            cube = _wide(cube, plan.spec.runs_at_points)
            if complete:
                require_complete(cube, outcomes, self.again)
            yield name, cube


def open_study(folder: Path | str, warn: Callable[[str], None] | None = None) -> StudyFolder:
    """Return what the folder of a study holds now.

    Parameters
    ----------
    folder : of the study
    warn : told which of its shards cannot be read

    Raises
    ------
    InputError
        there is no study in it
    """
    kept = read_runs(folder)
    found = StudyFolder(Path(folder), read_study(Path(folder) / STUDY, kept=True).plan, kept)
    if warn is not None and found.damage:
        warn(found.damage)
    return found


def _wide(cube: Cube, replications: int) -> Cube:
    """Return the cube with a place for every run that should be there."""
    short = replications - cube.replications
    if short <= 0:
        return cube
    values = {
        name: np.pad(cube.of(name), ((0, 0), (0, 0), (0, short)), constant_values=np.nan)
        for name in cube.outcomes
    }
    return Cube(cube.arms, cube.worlds, cube.inputs, values, cube.shared_seeds)
