"""The hash behind keyed numbers, in NumPy for arrays and in Python's integers for a few words.

Two rounds of the 64-bit finaliser "variant 13" of Stafford, as used by SplitMix64 (Steele, Lea & Flood 2014,
doi 10.1145/2660193.2660195), over key, stream and step. What is written here is the reference: `kernels`
states the same for Numba and has to give the same bits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
U64 = NDArray[np.uint64]
I8 = NDArray[np.int64]

WORD = (1 << 64) - 1
# Compiled kernels keep these; where one changes, `kernels` has to be touched for its cache to be made anew.
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
FEW = 6
"""Up to so many words, Python's integers are quicker than some twenty calls of NumPy."""
CHUNK = 16_384
"""Words that are hashed at once: with what stands beside them they stay in the cache of a core."""

# Arrays without axes: NumPy takes them at once, and ponders over the type of a number at each call.
_GOLDEN, _FIRST, _SECOND = (np.array(k, dtype=np.uint64) for k in (GOLDEN, FIRST, SECOND))
_S30, _S27, _S31, _S12, _ONE = (np.array(k, dtype=np.uint64) for k in (30, 27, 31, 12, 1))
# The upper 52 bits under the exponent of 1 are a number in [1, 2); the midpoint of its step lies 2**-53
# above. Midpoints of 2**53 steps would round, the uppermost to 1, whose Gumbel number is infinite.
_EXPONENT = np.array(0x3FF << 52, dtype=np.uint64)
_BELOW_ONE = np.array(1 - 2.0**-53)


@lru_cache(maxsize=4096)
def stream_number(name: str) -> int:
    """Return the 64-bit code of a stream's name: adding a stream changes no other."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=4096)
def stream_code(name: str) -> U64:
    """Return that code as an array without axes."""
    return np.array(stream_number(name), dtype=np.uint64)


@lru_cache(maxsize=4096)
def after_step(step: int) -> U64:
    """Return what a step adds between the rounds, without axes."""
    return np.array((step + 1) * GOLDEN & WORD, dtype=np.uint64)


def after_steps(steps: I8) -> U64:
    """Return what each of some steps adds between the rounds."""
    added = steps.view(np.uint64) + _ONE
    added *= _GOLDEN
    return added


def finalise(x: U64) -> U64:
    """Stafford's variant 13: a bijection of 64-bit words in which every input bit moves every output bit.

    In place of `x`, which is returned.
    """
    y = x >> _S30
    x ^= y
    x *= _FIRST
    np.right_shift(x, _S27, y)
    x ^= y
    x *= _SECOND
    np.right_shift(x, _S31, y)
    x ^= y
    return x


def words(keys: U64, code: U64, added: U64) -> U64:
    """Return a word of random bits per key; `code` and `added` broadcast, the latter not beyond the keys."""
    x = finalise(keys ^ code)
    x += added
    return finalise(x)


def open_interval(x: U64) -> F8:
    """Return numbers uniform on (0, 1), midpoints of 2**52 equal steps, in place of the words `x`."""
    x >>= _S12
    x |= _EXPONENT
    u = x.view(np.float64)
    u -= _BELOW_ONE
    return u


def mixed(first: U64, second: U64) -> U64:
    """Return keys made of two, of which the second are multiplied already (`multiplied`)."""
    # not in place: the second may be the longer
    return finalise(finalise(first + _GOLDEN) ^ second)


def multiplied(second: U64) -> U64:
    """Return the second parts of keys as `mixed` takes them."""
    second = second * _GOLDEN
    second += _FIRST
    return second


def few_uniform(keys: Sequence[int], code: int, steps: Sequence[int]) -> list[float]:
    """Return what `open_interval` of `words` gives, in Python's integers."""
    found = []
    for key, step in zip(keys, steps, strict=True):
        z = key ^ code
        z = (z ^ z >> 30) * FIRST & WORD
        z = (z ^ z >> 27) * SECOND & WORD
        z = (z ^ z >> 31) + (step + 1) * GOLDEN & WORD
        z = (z ^ z >> 30) * FIRST & WORD
        z = (z ^ z >> 27) * SECOND & WORD
        found.append(((z ^ z >> 31) >> 12) * 2.0**-52 + 2.0**-53)
    return found


def few_mixed(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Return what `mixed` gives, in Python's integers; the second parts as they are, not multiplied."""
    found = []
    for a, b in zip(first, second, strict=True):
        z = a + GOLDEN & WORD
        z = (z ^ z >> 30) * FIRST & WORD
        z = (z ^ z >> 27) * SECOND & WORD
        z ^= z >> 31 ^ (b * GOLDEN + FIRST & WORD)
        z = (z ^ z >> 30) * FIRST & WORD
        z = (z ^ z >> 27) * SECOND & WORD
        found.append(z ^ z >> 31)
    return found
