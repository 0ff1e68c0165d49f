"""How time grows with firms, holders and items alive: the largest exponent between neighbouring sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from benchmarks.interleaved import Variant, measure
from benchmarks.outcome import Found, milliseconds
from benchmarks.settings import Settings

POSTS = 8
"""Checkpoints of a country where holders grow: sixty countries are the most that a scenario may have."""
HOLDERS_A_COUNTRY = 9 + POSTS
TARGET = "benchmarks.twins.whole_runs:steps"
COUNT = 4
"""Steps in a block."""
QUARTER = 91
"""Steps in a block where holders grow: structure is compiled once a quarter, and should weigh no more."""


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the largest exponent between neighbouring sizes: fixed costs flatten the whole, not the end."""
    pairs = zip(sizes, sizes[1:], seconds, seconds[1:], strict=False)
    return max(math.log(t / s) / math.log(b / a) for a, b, s, t in pairs)


def run(settings: Settings, found: Found) -> None:
    """Measure steps of regions that differ in one size."""
    firms = settings.size((1_000, 10_000, 100_000, 1_000_000), (1_000, 4_000))
    _grow(found, settings, "firms", 1.05, firms, [{"firms": n} for n in firms])
    countries = settings.size((3, 6, 15, 30, 59), (2, 4))
    holders = [HOLDERS_A_COUNTRY * k for k in countries]
    more = [{"countries": k, "posts": POSTS} for k in countries]
    _grow(found, settings, "holders", 1.2, holders, more, settings.size(QUARTER, COUNT))
    items = settings.size((100, 1_000, 10_000), (100, 200))
    _grow(found, settings, "items alive", 1.05, items, [{"items": n} for n in items])


def _grow(
    found: Found,
    settings: Settings,
    what: str,
    goal: float,
    sizes: Sequence[int],
    given: Sequence[dict[str, Any]],
    count: int = COUNT,
) -> None:
    work = f"A step with {sizes[0]:,} to {sizes[-1]:,} {what}: largest exponent between neighbouring sizes"
    against = "linear growth, which is 1"
    variants = [
        Variant(f"{n:,} {what}", TARGET, {"count": count, **one}, count)
        for n, one in zip(sizes, given, strict=True)
    ]
    with found.line(work, against):
        timings = measure(variants, settings.rounds)
        said = ", ".join(f"{n:,}: {milliseconds(t.seconds)}" for n, t in zip(sizes, timings, strict=True))
        found.most(work, against, exponent(sizes, [t.median for t in timings]), goal, "", said)
