"""Information goes stale: it is archived and its slot is free."""

from __future__ import annotations

import numpy as np

from stcsim.actors.vocabulary import CATEGORIES
from stcsim.draws import I8, Draws
from stcsim.state.items import SUBJECT_FRONT
from stcsim.state.populations import HOLDER_KINDS
from stcsim.state.state import YEAR_DAYS, State, When

AGENCY, PARTNER = HOLDER_KINDS.index("agency"), HOLDER_KINDS.index("partner")
PARTIES = CATEGORIES.index("parties")


def expire(state: State, draws: Draws, when: When) -> None:
    """Archive and free items that have gone stale, and those about fronts that no longer exist."""
    items, fronts = state.items, state.fronts
    item = items.alive.reshape(-1).nonzero()[0]
    gone = items.expires.reshape(-1)[item] <= when.day
    if fronts.n:
        run = item // items.slots
        about = run * fronts.n + np.minimum(items.subject.reshape(-1)[item], fronts.n - 1)
        changed = fronts.generation[about] != items.generation.reshape(-1)[item]
        gone |= changed & (items.subject_kind.reshape(-1)[item] == SUBJECT_FRONT)
    item = item[gone]
    if len(item):
        run = item // items.slots
        slot = item - run * items.slots
        archive(state, when, run, slot)
        release(state, run, slot)


def release(state: State, run: I8, slot: I8) -> None:
    """Free slots."""
    items, holders = state.items, state.holders
    false = (items.category[run, slot] == PARTIES) > items.truth[run, slot]
    if len(false := false.nonzero()[0]):
        which, local = (items.read[run[false], slot[false]] < np.inf).nonzero()
        known = run[false[which]] * holders.n + local
        holders.false_listings -= np.bincount(known, minlength=len(holders.key))
    items.alive[run, slot] = False
    for column in (items.crossing, items.received, items.read):
        column[run, slot] = np.inf
    for column in (items.rate, items.heard):
        column[run, slot] = 0.0


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
    delay = items.read[run[:, None], slot[:, None], local[None, :]] - items.born[run, slot][:, None]
    at_work = holders.staff_base[posts.holder[: posts.n]] > 0
    declared = (~posts.stretch[: posts.n] & at_work)[None, :]
    seen = np.minimum(items.expires[run, slot], when.end) - items.born[run, slot]
    old = (seen >= 90)[:, None]
    within = (delay <= 90) & declared & old
    days = np.minimum(delay, YEAR_DAYS) * declared
    received = np.isfinite(items.received[run, slot])
    read = np.isfinite(items.read[run, slot])
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
