"""Channels: which items they carry, what a reader's sending does to the hazards of others, what it costs.

The hazard that holder h receives item i is the sum over readers u of ``lambda_uh * T_uh * allowed(u, h,
i)``; it changes where somebody reads, pair by pair. Sending costs hours of the sender.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import F8, I8
from stcsim.processes.knowledge import note_reading
from stcsim.processes.rows import ordinals, sums
from stcsim.state.compiled import CLASSES
from stcsim.state.items import Items
from stcsim.state.populations import B1, LAW_INDEX
from stcsim.state.state import State, When

OWN_NATIONAL = HANDLINGS.index("own_national")
ORIGINATOR = HANDLINGS.index("originator_controlled")
CLOSED, STOPPED, TORN = 32, 64, 128
"""Bits of an item's class: a data law keeps it at home; vetting stops it; a tear-line of it is of use."""
# Arrays without axes: NumPy takes them at once, and ponders over the type of a number at each call.
_HANDLING, _KEPT_HOME = np.array(3 << 3), np.array(OWN_NATIONAL << 3)
_ZERO, _NEVER = np.array(0.0), np.array(np.inf)


def item_class(state: State, item: I8) -> I8:
    """Return the class of items that share the edges they may use, shape like `item`.

    Bits: category (3), handling (2), whether borders are closed to it by the data law of its origin, whether
    vetting stops it, whether a tear-line of it keeps enough to be of use.

    Parameters
    ----------
    item : flat indices of items, ``run * slots + slot``
    """
    items, countries = state.items, state.countries
    classes = items.traits.reshape(-1)[item]
    kept = (classes & _HANDLING == _KEPT_HOME).nonzero()[0]
    if not len(kept):
        return classes
    item = item[kept]
    home = items.country.reshape(-1)[item]
    country = item // items.slots * countries.n + np.maximum(home, 0)
    open_ = countries.law[:, LAW_INDEX["shares_data_on_nationals"]][country]
    classes[kept] += CLOSED * ((home >= 0) & ~open_)
    return classes


def traits(state: State, luck: F8, run: I8, category: Any, truth: Any, handling: Any) -> I8:
    """Return what never changes of the class of new items, shape (n,).

    Parameters
    ----------
    luck : of each at vetting, and with its tear-line, shape (2, n)
    """
    p = state.values.at(run).information
    stopped = ~np.asarray(truth) & (luck[0] < p.vetting_removes)
    torn = (np.asarray(handling) == ORIGINATOR) & (luck[1] >= p.tearline_loss)
    return np.asarray(category + 8 * handling + STOPPED * stopped + TORN * torn, dtype=np.int64)


def edges_open(state: State, edges: Any, classes: Any) -> Any:
    """Whether each edge carries an item of each class; `edges` and `classes` broadcast."""
    return _carried()[state.compiled.edge_line[edges] + classes]


@cache
def _carried() -> B1:
    """Whether an edge of each sort carries an item of each class; flat, at `Compiled.edge_line` plus class.

    At home every caveat but the originator's travels on every channel; across a border a channel carries
    what its handling lists, and what the origin's data law does not keep at home. Where items are vetted,
    one that its originator controls goes on as a tear-line, if that keeps enough to be of use.
    """
    sort = np.arange(1 << (len(CATEGORIES) + len(HANDLINGS) + 2))[:, None]
    vetted, crosses, rest = sort % 2 == 1, sort // 2 % 2 == 1, sort // 4
    classes = np.arange(CLASSES)[None, :]
    category, handling = classes % 8, classes // 8 % 4
    closed, stopped, torn = (classes & bit > 0 for bit in (CLOSED, STOPPED, TORN))
    may = (rest >> handling) % 2 == 1
    carries = (rest >> len(HANDLINGS) >> category) % 2 == 1
    passes = (~crosses & (handling != ORIGINATOR)) | may | (vetted & torn)
    return np.asarray((carries & passes & ~(crosses & closed) & ~(vetted & stopped)).reshape(-1))


class Hazards(NamedTuple):
    """Flat views of what there is of every pair (holder, item), at the index of the pair."""

    heard: F8
    rate: F8
    since: F8
    clock: F8
    crossing: F8
    received: F8

    @classmethod
    def of(cls, items: Items) -> Hazards:
        """Return the views; they hold until slots are added."""
        return cls(*[getattr(items, name).reshape(-1) for name in cls._fields])


class Readings(NamedTuple):
    """Items just read: who read what, and the class of each; all of shape (n,).

    Parameters
    ----------
    row : holder rows
    item : flat indices of items, ``run * slots + slot``
    classes : `item_class` of these
    """

    row: I8
    item: I8
    classes: I8


class Sent(NamedTuple):
    """Channels that readings have opened.

    Parameters
    ----------
    edge : which, shape (m,)
    which : reading that opened each, shape (m,)
    soon : pairs that for that are due before the end of the step, and were not
    moved : whether any that was due in it is due on another day for that
    """

    edge: I8
    which: I8
    soon: I8
    moved: bool


_NONE: I8 = np.zeros(0, dtype=np.int64)
_NOTHING = Sent(_NONE, _NONE, _NONE, False)


