"""A statistical battery for keyed words: every way in which the name of a number varies has to look random.

The tests are classical (frequency, serial pairs and triples, autocorrelation, spectrum, avalanche, repeats;
Knuth, The Art of Computer Programming 2, 3.3). Each gives a p-value from the exact or the asymptotic law,
two-sided where a generator may be too regular as well as too clumped.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, kstest, norm

U64 = NDArray[np.uint64]
F8 = NDArray[np.float64]

FLIPS = 1024
LAGS = 256


class Generator(Protocol):
    """What is tested: words by stream, step and key, and keys by seed."""

    def bits(self, stream: str, step: Any, keys: U64) -> U64: ...

    def seeded(self, keys: U64, seed: Any) -> U64: ...


def battery(generator: Generator, seed: int, n: int = 1 << 15) -> dict[str, float]:
    """Return the p-value of every test by its name, on about `n` words each."""
    p: dict[str, float] = {}
    for axis, words in _axes(generator, seed, n).items():
        p |= {f"{axis}: {name}": value for name, value in _one(words).items()}
    for name, (first, second) in _pairs(generator, seed, n).items():
        p[f"{name}: bits of one against bits of the other"] = _bit_products(first, second)
        z = float(np.sum(_centred(first) * _centred(second)) / np.sqrt(len(first)))
        p[f"{name}: correlation"] = float(2 * norm.sf(abs(z)))
    p |= _avalanche(generator, seed)
    p["repeats among all names"] = _repeats(generator, seed)
    return p


def failures(p: dict[str, float], level: float) -> dict[str, float]:
    """Return the tests that fail at the family-wise `level` (Bonferroni)."""
    return {name: value for name, value in p.items() if value < level / len(p)}


def _axes(g: Generator, seed: int, n: int) -> dict[str, U64]:
    """Words along each of the ways in which a name varies; keys, steps and seeds are sequential integers."""
    integers = np.arange(n, dtype=np.uint64)
    keys = g.seeded(integers, seed)
    some = 128
    return {
        "sequential keys": g.bits("a", 3, keys),
        "raw sequential keys": g.bits("a", 3, integers),
        "sequential steps": g.bits("a", np.arange(n), keys[:1]),
        "sequential seeds": g.bits("a", 3, g.seeded(np.zeros(n, dtype=np.uint64), seed + np.arange(n))),
        "keys by steps": g.bits("a", np.tile(np.arange(n // some), some), np.repeat(keys[:some], n // some)),
        "steps by keys": g.bits("a", np.repeat(np.arange(n // some), some), np.tile(keys[:some], n // some)),
        "streams": np.concatenate([g.bits(f"stream {i}", 3, keys[:32]) for i in range(n // 32)]),
    }


def _pairs(g: Generator, seed: int, n: int) -> dict[str, tuple[U64, U64]]:
    """Words that share most of their name."""
    integers = np.arange(n, dtype=np.uint64)
    keys, later = g.seeded(integers, seed), g.seeded(integers, seed + 1)
    steps = np.arange(n) % 256
    words = g.bits("a", steps, keys)
    return {
        "another stream": (words, g.bits("b", steps, keys)),
        "another seed": (words, g.bits("a", steps, later)),
        "next step": (words, g.bits("a", steps + 1, keys)),
        "next key, step before": (words[:-1], g.bits("a", steps[:-1] - 1, keys[1:])),
        "raw next key, step before": (
            g.bits("a", steps[:-1], integers[:-1]),
            g.bits("a", steps[:-1] - 1, integers[1:]),
        ),
        "next seed, key before": (words[1:], g.bits("a", steps[1:], later[:-1])),
    }


def _one(words: U64) -> dict[str, float]:
    n = len(words)
    u = (words >> np.uint64(12)).astype(np.float64) * 2.0**-52 + 2.0**-53
    triples = (words[: n - n % 3] >> np.uint64(60)).astype(np.int64).reshape(-1, 3) @ np.array([256, 16, 1])
    power = np.abs(np.fft.rfft(_centred(words))[1:-1]) ** 2 / n
    return {
        "balance of bits": _chi2(float(np.sum((2 * _ones(words).sum(axis=0) - n) ** 2) / n), 64),
        "bits within a word": _bits_within(words),
        "bits of successive words": _bit_products(words[:-1], words[1:]),
        "frequency of high bits": _frequency((words >> np.uint64(54)).astype(np.int64), 1 << 10),
        "frequency of low bits": _frequency((words & np.uint64(0x3FF)).astype(np.int64), 1 << 10),
        "uniformity (Kolmogorov-Smirnov)": float(kstest(u, "uniform").pvalue),
        "triples": _frequency(triples, 1 << 12),
        "autocorrelation": _autocorrelation(_centred(words)),
        "highest spectral line": float(-np.expm1(len(power) * np.log1p(-np.exp(-power.max())))),
    }


def _centred(words: U64) -> F8:
    """Words as numbers of mean 0 and variance 1."""
    return np.asarray(((words >> np.uint64(12)).astype(np.float64) * 2.0**-52 - 0.5) * np.sqrt(12.0))


def _ones(words: U64) -> NDArray[np.float32]:
    """Bits as 0 and 1, shape (n, 64)."""
    raw = np.ascontiguousarray(words).view(np.uint8).reshape(len(words), 8)
    return np.unpackbits(raw, axis=1).astype(np.float32)


def _products(first: U64, second: U64) -> F8:
    """Normed sums over words of the products of two bits counted as -1 and 1, shape (64, 64)."""
    n = len(first) // 64 * 64
    a, b = _ones(first[:n]), _ones(second[:n])
    # Blocks of 64 words stay below the size at which a linear algebra library starts threads.
    both = (a.reshape(-1, 64, 64).transpose(0, 2, 1) @ b.reshape(-1, 64, 64)).sum(axis=0, dtype=np.float64)
    return np.asarray((4 * both - 2 * a.sum(axis=0)[:, None] - 2 * b.sum(axis=0)[None, :] + n) / np.sqrt(n))


def _bit_products(first: U64, second: U64) -> float:
    return _chi2(float(np.sum(_products(first, second) ** 2)), 64 * 64)


def _bits_within(words: U64) -> float:
    return _chi2(float(np.sum(_products(words, words)[np.triu_indices(64, 1)] ** 2)), 64 * 63 // 2)


def _frequency(cells: NDArray[np.int64], size: int) -> float:
    expected = len(cells) / size
    return _chi2(float(np.sum((np.bincount(cells, minlength=size) - expected) ** 2) / expected), size - 1)


def _autocorrelation(x: F8) -> float:
    n = len(x)
    products = np.fft.irfft(np.abs(np.fft.rfft(x, 2 * n)) ** 2)[1 : LAGS + 1]
    return _chi2(float(np.sum(products**2 / (n - np.arange(1, LAGS + 1)))), LAGS)


def _avalanche(g: Generator, seed: int) -> dict[str, float]:
    """One bit of a name changes: every bit of the word has to change half of the time."""
    keys = g.seeded(np.arange(FLIPS, dtype=np.uint64), seed)
    steps = np.arange(FLIPS) * 7
    words = g.bits("a", steps, keys)
    p = _flips(words, [g.bits("a", steps, keys ^ np.uint64(1 << i)) for i in range(64)], "key")
    p |= _flips(words, [g.bits("a", steps ^ (1 << i), keys) for i in range(24)], "step")
    # Spread out, or one seed would be the flip of another and its words would count twice.
    seeds = seed + np.arange(FLIPS) * 0x9E3779B97F
    zero = np.zeros(FLIPS, dtype=np.uint64)
    words = g.bits("a", 3, g.seeded(zero, seeds))
    return p | _flips(words, [g.bits("a", 3, g.seeded(zero, seeds ^ (1 << i))) for i in range(31)], "seed")


def _flips(words: U64, changed: list[U64], name: str) -> dict[str, float]:
    sums = np.array([2 * _ones(words ^ other).sum(axis=0) - FLIPS for other in changed], dtype=np.float64)
    worst = 2 * norm.sf(np.abs(sums).max() / np.sqrt(FLIPS)) * sums.size
    return {
        f"avalanche of the {name}": _chi2(float(np.sum(sums**2) / FLIPS), sums.size),
        f"worst bit in the avalanche of the {name}": min(1.0, float(worst)),
    }


def _repeats(g: Generator, seed: int) -> float:
    """No word may come twice: 98,304 names are expected to share 3e-10 words of 64 bits."""
    integers = np.arange(256, dtype=np.uint64)
    key_sets = (integers, g.seeded(integers, seed), g.seeded(integers, seed + 1))
    words = np.concatenate(
        [g.bits(stream, step, keys) for stream in ("a", "b") for keys in key_sets for step in range(64)]
    )
    words.sort()
    return 0.0 if np.any(words[1:] == words[:-1]) else 1.0


def _chi2(statistic: float, freedom: int) -> float:
    return float(2 * min(chi2.sf(statistic, freedom), chi2.cdf(statistic, freedom)))
