"""A few paired runs of each arm, watched quarter by quarter from outside: no process knows of it.

Snapshots are taken between steps and never change the runs, so these are the same, bit for bit, as those of a
comparison with the same seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from stcsim.draws import I8
from stcsim.engine.engine import Engine
from stcsim.scenario.arms import ResolvedArm
from stcsim.study.block import Unit
from stcsim.study.observation import Observation
from stcsim.study.observing_cases import Passages
from stcsim.study.observing_events import Teller
from stcsim.study.observing_plan import Watch
from stcsim.study.observing_record import Record
from stcsim.study.observing_stack import QUARTER_DAYS, Stack

Progress = Callable[[int, int], None]
"""Told how many quarters are watched, over all stacks, and of how many."""
LOOK_DAYS = 7
"""What passes is looked at so often."""


def observe(watch: Watch, progress: Progress | None = None) -> Observation:
    """Run and watch.

    Parameters
    ----------
    progress : told how many quarters are run, those of the warm-up included, and of how many
    """
    parts = watch.parts()
    warm_up = -(-7 * watch.scenario.time.warm_up_weeks // QUARTER_DAYS)
    total = sum(warm_up + (len(watch.days) - 1) * len(pieces) for _, pieces in parts)
    done, record = 0, None
    if progress is not None:
        progress(done, total)
    for part in parts:
        for found in _run(watch, *part, record):
            record, done = found, done + 1
            if progress is not None:
                progress(done, total)
    if record is None:
        raise ValueError("there is no replication to watch")
    return record.observation()


def _run(
    watch: Watch, units: Sequence[Unit], pieces: Sequence[Sequence[ResolvedArm]], record: Record | None
) -> Iterator[Record | None]:
    """Run all arms of some replications, stack after stack; yield the record after each quarter."""
    warm = Engine.begin(watch.scenario, [u.seed for u in units])
    while warm.day < warm.warm_up:
        warm.step()
        if warm.day == warm.warm_up:
            record = record or Record.of(watch, warm.state)
        if warm.day % QUARTER_DAYS == 0 or warm.day == warm.warm_up:
            yield record
    record = record or Record.of(watch, warm.state)
    replications = np.array([u.replication for u in units], dtype=np.int64)
    for arms in pieces:
        for _ in _watch(watch, warm, replications, arms, record):
            yield record


def _watch(
    watch: Watch, warm: Engine, replications: I8, arms: Sequence[ResolvedArm], record: Record
) -> Iterator[int]:
    """Run some arms of warmed-up replications in one stack; yield each quarter when it is over."""
    first, names = warm.warm_up, tuple(arm.name for arm in watch.arms)
    places = [names.index(arm.name) for arm in arms]
    for place in places:
        # where they branch all arms are alike
        alike = Stack(names, np.full(len(replications), place), replications, first)
        record.stands(warm.state, alike, 0, float(first))
    runs = [(i, place) for i in range(len(replications)) for place in places]
    engine = warm.branch([i for i, _ in runs], [watch.arms[place].mechanisms for _, place in runs])
    stack = Stack(names, np.array([p for _, p in runs]), replications[[i for i, _ in runs]], first)
    passages, teller = Passages(), Teller()
    record.ties.start(float(first))
    teller.start(engine.state, float(first))
    for quarter, end in enumerate(watch.days[1:], start=1):
        while engine.day < first + end:
            engine.step()
            if engine.day % LOOK_DAYS == 0:
                day = float(engine.day)
                record.ties.look(engine.state, day)
                passages.look(engine.state.cases, day)
                teller.look(engine.state, day)
        record.stands(engine.state, stack, quarter, float(engine.day))
        yield quarter
    record.happened(engine.state, stack, passages, teller)
