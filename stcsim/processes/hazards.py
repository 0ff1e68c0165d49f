"""Hazards of information after the structure was compiled: all set anew, from everybody who has read.

The hazard that holder h receives item i is the sum over readers u of ``pace_uh known_ui``, where pace is the
sum over the channels from u to h that are open to the item. Few items have many readers, so each reading is
followed over the links of its reader; the paces of links are worked out once for each kind of items.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from stcsim.draws import F8, I8
from stcsim.processes.channels import edges_open, item_class
from stcsim.state.items import Items
from stcsim.state.state import State

ROUNDING = 1e-9
"""Hazards that differ by less than this share are taken as equal."""
AT_ONCE = 1 << 15
"""Links that are followed at once, about: their numbers fit a processor's cache."""


@dataclass(frozen=True)
class _Links:
    """Who may pass on to whom: all channels from one holder to another together, sorted by sender.

    Parameters
    ----------
    start, number : where the links of each holder stand, and how many it has, shape (holders,)
    receiver : index of the holder at the other end within the run, shape (L,)
    pace : sum of the channels that are open to each kind of items, 1/day, shape (L, kinds)
    """

    start: I8
    number: I8
    receiver: I8
    pace: F8


def recompute_rates(state: State, day: float) -> None:
    """Set all hazards anew after the structure was compiled.

    Sums are taken in the order of senders, so one more body changes no bit for the others: what it does not
    send adds nothing.
    """
    items = state.items
    alive = items.alive.reshape(-1).nonzero()[0]
    if not len(alive) or not items.holders:
        return
    classes, of_class = np.unique(item_class(state, alive), return_inverse=True)
    links, of_kind = _links(state, classes)
    kind = np.zeros(items.alive.size, dtype=np.int64)
    kind[alive] = of_kind[of_class]
    known = np.isfinite(items.read)
    known &= items.alive[:, :, None]
    fresh = np.zeros(items.read.size)
    _follow(links, items, known.reshape(-1).nonzero()[0], kind, fresh)
    _change_rates(items, fresh, day)
    items.look_again()


def _links(state: State, classes: I8) -> tuple[_Links, I8]:
    """Return the links in force, and the kind of each class; classes that no channel tells apart are one."""
    c = state.compiled
    _, one, sort = np.unique(c.edge_line, return_index=True, return_inverse=True)
    allowed, kind = np.unique(edges_open(state, one, classes[:, None]), axis=0, return_inverse=True)
    u, v = c.edge_from, c.edge_to
    new = np.ones(len(u), dtype=np.bool_)
    new[1:] = (u[1:] != u[:-1]) | (v[1:] != v[:-1])
    first, link = new.nonzero()[0], np.cumsum(new) - 1
    each = allowed.T[sort] * c.edge_rate[:, None]
    pace = each[first]
    # parallel channels, in their order
    turn = np.arange(len(u)) - first[link]
    for k in range(1, 1 + int(turn.max(initial=0))):
        more = (turn == k).nonzero()[0]
        pace[link[more]] += each[more]
    number = np.bincount(u[first], minlength=len(state.holders.key))
    return _Links(np.cumsum(number) - number, number, v[first] % state.holders.n, pace), kind.reshape(-1)


def _follow(links: _Links, items: Items, reading: I8, kind: I8, fresh: F8) -> None:
    """Add to hazards what each reading sends over its reader's links, in the order of readings.

    Parameters
    ----------
    reading : pairs (item, holder) that were read, flat and in order, shape (n,)
    kind : of each item, flat
    fresh : hazards of pairs, flat; written
    """
    item = reading // items.holders
    first = item * items.holders
    sender = items.rows(reading, item)
    number, start, kinds = links.number[sender], links.start[sender], links.pace.shape[1]
    cell, pace = start * kinds + kind[item], links.pace.reshape(-1)
    before = np.cumsum(number) - number
    bounds = before.searchsorted(np.arange(0, int(number.sum()) + AT_ONCE, AT_ONCE))
    for low, high in pairwise(bounds.tolist()):
        part = slice(low, high)
        times = number[part]
        nth = np.arange(int(times.sum())) - (before[part] - before[part][:1]).repeat(times)
        pair = links.receiver.take(start[part].repeat(times) + nth)
        pair += first[part].repeat(times)
        nth *= kinds
        nth += cell[part].repeat(times)
        np.add.at(fresh, pair, pace.take(nth))


def _change_rates(items: Items, fresh: F8, day: float) -> None:
    """Take over hazards of living items that have changed; one that is equal up to rounding stays as it is.

    So compiling at a time at which nothing has changed for a run, as happens when it is stacked with others,
    changes nothing in it, bit for bit. Who has received an item has no hazard of it any more.

    Parameters
    ----------
    fresh : hazards of pairs had nobody received anything, flat
    """
    # most are what they were, and only for the others the rounding has to be looked at
    pairs = (fresh != items.rate.reshape(-1)).nonzero()[0]
    pairs = pairs[items.alive.reshape(-1)[pairs // items.holders]]
    rate = np.where(np.isfinite(items.received.take(pairs)), 0.0, fresh.take(pairs))
    before = items.rate.take(pairs)
    changed = np.abs(rate - before) > ROUNDING * (rate + before)
    pairs, rate, before = pairs[changed], rate[changed], before[changed]
    heard = items.heard.take(pairs) + before * (day - items.since.take(pairs))
    left = np.maximum(items.clock.take(pairs) - heard, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(rate > 0, day + left / rate, np.inf)
    for column, value in ((items.heard, heard), (items.rate, rate), (items.crossing, crossing)):
        column.reshape(-1)[pairs] = value
    items.since.reshape(-1)[pairs] = day
