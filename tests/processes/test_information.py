"""Information: what is done for many at once gives, bit for bit, what one after the other gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stcsim.draws import F8, Draws, mix
from stcsim.ledger import HOUR_REASONS, Ledger
from stcsim.processes import hazards
from stcsim.processes.channels import edges_open, item_class
from stcsim.processes.information import step_information
from stcsim.processes.mail import Mail, within_reach
from stcsim.processes.new_items import announce, bear
from stcsim.processes.staleness import expire
from stcsim.state import items as pools
from stcsim.state.events import Licences
from stcsim.state.items import Items
from stcsim.state.state import State, When
from stcsim.state.table import columns_of
from tests.processes.births import births
from tests.regions import small_region, warmed

DRAWS = Draws()


@pytest.fixture(scope="module")
def region() -> State:
    return warmed(small_region(26, 13), (3, 4)).state


def test_born_together_as_one_after_the_other(region: State) -> None:
    one, other = region.take([0, 1]), region.take([0, 1])
    when = When(182, 7, 182)
    for birth in births(one, (3, 4, 0, 90)):
        bear(one, DRAWS, when, birth)
    for birth in births(other, (3, 4, 0, 90)):
        announce(other, birth)
    for state in (one, other):
        step_information(state, DRAWS, when)
    assert other.items.announced == []
    for f in columns_of(one.items):
        np.testing.assert_array_equal(getattr(one.items, f.name), getattr(other.items, f.name), f.name)
    for name in ("hours_before", "reading", "false_listings", "list_version", "procedures_known"):
        np.testing.assert_array_equal(getattr(one.holders, name), getattr(other.holders, name), name)
    for name in ("known_until", "denied_until", "network_known_until", "first_known", "listed"):
        np.testing.assert_array_equal(getattr(one.fronts, name), getattr(other.fronts, name), name)
    np.testing.assert_array_equal(one.ledger.hours, other.ledger.hours)
    assert one.ledger.counts.keys() == other.ledger.counts.keys()
    for name, table in one.ledger.counts.items():
        np.testing.assert_array_equal(table, other.ledger.counts[name], name)


def test_mail_that_comes_late_stands_where_it_would_have_stood(region: State) -> None:
    holders = region.holders.n
    item = np.flatnonzero(region.items.alive)
    rng = np.random.default_rng(5)
    pairs = np.unique(item[:, None] * holders + rng.integers(holders, size=(len(item), 4)))
    come = rng.uniform(0, 7, len(pairs))
    early = rng.uniform(size=len(pairs)) < 0.6
    whole = Mail.of(region, pairs, come)
    late = Mail.of(region, pairs[~early], come[~early])
    joined = Mail.of(region, pairs[early], come[early]).joined(region, late)
    np.testing.assert_array_equal(joined.pair, whole.pair)
    np.testing.assert_array_equal(joined.come, whole.come)
    for mine, other in zip(joined.readings, whole.readings, strict=True):
        np.testing.assert_array_equal(mine, other)


def test_what_is_left_aside_stands_behind_what_can_be_read(region: State) -> None:
    """All that is among the first few of its reader is kept, and of crowded mailboxes little else."""
    state = region.take([0, 1])
    for birth in births(state, (0, 0, 0, 400)):
        bear(state, DRAWS, When(182, 7, 182), birth)
    holders = state.holders.n
    item = np.flatnonzero(state.items.alive)
    state.items.reliability.reshape(-1)[item[::3]] = 0.5
    pairs = np.unique(item[:, None] * holders + np.arange(3))
    most = np.full(2 * holders, 5.0)
    most[1] = 10_000.0
    near = within_reach(state, pairs, most)
    mail = Mail.of(state, pairs, np.zeros(len(pairs)))
    row = mail.readings.row
    first = mail.pair[np.arange(len(row)) - row.searchsorted(row) < most[row]]
    assert set(first) <= set(pairs[near])
    assert near[state.items.rows(pairs, pairs // holders) == 1].all()
    assert near.mean() < 0.7
    assert within_reach(state, pairs[:0], most).shape == (0,)


def test_hazards_are_the_paces_of_open_channels_from_all_who_have_read(
    region: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pair by pair and channel by channel, and however many links are followed at once."""
    state = region.take([0, 1])
    for birth in births(state, (600, 0, 0, 400)):
        bear(state, DRAWS, When(182, 7, 182), birth)
    items, c, n = state.items, state.compiled, state.holders.n
    # some have read more than their own, some have received what they have not read
    rng = np.random.default_rng(3)
    more = rng.random(items.read.shape) < 0.2
    items.received[more], items.read[more & (rng.random(items.read.shape) < 0.5)] = 183.0, 184.0
    items.rate[:] *= np.where(np.isfinite(items.received), 0.0, 1.5)
    few = state.take([0, 1])
    hazards.recompute_rates(state, 190.0)
    monkeypatch.setattr(hazards, "AT_ONCE", 50)
    hazards.recompute_rates(few, 190.0)
    for name in ("rate", "heard", "since", "crossing"):
        np.testing.assert_array_equal(getattr(few.items, name), getattr(items, name), name)
    expected = np.zeros(items.rate.shape)
    run, slot = items.alive.nonzero()
    classes = item_class(state, run * items.slots + slot)
    for u, v, pace, edge in zip(c.edge_from, c.edge_to, c.edge_rate, range(len(c.edge_from)), strict=True):
        mine = (run == u // n) & edges_open(state, edge, classes)
        there = np.isfinite(items.read[run[mine], slot[mine], u % n])
        expected[run[mine], slot[mine], v % n] += pace * there
    expected[np.isfinite(items.received)] = 0.0
    np.testing.assert_allclose(items.rate[run, slot], expected[run, slot], rtol=1e-8)
    assert (expected > 0).mean() > 0.01


def test_new_items_take_the_free_slots_of_their_run_in_order() -> None:
    items = Items.empty(3, 2, slots=4)
    items.alive[0, [0, 2]] = items.alive[2, 1] = True
    slot = items.reserve(np.array([2, 0, 2, 0, 2]))
    assert slot.tolist() == [0, 1, 2, 3, 3]
    assert items.slots == 4
    assert items.reserve(np.array([0, 0, 0, 1])).tolist() == [1, 3, 4, 0]
    assert items.slots == 8


def test_honest_applications_refused_are_found_once_and_in_time() -> None:
    licences = Licences.empty(capacity=2)
    rng = np.random.default_rng(1)
    found: list[tuple[int, float]] = []
    for day in range(0, 140, 7):
        n = int(rng.integers(0, 9))
        licences.append(
            run=np.zeros(n, dtype=np.int64),
            country=np.zeros(n, dtype=np.int64),
            day=np.full(n, float(day)) + rng.uniform(0, 7, n),
            days=rng.exponential(20.0, n),
            outcome=rng.integers(0, 3, n),
            honest=rng.uniform(size=n) < 0.5,
            key=np.arange(n, dtype=np.uint64),
        )
        if day == 70:  # runs that go on elsewhere look through everything once more
            licences = licences.take([0], {"runs": 1, "countries": 1})
        rows, decided = licences.refused_honest(day, day + 7)
        every = licences.col("day") + licences.col("days")
        meant = (licences.col("outcome") == 1) & licences.col("honest") & (every >= day) & (every < day + 7)
        assert rows.tolist() == np.flatnonzero(meant).tolist()
        np.testing.assert_array_equal(decided, every[rows])
        found += zip(rows.tolist(), decided.tolist(), strict=True)
    assert len(found) == len(set(found)) > 10


def test_hours_of_turns_are_added_as_one_after_the_other() -> None:
    rng = np.random.default_rng(2)
    spent: dict[str, F8] = {
        reason: rng.uniform(size=(5, 12)) * (rng.uniform(size=(5, 12)) < 0.4)
        for reason in ("exchange", "vetting")
    }
    together, apart = Ledger(3, 2, 12), Ledger(3, 2, 12)
    together.spend_in_turns(0, spent)
    together.spend_in_turns(-1, spent)
    for turn in range(5):
        for reason, hours in spent.items():
            apart.spend(reason, 0, slice(None), hours[turn])
    np.testing.assert_array_equal(together.hours, apart.hours)
    np.testing.assert_array_equal(together.series("coordination_hours"), apart.series("coordination_hours"))
    assert together.hours[:, HOUR_REASONS.index("vetting")].any()


def test_what_is_due_is_found_without_looking_at_all_pairs(
    region: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over more weeks than are looked up at once, hazards set anew and slots used again among them."""

    def moved_on() -> State:
        state = region.take([0, 1])
        for week in range(12):
            when = When(182 + 7 * week, 7, 182)
            for birth in births(state, (5 * week, 30, 0, 2)):
                announce(state, replace(birth, key=mix(birth.key, week), day=float(when.day)))
            if week == 5:
                state.items.rate[:] *= 1.5
                hazards.recompute_rates(state, float(when.day))
            state.items.expires[:, week::9] = when.day
            step_information(state, DRAWS, when)
            expire(state, DRAWS, when)
        return state

    whole = moved_on()
    monkeypatch.setattr(pools, "_FEW", 0)
    looked_up = moved_on()
    for f in columns_of(whole.items):
        np.testing.assert_array_equal(getattr(whole.items, f.name), getattr(looked_up.items, f.name), f.name)
    assert looked_up.items.looked_until > 182 + 7 * 12
