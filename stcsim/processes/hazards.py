"""Hazards of information after the structure was compiled: all set anew, in one product for all runs.

The hazard that holder h receives item i is the sum over readers u of ``pace_uh known_ui``, where pace is the
sum over the channels from u to h that are open to the item. Items of one run that may use the same channels
share their paces. Such a group is cut into blocks of so many items, so that the paces of all blocks of all
runs form one sparse matrix (block by block on its diagonal) and what is known one dense one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from stcsim.draws import F8, I8, Draws
from stcsim.processes.channels import edges_open, item_class
from stcsim.state.items import Items
from stcsim.state.populations import B1
from stcsim.state.state import State

ROUNDING = 1e-9
"""Hazards that differ by less than this share are taken as equal."""
NARROW, WIDE = 16, 128
"""Items in a block at most: more make fewer entries of the sparse matrix, fewer leave less of the dense one
empty."""


@dataclass(frozen=True)
class _Groups:
    """Items that may use the same channels of one run.

    Parameters
    ----------
    run : of each group, shape (G,)
    allowed : sorts of the run's channels that are open to its items, shape (G, sorts)
    member : group of each item that is alive
    """

    run: I8
    allowed: B1
    member: I8


def recompute_rates(state: State, draws: Draws, day: float) -> None:
    """Set all hazards anew after the structure was compiled.

    Sums are taken in the order of senders, and a channel that is closed is not added, so one more body
    changes no bit for the others.
    """
    items = state.items
    slots, holders = items.read.shape[1:]
    run, slot = np.nonzero(items.alive)
    if not len(run) or not holders:
        return
    sort, first = _sorts(state)
    groups = _groups(state, draws, run, slot, sort, first)
    size = np.bincount(groups.member, minlength=len(groups.run))
    # about as wide as the mean group; the sums of a column are the same whatever stands beside it
    width = NARROW
    while width < WIDE and 2 * width * len(size) <= len(run):
        width *= 2
    blocks = -(-size // width)
    of_block = np.repeat(np.arange(len(size)), blocks)
    pace = _paces(state, groups, of_block, sort)
    # items by group, and within it by number: which block they stand in and which column of it
    order = np.argsort(groups.member, kind="stable")
    number = _within(size)
    block = np.repeat(np.cumsum(blocks) - blocks, size) + number // width
    # the last block of a group repeats an item in the columns that are left over
    column = np.repeat(slot[order[np.cumsum(size) - 1]][of_block][:, None], width, axis=1)
    column[block, number % width] = slot[order]
    item = groups.run[of_block][:, None] * slots + column
    pairs = (item[:, None, :] * holders + np.arange(holders)[:, None]).reshape(-1, width)
    # looked at where they stand, and only then gathered: a truth is an eighth of a number
    known = np.isfinite(items.read).take(pairs).astype(np.float64)
    fresh = np.asarray(pace @ known)
    np.copyto(fresh, 0.0, where=np.isfinite(items.received).take(pairs))
    _change_rates(items, pairs, fresh, day)
    items.look_again()


def _sorts(state: State) -> tuple[I8, I8]:
    """Return each channel's sort (all of one sort carry the same items), and one channel of each sort."""
    c = state.compiled
    _, first, sort = np.unique(c.edge_line, return_index=True, return_inverse=True)
    return sort, first


def _groups(state: State, draws: Draws, run: I8, slot: I8, sort: I8, first: I8) -> _Groups:
    """Return the groups of items that are alive; items that no channel of their run tells apart are one."""
    classes, kind = np.unique(item_class(state, run * state.items.slots + slot), return_inverse=True)
    open_ = edges_open(state, first, classes[:, None])
    present = np.zeros((state.runs, len(first)), dtype=np.bool_)
    present[state.holders.run[state.compiled.edge_from], sort] = True
    occurs, place = np.unique(run * len(classes) + kind, return_inverse=True)
    home = occurs // len(classes)
    allowed = open_[occurs % len(classes)] & present[home]
    told = np.concatenate([home[:, None].view(np.uint8), np.packbits(allowed, axis=1)], axis=1)
    _, one, member = np.unique(told, axis=0, return_index=True, return_inverse=True)
    return _Groups(home[one], allowed[one], member.reshape(-1)[place])


def _paces(state: State, groups: _Groups, of_block: I8, sort: I8) -> Any:
    """Return the paces from sender (column) to receiver (row) in each block, as one sparse matrix."""
    c, n, many = state.compiled, state.holders.n, len(groups.run)
    # by receiver, then sender: parallel channels stand next to each other
    order = np.argsort(c.edge_to, kind="stable")
    bound = np.searchsorted(c.edge_to[order], np.arange(state.runs + 1) * n)
    length = np.diff(bound)[groups.run]
    group = np.repeat(np.arange(many), length)
    edge = order[bound[groups.run][group] + _within(length)]
    may = groups.allowed[group, sort[edge]]
    group, edge = group[may], edge[may]
    u, v = c.edge_from[edge], c.edge_to[edge]
    new = np.ones(len(edge), dtype=np.bool_)
    new[1:] = (np.diff(group) != 0) | (np.diff(u) != 0) | (np.diff(v) != 0)
    pace = np.bincount(np.cumsum(new) - 1, weights=c.edge_rate[edge])
    group, u, v = group[new], u[new] % n, v[new] % n
    entries = np.bincount(group, minlength=many)
    length = entries[of_block]
    block = np.repeat(np.arange(len(of_block)), length)
    at = (np.cumsum(entries) - entries)[of_block][block] + _within(length)
    size = len(of_block) * n
    start = np.concatenate([[0], np.cumsum(np.bincount(block * n + v[at], minlength=size))])
    return sparse.csr_matrix((pace[at], block * n + u[at], start), shape=(size, size))


def _within(length: I8) -> I8:
    """Return the number of each member in its group, for groups of such lengths one after the other."""
    return np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)


def _change_rates(items: Items, pairs: I8, fresh: F8, day: float) -> None:
    """Take over hazards that have changed; one that is equal up to rounding is left as it is.

    So compiling at a time at which nothing has changed for a run, as happens when it is stacked with others,
    changes nothing in it, bit for bit.

    Parameters
    ----------
    pairs : flat indices of pairs (holder, slot); where one occurs twice, so does its hazard
    fresh : hazards of these pairs, shape like `pairs`
    """
    before = items.rate.take(pairs)
    # most are what they were, and only for the others the rounding has to be looked at
    other = (fresh != before).reshape(-1).nonzero()[0]
    pairs, rate, before = pairs.take(other), fresh.take(other), before.take(other)
    changed = np.abs(rate - before) > ROUNDING * (rate + before)
    pairs, rate, before = pairs[changed], rate[changed], before[changed]
    heard = items.heard.take(pairs) + before * (day - items.since.take(pairs))
    left = np.maximum(items.clock.take(pairs) - heard, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = np.where(rate > 0, day + left / rate, np.inf)
    for column, value in ((items.heard, heard), (items.rate, rate), (items.crossing, crossing)):
        column.reshape(-1)[pairs] = value
    items.since.reshape(-1)[pairs] = day
