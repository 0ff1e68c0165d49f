"""Mail: what may be read in a step, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.channels import Hazards, Readings, item_class
from stcsim.processes.rows import ordinals
from stcsim.state.items import Items
from stcsim.state.populations import B1
from stcsim.state.state import State

_LEVELS = 64
# Arrays without axes: NumPy takes them at once, and ponders over the type of a number at each call.
HERE, READ = (np.array(x) for x in (-np.inf, np.inf))
"""What stands for the day on which something comes that has come, and that was read."""


@dataclass
class Mail:
    """Pairs that may be read in a step, by reader and each reader's in the order of reading.

    The most reliable and newest are read first.

    Parameters
    ----------
    pair : holder and item, shape (n,)
    come : day on which each arrives, -inf once it has, inf once it is read, shape (n,)
    readings : the same pairs as what is read by whom
    """

    pair: I8
    come: F8
    readings: Readings

    @classmethod
    def of(cls, state: State, pair: I8, come: F8) -> Mail:
        """Return pairs in order."""
        items = state.items
        item = pair // items.holders
        row = items.rows(pair, item)
        key, born, reliability = (a.reshape(-1)[item] for a in (items.key, items.born, items.reliability))
        order = np.lexsort((key, -born, -reliability, row))
        item = item[order]
        found = Readings(row[order], item, item_class(state, item))
        return cls(pair[order], come[order], found)

    def arrive(self, hazards: Hazards, here: I8) -> None:
        """Let those of the places `here` that are on their way be received."""
        fresh = here[self.come[here] > HERE]
        pair = self.pair[fresh]
        hazards.received[pair] = hazards.crossing[pair]
        hazards.crossing[pair] = np.inf
        hazards.rate[pair] = 0.0
        self.come[fresh] = HERE

    def look_again(self, hazards: Hazards) -> None:
        """Set anew when those arrive that are on their way."""
        under_way = ((self.come > HERE) & (self.come < READ)).nonzero()[0]
        self.come[under_way] = hazards.crossing[self.pair[under_way]]

    def joined(self, state: State, late: Mail) -> Mail:
        """Return the mail with some more, each in its place."""
        row, others = late.readings.row, self.readings.row
        start = others.searchsorted(row)
        number = others.searchsorted(row, side="right") - start
        new = ordinals(len(row)).repeat(number)
        old = ordinals(len(new)) + (start + number - np.add.accumulate(number))[new]
        ahead = _ahead(state.items, self.readings.item[old], late.readings.item[new])
        place = start + np.bincount(new, weights=ahead, minlength=len(row)).astype(np.int64)
        order = np.empty(len(others) + len(row), dtype=np.int64)
        mine = np.ones(len(order), dtype=np.bool_)
        at = place + ordinals(len(row))
        mine[at] = False
        order[at] = ordinals(len(order))[len(others) :]
        order[mine] = ordinals(len(others))

        def merged(mine: Any, others: Any) -> Any:
            return np.concatenate([mine, others])[order]

        return Mail(
            merged(self.pair, late.pair),
            merged(self.come, late.come),
            Readings(*map(merged, self.readings, late.readings)),
        )


def within_reach(state: State, pair: I8, most: F8) -> B1:
    """Whether each pair of standing mail may be among those that its reader reads first, shape (n,).

    Those at better levels of reliability are counted, not put in order: whatever else arrives, a pair behind
    `most` of them is not read. Readers who can read all that they have are not looked at.

    Parameters
    ----------
    pair : holder and item, shape (n,)
    most : how many each holder may read, shape (holders,)
    """
    items = state.items
    item = pair // items.holders
    row = items.rows(pair, item)
    crowded = np.bincount(row, minlength=len(most)) > most
    near = ~crowded[row]
    at = np.flatnonzero(~near)
    if not len(at):
        return near
    row = row[at]
    reliability = items.reliability.reshape(-1)[item[at]]
    best = reliability.max()
    # a monotone function of reliability, whatever is rounded
    level = ((best - reliability) * (_LEVELS / max(best - reliability.min(), 1e-9))).astype(np.int64)
    group = (np.cumsum(crowded) - 1)[row] * (_LEVELS + 1) + level
    number = np.bincount(group, minlength=np.count_nonzero(crowded) * (_LEVELS + 1))
    number = number.reshape(-1, _LEVELS + 1)
    better = (np.cumsum(number, axis=1) - number).reshape(-1)
    near[at] = better[group] < most[row]
    return near


def _ahead(items: Items, item: I8, other: I8) -> B1:
    """Whether an item is read before another, shape (n,)."""
    (key, by), (born, since), (reliability, than) = (
        (a[item], a[other]) for a in (x.reshape(-1) for x in (items.key, items.born, items.reliability))
    )
    newer = (born > since) | ((born == since) & (key <= by))
    return np.asarray((reliability > than) | ((reliability == than) & newer))
