"""Information on its way: received by accumulated hazard, read by working hours, stale in the end.

The hazard that holder h receives item i is the sum over readers u of ``lambda_uh * T_uh * allowed(u, h,
i)``. It is integrated piecewise exactly against one keyed exponential per (item, holder), so a channel's
delay is exponential with mean ``1 / (lambda * T)`` whatever the step. Only the mailbox is opened once a
day, the sub-step: what is received and not read is not known and goes no further.

Pairs (holder, item) are addressed by one flat index ``holder_row * slots + slot``; a pair's hazard changes
only when a neighbour reads, so the work of a day grows with what is read, not with holders times items.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import F8, I8, Draws, keys_of, mix
from stcsim.processes.knowledge import note_reading
from stcsim.state.populations import HOLDER_KINDS, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

OWN_NATIONAL = HANDLINGS.index("own_national")
OPEN = HANDLINGS.index("open")
ORIGINATOR = HANDLINGS.index("originator_controlled")
AGENCY, PARTNER = HOLDER_KINDS.index("agency"), HOLDER_KINDS.index("partner")
READING_WEEKS = 4.0
"""Reading time that is not used is kept for at most this many weeks. Assumed."""


CLOSED = 32
"""Bit of an item's class: a data law keeps it at home."""


def item_class(state: State, run: I8, slot: I8, draws: Draws) -> I8:
    """Return the class of items that share the edges they may use, shape like `run`.

    Bits: category (3), handling (2), whether borders are closed to it by the data law of its origin, whether
    vetting stops it, whether a tear-line of it keeps enough to be of use.
    """
    items, countries = state.items, state.countries
    home = items.country[run, slot]
    law = countries.law[run * countries.n + np.maximum(home, 0), LAW_INDEX["shares_data_on_nationals"]] | (
        home < 0
    )
    handling = items.handling[run, slot]
    closed = (handling == OWN_NATIONAL) & ~law
    stopped = ~items.truth[run, slot]
    p = state.values.at(run).information
    stopped &= draws.uniform("vetting", 0, items.key[run, slot]) < p.vetting_removes
    torn = draws.uniform("tear_line", 0, items.key[run, slot]) >= p.tearline_loss
    torn &= handling == ORIGINATOR
    return np.asarray(
        items.category[run, slot] + 8 * handling + CLOSED * closed + 64 * stopped + 128 * torn, dtype=np.int64
    )


