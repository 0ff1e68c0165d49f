"""From rows to judged rows: run what is needed, read it, judge it."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.evidence.checks import CHECKS
from tests.evidence.judging import Judged, cut_works, matter_most, verdict
from tests.evidence.measuring import NOTHING, Effect, Readings, by_world, effect, holds
from tests.evidence.rows import Cell, Row
from tests.evidence.running import Unit, Values, run
from tests.evidence.storing import NAMES, Store, missing

Tell = Callable[[str], None]


def cells_of(rows: Iterable[Row], *, cut: bool) -> list[Cell]:
    """Return the cells that rows need, their cuts or themselves."""
    return list(dict.fromkeys(c for r in rows for c in (r.cut if cut else r.arms).values()))


def fill(
    store: Store, cells: Sequence[Cell], wanted: Sequence[Unit], jobs: int, tell: Tell
) -> dict[Cell, str]:
    """Run what the store lacks, and return what went wrong by cell."""
    todo = list(missing(cells, wanted, store.load(cells, wanted, NAMES)))
    total = sum(len(t.cells) * len(t.units) for t in todo)
    failed: dict[Cell, str] = {}
    done = 0
    if not todo:
        return failed
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        waiting = {pool.submit(run, task): task for task in todo}
        for future in as_completed(waiting):
            task = waiting[future]
            values, wrong = future.result()
            store.keep(task, values)
            failed.update(wrong)
            done += len(task.cells) * len(task.units)
            tell(f"{done} of {total} runs")
    return failed


def judge(
    row: Row, readings: Readings, defaults: Sequence[Unit], sampled: Sequence[Unit], offset: int = 0
) -> Judged:
    """Return a row with its numbers and verdict."""
    if row.kind == "property":
        figure, passed, told = CHECKS[row.check](offset)
        exact = Effect(figure, figure, figure)
        share = 1.0 if passed else 0.0
        return Judged(row, exact, share, None, verdict(row, exact, share, True), (), told)
    at_defaults = effect(row, row.arms, readings, defaults) if defaults else NOTHING
    cut = effect(row, row.cut, readings, defaults) if defaults and row.cut else None
    worlds = by_world(row, readings, sampled)
    kept = [holds(row, value) for value in worlds.values()]
    share = sum(kept) / len(kept) if kept else math.nan
    gone = cut is None or cut_works(at_defaults, cut)
    found = verdict(row, at_defaults, share, gone)
    return Judged(row, at_defaults, share, cut, found, matter_most(row, worlds, offset))


def readings(store: Store, rows: Iterable[Row], wanted: Sequence[Unit]) -> Readings:
    """Return what the store holds of the rows, cuts included."""
    chosen = list(rows)
    names = sorted({n for r in chosen for n in r.outcomes})
    cells = [*cells_of(chosen, cut=False), *cells_of(chosen, cut=True)]
    values: Values = store.load(cells, wanted, names)
    return Readings(values, names)
