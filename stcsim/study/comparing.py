"""The smallest study: arms, replications, sampled worlds, and where wanted rivals of equal cost."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field

from stcsim.scenario.arms import ResolvedArm
from stcsim.study.block import Block
from stcsim.study.design import Design, affordable_processes
from stcsim.study.equal_cost import (
    MOST_CORRECTIONS,
    PROMISE,
    Rival,
    has_rival,
    realised,
    rivals,
    staff_arm,
)
from stcsim.study.processes import usable_processors
from stcsim.study.runner import Finished, run_all, run_in_processes
from stcsim.study.specs import RunResult
from stcsim.study.tables import RunTables, tables_of

Progress = Callable[[int, int], None]
"""Told how many runs are finished, and of how many."""


@dataclass(frozen=True, eq=False)
class Study:
    """What a study has found.

    Parameters
    ----------
    arms : every arm that was run, the baseline first, a rival behind its arm
    tables : what is kept of the runs
    rivals : what rivals of equal cost were bought with, by arm and world
    notes : what a reader has to know
    interrupted : whether it was stopped before its end
    """

    arms: tuple[ResolvedArm, ...]
    tables: RunTables
    rivals: tuple[Rival, ...] = ()
    notes: tuple[str, ...] = ()
    interrupted: bool = False


@dataclass
class _Work:
    """Results so far, and how they are got."""

    design: Design
    jobs: int
    executor: Executor | None
    progress: Progress | None
    warn: Callable[[str], None] | None
    results: dict[tuple[str, int, int], RunResult] = field(default_factory=dict)
    done: int = 0
    total: int = 0

    def run(self, blocks: Sequence[Block]) -> None:
        """Run blocks; a run that is run again replaces its earlier result."""
        with closing(self._finished(blocks)) as finished:
            for _, results in finished:
                self.results.update({(r.arm, r.world, r.replication): r for r in results})
                self.done += len(results)
                self.tell()

    def tell(self) -> None:
        """Tell how far it has come."""
        if self.progress is not None:
            self.progress(self.done, max(self.done, self.total))

    def _finished(self, blocks: Sequence[Block]) -> Generator[Finished, None, None]:
        if self.executor is not None:
            return run_all(blocks, self.executor)
        if self.jobs > 1 and len(blocks) > 1:
            return run_in_processes(blocks, self.jobs, self.warn)
        return run_all(blocks)


def run_study(
    design: Design,
    *,
    equal_cost: bool = False,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Study:
    """Run a design.

    The rows are the same, bit for bit and in the same order, whatever does the work.

    Parameters
    ----------
    design : what to run
    equal_cost : add a rival of equal cost to each arm
    jobs : processes; when not given as many as there are processors and as memory holds
    executor : of `concurrent.futures`, used instead of processes of our own
    progress : told how many runs are finished, and of how many
    warn : told what went wrong on the way

    Returns
    -------
    Study
        after an interrupt, with the runs that were finished before it
    """
    fitting = min(usable_processors(), affordable_processes(design.scenario))
    workers = fitting if jobs is None else jobs
    work = _Work(design, workers, executor, progress, warn)
    units = len(design.units)
    expected = sum(has_rival(arm) for arm in design.arms) if equal_cost else 0
    work.total = units * (len(design.arms) + expected)
    work.tell()
    chosen: list[Rival] = []
    notes: list[str] = []
    interrupted = False
    try:
        work.run(design.blocks(workers))
        if equal_cost:
            chosen, notes = rivals(design.scenario, design.arms[1:], list(work.results.values()))
            _run_rivals(work, chosen)
            notes += _unmatched(chosen)
    except KeyboardInterrupt:
        interrupted = True
    arms = _all_arms(design.arms, chosen)
    found = tables_of(work.results.values(), [arm.name for arm in arms])
    failed = len(found.failures)
    if failed:
        first = found.failures.iloc[0]
        notes.append(
            f"{failed} runs failed, such as {first['arm']} with seed {first['seed']}: {first['error']}"
        )
    return Study(arms, found, tuple(chosen), tuple(notes), interrupted)


def _run_rivals(work: _Work, chosen: list[Rival]) -> None:
    """Run the rivals, and those that miss the cost of their arm again; `chosen` is kept current."""
    arms = {arm.name: arm for arm in work.design.arms}
    again = list(range(len(chosen)))
    work.total = work.done + sum(len([u for u in work.design.units if u.world == r.world]) for r in chosen)
    for correction in range(MOST_CORRECTIONS + 1):
        by_world: dict[int, list[ResolvedArm]] = {}
        for i in again:
            by_world.setdefault(chosen[i].world, []).append(staff_arm(chosen[i], arms))
        work.run(work.design.blocks(work.jobs, by_world))
        chosen[:] = realised(chosen, list(work.results.values()))
        again = [i for i in again if chosen[i].realised > 0 and not chosen[i].matches]
        if not again or correction == MOST_CORRECTIONS:
            return
        for i in again:
            chosen[i] = chosen[i].corrected()


def _unmatched(chosen: Sequence[Rival]) -> list[str]:
    """Say which rivals cost something else than their arms."""
    notes = []
    for arm in dict.fromkeys(r.arm for r in chosen):
        own = [r for r in chosen if r.arm == arm]
        off = [r for r in own if not abs(r.share - 1.0) <= PROMISE]
        if off:
            worst = max(off, key=lambda r: abs(r.share - 1.0))
            where = f"{len(off)} of {len(own)} worlds" if len(own) > 1 else "the runs"
            notes.append(f"{worst.name}: costs {worst.share:.0%} of what {arm} costs in {where}")
    return notes


def _all_arms(arms: Sequence[ResolvedArm], chosen: Sequence[Rival]) -> tuple[ResolvedArm, ...]:
    """Return the arms, each followed by its rival."""
    by_name = {arm.name: arm for arm in arms}
    first = {r.arm: r for r in reversed(chosen)}
    return tuple(
        a
        for arm in arms
        for a in ((arm, staff_arm(first[arm.name], by_name)) if arm.name in first else (arm,))
    )