def edges_open(state: State, edges: Any, classes: Any) -> Any:
    """Whether each edge carries an item of each class; `edges` and `classes` broadcast.

    At home every caveat but the originator's travels on every channel; across a border a channel carries
    what its handling lists, and what the origin's data law does not keep at home. Where items are vetted,
    one that its originator controls goes on as a tear-line, if that keeps enough to be of use.
    """
    c = state.compiled
    category, handling = classes % 8, (classes // 8) % 4
    closed, stopped, torn = (classes // CLOSED) % 2, (classes // 64) % 2, (classes // 128) % 2
    carries = (c.edge_categories[edges] >> category) & 1
    may = (c.edge_handling[edges] >> handling) & 1
    crosses, vetted = c.edge_crosses[edges], c.edge_vetted[edges]
    passes = (~crosses & (handling != ORIGINATOR)) | (may == 1) | (vetted & (torn == 1))
    return (carries == 1) & passes & ~(crosses & (closed == 1)) & ~(vetted & (stopped == 1))


def step_information(state: State, draws: Draws, when: When) -> None:
    """Let items arrive and be read, day by day."""
    items = state.items
    slots = items.slots
    crossing = items.crossing.reshape(-1)
    received = items.received.reshape(-1)
    waiting = np.flatnonzero(items.crossing.reshape(-1) < when.end)
    mailbox = np.flatnonzero(np.isfinite(received) & ~np.isfinite(items.read.reshape(-1)))
    capacity = reading_capacity(state)
    for day in range(when.day, when.end):
        credit = state.holders.reading
        credit += capacity / YEAR_DAYS
        np.minimum(credit, np.maximum(capacity * (READING_WEEKS * 7 / YEAR_DAYS), 1.0), out=credit)
        come = waiting[crossing[waiting] < day + 1] if len(waiting) else waiting
        if len(come):
            come = come[~np.isfinite(received[come])]
            received[come] = crossing[come]
            crossing[come] = np.inf
            items.rate.reshape(-1)[come] = 0.0
            mailbox = np.concatenate([mailbox, come])
        if not len(mailbox):
            continue
        chosen = _read(state, mailbox, slots)
        if not len(chosen):
            continue
        items.read.reshape(-1)[chosen] = day + 1
        keep = ~np.isfinite(items.read.reshape(-1)[mailbox])
        mailbox = mailbox[keep]
        note_reading(state, chosen // slots, chosen % slots, float(day + 1))
        touched = spread_from(state, draws, when, chosen // slots, chosen % slots, float(day + 1))
        soon = touched[crossing[touched] < when.end]
        waiting = np.union1d(waiting[np.isfinite(crossing[waiting])], soon)


def reading_capacity(state: State) -> F8:
    """Return the items a year that each holder can read, shape (holders,)."""
    holders = state.holders
    p = state.at(holders)
    analysts = holders.staff * holders.analyst_share + holders.added_analysts
    hours = p.coordination.hours_per_fte * analysts * holders.available * p.information.reading_share
    return np.asarray(hours / p.information.hours_per_item)


def _read(state: State, mailbox: I8, slots: int) -> I8:
    """Return what is read today: the most reliable and newest first, as far as the hours go."""
    items, holders = state.items, state.holders
    row, slot = mailbox // slots, mailbox % slots
    run = row // holders.n
    room = np.floor(holders.reading[row] + 1e-9)
    alive = items.alive[run, slot] & (room >= 1)
    row, slot, run, pairs = row[alive], slot[alive], run[alive], mailbox[alive]
    order = np.lexsort((items.key[run, slot], -items.born[run, slot], -items.reliability[run, slot], row))
    row, pairs = row[order], pairs[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row, side="left")
    read = rank < np.floor(holders.reading[row] + 1e-9)
    done = np.bincount(row[read], minlength=len(holders.key))
    holders.reading -= done
    return np.asarray(pairs[read])


def spread_from(state: State, draws: Draws, when: When, row: I8, slot: I8, day: Any) -> I8:
    """Open the channels of those who have just read; return the pairs whose hazard rose.

    Parameters
    ----------
    row, slot : holder rows and item slots just read
    day : time of reading; one number, or one per reading where no item occurs twice
    """
    items, holders, c = state.items, state.holders, state.compiled
    start, stop = c.edge_start[row], c.edge_start[row + 1]
    number = stop - start
    which = np.repeat(np.arange(len(row)), number)
    edge = (
        np.arange(int(number.sum()))
        - np.repeat(np.cumsum(number) - number, number)
        + np.repeat(start, number)
    )
    if not len(edge):
        return np.zeros(0, dtype=np.int64)
    run = row // holders.n
    classes = item_class(state, run, slot, draws)
    open_ = edges_open(state, edge, classes[which])
    edge, which = edge[open_], which[open_]
    pair = c.edge_to[edge] * items.slots + slot[which]
    new = ~np.isfinite(items.received.reshape(-1)[pair])
    edge, which, pair = edge[new], which[new], pair[new]
    if not len(pair):
        return np.zeros(0, dtype=np.int64)
    _charge(state, when, edge, which, row, slot, run)
    targets, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
    added = np.bincount(inverse, weights=c.edge_rate[edge])
    time = day[which[first]] if isinstance(day, np.ndarray) else day
    heard, rate, since = items.heard.reshape(-1), items.rate.reshape(-1), items.since.reshape(-1)
    heard[targets] += rate[targets] * (time - since[targets])
    since[targets] = time
    rate[targets] += added
    left = np.maximum(items.clock.reshape(-1)[targets] - heard[targets], 0.0)
    with np.errstate(divide="ignore"):
        items.crossing.reshape(-1)[targets] = np.where(rate[targets] > 0, time + left / rate[targets], np.inf)
    return np.asarray(targets)


def _charge(state: State, when: When, edge: I8, which: I8, row: I8, slot: I8, run: I8) -> None:
    """Hours of sending: per exchange that probably comes about while the item lives, a hub's dispatch once.

    The chance that a channel of rate r passes the item on within its life L is ``1 - exp(-r L)``.
    """
    items, holders, c = state.items, state.holders, state.compiled
    left = np.maximum(items.expires[run, slot] - when.day, 0.0)[which]
    chance = 1 - np.exp(-c.edge_rate[edge] * left)
    hours = c.edge_hours[edge] * chance
    spent = np.bincount(row[which], weights=hours, minlength=len(holders.key))
    vetted = c.edge_vetted[edge]
    checked = np.zeros(len(row), dtype=np.bool_)
    checked[which[vetted]] = True
    vetting = (
        np.bincount(row[checked], minlength=len(holders.key)) * state.at(holders).information.vetting_hours
    )
    state.ledger.spend("exchange", when.month, slice(None), spent)
    state.ledger.spend("vetting", when.month, slice(None), vetting)
    holders.hours_before += spent + vetting


def expire(state: State, draws: Draws, when: When) -> None:
    """Archive and free items that have gone stale, and those about fronts that no longer exist."""
    items, fronts = state.items, state.fronts
    gone = items.alive & (items.expires <= when.day)
    if fronts.n:
        about = items.alive & (items.subject_kind == 0)
        row = np.arange(state.runs)[:, None] * fronts.n + np.minimum(items.subject, fronts.n - 1)
        gone |= about & (fronts.generation[row] != items.generation)
    run, slot = np.nonzero(gone)
    if len(run):
        archive(state, when, run, slot)
        release(state, run, slot)


def release(state: State, run: I8, slot: I8) -> None:
    """Free slots."""
    items, holders = state.items, state.holders
    false = ~items.truth[run, slot] & (items.category[run, slot] == CATEGORIES.index("parties"))
    known = np.isfinite(items.read[run[false], :, slot[false]])
    listed = holders.false_listings.reshape(state.runs, -1)
    np.subtract.at(listed, run[false], known.astype(np.float64))
    items.alive[run, slot] = False
    for name in ("crossing", "received", "read", "clock"):
        getattr(items, name)[run, :, slot] = np.inf
    for name in ("rate", "heard"):
        getattr(items, name)[run, :, slot] = 0.0


def archive(state: State, when: When, run: I8, slot: I8) -> None:
    """Write how far and how fast each item spread to the frontline of the region.

    A mean over those reached would look better as channels worsen, so time is restricted to a year and
    those never reached count a year.
    """
    items, posts, holders = state.items, state.posts, state.holders
    fresh = items.born[run, slot] >= when.warm_up
    run, slot = run[fresh], slot[fresh]
    if not len(run) or not posts.n:
        return
    local = posts.holder[: posts.n] % holders.n
    delay = items.read[run[:, None], local[None, :], slot[:, None]] - items.born[run, slot][:, None]
    at_work = holders.staff_base[posts.holder[: posts.n]] > 0
    declared = (~posts.stretch[: posts.n] & at_work)[None, :]
    seen = np.minimum(items.expires[run, slot], when.end) - items.born[run, slot]
    old = (seen >= 90)[:, None]
    within = (delay <= 90) & declared & old
    days = np.minimum(delay, YEAR_DAYS) * declared
    received = np.isfinite(items.received[run, :, slot])
    read = np.isfinite(items.read[run, :, slot])
    unread = received & ~read
    home = holders.country[: holders.n]
    born_in = home[items.origin[run, slot]]
    abroad = received & (home[None, :] >= 0) & (born_in >= 0)[:, None] & (home[None, :] != born_in[:, None])
    early = (holders.kind == PARTNER)[run * holders.n + items.origin[run, slot]]
    agencies = (read & (holders.kind == AGENCY)[: holders.n][None, :]).any(axis=1)
    state.discoveries.append(
        run=run,
        category=items.category[run, slot],
        born=items.born[run, slot],
        frontline=(declared & old).sum(axis=1).astype(np.float64),
        within_90=within.sum(axis=1).astype(np.float64),
        days_total=(days * old).sum(axis=1),
        unread=unread.sum(axis=1).astype(np.float64),
        received=received.sum(axis=1).astype(np.float64),
        abroad=abroad.sum(axis=1).astype(np.float64),
        early=early.astype(np.float64),
        heard=(early & agencies).astype(np.float64),
    )


def bear(
    state: State,
    draws: Draws,
    when: When,
    *,
    run: I8,
    category: Any,
    subject_kind: Any,
    subject: Any,
    generation: Any,
    origin: I8,
    home: Any,
    truth: Any,
    handling: Any,
    reliability: Any,
    day: Any,
    key: Any,
) -> None:
    """Let items be born: their origin has read them, everybody else's clock starts.

    Parameters
    ----------
    run : run of each item, shape (n,)
    subject : index within the run of what it is about
    origin : row of the holder where it is born
    home : index within the run of the subject's country, -1 where none
    day : day of birth
    key : key of its cause
    """
    n = len(run)
    if not n:
        return
    items, holders = state.items, state.holders
    slot = items.reserve(run)
    items = state.items
    p = state.values.at(run).information
    local = origin % holders.n
    country = holders.country[origin]
    fields: dict[str, Any] = {
        "alive": True,
        "key": key,
        "category": category,
        "subject_kind": subject_kind,
        "subject": subject,
        "generation": generation,
        "origin": local,
        "country": np.where(country >= 0, country % max(1, state.countries.n), -1),
        "home": home,
        "born": day,
        "expires": np.asarray(day) + np.asarray(p.item_life) * YEAR_DAYS,
        "truth": truth,
        "reliability": reliability,
        "handling": handling,
    }
    for name, value in fields.items():
        getattr(items, name)[run, slot] = value
    pair = mix(np.asarray(key, dtype=np.uint64)[:, None], keys_of(state.holders.ids)[None, :])
    items.clock[run, :, slot] = draws.clock("receive", pair)
    items.since[run, :, slot] = np.broadcast_to(np.asarray(day, dtype=np.float64), (n,))[:, None]
    items.heard[run, :, slot] = 0.0
    items.rate[run, :, slot] = 0.0
    items.crossing[run, :, slot] = np.inf
    items.received[run, local, slot] = day
    items.read[run, local, slot] = day
    days = np.broadcast_to(np.asarray(day, dtype=np.float64), (n,))
    state.ledger.add("items_born", when.month, run)
    kept = item_class(state, run, slot, draws) // CLOSED % 2 == 1
    state.ledger.add("items_blocked", when.month, run[kept])
    note_reading(state, origin, slot, days)
    spread_from(state, draws, when, origin, slot, days)
