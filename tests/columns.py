"""Comparing what two runs hold, column by column, bit for bit; rows are matched by their keys.

Keys come from identities, so the rows that two runs share are found even where one of them has an actor more.
What a column refers to is compared by key as well, since its row number may have moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stcsim.state.items import Items
from stcsim.state.state import State
from stcsim.state.table import EventTable, columns_of

Array = NDArray[Any]
PER_HOLDER = {
    "holders": ("meetings", "met", "recognised_start", "recognises", "tied", "trust", "trust_base"),
    "fronts": ("known_until", "network_known_until", "denied_until"),
    "technologies": ("known",),
}
"""Columns whose second axis is the holders of the run."""
NAMED = {("holders", "role"): "roles", ("firms", "group"): "firm_groups"}
"""Columns of indices into names of the state."""


def _keys(state: State, population: str, rows: Array) -> Array:
    """Keys of what rows refer to, 0 for none."""
    if population == "runs":
        return np.zeros(rows.shape, dtype=np.uint64)
    keys = getattr(state, population).key
    if not len(keys):
        return np.zeros(rows.shape, dtype=np.uint64)
    return np.where(rows >= 0, keys[np.maximum(rows, 0)], np.uint64(0))


def _shared(a: Array, b: Array) -> tuple[Array, Array]:
    """Positions of the keys that both have, in the order of `a`."""
    _, ia, ib = np.intersect1d(a, b, return_indices=True)
    order = np.argsort(ia)
    return ia[order], ib[order]


def same(a: Array, b: Array) -> bool:
    """Whether two arrays are equal bit for bit, except that one not-a-number is like another."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    return bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))


def table_of(table: EventTable, state: State, name: str) -> Iterator[tuple[str, Array]]:
    """Yield the columns of an event table, references as keys."""
    for f in columns_of(table):
        values = table.col(f.name)
        refers = f.metadata["refers"]
        yield f"{name}.{f.name}", _keys(state, refers, values) if refers else values


def differing(a: State, b: State) -> list[str]:
    """Return the names of everything that differs between two single runs, for the rows that both have.

    Event tables are compared whole: an actor that does nothing leaves no row in them.
    """
    found: list[str] = []
    ha, hb = _shared(a.holders.key, b.holders.key)
    for population in State.POPULATIONS:
        pa, pb = getattr(a, population), getattr(b, population)
        ia, ib = _shared(pa.key, pb.key)
        for f in columns_of(pa):
            va, vb = getattr(pa, f.name)[ia], getattr(pb, f.name)[ib]
            if f.metadata["refers"]:
                va, vb = _keys(a, f.metadata["refers"], va), _keys(b, f.metadata["refers"], vb)
            elif (population, f.name) in NAMED:
                names = NAMED[population, f.name]
                va, vb = (np.array(getattr(s, names))[v] for s, v in ((a, va), (b, vb)))
            elif f.name in PER_HOLDER.get(population, ()):
                va, vb = va[:, ha], vb[:, hb]
            if va.dtype.kind == "U":
                va, vb = va.astype(str), vb.astype(str)
                if not np.array_equal(va, vb):
                    found.append(f"{population}.{f.name}")
            elif not same(va, vb):
                found.append(f"{population}.{f.name}")
    for name in State.EVENTS:
        columns = zip(table_of(getattr(a, name), a, name), table_of(getattr(b, name), b, name), strict=True)
        found += [label for (label, va), (_, vb) in columns if not same(va, vb)]
    found += _differing_items(a, b, ha, hb)
    return found + differing_ledgers(a, b, ha, hb)


def _items(state: State, holders: Array) -> dict[str, Array]:
    """Return the items alive, sorted by key, with what the given holders know of each."""
    items: Items = state.items
    slots = np.flatnonzero(items.alive[0])
    slots = slots[np.argsort(items.key[0, slots], kind="stable")]
    out = {}
    for f in columns_of(items):
        values = getattr(items, f.name)
        out[f.name] = values[0][slots][:, holders].T if values.ndim == 3 else values[0, slots]
    out["origin"] = state.holders.key[out["origin"]] if len(slots) else out["origin"].astype(np.uint64)
    return out


def _differing_items(a: State, b: State, ha: Array, hb: Array) -> list[str]:
    first, second = _items(a, ha), _items(b, hb)
    return [f"items.{name}" for name in first if not same(first[name], second[name])]


def differing_ledgers(a: State, b: State, ha: Array, hb: Array) -> list[str]:
    """Return the names of counts, hours and monthly stocks that differ."""
    la, lb = a.ledger, b.ledger
    found = [f"ledger.{n}" for n in sorted({*la.counts, *lb.counts}) if not same(la.series(n), lb.series(n))]
    if not same(la.hours[ha], lb.hours[hb]):
        found.append("ledger.hours")
    names = sorted({*la.snapshots, *lb.snapshots})
    for n in names:
        if not same(np.array(la.snapshots.get(n, [])), np.array(lb.snapshots.get(n, []))):
            found.append(f"ledger.snapshots.{n}")
    return found


def digest(state: State) -> str:
    """Return a hash of everything that a single run holds."""
    h = hashlib.blake2b(digest_size=16)
    for population in State.POPULATIONS:
        table = getattr(state, population)
        for f in columns_of(table):
            h.update(f"{population}.{f.name}".encode())
            h.update(np.ascontiguousarray(getattr(table, f.name)).tobytes())
    for name in State.EVENTS:
        for label, values in table_of(getattr(state, name), state, name):
            h.update(label.encode())
            h.update(np.ascontiguousarray(values).tobytes())
    for label, values in sorted(_items(state, np.arange(state.holders.n)).items()):
        h.update(label.encode())
        h.update(np.ascontiguousarray(values).tobytes())
    for label, values in sorted(state.ledger.counts.items()):
        if values.any():
            h.update(label.encode())
            h.update(values.tobytes())
    h.update(state.ledger.hours.tobytes())
    for label, snaps in sorted(state.ledger.snapshots.items()):
        h.update(label.encode())
        h.update(np.array(snaps).tobytes())
    return h.hexdigest()
