"""The numbers of many ordinals of few keys, in whole numbers, which cost less than half as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from stcsim.draws.hashing import CHUNK, F8, I8, U64, after_steps, finalise, stream_code

Piece = tuple[int, int, int]
"""Row of a key, and from where to where its places stand in a chunk."""

_PLACES = 2.0**52
_BELOW_PLACE = np.array(12, dtype=np.uint64)


def places(stream: str, keys: U64, number: I8) -> Iterator[tuple[Sequence[Piece], U64]]:
    """Draw for each key the numbers of its first ordinals, as places, chunk by chunk.

    A number of `Draws.uniform` is the midpoint of one of 2**52 equal places: ``(place + 1/2) 2**-52``.

    Parameters
    ----------
    keys : shape (n,)
    number : how many for each, with ordinals from 0 on, shape (n,)

    Yields
    ------
    pieces of a chunk, in order and next to one another, and the places of the chunk
    """
    ends = np.cumsum(number)
    total = int(ends[-1]) if len(ends) else 0
    firsts = np.arange(0, total, CHUNK)
    # a key without numbers has no piece
    begin = np.unique(np.concatenate([firsts, (ends - number)[number > 0]]))
    length = np.diff(begin, append=total)
    row = np.searchsorted(ends, begin, side="right")
    at = begin % CHUNK
    # the ordinal of a word is its place in the chunk and what its piece adds
    ahead = begin - (ends - number)[row] - at
    base = finalise(keys ^ stream_code(stream))[row] + after_steps(ahead - 1)
    added = after_steps(np.arange(min(CHUNK, total)))
    pieces = list(zip(row.tolist(), at.tolist(), (at + length).tolist(), strict=True))
    for first, last in pairwise([*np.searchsorted(begin, firsts).tolist(), len(begin)]):
        words = np.repeat(base[first:last], length[first:last])
        words += added[: len(words)]
        words = finalise(words)
        words >>= _BELOW_PLACE
        yield pieces[first:last], words


def first_place_above(mark: F8) -> U64:
    """Return the least place whose uniform number exceeds `mark`, a number in [0, 1]; exact."""
    return np.asarray(np.floor(mark * _PLACES - 0.5) + 1.0).astype(np.uint64)
