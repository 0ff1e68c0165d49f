"""Whether twins do the same: their totals agree within the error of chance, or no ratio is printed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from benchmarks.interleaved import Timing

ERRORS = 5.0
"""Standard errors that means may lie apart; with ten blocks, equal laws do so once in ten thousand times."""
ROUNDING = 1e-9
"""Relative difference that floating sums in another order may have."""


class DisagreementError(Exception):
    """Twins that were meant to state one law gave different totals."""


def check_totals(
    one: Sequence[Mapping[str, float]],
    other: Sequence[Mapping[str, float]],
    names: str,
    scale: float = 1.0,
    rounding: float = ROUNDING,
) -> None:
    """Compare the mean totals of blocks.

    Parameters
    ----------
    one, other : totals by name, one entry a block
    names : of the two, for the message
    scale : blocks of `other` for a block of `one`
    rounding : relative difference allowed beside the error of chance

    Raises
    ------
    DisagreementError
        a total that both give differs by more than chance explains, or they give none in common
    """
    shared = sorted(set(one[0]) & set(other[0]))
    if not shared:
        raise DisagreementError(f"{names}: no total in common")
    for name in shared:
        a, b = [t[name] for t in one], [scale * t[name] for t in other]
        mean_a, mean_b = statistics.fmean(a), statistics.fmean(b)
        error = math.sqrt(_variance(a) / len(a) + _variance(b) / len(b))
        if abs(mean_a - mean_b) > ERRORS * error + rounding * max(abs(mean_a), abs(mean_b)):
            said = f"{mean_a:.6g} and {mean_b:.6g}, standard error {error:.2g}"
            raise DisagreementError(f"{names}: {name} differs: {said}")


def check_twins(timings: Sequence[Timing], units: Sequence[float], rounding: float = ROUNDING) -> None:
    """Compare the totals of every variant with those of the first.

    Parameters
    ----------
    units : work in a block of each variant

    Raises
    ------
    DisagreementError
        naming the first total that differs
    """
    first = timings[0]
    for timing, unit in zip(timings[1:], units[1:], strict=True):
        names = f"{first.label} and {timing.label}"
        check_totals(first.totals, timing.totals, names, units[0] / unit, rounding)


def _variance(values: Sequence[float]) -> float:
    return statistics.variance(values) if len(values) > 1 else 0.0
