"""The days of a step as one compiled loop: what arrives, what is read, what is sent on for that.

States the same as `information` and `channels.spread`, which are the reference, and has to give the same
bits: nothing is computed here but sums, products and quotients, each in the order of the NumPy form. Imports
Numba: see `stcsim.draws.compiled` for when this is wanted.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from stcsim.draws.kernels import made, read_only

ROUNDING = 1e-9
HERE, READ = -np.inf, np.inf
SPREAD = 0x9E3779B1
"""An odd number by which neighbours are scattered over a table."""


def _grown(column: Any, least: int) -> Any:
    """Return a column that holds at least so many, with what it held."""
    if least <= len(column):
        return column
    out = np.empty(max(least, 2 * len(column)), column.dtype)
    out[: len(column)] = column
    return out


longer = numba.njit(_grown)


def _days(
    heard: Any,
    rate: Any,
    since: Any,
    clock: Any,
    crossing: Any,
    received: Any,
    read: Any,
    edge_start: Any,
    edge_local: Any,
    edge_rate: Any,
    edge_line: Any,
    carried: Any,
    reliability: Any,
    born: Any,
    key: Any,
    classes: Any,
    holders: int,
    slots: int,
    credit: Any,
    each_day: Any,
    most: Any,
    mail: Any,
    whose: Any,
    when: Any,
    first_day: int,
    end: int,
    until: float,
) -> Any:
    # the mail of each reader is a chain in the order of reading; `come` is as in `mail.Mail`
    size, rows = len(mail), len(credit)
    pairs, come, after = mail.copy(), when.copy(), np.empty(size, np.int64)
    head = np.full(rows, -1, np.int64)
    for at in range(size - 1, -1, -1):
        after[at] = head[whose[at]]
        head[whose[at]] = at
    # what was read, and by whom; channels opened, and by which reading; pairs that will be due
    done, reader = np.empty(size + 1, np.int64), np.empty(size + 1, np.int64)
    opened, which = np.empty(size + 1, np.int64), np.empty(size + 1, np.int64)
    expected = np.empty(size + 1, np.int64)
    bounds = np.zeros((end - first_day + 1, 2), np.int64)
    number, sent, waits = 0, 0, 0
    for day in range(first_day, end):
        begun = number
        # a column is not made longer in the loops that fill it: its references would be counted each time
        done, reader = longer(done, number + size), longer(reader, number + size)
        for row in range(rows):
            credit[row] = min(credit[row] + each_day[row], most[row])
            at, last, looked, taken = head[row], -1, 0, 0
            while at >= 0:
                on = after[at]
                if HERE < come[at] < day + 1:
                    pair = pairs[at]
                    received[pair] = crossing[pair]
                    crossing[pair] = np.inf
                    rate[pair] = 0.0
                    come[at] = HERE
                if come[at] == HERE:
                    looked += 1
                if come[at] == HERE and credit[row] + ROUNDING >= looked:
                    taken += 1
                    come[at] = READ
                    done[number], reader[number] = pairs[at], row
                    number += 1
                    if last < 0:
                        head[row] = on
                    else:
                        after[last] = on
                else:
                    last = at
                at = on
            credit[row] -= taken
        # channels of those who read that carry the item to somebody who has not received it; in loops of
        # their own, so that many look-ups far apart are under way at once
        total = 0
        for reading in range(begun, number):
            total += edge_start[reader[reading] + 1] - edge_start[reader[reading]]
        opened, which = longer(opened, sent + total), longer(which, sent + total)
        target, found = np.empty(total, np.int64), 0
        for reading in range(begun, number):
            pair, row = done[reading], reader[reading]
            read[pair] = day + 1
            item = pair // holders
            for edge in range(edge_start[row], edge_start[row + 1]):
                target[found] = item * holders + edge_local[edge]
                opened[sent + found], which[sent + found] = edge, reading
                found += carried[edge_line[edge] + classes[item]]
        kept = 0
        for at in range(found):
            target[kept] = target[at]
            opened[sent + kept], which[sent + kept] = opened[sent + at], which[sent + at]
            kept += received[target[at]] == np.inf
        # what is added to the hazard of each pair, in the order of senders
        width = 16
        while width < 2 * kept:
            width *= 2
        table = np.full(width, -1, np.int64)
        touched, more, different = np.empty(kept, np.int64), np.zeros(kept), 0
        for at in range(kept):
            pair = target[at]
            place = (pair * SPREAD >> 16) & (width - 1)
            while table[place] >= 0 and touched[table[place]] != pair:
                place = (place + 1) & (width - 1)
            if table[place] < 0:
                table[place] = different
                touched[different] = pair
                different += 1
            more[table[place]] += edge_rate[opened[sent + at]]
        sent += kept
        expected, late, moved = longer(expected, waits + different), 0, False
        for at in range(different):
            pair = touched[at]
            before, old = rate[pair], crossing[pair]
            now = before + more[at]
            reached = heard[pair] + before * (day + 1 - since[pair])
            left = max(clock[pair] - reached, 0.0)
            due = day + 1 + left / now if now > 0 else np.inf
            heard[pair], rate[pair], since[pair], crossing[pair] = reached, now, day + 1, due
            expected[waits] = pair
            waits += due < until
            touched[late] = pair
            late += due < end and old >= end
            moved |= old < end
        if moved:
            for at in range(size):
                if HERE < come[at] < READ:
                    come[at] = crossing[pairs[at]]
        # what comes within the step for that takes its place in the mail
        pairs, come, after = (
            longer(pairs, size + late),
            longer(come, size + late),
            longer(after, size + late),
        )
        for pair in touched[:late]:
            item = pair // holders
            row = item // slots * holders + pair - item * holders
            last, on = -1, head[row]
            while on >= 0:
                other = pairs[on] // holders
                if reliability[other] != reliability[item]:
                    ahead = reliability[other] > reliability[item]
                elif born[other] != born[item]:
                    ahead = born[other] > born[item]
                else:
                    ahead = key[other] <= key[item]
                if not ahead:
                    break
                last, on = on, after[on]
            pairs[size], come[size], after[size] = pair, crossing[pair], on
            if last < 0:
                head[row] = size
            else:
                after[last] = size
            size += 1
        bounds[day - first_day + 1, 0] = number
        bounds[day - first_day + 1, 1] = sent
    still = pairs[:size][come[:size] == HERE]
    return done[:number], reader[:number], opened[:sent], which[:sent], bounds, still, expected[:waits]


_whole, _real, _flag = numba.types.int64, numba.types.float64, numba.types.boolean
_columns, _numbers = (_real[::1],), _whole[::1]
days = made(
    _days,
    # hazards, what was read
    *_columns * 7,
    # edges, and what each line of them carries
    *(read_only(kind) for kind in (_whole, _whole, _real, _whole, _flag)),
    # the order of items, and their classes
    *(read_only(kind) for kind in (_real, _real, numba.types.uint64, _whole)),
    _whole,
    _whole,
    # time for reading, and mail
    *_columns,
    *(read_only(kind) for kind in (_real, _real, _whole, _whole, _real)),
    _whole,
    _whole,
    _real,
    gives=numba.types.Tuple((*[_numbers] * 4, _whole[:, ::1], _numbers, _numbers)),
)
