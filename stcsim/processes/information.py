"""Information on its way: received by accumulated hazard, read by working hours, stale in the end.

The hazard that a holder receives an item is integrated piecewise exactly against one keyed exponential per
(item, holder), so a channel's delay is exponential with mean ``1 / (lambda * T)`` whatever the step. Only the
mailbox is opened once a day, the sub-step: what is received and not read is not known and goes no further.

Pairs (holder, item) are addressed by one flat index (`state.items`); a pair's hazard changes only when a
neighbour reads, so the work of a day grows with what is read, not with holders times items.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from stcsim.draws import F8, I8, Draws, compiled
from stcsim.processes.channels import Bill, Hazards, Readings, edges_of, item_class, settle, spread
from stcsim.processes.hours import manned
from stcsim.processes.mail import HERE, READ, Mail, within_reach
from stcsim.processes.new_items import be_born
from stcsim.processes.rows import ordinals
from stcsim.state.state import YEAR_DAYS, State, When

READING_WEEKS = 4.0
"""Reading time that is not used is kept for at most this many weeks. Assumed."""
_ROUNDING = np.array(1e-9)
_A_STEP, _A_LETTER = 60_000, 150
"""What NumPy takes longer than compiled loops for the days of a step and for each letter, in words hashed."""


class _Time(NamedTuple):
    """Time for reading, in items, shape (holders,) each.

    Parameters
    ----------
    credit : that each holder has; used up in place
    each_day : what a day adds
    most : what is kept at most
    """

    credit: F8
    each_day: F8
    most: F8


def step_information(state: State, draws: Draws, when: When) -> None:
    """Let items that were announced be born; let items arrive and be read, day by day.

    What is read becomes known, and what is sent is paid for, at the end: nothing in between asks.
    """
    items = state.items
    done, sent = be_born(state, draws, when, items.announced)
    items.announced = []
    end, capacity = float(when.end), reading_capacity(state)
    most = np.maximum(capacity * (READING_WEEKS * 7 / YEAR_DAYS), 1.0)
    time = _Time(state.holders.reading, capacity / YEAR_DAYS, most)
    # mail of those who will not have the time for a single item in this step is left aside
    mailbox, in_all = items.unread(), time.credit + time.each_day * when.days
    idle = (in_all < 1 - 1e-6)[items.rows(mailbox, mailbox // items.holders)]
    aside, mailbox = mailbox[idle], mailbox[~idle]
    # and so is what they cannot come to in this step, since it stands behind more than they can read
    near = within_reach(state, mailbox, np.floor(in_all) + 1)
    aside, mailbox = np.concatenate([aside, mailbox[~near]]), mailbox[near]
    waiting = items.due(end)
    come = np.concatenate([np.full(len(mailbox), HERE), items.crossing.reshape(-1)[waiting]])
    mail = Mail.of(state, np.concatenate([mailbox, waiting]), come)
    kernels = compiled.form("stcsim.processes.reading_kernels", _A_STEP + _A_LETTER * len(mail.pair))
    if kernels is None:
        left = _days(state, when, mail, time, done, sent)
    else:
        left = _looped(kernels, state, when, mail, time, done, sent)
    settle(state, when, done, sent)
    items.mailbox = np.sort(np.concatenate([aside, left]), kind="stable")


def _days(state: State, when: When, mail: Mail, time: _Time, done: list[I8], sent: list[Bill]) -> I8:
    """Let mail arrive and be read, day by day.

    Parameters
    ----------
    time : what is used of it is taken
    done, sent : are added to, day by day: what is read, and whom that costs hours (`channels.settle`)

    Returns
    -------
    pairs that have arrived and were not read
    """
    hazards, read, end = Hazards.of(state.items), state.items.read.reshape(-1), float(when.end)
    credit, each_day, most = time
    unread = 0
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
        mail.come[chosen] = READ
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
            mail = mail.joined(state, Mail.of(state, opened.soon, hazards.crossing[opened.soon]))
    return np.asarray(mail.pair[(mail.come == HERE).nonzero()[0]])


def _looped(
    kernels: Any, state: State, when: When, mail: Mail, time: _Time, done: list[I8], sent: list[Bill]
) -> I8:
    """Do what `_days` does in compiled loops."""
    items = state.items
    alive = items.alive.reshape(-1).nonzero()[0]
    classes = np.zeros(items.alive.size, dtype=np.int64)
    classes[alive] = item_class(state, alive)
    pairs, row, edge, which, bounds, left, expected = kernels.days(
        *Hazards.of(items),
        items.read.reshape(-1),
        *edges_of(state),
        *(column.reshape(-1) for column in (items.reliability, items.born, items.key)),
        classes,
        items.holders,
        items.slots,
        *time,
        mail.pair,
        mail.readings.row,
        mail.come,
        when.day,
        when.end,
        items.looked_until,
    )
    items.expected.append(expected)
    row, item = row[which], pairs[which] // items.holders
    (readings, opened), *others = bounds.tolist()
    for until_reading, until_edge in others:
        if until_reading > readings:
            done.append(pairs[readings:until_reading])
        if until_edge > opened:
            today = slice(opened, until_edge)
            sent.append((edge[today], row[today], item[today]))
        readings, opened = until_reading, until_edge
    return np.asarray(left)


def reading_capacity(state: State) -> F8:
    """Return the items a year that each holder can read, shape (holders,)."""
    holders = state.holders
    p = state.at(holders)
    analysts = manned(holders.staff * holders.analyst_share, holders.added_analysts)
    hours = p.coordination.hours_per_fte * analysts * holders.available * p.information.reading_share
    return np.asarray(hours / p.information.hours_per_item)
