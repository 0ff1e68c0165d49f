"""Information on its way: received by accumulated hazard, read by working hours, stale in the end.

The hazard that holder h receives item i is the sum over readers u of ``lambda_uh * T_uh * allowed(u, h,
i)``. It is integrated piecewise exactly against one keyed exponential per (item, holder), so a channel's
delay is exponential with mean ``1 / (lambda * T)`` whatever the step. Only the mailbox is opened once a
day, the sub-step: what is received and not read is not known and goes no further.

Pairs (holder, item) are addressed by one flat index ``holder_row * slots + slot``; a pair's hazard changes
only when a neighbour reads, so the work of a day grows with what is read, not with holders times items.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES, HANDLINGS
from stcsim.draws import F8, I8, Draws, keys_of, mix
from stcsim.processes.hours import manned
from stcsim.processes.knowledge import note_reading
from stcsim.processes.rows import sums
from stcsim.state.populations import B1, HOLDER_KINDS, LAW_INDEX
from stcsim.state.state import YEAR_DAYS, State, When

OWN_NATIONAL = HANDLINGS.index("own_national")
OPEN = HANDLINGS.index("open")
ORIGINATOR = HANDLINGS.index("originator_controlled")
AGENCY, PARTNER = HOLDER_KINDS.index("agency"), HOLDER_KINDS.index("partner")
READING_WEEKS = 4.0
"""Reading time that is not used is kept for at most this many weeks. Assumed."""


CLOSED, STOPPED, TORN = 32, 64, 128
"""Bits of an item's class: a data law keeps it at home; vetting stops it; a tear-line of it is of use."""
CLASSES = 256
"""More than any class."""


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
    kept = np.flatnonzero(classes // 8 % 4 == OWN_NATIONAL)
    item = item[kept]
    home = items.country.reshape(-1)[item]
    country = item // items.slots * countries.n + np.maximum(home, 0)
    closed = (home >= 0) & ~countries.law[country, LAW_INDEX["shares_data_on_nationals"]]
    classes[kept] += CLOSED * closed
    return classes


def traits(state: State, draws: Draws, run: I8, key: Any, category: Any, truth: Any, handling: Any) -> I8:
    """Return what never changes of the class of new items, shape (n,)."""
    p = state.values.at(run).information
    stopped = ~np.asarray(truth) & (draws.uniform("vetting", 0, key) < p.vetting_removes)
    torn = (np.asarray(handling) == ORIGINATOR) & (draws.uniform("tear_line", 0, key) >= p.tearline_loss)
    return np.asarray(category + 8 * handling + STOPPED * stopped + TORN * torn, dtype=np.int64)


def edges_open(state: State, edges: Any, classes: Any) -> Any:
    """Whether each edge carries an item of each class; `edges` and `classes` broadcast."""
    return _carried()[state.compiled.edge_sort[edges] * CLASSES + classes]


@cache
def _carried() -> B1:
    """Whether an edge of each sort (`Compiled.edge_sort`) carries an item of each class; flat, classes last.

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


def step_information(state: State, draws: Draws, when: When) -> None:
    """Let items arrive and be read, day by day."""
    items = state.items
    crossing, received, read = (a.reshape(-1) for a in (items.crossing, items.received, items.read))
    waiting = np.flatnonzero(crossing < when.end)
    capacity = reading_capacity(state)
    each_day, most = capacity / YEAR_DAYS, np.maximum(capacity * (READING_WEEKS * 7 / YEAR_DAYS), 1.0)
    credit = state.holders.reading
    # mail of those who will not have the time for a single item in this step is left aside
    mailbox = items.unread()
    idle = (credit + each_day * when.days < 1 - 1e-6)[mailbox // items.slots]
    aside, mailbox = mailbox[idle], mailbox[~idle]
    for day in range(when.day, when.end):
        credit += each_day
        np.minimum(credit, most, out=credit)
        come = waiting[crossing[waiting] < day + 1]
        if len(come):
            come = come[np.isinf(received[come])]
            received[come] = crossing[come]
            crossing[come] = np.inf
            items.rate.reshape(-1)[come] = 0.0
            mailbox = np.concatenate([mailbox, come])
        chosen = _read(state, mailbox)
        if not len(chosen):
            continue
        pairs = mailbox[chosen]
        mailbox = np.delete(mailbox, chosen)
        read[pairs] = day + 1
        note_reading(state, pairs, float(day + 1))
        soon = spread_from(state, when, pairs, float(day + 1))
        waiting = np.concatenate([waiting, soon])
    items.mailbox = np.sort(np.concatenate([aside, mailbox]), kind="stable")


def reading_capacity(state: State) -> F8:
    """Return the items a year that each holder can read, shape (holders,)."""
    holders = state.holders
    p = state.at(holders)
    analysts = manned(holders.staff * holders.analyst_share, holders.added_analysts)
    hours = p.coordination.hours_per_fte * analysts * holders.available * p.information.reading_share
    return np.asarray(hours / p.information.hours_per_item)


def _read(state: State, mailbox: I8) -> I8:
    """Return what is read today: the most reliable and newest first, as far as the hours go.

    Parameters
    ----------
    mailbox : pairs received and not read

    Returns
    -------
    their places in the mailbox, by holder
    """
    items, holders = state.items, state.holders
    room = np.floor(holders.reading + 1e-9)
    row = mailbox // items.slots
    place = np.flatnonzero((room >= 1)[row])
    row = row[place]
    item = holders.run[row] * items.slots + mailbox[place] % items.slots
    alive = items.alive.reshape(-1)[item]
    place, row, item = place[alive], row[alive], item[alive]
    key, born, reliability = (a.reshape(-1)[item] for a in (items.key, items.born, items.reliability))
    order = np.lexsort((key, -born, -reliability, row))
    place, row = place[order], row[order]
    read = np.arange(len(row)) - np.searchsorted(row, row, side="left") < room[row]
    holders.reading -= np.bincount(row[read], minlength=len(room))
    return np.asarray(place[read])


def spread_from(state: State, when: When, pairs: I8, day: Any, part: I8 | None = None) -> I8:
    """Open the channels of those who have just read; return the pairs that for that are due in this step.

    Parameters
    ----------
    pairs : what was just read by whom, ``holder_row * slots + slot``
    day : time of reading; one number, or one per reading where no item occurs twice
    part : where given, hours are charged part by part
    """
    items, c = state.items, state.compiled
    row, slot = pairs // items.slots, pairs % items.slots
    start = c.edge_start[row]
    number = c.edge_start[row + 1] - start
    which = np.repeat(np.arange(len(row)), number)
    edge = np.arange(len(which)) + (start - np.cumsum(number) + number)[which]
    item = state.holders.run[row] * items.slots + slot
    pair = c.edge_to[edge] * items.slots + slot[which]
    new = edges_open(state, edge, item_class(state, item)[which]) & np.isinf(items.received.reshape(-1)[pair])
    edge, which, pair = edge[new], which[new], pair[new]
    if not len(pair):
        return np.asarray(pair)
    if part is None:
        _charge(state, when, edge, which, row, item)
    else:
        for one in np.flatnonzero(np.bincount(part)):
            mine = part[which] == one
            _charge(state, when, edge[mine], which[mine], row, item)
    targets, first, inverse = np.unique(pair, return_index=True, return_inverse=True)
    time = day[which[first]] if isinstance(day, np.ndarray) else day
    heard, rate, since, clock, crossing = (
        a.reshape(-1) for a in (items.heard, items.rate, items.since, items.clock, items.crossing)
    )
    before = rate[targets]
    now = before + np.bincount(inverse, weights=c.edge_rate[edge])
    reached = heard[targets] + before * (time - since[targets])
    left = np.maximum(clock[targets] - reached, 0.0)
    heard[targets], rate[targets], since[targets] = reached, now, time
    with np.errstate(divide="ignore"):
        due = np.where(now > 0, time + left / now, np.inf)
    soon = (due < when.end) & (crossing[targets] >= when.end)
    crossing[targets] = due
    return np.asarray(targets[soon])


def _charge(state: State, when: When, edge: I8, which: I8, row: I8, item: I8) -> None:
    """Hours of sending: per exchange that probably comes about while the item lives, a hub's dispatch once.

    The chance that a channel of rate r passes the item on within its life L is ``1 - exp(-r L)``.
    """
    holders, c = state.holders, state.compiled
    left = np.maximum(state.items.expires.reshape(-1)[item] - when.day, 0.0)[which]
    hours = c.edge_hours[edge] * (1 - np.exp(-c.edge_rate[edge] * left))
    spent = sums(row[which], hours, len(holders.key))
    state.ledger.spend("exchange", when.month, slice(None), spent)
    vetted = which[c.edge_vetted[edge]]
    if len(vetted):
        number = np.bincount(row[np.flatnonzero(np.bincount(vetted))], minlength=len(holders.key))
        vetting = number * state.at(holders).information.vetting_hours
        state.ledger.spend("vetting", when.month, slice(None), vetting)
        spent += vetting
    holders.hours_before += spent


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
    pairs = ((run * holders.n)[:, None] + np.arange(holders.n)) * items.slots + slot[:, None]
    for column in (items.crossing, items.received, items.read, items.clock):
        column.reshape(-1)[pairs] = np.inf
    for column in (items.rate, items.heard):
        column.reshape(-1)[pairs] = 0.0


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
    part: I8 | None = None,
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
    part : where given, the hours of passing items on are charged part by part
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
    fields["traits"] = traits(state, draws, run, key, category, truth, handling)
    item = run * items.slots + slot
    for name, value in fields.items():
        getattr(items, name).reshape(-1)[item] = value
    # a free slot has no hazard, and nobody has received what is in it
    days = np.broadcast_to(np.asarray(day, dtype=np.float64), (n,))
    everybody = (run * holders.n)[:, None] + np.arange(holders.n)
    pairs = everybody * items.slots + slot[:, None]
    own = mix(np.asarray(key, dtype=np.uint64)[:, None], keys_of(holders.ids)[None, :])
    items.clock.reshape(-1)[pairs] = draws.clock("receive", own)
    items.since.reshape(-1)[pairs] = days[:, None]
    born = origin * items.slots + slot
    items.received.reshape(-1)[born] = days
    items.read.reshape(-1)[born] = days
    state.ledger.add("items_born", when.month, run)
    state.ledger.add("items_blocked", when.month, run[item_class(state, item) & CLOSED > 0])
    note_reading(state, born, days)
    spread_from(state, when, born, days, part)
