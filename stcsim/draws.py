"""Random numbers as a function of (stream, step or ordinal, stable key): never of order or count.

A key already carries the seed of its run (`seeded`), so one stateless function serves every run that is
stacked in one state. The hash is two rounds of the 64-bit finaliser "variant 13" of Stafford, as used by
SplitMix64 (Steele, Lea & Flood 2014, doi 10.1145/2660193.2660195), over key, stream and step.

Because every number is named by what it is for, adding an actor changes no other actor's numbers, arms of one
seed share their potential world, and neither the number of processes nor the order of a file matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

F8 = NDArray[np.float64]
U64 = NDArray[np.uint64]
I8 = NDArray[np.int64]

_WORD = (1 << 64) - 1
# Arrays without axes: NumPy takes them at once, and ponders over the type of a number at each call.
_GOLDEN = np.array(0x9E3779B97F4A7C15, dtype=np.uint64)
_A = np.array(0xBF58476D1CE4E5B9, dtype=np.uint64)
_B = np.array(0x94D049BB133111EB, dtype=np.uint64)
_S30, _S27, _S31, _S12, _ONE = (np.array(k, dtype=np.uint64) for k in (30, 27, 31, 12, 1))
# Midpoints of 2**53 steps would round, the uppermost to 1, whose Gumbel number is infinite; 2**52 are exact.
_STEP = 2.0**-52
_HALF_STEP = 2.0**-53
SMALL_MEAN = 64.0
"""Counts up to this mean are exact (inverse of the Poisson law); above, Cornish-Fisher to third order."""
_NEGLIGIBLE = 2.0**-60


@lru_cache(maxsize=4096)
def stream_code(name: str) -> U64:
    """Return the 64-bit code of a stream's name, without axes: adding a stream changes no other."""
    return np.array(
        int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"), np.uint64
    )


@lru_cache(maxsize=256)
def _stream_codes(names: tuple[str, ...], axes: int) -> U64:
    """Return the codes of streams along a first axis, before `axes` others."""
    return np.array([stream_code(name) for name in names]).reshape((-1,) + (1,) * axes)


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


def _finalise(x: U64) -> U64:
    """Stafford's variant 13: a bijection of 64-bit words in which every input bit moves every output bit."""
    y = x >> _S30
    y ^= x
    y *= _A
    z = y >> _S27
    z ^= y
    z *= _B
    np.right_shift(z, _S31, out=y)
    y ^= z
    return y


def mix(a: U64 | np.uint64, b: Any) -> U64:
    """Combine keys with other keys or ordinals into new keys (broadcasts, order of arguments matters)."""
    first = np.atleast_1d(np.asarray(a, dtype=np.uint64))
    second = np.atleast_1d(np.asarray(b))
    if second.dtype != np.uint64:
        second = second.astype(np.int64).view(np.uint64)
    second = second * _GOLDEN
    second += _A
    return _finalise(_finalise(first + _GOLDEN) ^ second)


def seeded(keys: U64, seed: Any) -> U64:
    """Mix the seed of a run (an integer or one per key) into stable keys."""
    return mix(keys, np.asarray(seed, dtype=np.int64) if np.ndim(seed) else int(seed))


def exponential(u: F8) -> F8:
    """Return the Exp(1) quantile of ``1 - u``, in place of `u`."""
    np.log(u, out=u)
    return np.negative(u, out=u)


