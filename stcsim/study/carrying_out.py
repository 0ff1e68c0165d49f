"""Carrying a study out: what is still missing in its folder is run, and kept as it comes.

Nothing is held in memory that grows with the runs but sixteen bytes for each of them, and their costs where
rivals of equal cost are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from stcsim.scenario.arms import ResolvedArm
from stcsim.scenario.spec import ScenarioSpec
from stcsim.study.block import Block, run_block
from stcsim.study.equal_cost import COST
from stcsim.study.interrupts import held
from stcsim.study.keys import setting_hash
from stcsim.study.rivalry import Rivalry
from stcsim.study.runner import Finished, Work, run_all, run_in_processes
from stcsim.study.specs import RunResult
from stcsim.study.store.folder import Entry, Store, opened
from stcsim.study.store.manifest import Identity
from stcsim.study.store.reading import StoredRuns, read_runs
from stcsim.study.store.row_ids import row_id

WINDOW_PER_JOB = 2
"""Blocks that an executor is given at a time for each of its processes, so that none waits for us."""


class Studied(Protocol):
    """What is asked of the plan of a study here; `stcsim.study.plan.StudyPlan` answers it."""

    @property
    def runs(self) -> int:
        """How many runs there are in any case."""

    def blocks(self, jobs: int, wanted: Mapping[int, int] | None = None) -> Iterator[Block]:
        """Yield the runs in blocks; `wanted` says how many replications of which points."""

    def scenario_name(self, world: int) -> str:
        """Return what the study calls the scenario of a point."""

    def identity(self) -> Identity:
        """Return what the rows of the study are made from."""

    def files(self) -> Mapping[str, str]:
        """Return what is kept beside the runs so that the study can be read again, by path in the folder."""

    def points(self) -> Iterator[pd.DataFrame]:
        """Yield what is varied, one row a point, some points at a time."""

    def columns(self) -> Mapping[str, bool]:
        """Return what is varied by path, and whether its values are numbers."""

    def inputs(self, result: RunResult, arm: ResolvedArm) -> Mapping[str, Any]:
        """Return what a run was made from, beside what its result says."""

    def further(self, kept: StoredRuns) -> tuple[Mapping[int, int], tuple[str, ...]]:
        """Say which points want more replications, and how well is known what was asked for."""

    def rivalry(self, kept: StoredRuns) -> Rivalry | None:
        """Return the rivals of equal cost that are wanted, from what arms cost; None where none are."""


Kept = Callable[[list[RunResult]], Sequence[RunResult]]
"""Chooses among the results of a block what is kept."""


@dataclass(frozen=True)
class Progress:
    """How far a study has come.

    Parameters
    ----------
    done : runs that are finished, those of earlier executions included
    total : runs of the study
    before : runs that were finished when this execution began
    failed : runs that have failed in this execution
    """

    done: int
    total: int
    before: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Means:
    """What does the work: an executor, processes of our own, or this process.

    Parameters
    ----------
    jobs : how many blocks can be worked at the same time
    executor : of `concurrent.futures`; processes of our own where there is none, and several jobs
    words : for people and the manifest
    work : what runs a block
    """

    jobs: int = 1
    executor: Executor | None = None
    words: str = "this process"
    work: Work = run_block

    def run(self, blocks: Iterable[Block], warn: Callable[[str], None]) -> Generator[Finished, None, None]:
        """Yield the results of blocks as they come; blocks are taken as they are handed out."""
        if self.executor is not None:
            return run_all(blocks, self.executor, WINDOW_PER_JOB * self.jobs, warn, self.work)
        if self.jobs > 1:
            return run_in_processes(blocks, self.jobs, warn, self.work)
        return run_all(blocks, work=self.work)


@dataclass(frozen=True)
class Ended:
    """What an execution came to.

    Parameters
    ----------
    runs : finished ones in the folder
    added : of these in this execution
    failed : in this execution
    tried_again : runs that had failed before and were run again
    precision : how well is known what was asked for, where a precision was
    notes : what a reader has to know of rivals of equal cost
    """

    runs: int
    added: int
    failed: int
    tried_again: int
    precision: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def carry_out(
    plan: Studied,
    folder: Path,
    means: Means,
    *,
    progress: Callable[[Progress], None] | None = None,
    warn: Callable[[str], None],
) -> Ended:
    """Run what is missing of a study, as the only writer of its folder.

    Rows are the same, bit for bit, whatever does the work and however often it was stopped in between.
    Runs that have failed before are run again.

    Parameters
    ----------
    plan : of the study
    folder : made where it is missing
    means : what does the work
    progress : told how far it has come
    warn : told what went wrong on the way

    Raises
    ------
    InputError
        the folder cannot be written, somebody else writes into it, or it holds another study
    StoreError
        it cannot be written any more; what was finished before is kept
    KeyboardInterrupt
        the user stopped it; what is finished is kept
    BrokenExecutor
        the executor can do nothing any more; what is finished is kept
    """
    with opened(
        folder,
        plan.identity(),
        plan.files(),
        plan.points(),
        plan.columns(),
        how=means.words,
        warn=warn,
    ) as store:
        work = _Work(plan, store, means, progress, warn)
        if store.before:
            # Rows that are no longer asked for, as after a lower number of pairs, are none of its total.
            work.total = store.before + sum(b.runs for b in missing(plan.blocks(means.jobs), store))
        work.tell()
        work.run(plan.blocks(means.jobs), fresh=store.before == 0)
        words = work.until_precise()
        notes = work.rivals()
        store.manifest |= {"precision": list(words), "notes": list(notes)}
    return Ended(len(store.rows), store.added, store.failed, store.tried_again, words, notes)


@dataclass
class _Work:
    """Blocks on their way into the folder."""

    plan: Studied
    store: Store
    means: Means
    progress: Callable[[Progress], None] | None
    warn: Callable[[str], None]
    total: int = field(init=False)
    by_name: dict[str, ResolvedArm] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.total = self.plan.runs

    def run(self, blocks: Iterable[Block], *, fresh: bool, kept: Kept = list) -> None:
        """Run what is missing of some blocks.

        Parameters
        ----------
        fresh : whether nothing of them can have been run before
        kept : chooses among the results of a block what is kept
        """
        left = blocks if fresh else missing(blocks, self.store)
        arms: dict[int, tuple[ResolvedArm, ...]] = {}
        with closing(self.means.run(_noting(left, arms), self.warn)) as finished:
            for place, results in finished:
                # An interrupt in between would leave part of a block unkept.
                with held():
                    self.by_name |= {arm.name: arm for arm in arms.pop(place)}
                    self.store.add(self._entries(kept(results)))
                self.tell()

    def _entries(self, results: Sequence[RunResult]) -> Iterator[Entry]:
        for result in results:
            inputs = self.plan.inputs(result, self.by_name[result.arm]) if result.failed else {}
            yield Entry(self.plan.scenario_name(result.world), result, inputs)

    def until_precise(self) -> tuple[str, ...]:
        """Run replications until what was asked for is known precisely enough, and say how well it is."""
        while True:
            self.store.flush()
            wanted, words = self.plan.further(read_runs(self.store.folder))
            if not wanted:
                return words
            blocks = list(missing(self.plan.blocks(self.means.jobs, wanted), self.store))
            self.total = len(self.store.rows) + self.store.failed + sum(b.runs for b in blocks)
            self.run(blocks, fresh=True)

    def rivals(self) -> tuple[str, ...]:
        """Run rivals of equal cost where they were asked for, and say what a reader has to know of them."""
        self.store.flush()
        rivalry = self.plan.rivalry(read_runs(self.store.folder))
        if rivalry is None:
            return ()
        jobs = self.means.jobs
        self.total = max(self.total, len(self.store.rows) + self.store.failed) + rivalry.runs_left
        while rivalry.open:
            self.run(rivalry.attempts(jobs), fresh=True, kept=rivalry.take)
            rivalry.next_round()
        self.run(rivalry.blocks(jobs), fresh=False)
        self.store.flush()
        return tuple(rivalry.notes(read_runs(self.store.folder).runs_with([COST])))

    def tell(self) -> None:
        """Tell how far it has come."""
        if self.progress is not None:
            store = self.store
            done = store.before + store.added
            total = max(self.total, done + store.failed)
            self.progress(Progress(done, total, store.before, store.failed))


def _noting(blocks: Iterable[Block], arms: dict[int, tuple[ResolvedArm, ...]]) -> Iterator[Block]:
    """Yield blocks and note the arms of each by its place, for as long as it is under way."""
    for place, block in enumerate(blocks):
        arms[place] = block.arms
        yield block


def missing(blocks: Iterable[Block], store: Store) -> Iterator[Block]:
    """Yield what is not settled of some blocks; replications that lack the same arms stay together."""
    hashes = _Hashes()
    for block in blocks:
        setting = hashes.of(block.scenario)
        left = [_left(block, place, setting, store) for place in range(len(block.units))]
        for arms, places in groupby(range(len(block.units)), left.__getitem__):
            own = list(places)
            if arms:
                yield replace(
                    block,
                    units=tuple(block.units[i] for i in own),
                    arms=tuple(block.arms[i] for i in arms),
                    each=tuple(block.each[i] for i in own) if block.each else (),
                )


def _left(block: Block, place: int, setting: str, store: Store) -> tuple[int, ...]:
    """Return the places of arms whose run in a unit is not settled."""
    unit, specs = block.units[place], [block.spec(place, arm) for arm in block.arms]
    return tuple(
        i
        for i, spec in enumerate(specs)
        if not store.settled(row_id(spec.key_within(setting), spec.arm.name, unit.world))
    )


class _Hashes:
    """Hashes of scenarios; the blocks of a plan share theirs."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[ScenarioSpec, str]] = {}

    def of(self, scenario: ScenarioSpec) -> str:
        """Return the hash of everything that a run of any arm depends on."""
        found = self._known.get(id(scenario))
        if found is None:
            found = self._known[id(scenario)] = scenario, setting_hash(scenario)
        return found[1]
