"""Measures of a network of bodies: degree, brokerage, influence, overlap; pure functions of its links.

Links are undirected: a symmetric matrix without a diagonal. Nothing is drawn, nothing depends on the order of
bodies but for their places in the answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F8 = NDArray[np.float64]
B1 = NDArray[np.bool_]
_ROUNDS = 1000
_CLOSE = 1e-12


def degree(links: B1) -> F8:
    """Return the share of all others that each body deals with, shape (n,)."""
    n = len(links)
    return np.asarray(links.sum(axis=1) / max(1, n - 1), dtype=np.float64)


def betweenness(links: B1) -> F8:
    """Return the share of shortest ways between others on which each body lies, shape (n,).

    Sums over sources by depth (Brandes 2001, doi 10.1080/0022250X.2001.9990249), over its largest value, that
    of the middle of a star.
    """
    n = len(links)
    found = np.zeros(n)
    if n < 3:
        return found
    a = links.astype(np.float64)
    for source in range(n):
        ways, depth = np.zeros(n), np.full(n, -1)
        ways[source], depth[source] = 1.0, 0
        levels = [np.arange(n) == source]
        while levels[-1].any():
            reached = a @ (ways * levels[-1])
            fresh = (reached > 0) & (depth < 0)
            ways[fresh], depth[fresh] = reached[fresh], len(levels)
            levels.append(fresh)
        depends = np.zeros(n)
        for nearer, farther in zip(levels[-2::-1], levels[:0:-1], strict=True):
            share = np.where(farther, (1 + depends) / np.where(ways > 0, ways, 1.0), 0.0)
            depends += np.where(nearer, ways * (a @ share), 0.0)
        depends[source] = 0.0
        found += depends
    return found / ((n - 1) * (n - 2))


def influence(links: B1) -> F8:
    """Return eigenvector centrality: who deals with those who deal with many, largest 1, shape (n,).

    By power iteration on ``A + I``, which has the same leading vector and does not swing between two
    halves of a network (Bonacich 1972, doi 10.1080/0022250X.1972.9989806).
    """
    n = len(links)
    x = np.ones(n)
    step = links.astype(np.float64) + np.eye(n)
    for _ in range(_ROUNDS):
        new = step @ x
        new /= max(float(new.max(initial=0.0)), _CLOSE)
        if np.abs(new - x).max(initial=0.0) < _CLOSE:
            break
        x = new
    return np.where(links.any(axis=1), x, 0.0)


def similarity(links: B1) -> F8:
    """Return how far two bodies deal with the same others (Jaccard index, themselves aside), shape (n, n)."""
    a = links.astype(np.float64)
    shared = a @ a
    size = a.sum(axis=1)
    either = size[:, None] + size[None, :] - shared - 2 * a
    return np.where(either > 0, shared / np.maximum(either, 1.0), 0.0)
