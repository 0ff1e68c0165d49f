"""Running blocks: in this process, over any executor, or in worker processes that may die."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait

from stcsim.study.block import Block, run_block
from stcsim.study.keys import setting_hash
from stcsim.study.processes import WorkersError, worker_processes
from stcsim.study.specs import RunResult, failure

Finished = tuple[int, list[RunResult]]
"""A block's place in the list, and its results."""


def run_all(
    blocks: Sequence[Block], executor: Executor | None = None, window: int | None = None
) -> Generator[Finished, None, None]:
    """Yield the results of every block as they come.

    Parameters
    ----------
    blocks : what to run
    executor : of `concurrent.futures`, or one that behaves like it; without one, blocks run here, in their
        order
    window : blocks that are handed out at a time; all when not given

    Raises
    ------
    BrokenExecutor
        a process of the executor died
    """
    if executor is None:
        yield from ((place, run_block(block)) for place, block in enumerate(blocks))
        return
    waiting = iter(enumerate(blocks))
    under_way: dict[Future[list[RunResult]], int] = {}
    size = len(blocks) if window is None else max(1, window)

    def hand_out() -> None:
        for place, block in waiting:
            under_way[executor.submit(run_block, block)] = place
            if len(under_way) >= size:
                return

    try:
        hand_out()
        while under_way:
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            broken: BrokenExecutor | None = None
            for future in sorted(done, key=under_way.__getitem__):
                place = under_way.pop(future)
                try:
                    yield place, future.result()
                except BrokenExecutor as error:
                    broken = error
            if broken is not None:
                raise broken
            hand_out()
    finally:
        for future in under_way:
            future.cancel()


def run_in_processes(
    blocks: Sequence[Block], jobs: int, warn: Callable[[str], None] | None = None
) -> Generator[Finished, None, None]:
    """Yield the results of every block as they come from `jobs` worker processes.

    One worker that is killed breaks the whole pool; what was not finished is then run in a new one. A block
    of which a worker dies again is given up: its runs have failed.

    Parameters
    ----------
    warn : told what went wrong; a warning is issued when not given
    """
    say = warn if warn is not None else _warn
    left = dict(enumerate(blocks))
    suspected: set[int] = set()
    while left and jobs > 1:
        # What was under way when a worker died is run alone, so that the next death has one author.
        alone = [place for place in left if place in suspected][:1]
        places = alone or list(left)
        try:
            with worker_processes(min(jobs, len(places))) as pool:
                for place, results in run_all([left[p] for p in places], pool, jobs + 1):
                    del left[places[place]]
                    yield places[place], results
        except WorkersError:
            say(
                "worker processes do not start; going on in this one. A script that compares "
                'has to do so under: if __name__ == "__main__":'
            )
            break
        except BrokenExecutor:
            if alone:
                block = left.pop(alone[0])
                say(f"workers die of {block.runs} runs (out of memory?); these are given up")
                yield alone[0], _lost(block)
            else:
                suspected.update([place for place in places if place in left][: jobs + 1])
                say("a worker process died; what was under way is run again")
    places = list(left)
    for place, results in run_all([left[p] for p in places]):
        yield places[place], results


def _lost(block: Block) -> list[RunResult]:
    """Return the results of a block that no worker survived."""
    setting = setting_hash(block.scenario)
    reason = RuntimeError("the worker process died")
    return [failure(spec, spec.key_within(setting), reason) for spec in block.specs()]


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=2)
