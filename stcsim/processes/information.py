"""Information on its way: received by accumulated hazard, read by working hours, stale in the end.

The hazard that a holder receives an item is integrated piecewise exactly against one keyed exponential per
(item, holder), so a channel's delay is exponential with mean ``1 / (lambda * T)`` whatever the step. Only the
mailbox is opened once a day, the sub-step: what is received and not read is not known and goes no further.

Pairs (holder, item) are addressed by one flat index (`state.items`); a pair's hazard changes only when a
neighbour reads, so the work of a day grows with what is read, not with holders times items.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from stcsim.draws import F8, I8, Draws
from stcsim.processes.channels import (
    Hazards,
    Readings,
    item_class,
    settle,
    spread,
)
from stcsim.processes.hours import manned
from stcsim.processes.new_items import be_born
from stcsim.processes.rows import ordinals
from stcsim.state.items import Items
from stcsim.state.populations import B1
from stcsim.state.state import YEAR_DAYS, State, When

READING_WEEKS = 4.0
"""Reading time that is not used is kept for at most this many weeks. Assumed."""
_LEVELS = 64
# Arrays without axes: NumPy takes them at once, and ponders over the type of a number at each call.
_HERE, _READ, _ROUNDING = (np.array(x) for x in (-np.inf, np.inf, 1e-9))


@dataclass
class _Mail:
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
    def of(cls, state: State, pair: I8, come: F8) -> _Mail:
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
        fresh = here[self.come[here] > _HERE]
        pair = self.pair[fresh]
        hazards.received[pair] = hazards.crossing[pair]
        hazards.crossing[pair] = np.inf
        hazards.rate[pair] = 0.0
        self.come[fresh] = _HERE

    def look_again(self, hazards: Hazards) -> None:
        """Set anew when those arrive that are on their way."""
        under_way = ((self.come > _HERE) & (self.come < _READ)).nonzero()[0]
        self.come[under_way] = hazards.crossing[self.pair[under_way]]

    def joined(self, state: State, late: _Mail) -> _Mail:
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

        return _Mail(
            merged(self.pair, late.pair),
            merged(self.come, late.come),
            Readings(*map(merged, self.readings, late.readings)),
        )


def _within_reach(state: State, pair: I8, most: F8) -> B1:
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


def step_information(state: State, draws: Draws, when: When) -> None:
    """Let items that were announced be born; let items arrive and be read, day by day.

    What is read becomes known, and what is sent is paid for, at the end: nothing in between asks.
    """
    items, credit = state.items, state.holders.reading
    done, sent = be_born(state, draws, when, items.announced)
    items.announced = []
    hazards, read, end = Hazards.of(items), items.read.reshape(-1), float(when.end)
    capacity = reading_capacity(state)
    each_day, most = capacity / YEAR_DAYS, np.maximum(capacity * (READING_WEEKS * 7 / YEAR_DAYS), 1.0)
    # mail of those who will not have the time for a single item in this step is left aside
    mailbox = items.unread()
    idle = (credit + each_day * when.days < 1 - 1e-6)[items.rows(mailbox, mailbox // items.holders)]
    aside, mailbox = mailbox[idle], mailbox[~idle]
    # and so is what they cannot come to in this step, since it stands behind more than they can read
    near = _within_reach(state, mailbox, np.floor(credit + each_day * when.days) + 1)
    aside, mailbox = np.concatenate([aside, mailbox[~near]]), mailbox[near]
    waiting = items.due(end)
    come = np.concatenate([np.full(len(mailbox), _HERE), hazards.crossing[waiting]])
    mail = _Mail.of(state, np.concatenate([mailbox, waiting]), come)
    unread = len(mailbox)
    for day in range(when.day, when.end):
        credit += each_day
        np.minimum(credit, most, out=credit)
        here = (mail.come < day + 1).nonzero()[0]
        if len(here) > unread:
            mail.arrive(hazards, here)
        reader = mail.readings.row[here]
        number = ordinals(1 + len(here))[1:] - reader.searchsorted(reader)
        chosen = here[(credit[reader] + _ROUNDING >= number).nonzero()[0]]
        unread = len(here) - len(chosen)
        if not len(chosen):
            continue
        mail.come[chosen] = _READ
        readings = Readings(*[a[chosen] for a in mail.readings])
        credit -= np.bincount(readings.row, minlength=len(credit))
        pairs = mail.pair[chosen]
        read[pairs] = day + 1
        done.append(pairs)
        opened = spread(state, hazards, readings, float(day + 1), end)
        if len(opened.edge):
            sent.append((opened.edge, readings.row[opened.which], readings.item[opened.which]))
        if opened.moved:
            mail.look_again(hazards)
        if len(opened.soon):
            mail = mail.joined(state, _Mail.of(state, opened.soon, hazards.crossing[opened.soon]))
    settle(state, when, done, sent)
    left = mail.pair[(mail.come == _HERE).nonzero()[0]]
    items.mailbox = np.sort(np.concatenate([aside, left]), kind="stable")


def reading_capacity(state: State) -> F8:
    """Return the items a year that each holder can read, shape (holders,)."""
    holders = state.holders
    p = state.at(holders)
    analysts = manned(holders.staff * holders.analyst_share, holders.added_analysts)
    hours = p.coordination.hours_per_fte * analysts * holders.available * p.information.reading_share
    return np.asarray(hours / p.information.hours_per_item)
