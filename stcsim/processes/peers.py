"""Whom firms look at: peers on the ring of their sector, and means over peers.

A firm has as many peers as the parameter says, or none where nobody else of its sector exports. The mean of a
column over them is a sparse product, taken block by block: all blocks share one array of weights, and their
indices are the column of peers itself, so nothing is held twice.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from stcsim.draws import F8, I8, U64, Draws
from stcsim.state.market import I4
from stcsim.state.populations import B1
from stcsim.state.state import State

BLOCK = 8192
"""Firms of a block: few enough that what is worked out for them stays in the cache of a core."""


def peers_on_ring(key: U64, ring: I8, active: B1, peers: int, draws: Draws) -> I4:
    """Give each firm its peers: successors of keyed points on the ring of active firms of its sector.

    A firm that never exports is on no ring, so adding one changes nobody's peers; one more exporter
    changes only the peers of those whose points it now follows (consistent hashing, Karger et al. 1997).

    Parameters
    ----------
    key : shape (n,)
    ring : sector of a country, shape (n,)
    peers : peers per firm

    Returns
    -------
    rows, shape (n, peers); -1 where a ring has no other firm
    """
    n = len(key)
    out = np.full((n, peers), -1, dtype=np.int32)
    members = np.flatnonzero(active)
    if n == 0 or len(members) < 2:
        return out
    place = ring[members] + draws.uniform("ring", 0, key[members])
    order = np.argsort(place, kind="stable")
    members, place = members[order], place[order]
    rings = ring[members]
    for start in range(0, n, BLOCK):
        some = slice(start, start + BLOCK)
        here = ring[some]
        own = np.arange(start, start + len(here))
        first = np.searchsorted(rings, here, side="left")
        last = np.searchsorted(rings, here, side="right")
        for j in range(peers):
            point = here + draws.uniform("peer", j, key[some])
            at = np.searchsorted(place, point, side="right")
            at = np.where(at >= last, first, at)
            chosen = members[np.minimum(at, len(members) - 1)]
            at = np.where(chosen == own, np.where(at + 1 >= last, first, at + 1), at)
            chosen = members[np.minimum(at, len(members) - 1)]
            out[some, j] = np.where((last - first >= 1) & (chosen != own), chosen, -1)
    return out


class MeansOverPeers:
    """The matrix that takes the mean of a column over each firm's peers; 0 where there are none.

    Parameters
    ----------
    peers : rows of peers, shape (n, k); -1 where there is none; held, not copied
    """

    def __init__(self, peers: I4) -> None:
        n, k = peers.shape
        self.n = n
        self.blocks: list[tuple[slice, sparse.csr_matrix]] = []
        size = min(n, BLOCK)
        weights = np.full(size * k, 1.0 / max(k, 1))
        start = np.arange(size + 1, dtype=np.int32) * np.int32(k)
        for first in range(0, n, BLOCK):
            part = peers[first : first + BLOCK]
            known = part >= 0
            if known.all():
                held = weights[: part.size], part.reshape(-1), start[: len(part) + 1]
            else:
                number = known.sum(axis=1)
                each = np.repeat(1.0 / np.maximum(number, 1), number)
                held = each, part[known], np.concatenate([[0], np.cumsum(number)]).astype(np.int32)
            matrix = sparse.csr_matrix((len(part), n))
            # set, since the constructor copies what is a part of something much larger
            matrix.data, matrix.indices, matrix.indptr = held
            self.blocks.append((slice(first, first + len(part)), matrix))

    def parts(self) -> Iterator[tuple[slice, F8, I4, I4]]:
        """Yield the firms of each block, and weights, rows and starts of their peers, for compiled loops."""
        for rows, matrix in self.blocks:
            yield rows, matrix.data, matrix.indices, matrix.indptr

    def of(self, values: F8) -> F8:
        """Return the mean of a column over each firm's peers, shape (n,)."""
        if len(self.blocks) == 1:
            return np.asarray(self.blocks[0][1] @ values)
        out = np.empty(self.n)
        for rows, matrix in self.blocks:
            out[rows] = matrix @ values
        return out


def means_over_peers(state: State) -> MeansOverPeers:
    """Return what takes means over peers of a state's firms."""
    if state.peers is None:
        state.peers = MeansOverPeers(state.firms.peers)
    made: MeansOverPeers = state.peers
    return made


def mean_of_peers(state: State, values: F8) -> F8:
    """Return the mean of a column over each firm's peers; 0 without peers."""
    return means_over_peers(state).of(values)
