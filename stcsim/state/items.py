"""Items of information: slots per run, and what every holder has received and read.

An item sits in a slot `s` of its run until it goes stale; arrays have shape (runs, slots) for the item and
(runs, slots, holders) for what holders know: what there is of an item stands together. A pair of an item and
a holder is also addressed by one flat index, ``item * holders + index of the holder`` with ``item = run *
slots + slot``. Slots double when a run needs more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from stcsim.draws import F8, I8, U64
from stcsim.state.populations import B1
from stcsim.state.table import column, columns_of

NEVER = np.inf
_AHEAD = 28.0
"""Days for which pairs that will be due are looked up at once."""
_FEW = 1 << 16
"""Up to so many pairs, nothing is quicker than to look at all of them."""
SUBJECT_FRONT, SUBJECT_PARTY, SUBJECT_LIST, SUBJECT_PROCEDURE, SUBJECT_TECHNOLOGY = 0, 1, 2, 3, 4
"""What an item is about: a front company, an honest party or namesake, a list version, a border procedure, a
technology newly listed."""


@dataclass
class Items:
    """Items alive and who knows them.

    Attributes with shape (R, S) describe items, those with shape (R, S, H) what holders know.
    """

    alive: B1 = column()
    key: U64 = column()
    category: I8 = column("index into CATEGORIES", 0, 4)
    subject_kind: I8 = column("0 front, 1 party, 2 list, 3 procedure, 4 technology")
    subject: I8 = column("index within the run: front, version or country")
    generation: I8 = column("generation of the front")
    origin: I8 = column("index of the holder within the run")
    country: I8 = column("index of the country of the origin within the run, -1 international")
    home: I8 = column("index of the subject's country within the run, -1 none")
    born: F8 = column("days")
    expires: F8 = column("days")
    truth: B1 = column()
    reliability: F8 = column("score")
    handling: I8 = column("index into HANDLINGS")
    traits: I8 = column("bits")
    """What never changes of its class, which says what channels it may use."""
    clock: F8 = column("Exp(1)")
    """Threshold of the accumulated hazard to receive, per holder."""
    heard: F8 = column("-", 0)
    """Accumulated hazard."""
    rate: F8 = column("1/day", 0)
    """Hazard now."""
    since: F8 = column("days")
    """Day up to which the hazard is accumulated."""
    crossing: F8 = column("days")
    """Day on which the hazard will have reached its clock if nothing changes."""
    received: F8 = column("days")
    read: F8 = column("days")
    mailbox: I8 | None = None
    """Pairs (flat, in order) received and not read when it was last looked into; None where nobody has."""

    expected: list[I8] = field(default_factory=list)
    """Pairs among which all are that are due before `looked_until`, and those set anew since."""
    looked_until: float = -NEVER
    announced: list[Any] = field(default_factory=list)
    """Births of this step that are to come; what they are is said by the process that lets items be born."""

    _PER_HOLDER = ("clock", "heard", "rate", "since", "crossing", "received", "read")

    @classmethod
    def empty(cls, runs: int, holders: int, slots: int = 64) -> Self:
        """Return a pool without items."""
        made: dict[str, Any] = {}
        for f in columns_of(cls):
            shape = (runs, slots, holders) if f.name in cls._PER_HOLDER else (runs, slots)
            made[f.name] = np.full(shape, _FILL.get(f.name, 0), dtype=_TYPES[str(f.type)])
        return cls(**made)

    @property
    def slots(self) -> int:
        """Slots per run."""
        return int(self.alive.shape[1])

    @property
    def holders(self) -> int:
        """Holders per run."""
        return int(self.read.shape[2])

    def rows(self, pair: I8, item: I8) -> I8:
        """Return the holder rows of pairs of these items."""
        if len(self.alive) == 1:
            return pair - item * self.holders
        return pair - (item - item // self.slots) * self.holders

    def take(self, blocks: Sequence[int]) -> Self:
        """Return a copy with the given runs."""
        picked = np.asarray(blocks, dtype=np.int64)
        made: dict[str, Any] = {f.name: getattr(self, f.name)[picked] for f in columns_of(self)}
        return type(self)(**made)

    @classmethod
    def join(cls, pools: Sequence[Items]) -> Items:
        """Return one pool with the runs of all."""
        while len({p.slots for p in pools}) > 1:
            most = max(p.slots for p in pools)
            for p in pools:
                if p.slots < most:
                    p._grow()
        made: dict[str, Any] = {
            f.name: np.concatenate([getattr(p, f.name) for p in pools]) for f in columns_of(cls)
        }
        return cls(**made)

    def reserve(self, run: I8) -> I8:
        """Return a free slot for each new item, given its run; slots of a run are taken in order."""
        runs = len(self.alive)
        # free slots of all runs, one run after the other, and where those of each start
        free = (~self.alive.reshape(-1)).nonzero()[0]
        bound = free.searchsorted(np.arange(runs + 1) * self.slots)
        wanted = np.bincount(run, minlength=runs)
        if np.count_nonzero(wanted > bound[1:] - bound[:-1]):
            self._grow()
            return self.reserve(run)
        # in the order of runs, each takes the next one of its run
        start = bound[:-1] + wanted - np.add.accumulate(wanted)
        order = run.argsort(kind="stable")
        slot = np.empty_like(run)
        slot[order] = free[start[run[order]] + np.arange(len(run))]
        return slot - run * self.slots

    def unread(self) -> I8:
        """Return the pairs, as flat indices in order, that were received and not read."""
        received, read = self.received.reshape(-1), self.read.reshape(-1)
        if self.mailbox is None:
            return np.flatnonzero(np.isfinite(received) & np.isinf(read))
        return self.mailbox[np.isfinite(received[self.mailbox]) & np.isinf(read[self.mailbox])]

    def due(self, end: float) -> I8:
        """Return the pairs, in order, whose hazard will have reached its clock before a day."""
        crossing = self.crossing.reshape(-1)
        if len(crossing) <= _FEW:
            self.expected = []
            return (crossing < end).nonzero()[0]
        if end > self.looked_until:
            self.looked_until = end + _AHEAD
            pairs = (crossing < self.looked_until).nonzero()[0]
        else:
            pairs = np.concatenate(self.expected)
            pairs = np.sort(pairs[crossing[pairs] < self.looked_until])
            pairs = pairs[np.append(pairs[1:] != pairs[:-1], True)[: len(pairs)]]
        self.expected = [pairs]
        return np.asarray(pairs[crossing[pairs] < end])

    def look_again(self) -> None:
        """Let all pairs be looked at when it is next asked which are due: hazards were set anew."""
        self.looked_until = -NEVER

    def _grow(self) -> None:
        slots = self.slots
        self.mailbox = None
        self.look_again()
        for f in columns_of(self):
            old = getattr(self, f.name)
            more = np.full((len(old), slots, *old.shape[2:]), _FILL.get(f.name, 0), dtype=old.dtype)
            setattr(self, f.name, np.concatenate([old, more], axis=1))


_TYPES: dict[str, Any] = {"F8": np.float64, "I8": np.int64, "U64": np.uint64, "B1": np.bool_}
_FILL: dict[str, Any] = {
    "crossing": NEVER,
    "received": NEVER,
    "read": NEVER,
    "expires": -NEVER,
    "clock": NEVER,
}
