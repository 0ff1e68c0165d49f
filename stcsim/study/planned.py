"""A study as it is carried out: what its rows are made from, and how many replications suffice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.scenario.resolving import arm_content
from stcsim.study.block import Block
from stcsim.study.equal_cost import COST, SUFFIX, has_rival
from stcsim.study.keys import digest, setting_hash
from stcsim.study.plan import StudyPlan
from stcsim.study.points_table import points_table
from stcsim.study.rivalry import Rivalry
from stcsim.study.specs import RunResult
from stcsim.study.stopping import StoppingRule, look
from stcsim.study.store.manifest import Identity
from stcsim.study.store.points_file import BATCH
from stcsim.study.store.reading import StoredRuns
from stcsim.study.study_writing import files_of


@dataclass(eq=False)
class PlannedStudy:
    """A study that is carried out.

    Parameters
    ----------
    plan : what it runs
    command : the line that runs it
    """

    plan: StudyPlan
    command: str = ""
    _tried: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self._tried = {n: self.plan.replications_at(n) for n in range(len(self.plan.names))}

    @property
    def runs(self) -> int:
        """How many runs there are in any case, rivals of equal cost aside."""
        return self.plan.runs

    def blocks(self, jobs: int, wanted: Mapping[int, int] | None = None) -> Iterator[Block]:
        """Yield the runs in blocks; `wanted` says how many replications of which points."""
        return self.plan.blocks(jobs, wanted)

    def scenario_name(self, world: int) -> str:
        """Return what the study calls the scenario of a point."""
        return self.plan.names[world % len(self.plan.names)]

    def identity(self) -> Identity:
        """Return what the rows of the study are made from."""
        plan, spec = self.plan, self.plan.spec
        first = [0, *([len(plan.names)] if len(plan.points) > len(plan.names) else [])]
        return Identity(
            name=spec.name,
            title=spec.title,
            question=spec.question,
            scenarios={n: setting_hash(s) for n, s in zip(plan.names, plan.scenarios, strict=True)},
            arms=dict(self._arm_hashes()),
            seeds=tuple(plan.units_at(number, 1)[0].seed for number in first),
            command=self.command,
        )

    def _arm_hashes(self) -> Iterator[tuple[str, str]]:
        """Yield the arms with what is chosen in them in all scenarios, each with its rival behind it."""
        for place, arm in enumerate(self.plan.arms):
            chosen = digest([arm_content(own[place].mechanisms) for own in self.plan.arms_by_scenario])
            yield arm.name, chosen
            if self.plan.spec.equal_cost and has_rival(arm):
                yield arm.name + SUFFIX, digest(["rival", chosen])

    def files(self) -> Mapping[str, str]:
        """Return what is kept beside the runs so that the study can be read again, by path in the folder."""
        return files_of(self.plan)

    def points(self) -> Iterator[pd.DataFrame]:
        """Yield what is varied, one row a point, some points at a time."""
        total = len(self.plan.points)
        for first in range(0, total, BATCH):
            yield points_table(self.plan, range(first, min(first + BATCH, total)))

    def columns(self) -> Mapping[str, bool]:
        """Return what is varied by path, and whether its values are numbers."""
        return {
            f.path: f.quantity is not None or not any(isinstance(v, str) for v in f.values)
            for f in self.plan.points.factors
        }

    def inputs(self, result: RunResult, arm: ResolvedArm) -> Mapping[str, Any]:
        """Return what a run was made from, beside what its result says."""
        return {"point": self.plan.points[result.world].values, "mechanisms": arm_content(arm.mechanisms)}

    def further(self, kept: StoredRuns) -> tuple[Mapping[int, int], tuple[str, ...]]:
        """Say which points want more replications for the precision that was asked for.

        Parameters
        ----------
        kept : what was run so far

        Returns
        -------
        tuple
            replications by number of the point, none where nothing is wanted; and for each scenario how
            well its differences are known
        """
        rule = self.plan.spec.replications
        if not isinstance(rule, StoppingRule):
            return {}, ()
        runs = kept.runs_with([rule.until.outcome])
        arms = [arm.name for arm in self.plan.arms if arm.name != BASELINE]
        wanted: dict[int, int] = {}
        words: list[str] = []
        for number, pairs in self._tried.items():
            own = runs[(runs["world"] == number) & (runs["replication"] < pairs)]
            table = own.pivot(index="replication", columns="arm", values=rule.until.outcome)
            whole = table.reindex(index=np.arange(pairs), columns=[BASELINE, *arms])
            values = whole.to_numpy(dtype=np.float64)
            found = look(rule, values[:, 0], values[:, 1:], arms)
            if found.next is not None:
                wanted[number] = self._tried[number] = found.next
            name = f"{self.scenario_name(number)}: " if len(self.plan.names) > 1 else ""
            words.append(f"{name}{found.words}")
        return wanted, tuple(words)

    def rivalry(self, kept: StoredRuns) -> Rivalry | None:
        """Return the rivals of equal cost that are wanted, from what arms cost; None where none are.

        Parameters
        ----------
        kept : what was run so far
        """
        if not self.plan.spec.equal_cost:
            return None
        return Rivalry(self.plan, kept.folder, kept.runs_with([COST]), dict(self._tried))
