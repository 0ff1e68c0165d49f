"""Stable keys: of identities, and of what is made of other keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from stcsim.draws import compiled
from stcsim.draws.hashing import CHUNK, FEW, U64, few_mixed, mixed, multiplied


def key_of(identity: str) -> int:
    """Return the stable 64-bit key of an identity such as ``"A/port_1"``."""
    return int.from_bytes(hashlib.blake2b(b"id:" + identity.encode(), digest_size=8).digest(), "little")


def keys_of(identities: Iterable[str]) -> U64:
    """Return the stable keys of `identities`, shape (n,); equal identities give the same read-only array."""
    return _keys_of(tuple(identities))


@lru_cache(maxsize=256)
def _keys_of(identities: tuple[str, ...]) -> U64:
    keys = np.array([key_of(i) for i in identities], dtype=np.uint64)
    keys.flags.writeable = False
    return keys


def mix(a: U64 | np.uint64, b: Any) -> U64:
    """Combine keys with other keys or ordinals into new keys (broadcasts, order of arguments matters)."""
    first = np.atleast_1d(np.asarray(a, dtype=np.uint64))
    second = np.atleast_1d(np.asarray(b))
    if second.dtype != np.uint64:
        second = second.astype(np.int64).view(np.uint64)
    if first.ndim > 1 or second.ndim > 1 or (len(second) != len(first) and len(second) != 1):
        return mixed(first, multiplied(second))
    size = len(first)
    if size <= FEW:
        others = second.tolist()
        found = few_mixed(first.tolist(), others if len(others) == size else others * size)
        return np.array(found, dtype=np.uint64)
    if (kernels := compiled.worth(size)) is not None:
        out = np.empty(size, dtype=np.uint64)
        kernels.mix(np.ascontiguousarray(first), np.ascontiguousarray(second), out)
        return out
    second = multiplied(second)
    if size <= CHUNK:
        return mixed(first, second)
    out = np.empty(size, dtype=np.uint64)
    for start in range(0, size, CHUNK):
        part = slice(start, start + CHUNK)
        out[part] = mixed(first[part], second if len(second) == 1 else second[part])
    return out


def seeded(keys: U64, seed: Any) -> U64:
    """Mix the seed of a run (an integer or one per key) into stable keys."""
    return mix(keys, np.asarray(seed, dtype=np.int64) if np.ndim(seed) else int(seed))
