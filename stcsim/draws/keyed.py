"""Keyed random numbers by law: uniform, normal, exponential, Gumbel, choices and counts."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import ndtri

from stcsim.draws import compiled
from stcsim.draws.hashing import (
    CHUNK,
    F8,
    FEW,
    I8,
    U64,
    after_step,
    after_steps,
    few_uniform,
    finalise,
    open_interval,
    stream_code,
    stream_number,
    words,
)
from stcsim.draws.keys import mix
from stcsim.draws.poisson import poisson_quantile


@lru_cache(maxsize=256)
def _stream_codes(names: tuple[str, ...], axes: int) -> U64:
    """Return the codes of streams along a first axis, before `axes` others."""
    return np.array([stream_code(name) for name in names]).reshape((-1,) + (1,) * axes)


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
        added = _added(step)
        if added.ndim and added.shape != keys.shape:
            # several numbers of a key share its first round
            return finalise(finalise(keys ^ code) + added)
        return words(keys, code, added)

    def uniform(self, stream: str | tuple[str, ...], step: Any, keys: U64) -> F8:
        """Return numbers uniform on the open interval (0, 1), midpoints of 2**52 equal steps.

        Several streams give one row each, the same numbers as one by one at the cost of few operations.
        """
        if not isinstance(step, int) and getattr(step, "shape", ()) != keys.shape:
            # more numbers than keys, or one step for all of them
            return open_interval(self.bits(stream, step, keys))
        streams = (stream,) if isinstance(stream, str) else stream
        size = keys.size * len(streams)
        if size <= FEW:
            found = _few(streams, step, keys)
        elif (kernels := compiled.worth(size)) is not None:
            found = _looped(kernels, streams, step, keys)
        elif size <= CHUNK:
            return open_interval(self.bits(stream, step, keys))
        else:
            found = _chunked(streams, step, keys)
        return found.reshape(keys.shape if isinstance(stream, str) else (len(streams), *keys.shape))

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


def _added(step: Any) -> U64:
    """Return what a step adds between the rounds, without axes where it is one."""
    if isinstance(step, int):
        return after_step(step)
    return after_steps(np.atleast_1d(np.asarray(step, dtype=np.int64)))


def _few(streams: tuple[str, ...], step: Any, keys: U64) -> F8:
    """Return the numbers of a few words, stream after stream; `step` is an integer or shaped like `keys`."""
    few = keys.reshape(-1).tolist()
    steps = [step] * len(few) if isinstance(step, int) else step.reshape(-1).tolist()
    found = [u for name in streams for u in few_uniform(few, stream_number(name), steps)]
    return np.array(found, dtype=np.float64)


def _looped(kernels: Any, streams: tuple[str, ...], step: Any, keys: U64) -> F8:
    """Return the numbers of compiled loops, shape (streams, keys); `step` as in `_few`."""
    flat = np.ascontiguousarray(keys).reshape(-1)
    one = isinstance(step, int)
    kernel = kernels.uniform if one else kernels.uniform_steps
    added: Any = after_step(step) if one else np.ascontiguousarray(step, dtype=np.int64).reshape(-1)
    out = np.empty((len(streams), len(flat)))
    for row, name in zip(out, streams, strict=True):
        kernel(flat, stream_code(name), added, row)
    return out


def _chunked(streams: tuple[str, ...], step: Any, keys: U64) -> F8:
    """Return the numbers of many words, shape (streams, keys); `step` as in `_few`."""
    flat, added = keys.reshape(-1), _added(step)
    if added.ndim:
        added = added.reshape(-1)
    out = np.empty((len(streams), len(flat)))
    for first in range(0, len(flat), CHUNK):
        part = slice(first, first + CHUNK)
        some = added[part] if added.ndim else added
        for row, name in zip(out, streams, strict=True):
            row[part] = open_interval(words(flat[part], stream_code(name), some))
    return out
