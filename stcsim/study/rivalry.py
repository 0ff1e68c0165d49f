"""Rivals of equal cost in a study: what each arm cost at each point, spent on staff, as `equal_cost` says.

The budget of a rival is settled on the first replications of its point, and written down before a run with
it is kept: whoever goes on with the study, with more replications or after a stop, takes the same budget, so
that all runs of a rival at a point are of one kind.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from stcsim.scenario.arms import BASELINE, ResolvedArm
from stcsim.study.block import Block
from stcsim.study.equal_cost import (
    COST,
    LEAST_COST,
    MOST_CORRECTIONS,
    PROMISE,
    SUFFIX,
    Rival,
    has_rival,
    in_force_years,
    staff_arm,
)
from stcsim.study.plan import StudyPlan
from stcsim.study.specs import RunResult

BUDGETS = "rivals.jsonl"
"""What rivals were bought with: a line each with `arm`, `world`, `budget` and `target`."""
MOST_SETTLING = 20
"""Replications on which a budget is settled, at most."""
_Place = tuple[str, int]


@dataclass(eq=False)
class Rivalry:
    """The rivals of a study, from what its arms cost.

    Parameters
    ----------
    plan : of the study
    folder : of the study
    costs : one row a run: `arm`, `world`, `replication` and its cost
    replications : of the points where there are more than in any case, by number
    """

    plan: StudyPlan
    folder: Path
    costs: pd.DataFrame
    replications: Mapping[int, int]
    settled: dict[_Place, Rival] = field(init=False)
    open: dict[_Place, Rival] = field(default_factory=dict, init=False)
    _baseline: dict[int, dict[int, float]] = field(init=False)
    _waiting: dict[_Place, list[RunResult]] = field(default_factory=dict, init=False)
    _cheap: dict[str, int] = field(default_factory=dict, init=False)
    _lost: dict[str, int] = field(default_factory=dict, init=False)
    _round: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        by_arm: dict[str, dict[int, dict[int, float]]] = {}
        columns = (self.costs[name].tolist() for name in ("arm", "world", "replication", COST))
        for name, world, replication, cost in zip(*columns, strict=True):
            by_arm.setdefault(name, {}).setdefault(world, {})[replication] = cost
        self._baseline = by_arm.get(BASELINE, {})
        known = _read(self.folder / BUDGETS)
        self.settled = {(r.arm, r.world): r for r in known if r.world < len(self.plan.points)}
        for number in range(len(self.plan.points)):
            arms = [arm for arm in self._arms_at(number) if has_rival(arm)]
            for arm in arms:
                if (arm.name, number) in self.settled:
                    continue
                target = self._incremental(number, by_arm.get(arm.name, {}).get(number, {}))
                years = in_force_years(arm, self.plan.scenarios[number % len(self.plan.names)])
                if math.isnan(target):
                    self._lost[arm.name] = self._lost.get(arm.name, 0) + 1
                elif target > LEAST_COST and years > 0:
                    self.open[arm.name, number] = Rival(arm.name, number, target, target / years)
                else:
                    self._cheap[arm.name] = self._cheap.get(arm.name, 0) + 1

    def _arms_at(self, number: int) -> tuple[ResolvedArm, ...]:
        return self.plan.arms_at(self.plan.points[number])

    def _replications(self, number: int) -> int:
        return self.replications.get(number, self.plan.replications_at(number))

    def _settling(self, number: int) -> int:
        return min(MOST_SETTLING, self._replications(number))

    def _incremental(self, number: int, cost: Mapping[int, float]) -> float:
        """Return the mean difference to the baseline, over the first replications; NaN without a pair."""
        base = self._baseline.get(number, {})
        pairs = [cost[r] - base[r] for r in range(self._settling(number)) if r in cost and r in base]
        return float(np.mean(pairs)) if pairs else math.nan

    @property
    def runs_left(self) -> int:
        """How many runs of rivals are wanted whose budgets are open, without attempts that are not kept."""
        return sum(self._replications(world) for _, world in self.open)

    def attempts(self, jobs: int) -> Iterator[Block]:
        """Yield the blocks on which open budgets are tried."""
        yield from self._blocks(jobs, self.open, self._settling)

    def take(self, results: Iterable[RunResult]) -> list[RunResult]:
        """Take what came of attempts, and return those that are to be kept: their budgets are settled."""
        kept: list[RunResult] = []
        for result in results:
            place = result.arm.removesuffix(SUFFIX), result.world
            waiting = self._waiting.setdefault(place, [])
            waiting.append(result)
            if len(waiting) == self._settling(result.world):
                kept += self._judge(place, self._waiting.pop(place))
        return kept

    def _judge(self, place: _Place, results: list[RunResult]) -> list[RunResult]:
        cost = {r.replication: r.outcomes[COST] for r in results if not r.failed}
        rival = replace(self.open[place], realised=self._incremental(place[1], cost))
        if not rival.matches and rival.realised > 0 and self._round < MOST_CORRECTIONS:
            self.open[place] = rival.corrected()
            return []
        del self.open[place]
        self.settled[place] = rival
        _append(self.folder / BUDGETS, rival)
        return results if len(results) == self._replications(place[1]) else []

    def next_round(self) -> None:
        """Go on with what is open still; after `MOST_CORRECTIONS` rounds a budget is taken as it is."""
        self._round += 1

    def blocks(self, jobs: int) -> Iterator[Block]:
        """Yield all runs of rivals whose budgets are settled."""
        yield from self._blocks(jobs, self.settled, self._replications)

    def _blocks(
        self, jobs: int, rivals: Mapping[_Place, Rival], replications: Callable[[int], int]
    ) -> Iterator[Block]:
        by_world: dict[int, list[Rival]] = {}
        for (_, world), rival in sorted(rivals.items(), key=lambda item: (item[0][1], item[0][0])):
            by_world.setdefault(world, []).append(rival)
        for world, own in by_world.items():
            arms = {arm.name: arm for arm in self._arms_at(world)}
            chosen = [staff_arm(rival, arms) for rival in own if rival.arm in arms]
            yield from self.plan.blocks(jobs, {world: replications(world)}, arms={world: chosen})

    def notes(self, costs: pd.DataFrame) -> list[str]:
        """Return what a reader has to know: rivals that there are not, and those that miss their cost.

        Parameters
        ----------
        costs : one row a run, rivals among them
        """
        notes = [
            f"{name}: costs nothing more than the baseline at {_points(count)}; no rival there"
            for name, count in self._cheap.items()
        ]
        notes += [
            f"{name}: its runs, or those of the baseline, failed at {_points(count)}, so that nobody "
            "knows what it costs; no rival there"
            for name, count in self._lost.items()
        ]
        table = costs.pivot_table(index=["world", "replication"], columns="arm", values=COST)
        for arm in dict.fromkeys(name for name, _ in self.settled):
            if not {arm, arm + SUFFIX, BASELINE} <= set(table.columns):
                continue
            pairs = table[[arm, arm + SUFFIX, BASELINE]].dropna()
            own, rival = (
                (pairs[name] - pairs[BASELINE]).groupby("world").mean() for name in (arm, arm + SUFFIX)
            )
            share = (rival / own)[own > LEAST_COST].to_numpy()
            off = share[np.abs(share - 1.0) > PROMISE]
            if len(off):
                worst = off[np.abs(off - 1.0).argmax()]
                where = f"{len(off)} of {len(share)} points"
                notes.append(f"{arm + SUFFIX}: costs {worst:.0%} of what {arm} costs at {where}")
        return notes


def _points(number: int) -> str:
    return f"{number:,} point{'' if number == 1 else 's'}"


def _read(path: Path) -> Iterator[Rival]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            said = json.loads(line)
            yield Rival(said["arm"], said["world"], said["target"], said["budget"])
        except (ValueError, KeyError, TypeError):
            # The machine went down in the middle of this line, before a run was kept for it.
            continue


def _append(path: Path, rival: Rival) -> None:
    said = {"arm": rival.arm, "world": rival.world, "budget": rival.budget, "target": rival.target}
    # A line that was left torn is ended first.
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{json.dumps(said)}\n")
        file.flush()
        os.fsync(file.fileno())