class Draws:
    """Keyed random numbers. Stateless: every method is a pure function of its arguments.

    `step` is an integer or an integer array that broadcasts against `keys`: a step, an event's ordinal, or 0.
    """

    def bits(self, stream: str | tuple[str, ...], step: Any, keys: U64) -> U64:
        """Return 64 random bits per key; of several streams at once, along a first axis."""
        code = stream_code(stream) if isinstance(stream, str) else _stream_codes(stream, keys.ndim)
        words = _finalise(keys ^ code)
        if isinstance(step, int):
            words += np.array((step + 1) * int(_GOLDEN) & _WORD, dtype=np.uint64)
        else:
            steps = np.atleast_1d(np.asarray(step, dtype=np.int64)).view(np.uint64) + _ONE
            steps *= _GOLDEN
            words = words + steps
        return _finalise(words)

    def uniform(self, stream: str | tuple[str, ...], step: Any, keys: U64) -> F8:
        """Return numbers uniform on the open interval (0, 1), midpoints of 2**52 equal steps.

        Several streams give one row each, the same numbers as one by one at the cost of few operations.
        """
        words = self.bits(stream, step, keys)
        words >>= _S12
        u = words.astype(np.float64)
        u *= _STEP
        u += _HALF_STEP
        return u

    def normal(self, stream: str, step: Any, keys: U64) -> F8:
        """Return standard normal numbers (inverse of the distribution function)."""
        return np.asarray(ndtri(self.uniform(stream, step, keys)), dtype=np.float64)

    def clock(self, stream: str, keys: U64, ordinal: Any = 0) -> F8:
        """Return Exp(1) thresholds: an event happens when its accumulated hazard exceeds its clock."""
        return exponential(self.uniform(stream, ordinal, keys))

    def gumbel(self, stream: str, step: Any, keys: U64) -> F8:
        """Return standard Gumbel numbers; arg max of utility plus Gumbel is a logit (McFadden 1974)."""
        return exponential(exponential(self.uniform(stream, step, keys)))

    def choose(self, stream: str, step: Any, utility: F8, who: U64, options: U64) -> I8:
        """Return the option of highest utility plus keyed Gumbel noise.

        Parameters
        ----------
        utility : shape (n, k); ``-inf`` closes an option
        who : keys of the choosers, shape (n,)
        options : stable keys of the options, shape (k,)

        Returns
        -------
        index of the chosen option, shape (n,); -1 where every option is closed
        """
        if not len(options):
            return np.full(len(who), -1, dtype=np.int64)
        # only what is open is drawn: a network has few of all fronts, a country few of all posts
        n, k = utility.shape
        open_ = np.flatnonzero(utility > -np.inf)
        row, option = np.divmod(open_, k)
        steps = step if isinstance(step, int) else np.broadcast_to(step, n)[row]
        total = np.full(n * k, -np.inf)
        total[open_] = utility.reshape(-1)[open_] + self.gumbel(stream, steps, mix(who[row], options[option]))
        best: I8 = total.reshape(n, k).argmax(axis=1)
        best[total[np.arange(0, n * k, k) + best] == -np.inf] = -1
        return best

    def count(self, stream: str, step: Any, mean: F8, keys: U64) -> I8:
        """Return Poisson counts of the given means, by inverting a keyed uniform (`poisson_quantile`)."""
        return poisson_quantile(self.uniform(stream, step, keys), mean)


def poisson_quantile(u: F8, mean: Any) -> I8:
    """Return the Poisson quantile of `u`, 0 where the mean is 0.

    Exact up to a mean of `SMALL_MEAN`. Above it, the Cornish-Fisher quantile of a lattice variable,
    ``m + sqrt(m) z + (z^2 - 1)/6 - (z^3 + 2 z)/(72 sqrt(m)) - 1/2``, is rounded up: third order (Fisher &
    Cornish 1960, doi 10.2307/1266546) with Sheppard's correction for the lattice, which takes 1/12 from the
    variance. The distribution function of what it returns is within 1.6e-5 of the exact one at the mean 64,
    and the error falls as ``mean**-1.5``.

    Parameters
    ----------
    u : numbers in (0, 1), shape (n,)
    mean : a number or shape (n,), not negative
    """
    lam = np.broadcast_to(np.asarray(mean, dtype=np.float64), u.shape)
    out = np.zeros(u.shape, dtype=np.int64)
    small = (lam > 0) & (lam <= SMALL_MEAN)
    if small.any():
        out[small] = _poisson_inverse(u[small], lam[small])
    large = lam > SMALL_MEAN
    if large.any():
        z, m = ndtri(u[large]), lam[large]
        root = np.sqrt(m)
        quantile = m + root * z + (z * z - 1) / 6 - (z**3 + 2 * z) / (72 * root) - 0.5
        out[large] = np.maximum(np.ceil(quantile), 0).astype(np.int64)
    return out


def _poisson_inverse(u: F8, mean: F8) -> I8:
    """Smallest k with P(X <= k) >= u, for all elements at once: one pass per value of k that any needs."""
    out = np.zeros(u.shape, dtype=np.int64)
    term = np.exp(-mean)
    total = term.copy()
    k = 0
    open_ = total < u
    while open_.any():
        k += 1
        term = term * mean / k
        total = total + term
        out[open_] = k
        # The rounded sum may stay below a u next to 1: past the mode, a term too small to move it ends it.
        open_ = open_ & (total < u) & ((k < mean) | (term > _NEGLIGIBLE))
    return out
