"""Running blocks: in this process, over any executor, or in worker processes that may die."""

from __future__ import annotations

import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait

from stcsim.study.block import Block, run_block
from stcsim.study.interrupts import LOOK_SECONDS, Held, held
from stcsim.study.keys import setting_hash
from stcsim.study.processes import Workers, WorkersError, worker_processes
from stcsim.study.specs import RunResult, failure

Finished = tuple[int, list[RunResult]]
"""A block's place in the list, and its results."""
Work = Callable[[Block], list[RunResult]]
"""What runs a block: `run_block`, or what takes its place where only the way there is measured."""


def run_all(
    blocks: Iterable[Block],
    executor: Executor | None = None,
    window: int | None = None,
    warn: Callable[[str], None] | None = None,
    work: Work = run_block,
) -> Generator[Finished, None, None]:
    """Yield the results of every block as they come.

    An executor may fail a block that has done nothing wrong, as a cluster does whose workers are killed: it
    is handed out once more, and given up where that fails too.

    Parameters
    ----------
    blocks : what to run; taken one by one, as they are handed out
    executor : of `concurrent.futures`, or one that behaves like it; without one, blocks run here, in their
        order
    window : blocks that are handed out at a time; all when not given
    warn : told what went wrong; a warning is issued when not given
    work : what runs a block

    Raises
    ------
    BrokenExecutor
        the executor can do nothing any more
    KeyboardInterrupt
        the user stopped it; with an executor never while it is being spoken to
    """
    if executor is None:
        yield from ((place, work(block)) for place, block in enumerate(blocks))
        return
    say = warn if warn is not None else _warn
    waiting = iter(enumerate(blocks))
    again: deque[tuple[int, Block]] = deque()
    under_way: dict[Future[list[RunResult]], tuple[int, Block, bool]] = {}

    def hand_out() -> None:
        while window is None or len(under_way) < max(1, window):
            first = next(waiting, None)
            found = first if first is not None or not again else again.popleft()
            if found is None:
                return
            under_way[executor.submit(work, found[1])] = (*found, first is None)

    with held() as interrupts:
        try:
            hand_out()
            while under_way:
                interrupts.raise_if_any()
                done, _ = wait(under_way, LOOK_SECONDS, FIRST_COMPLETED)
                broken: BrokenExecutor | None = None
                for future in sorted(done, key=lambda f: under_way[f][0]):
                    place, block, second = under_way.pop(future)
                    try:
                        results = future.result()
                    except BrokenExecutor as error:
                        broken = error
                        continue
                    except CancelledError:
                        broken = BrokenExecutor("it has cancelled what it was given")
                        continue
                    except Exception as error:
                        said = f"{type(error).__name__}: {error}"[:200]
                        if not second:
                            say(f"{block.runs} runs came to nothing ({said}); they are run again")
                            again.append((place, block))
                            hand_out()
                            continue
                        say(f"{block.runs} runs came to nothing twice ({said}); these are given up")
                        results = _lost(block, said)
                    hand_out()
                    yield place, results
                if broken is not None:
                    raise broken
        finally:
            for future in under_way:
                future.cancel()


def run_in_processes(
    blocks: Iterable[Block],
    jobs: int,
    warn: Callable[[str], None] | None = None,
    work: Work = run_block,
) -> Generator[Finished, None, None]:
    """Yield the results of every block as they come from `jobs` worker processes.

    A worker that dies takes one block along. It is run again at the end, with nothing beside it that could
    want its memory; where a worker dies of it again it is given up: its runs have failed.

    Parameters
    ----------
    blocks : what to run; taken one by one, as workers have nothing to do
    jobs : processes
    warn : told what went wrong; a warning is issued when not given
    work : what runs a block, of a module that a new process can import

    Raises
    ------
    KeyboardInterrupt
        the user stopped it; workers have ended then
    """
    say = warn if warn is not None else _warn
    waiting = iter(enumerate(blocks))
    under_way: dict[int, Block] = {}
    lost: deque[tuple[int, Block]] = deque()
    try:
        with held() as interrupts, worker_processes(max(1, jobs), work) as workers:
            yield from _worked_off(workers, waiting, under_way, lost, interrupts, say)
            while lost:
                place, block = lost[0]
                again: deque[tuple[int, Block]] = deque()
                yield from _worked_off(workers, iter([lost[0]]), under_way, again, interrupts, None)
                lost.popleft()
                if again:
                    say(f"workers die of {block.runs} runs (out of memory?); these are given up")
                    yield place, _lost(block, "the worker process died")
    except WorkersError:
        say(
            "worker processes do not start; going on in this one. A script that compares "
            'has to do so under: if __name__ == "__main__":'
        )
        for place, block in [*under_way.items(), *lost, *waiting]:
            yield place, work(block)


def _worked_off(
    workers: Workers,
    waiting: Iterable[tuple[int, Block]],
    under_way: dict[int, Block],
    lost: deque[tuple[int, Block]],
    interrupts: Held,
    say: Callable[[str], None] | None,
) -> Generator[Finished, None, None]:
    """Yield what workers make of some blocks; those of which a worker died are put into `lost`."""
    left = iter(waiting)
    more = True
    while more or under_way:
        interrupts.raise_if_any()
        for answer in workers.answers(LOOK_SECONDS):
            block = under_way.pop(answer.task)
            # Whoever takes the results may be slow: nobody waits for that.
            more = _hand_out(workers, left, under_way) and more
            if answer.done:
                yield answer.task, answer.result
            elif answer.error:
                yield answer.task, _lost(block, answer.error)
            else:
                # Whoever ends a whole group of processes ends workers as well.
                interrupts.raise_if_any()
                lost.append((answer.task, block))
                if say is not None:
                    say("a worker process died; what was under way is run again")
        more = _hand_out(workers, left, under_way) and more


def _hand_out(workers: Workers, left: Iterable[tuple[int, Block]], under_way: dict[int, Block]) -> bool:
    """Give a block to every worker that has nothing to do; return whether there may be more blocks."""
    while workers.idle:
        found = next(iter(left), None)
        if found is None:
            return False
        place, block = found
        under_way[place] = block
        workers.give(place, block)
    return True


def _lost(block: Block, why: str) -> list[RunResult]:
    """Return the results of a block that came to nothing."""
    setting = setting_hash(block.scenario)
    reason = RuntimeError(why)
    return [failure(spec, spec.key_within(setting), reason) for spec in block.specs()]


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=2)
