"""Poisson counts that are told by an expansion or summed by fours are those of the plain sum."""

from __future__ import annotations

import numpy as np
import pytest

from stcsim.draws import SMALL_MEAN, Draws, mix, poisson_quantile
from stcsim.draws.hashing import F8, I8

NEGLIGIBLE = 2.0**-60


def summed(u: F8, mean: F8) -> I8:
    """The definition: one term after another until the sum reaches the number, or moves no more."""
    out = np.zeros(len(u), dtype=np.int64)
    term = np.exp(-mean)
    total = term.copy()
    k = 0
    open_ = total < u
    while open_.any():
        k += 1
        term = term * mean / k
        total = total + term
        out[open_] = k
        open_ = open_ & (total < u) & ((k < mean) | (term > NEGLIGIBLE))
    return out


@pytest.mark.parametrize("largest", [1e-3, 1.0, 8.0, SMALL_MEAN])
def test_counts_are_those_of_the_sum(largest: float) -> None:
    n = 20_000
    keys = mix(np.uint64(11), np.arange(n))
    mean = largest * Draws().uniform("mean", 0, keys)
    mean[::7], mean[3::7] = largest, 0.0
    u = Draws().uniform("u", 0, keys)
    steps = np.arange(1, 200, 2) * 2.0**-53
    u[:100], u[100:200] = steps, 1 - steps
    # on a step of the law and beside it, as the sum has it
    at = np.zeros(300)
    for k in range(4):
        at += np.exp(-mean[300:600]) * mean[300:600] ** k / np.arange(1, k + 1).prod()
    u[300:600] = np.clip(at, 2.0**-53, 1 - 2.0**-53)
    u[400:500], u[500:600] = np.nextafter(u[400:500], 0), np.nextafter(u[500:600], 1 - 2.0**-53)
    assert np.array_equal(poisson_quantile(u, mean), summed(u, mean))


def test_a_number_among_others_has_the_count_that_it_has_alone() -> None:
    keys = mix(np.uint64(2), np.arange(60))
    u, mean = Draws().uniform("u", 0, keys), np.geomspace(1e-3, 1e4, 60)
    u[::9] = 1 - 2.0**-53
    alone = [int(poisson_quantile(u[i : i + 1], mean[i : i + 1])[0]) for i in range(60)]
    assert poisson_quantile(u, mean).tolist() == alone
    assert poisson_quantile(u.reshape(3, 20), mean.reshape(3, 20)).ravel().tolist() == alone
    assert poisson_quantile(u[:0], mean[:0]).shape == (0,)
