"""Items of information are born: their origin has read them, everybody else's clock starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from stcsim.draws import F8, I8, U64, Draws, keys_of, mix
from stcsim.processes.channels import (
    CLOSED,
    Bill,
    Hazards,
    Readings,
    item_class,
    settle,
    spread,
    traits,
)
from stcsim.state.state import YEAR_DAYS, State, When

RELIABILITY = {True: 1.0, False: 0.4}
"""Mean reliability shown for a true and a false item, before noise. Assumed."""
_LUCK = ("vetting", "tear_line", "reliability")
"""What is drawn of each new item at once."""


@dataclass
class Birth:
    """Items that one source brings up; what is no array holds for all of them.

    Parameters
    ----------
    run : run of each item, shape (n,)
    key : keys of their causes
    origin : row of the holder where each is born
    day : day of birth
    subject : index within the run of what it is about
    home : index within the run of the subject's country, -1 where none
    reliability : what holders are shown; where not given, noisy around the mean of true or of false items
    above : by how much that is more
    part : where given, the hours of passing items on are charged part by part
    """

    run: I8
    key: U64
    origin: I8
    day: F8 | float
    category: Any
    subject_kind: Any
    subject: Any
    generation: Any
    home: Any
    truth: Any
    handling: Any
    reliability: Any = None
    above: float = 0.0
    part: I8 | None = None


_AS_GIVEN = ("key", "category", "subject_kind", "subject", "generation", "home", "truth", "handling")


def announce(state: State, birth: Birth) -> None:
    """Let items be born when information moves next, with all others of the step."""
    if len(birth.run):
        state.items.announced.append(birth)


def bear(state: State, draws: Draws, when: When, birth: Birth) -> None:
    """Let items be born at once."""
    if len(birth.run):
        settle(state, when, *be_born(state, draws, when, [birth]))


def be_born(state: State, draws: Draws, when: When, births: Sequence[Birth]) -> tuple[list[I8], list[Bill]]:
    """Let items be born, and open the channels of their origins.

    Returns
    -------
    what the origins have read, and whom it costs hours, in turns (`channels.settle`)
    """
    if not births:
        return [], []
    items, holders = state.items, state.holders
    number = [len(b.run) for b in births]
    run, origin, key = (
        np.concatenate(parts) for parts in zip(*((b.run, b.origin, b.key) for b in births), strict=True)
    )
    slot = items.reserve(run)
    item = run * items.slots + slot
    columns = [(name, getattr(items, name).reshape(-1)) for name in _AS_GIVEN]
    p = state.values.at(run).information
    luck = draws.uniform(_LUCK, 0, key)
    days, noise = np.empty(len(run)), np.asarray(p.reliability_noise) * ndtri(luck[2])
    truth = items.truth.reshape(-1)
    reliability = np.empty(len(run))
    stop = 0
    for b, n in zip(births, number, strict=True):
        start, stop = stop, stop + n
        mine = slice(start, stop)
        for name, column in columns:
            column[item[mine]] = getattr(b, name)
        days[mine] = b.day
        if b.reliability is None:
            mean = np.where(truth[item[mine]], RELIABILITY[True], RELIABILITY[False])
            reliability[mine] = mean + noise[mine] + b.above
        else:
            reliability[mine] = b.reliability
    country = holders.country[origin]
    category, handling = items.category.reshape(-1)[item], items.handling.reshape(-1)[item]
    for name, value in (
        ("alive", True),
        ("origin", origin % holders.n),
        ("country", np.where(country >= 0, country % max(1, state.countries.n), -1)),
        ("born", days),
        ("expires", days + np.asarray(p.item_life) * YEAR_DAYS),
        ("reliability", reliability),
        ("traits", traits(state, luck, run, category, truth[item], handling)),
    ):
        getattr(items, name).reshape(-1)[item] = value
    # a free slot has no hazard, and nobody has received what is in it
    hazards, read = Hazards.of(items), items.read.reshape(-1)
    shape = (-1, holders.n)
    clock = draws.clock("receive", mix(key[:, None], keys_of(holders.ids)[None, :]))
    hazards.clock.reshape(shape)[item] = clock
    hazards.since.reshape(shape)[item] = days[:, None]
    born = item * holders.n + origin % holders.n
    hazards.received[born] = days
    read[born] = days
    classes = item_class(state, item)
    state.ledger.add("items_born", when.month, run)
    state.ledger.add("items_blocked", when.month, run[(classes & CLOSED).nonzero()[0]])
    sent = spread(state, hazards, Readings(origin, item, classes), days, float(when.end))
    return [born], _bills(births, number, sent.edge, sent.which, origin, item)


def _bills(
    births: Sequence[Birth], number: Sequence[int], edge: I8, which: I8, origin: I8, item: I8
) -> list[Bill]:
    """Return what each birth, and each part of one, has sent: channels, by whom, what."""
    if len(births) == 1 and births[0].part is None:
        return [(edge, origin[which], item[which])] if len(edge) else []
    turn = np.empty(len(item), dtype=np.int64)
    stop = turns = 0
    for b, n in zip(births, number, strict=True):
        start, stop = stop, stop + n
        turn[start:stop] = turns if b.part is None else turns + b.part
        turns = 1 + int(turn[start:stop].max())
    of_edge = turn[which]
    out = []
    for one in sorted(set(of_edge.tolist())):
        mine = (of_edge == one).nonzero()[0]
        out.append((edge[mine], origin[which[mine]], item[which[mine]]))
    return out