def spread(state: State, hazards: Hazards, readings: Readings, time: Any, end: float) -> Sent:
    """Open the channels of those who have just read.

    Parameters
    ----------
    time : time of reading; one number, or one per reading where no item occurs twice
    end : of the step
    """
    c, row = state.compiled, readings.row
    number = c.edge_number[row]
    which = ordinals(len(row)).repeat(number)
    if not len(which):
        return _NOTHING
    edge = ordinals(len(which)) + (c.edge_end[row] - np.add.accumulate(number))[which]
    pair = (readings.item * state.holders.n)[which] + c.edge_local(state.holders.n)[edge]
    # who has received it needs it no more
    open_ = edges_open(state, edge, readings.classes[which]) & (hazards.received[pair] == _NEVER)
    new = open_.nonzero()[0]
    if not len(new):
        return _NOTHING
    edge, which, pair = edge[new], which[new], pair[new]
    more = c.edge_rate[edge]
    if isinstance(time, np.ndarray):
        time = time[which]
    order = pair.argsort(kind="stable")
    ranked = pair[order]
    other = ranked[1:] != ranked[:-1]
    if np.count_nonzero(other) < len(other):
        # channels that reach a pair at once are added up in the order of their senders
        first = np.concatenate([[True], other])
        group = np.empty_like(order)
        group[order] = np.add.accumulate(first) - 1
        more = np.bincount(group, weights=more)
        first = order[first]
        pair = pair[first]
        if isinstance(time, np.ndarray):
            time = time[first]
    return Sent(edge, which, *_hasten(state, hazards, pair, more, time, end))


def edges_of(state: State) -> tuple[I8, I8, F8, I8, B1]:
    """Return what compiled loops need of channels: starts, ends, rates, lines, and what a line carries."""
    c = state.compiled
    return c.edge_start, c.edge_local(state.holders.n), c.edge_rate, c.edge_line, _carried()


def _hasten(state: State, hazards: Hazards, pair: I8, more: F8, time: Any, end: float) -> tuple[I8, bool]:
    """Add to the hazards of distinct pairs; return which are due now (`Sent.soon`, `Sent.moved`)."""
    heard, rate, since, clock, crossing, _ = hazards
    before, old = rate[pair], crossing[pair]
    now = before + more
    reached = heard[pair] + before * (time - since[pair])
    left = np.maximum(clock[pair] - reached, _ZERO)
    if state.compiled.all_pass:
        due = time + left / now
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            due = np.where(now > 0, time + left / now, np.inf)
    heard[pair], rate[pair], since[pair], crossing[pair] = reached, now, time, due
    state.items.expected.append(pair)
    near = (np.minimum(due, old) < end).nonzero()[0]
    if not len(near):
        return _NONE, False
    was = old[near] < end
    return pair[near[~was]], bool(np.count_nonzero(was))


Bill = tuple[I8, I8, I8]
"""Channels opened in one turn, and by whom with which item each, all of shape (m,)."""


def settle(state: State, when: When, read: Sequence[I8], sent: Sequence[Bill]) -> None:
    """Take note of what was read, and charge the hours of sending, turn by turn.

    Parameters
    ----------
    read : pairs read in each turn
    sent : what was sent in each turn
    """
    if read:
        pairs = np.concatenate(read)
        turn = np.arange(len(read)).repeat([len(p) for p in read])
        note_reading(state, pairs, state.items.read.reshape(-1)[pairs], turn)
    if sent:
        edge, row, item = (np.concatenate(parts) for parts in zip(*sent, strict=True))
        turn = np.arange(len(sent)).repeat([len(bill[0]) for bill in sent])
        _charge(state, when, edge, row, item, turn, len(sent))


def _charge(state: State, when: When, edge: I8, row: I8, item: I8, turn: I8, turns: int) -> None:
    """Hours of sending: per exchange that probably comes about while the item lives, a hub's dispatch once.

    The chance that a channel of rate r passes the item on within its life L is ``1 - exp(-r L)``.

    Parameters
    ----------
    edge : channels opened, shape (m,)
    row, item : who opened each, by reading what
    turn : turn in which each was opened; what is of one turn is charged together
    turns : how many there are
    """
    holders, c, size = state.holders, state.compiled, len(state.holders.key)
    left = np.maximum(state.items.expires.reshape(-1)[item] - when.day, 0.0)
    hours = c.edge_hours[edge] * (1 - np.exp(-c.edge_rate[edge] * left))
    payer = turn * size + row
    spent = sums(payer, hours, turns * size).reshape(turns, size)
    reasons: dict[str, F8] = {"exchange": spent}
    if c.any_vetted:
        # an item is vetted once, however many channels it goes out by
        vetted = c.edge_vetted[edge].nonzero()[0]
        items = state.items.alive.size
        sent = np.unique(payer[vetted] * items + item[vetted]) // items
        number = np.bincount(sent, minlength=turns * size).reshape(turns, size)
        reasons["vetting"] = np.asarray(
            number * state.at(holders).information.vetting_hours, dtype=np.float64
        )
        spent = spent + reasons["vetting"]
    state.ledger.spend_in_turns(when.month, reasons)
    for taken in spent:
        holders.hours_before += taken
